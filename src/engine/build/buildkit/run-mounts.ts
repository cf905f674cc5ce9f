// `RUN --mount=…`: binds of the context, a stage or an image, caches that stay, secrets, empty tmpfs.

import { ApiError } from '../../../api/errors.ts';
import { decode, encode, type Bytes } from '../../../base/bytes.ts';
import { sha256Digest } from '../../../base/sha256.ts';
import { isDirectory } from '../../../kernel/stat.ts';
import { copyContent, copyTree } from '../../archive/copy-tree.ts';
import type { EngineContext } from '../../engine-context.ts';
import { makeDirectories, statOf } from '../../files.ts';
import { basename, dirname, joinPath } from '../../path.ts';
import { scopedPath } from '../../scoped-path.ts';

export interface RunMount {
  readonly source: string;
  readonly destination: string;
  readonly readonly: boolean;
  /** Memory in place of a source. */
  readonly tmpfs?: boolean;
}

export interface MountOptions {
  readonly workingDir: string;
  readonly secrets: Readonly<Record<string, Bytes>>;
  /** Takes the variables that secrets become. */
  readonly env?: string[];
  /** Where made-up files go: removed with the build. */
  readonly scratch: string;
  /** The root of the context or of what `from` names. */
  root(from: string | undefined): string;
  useCache(path: string): void;
}

const invalid = (message: string): ApiError => new ApiError('invalidParameter', message);
const KEYS = new Set('type from source src target dst destination readonly ro readwrite rw id required size mode uid gid sharing env'.split(' '));
const FLAGS = ['readonly', 'ro', 'readwrite', 'rw', 'required'];

/** The fields of a mount by their names. @throws invalidParameter */
function parseFields(text: string): Map<string, string> {
  return new Map(text.split(',').map((field): [string, string] => {
    const at = field.indexOf('=');
    const key = (at < 0 ? field : field.slice(0, at)).toLowerCase(), value = at < 0 ? 'true' : field.slice(at + 1);
    if (at < 0 && !FLAGS.includes(key)) throw invalid(`invalid field '${field}' must be a key=value pair`);
    if (!KEYS.has(key)) throw invalid(`unexpected key '${key}' in '${field}'`);
    if (FLAGS.includes(key) && !/^(?:1|t|true|0|f|false)$/i.test(value)) throw invalid(`invalid value for ${key}: ${value}`);
    if (key === 'type' && !/^(?:bind|cache|tmpfs|secret|ssh)$/.test(value)) throw invalid(`unsupported mount type "${value}"`);
    if (key === 'sharing' && !/^(?:shared|private|locked)$/.test(value)) throw invalid(`unsupported sharing value "${value}"`);
    if (key === 'mode' && !/^[0-7]+$/.test(value)) throw invalid(`invalid value ${value} for mode`);
    if ((key === 'uid' || key === 'gid') && !/^\d+$/.test(value)) throw invalid(`invalid value ${value} for ${key}`);
    if (key === 'size' && !/^[\d.]+ ?[kmgtp]?i?b?$/i.test(value)) throw invalid(`invalid value for size: ${value}`);
    return [key, value];
  }));
}

/** @throws invalidParameter, notSimulated */
export function runMount(context: EngineContext, text: string, options: MountOptions): RunMount | undefined {
  const { sys } = context;
  const fields = parseFields(text);
  const field = (...names: string[]) => names.map((name) => fields.get(name)).find((value) => value !== undefined);
  const type = field('type') ?? 'bind';
  const id = field('id') ?? '';
  const source = field('source', 'src') ?? '';
  const wanted = field('target', 'dst', 'destination');
  const target = joinPath('/', wanted?.startsWith('/') ? '' : options.workingDir, wanted ?? '');
  const readonly = field('readonly', 'ro') ?? (/^(?:1|t)/i.test(field('readwrite', 'rw') ?? '') ? 'false' : undefined);
  const owned = (path: string, mode: string) => {
    sys.chmod(path, Number.parseInt(field('mode') ?? mode, 8));
    sys.chown(path, Number(field('uid') ?? 0), Number(field('gid') ?? 0));
  };
  if (type === 'ssh') throw new ApiError('notSimulated', 'not simulated: RUN --mount=type=ssh');
  if (type === 'secret') {
    const name = id || source || (wanted ? basename(wanted) : '');
    if (!name) throw invalid('invalid secret mount. one of source, target required');
    const content = options.secrets[name];
    if (!content && field('required') === 'true') throw invalid(`secret ${name}: not found`);
    if (!content) return undefined;
    const variable = field('env');
    if (variable) options.env?.push(`${variable}=${decode(content)}`);
    if (variable && wanted === undefined) return undefined;
    const path = `${options.scratch}/secret-${context.ids.hex(12)}`;
    makeDirectories(sys, options.scratch, 0o700);
    sys.writeFile(path, content, 0o400);
    owned(path, '0400');
    return { source: path, destination: wanted === undefined ? `/run/secrets/${name}` : target, readonly: true };
  }
  if (target === '/') throw invalid('invalid mount target "/"');
  if (type === 'tmpfs') {
    if (source) throw invalid(`open ${source}: no such file or directory`);
    return { source: '', destination: target, readonly: readonly === 'true', tmpfs: true };
  }
  if (type === 'cache') {
    const path = `${context.root}/buildkit/cache-mounts/${sha256Digest(encode(id || target)).slice(7, 32)}`;
    options.useCache(path);
    if (!statOf(sys, path)) {
      makeDirectories(sys, dirname(path), 0o711);
      sys.mkdir(path, 0o755);
      owned(path, '0755');
    }
    return { source: path, destination: target, readonly: readonly === 'true' };
  }
  const path = scopedPath(sys, options.root(fields.get('from')), joinPath('/', source));
  if (!statOf(sys, path)) throw invalid(`failed to calculate checksum of ref ${context.ids.hex(8)}::${context.ids.hex(12)}: "${joinPath('/', source)}": not found`);
  if (readonly !== 'false') return { source: path, destination: target, readonly: true };
  // What is written there is thrown away.
  const copy = `${options.scratch}/writable-${context.ids.hex(12)}`;
  makeDirectories(sys, options.scratch, 0o700);
  if (isDirectory(sys.stat(path).mode)) {
    sys.mkdir(copy, 0o755);
    copyTree(sys, path, copy);
  } else copyContent(sys, path, copy);
  return { source: copy, destination: target, readonly: false };
}

/** Take away what a runtime made for mount points that the image did not have, as BuildKit does. @returns how, to be called after the run */
export function mountStubs(context: EngineContext, lower: string, mounts: readonly RunMount[]): (upper: string) => void {
  const { sys } = context;
  const made: string[] = [];
  // What BuildKit mounts of its own: the directories stay in the layer, the files go.
  const kept = ['/proc', '/sys', '/dev'].filter((path) => !statOf(sys, lower + path));
  if (!statOf(sys, `${lower}/etc/hosts`) || !statOf(sys, `${lower}/etc/resolv.conf`)) kept.push('/etc');
  for (const { destination } of mounts) for (let path = destination; path !== '/' && !statOf(sys, lower + path); path = dirname(path)) if (!made.includes(path)) made.push(path);
  return (upper) => {
    for (const path of kept) {
      if (statOf(sys, upper + path)) continue;
      const { mode, uid, gid } = statOf(sys, lower + path) ?? { mode: 0o755, uid: 0, gid: 0 };
      sys.mkdir(upper + path, 0o755);
      sys.chmod(upper + path, mode & 0o7777);
      sys.chown(upper + path, uid, gid);
    }
    for (const path of made.sort((a, b) => b.length - a.length)) {
      const stat = statOf(sys, upper + path);
      if (!stat) continue;
      if (!isDirectory(stat.mode)) {
        if (!stat.size) sys.unlink(upper + path);
      } else if (!sys.readdir(upper + path).length) sys.rmdir(upper + path);
    }
  };
}
