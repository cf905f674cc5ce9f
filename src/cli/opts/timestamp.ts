// Times as people give them to --since and --until: RFC 3339 and parts of it, Unix seconds, or how long ago.

import { CliError } from '../errors.ts';
import { FlagValueError } from '../flags/flag.ts';
import { parseDuration } from '../flags/values.ts';
import { fromCivil } from '../go.ts';

/** Unix seconds, with nanoseconds behind the dot where there are any. @param now ms. @throws CliError */
export function timestamp(text: string, now: number, prefix = ''): string {
  try {
    if (text !== '0') return seconds(now - parseDuration(text));
  } catch (error) {
    if (!(error instanceof FlagValueError)) throw error;
  }
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (!match) throw new CliError(`${prefix}failed to parse value as time or duration: ${JSON.stringify(text)}`);
  const zone = /^[+-]/.test(match[8] ?? '') ? (match[8]!.startsWith('-') ? -1 : 1) * (Number(match[8]!.slice(1, 3)) * 60 + Number(match[8]!.slice(4))) : 0;
  const ms = fromCivil(+match[1]!, +match[2]!, +match[3]!, +(match[4] ?? 0), +(match[5] ?? 0), +(match[6] ?? 0)) - zone * 60_000;
  return `${Math.floor(ms / 1000)}.${(match[7] ?? '.').slice(1).padEnd(9, '0')}`;
}

const seconds = (ms: number): string => `${Math.floor(ms / 1000)}.${String(Math.round((ms - Math.floor(ms / 1000) * 1000) * 1e6)).padStart(9, '0')}`;
