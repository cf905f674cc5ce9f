// The options of the json-file log driver: which there are, and what their values may be.

import type { HostConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';

const LOG_OPTIONS = ['max-file', 'max-size', 'compress', 'labels', 'labels-regex', 'env', 'env-regex', 'tag', 'mode', 'max-buffer-size'];
const LOG_DRIVERS = ['json-file', 'none', 'local', 'syslog', 'journald', 'gelf', 'fluentd', 'awslogs', 'splunk'];

/** Bytes of `10m`, or what is wrong, as go-units says it. */
function sizeOf(text: string): number | string {
  const found = /^(\d+\.?\d*|\.\d+) ?([^\d. ]*)$/.exec(text);
  if (!found) return `invalid size: '${text}'`;
  const [, number, suffix = ''] = found;
  return /^(?:b|[kmgtp](?:i?b)?)?$/i.test(suffix) ? Number(number) * 1024 ** Math.max(0, 'bkmgtp'.indexOf(suffix.charAt(0).toLowerCase())) : `invalid suffix: '${suffix}'`;
}

/** What is refused when a container is made. @throws invalidParameter, notSimulated */
export function checkLogConfig({ Type, Config }: HostConfig['LogConfig']): void {
  const invalid = (message: string) => new ApiError('invalidParameter', message);
  if (!LOG_DRIVERS.includes(Type)) throw invalid(`error looking up logging plugin ${Type}: plugin "${Type}" not found`);
  if (Type !== 'json-file' && Type !== 'none') throw new ApiError('notSimulated', `the log driver ${Type} is not simulated: json-file and none are`);
  const { mode = '', 'max-buffer-size': buffer } = Config ?? {};
  if (!['', 'blocking', 'non-blocking'].includes(mode)) throw invalid(`logger: logging mode not supported: ${mode}`);
  if (buffer !== undefined && mode !== 'non-blocking') throw invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
  const bytes = buffer === undefined ? 0 : sizeOf(buffer);
  if (typeof bytes === 'string') throw invalid(`error parsing option max-buffer-size: ${bytes}`);
  const unknown = Type === 'json-file' && Object.keys(Config ?? {}).find((key) => !LOG_OPTIONS.includes(key));
  if (unknown) throw invalid(`unknown log opt '${unknown}' for json-file log driver`);
}

/** What only a start finds out. @throws invalidParameter */
export function checkLogOptions({ Type, Config }: HostConfig['LogConfig']): void {
  if (Type !== 'json-file') return;
  const { 'max-size': size, 'max-file': files, compress } = Config ?? {};
  const refuse = (message: string): never => {
    throw new ApiError('invalidParameter', `failed to create task for container: failed to initialize logging driver: ${message}`);
  };
  const integer = (text: string) => /^[-+]?\d+$/.test(text) || refuse(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const bytes = size === undefined ? 1 : sizeOf(size);
  if (typeof bytes === 'string') refuse(bytes);
  else if (bytes <= 0) refuse('max-size must be a positive number');
  if (files !== undefined && integer(files) && Number(files) < 1) refuse('max-file cannot be less than 1');
  if (compress === undefined) return;
  if (!/^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(compress)) refuse(`strconv.ParseBool: parsing ${JSON.stringify(compress)}: invalid syntax`);
  if (/^[1tT]/.test(compress) && (Number(files ?? 1) < 2 || size === undefined)) refuse('compress cannot be true when max-file is less than 2 or max-size is not set');
}
