// A save as the short text of a link. What is damaged, or comes from a newer Stowage, says so.

import { decode, encode, concat } from '../../base/bytes.ts';
import { Gunzip } from '../../base/archive/gunzip.ts';
import { Gzip } from '../../base/archive/gzip.ts';
import { fromBase64, toBase64 } from '../base64.ts';
import type { HostInput, HostSave } from '../host-api.ts';
import { parseSave } from '../save.ts';

const VERSION = 1;

/** `1.` and base64url. */
export function packSave({ options, log }: HostSave): string {
  let at = options.startTime;
  const entries = log.map((input) => {
    const { at: time, kind, ...rest } = input;
    const wait = waitBetween(at, time);
    at = time;
    return input.kind === 'keys' ? (input.terminal === 1 ? [wait, input.text] : [wait, input.text, input.terminal]) : [wait, { kind, ...rest }];
  });
  const gzip = new Gzip({ level: 9 });
  const bytes = concat([gzip.push(encode(JSON.stringify([options, entries]))), gzip.end()]);
  return `${VERSION}.${toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** @throws RangeError saying what is wrong with it */
export function unpackSave(text: string): HostSave {
  const version = /^(\d+)\./.exec(text)?.[1];
  if (!version) throw new RangeError('it is not what Stowage makes');
  if (Number(version) > VERSION) throw new RangeError('it was made by a newer Stowage than this one');
  const gunzip = new Gunzip();
  const packed = [...gunzip.push(fromBase64(text.slice(version.length + 1).replaceAll('-', '+').replaceAll('_', '/')))];
  gunzip.end();
  if (gunzip.problem) throw new RangeError(gunzip.problem === 'truncated' ? 'a part of it is missing' : 'it is damaged');
  const value: unknown = JSON.parse(decode(concat(packed)));
  if (!Array.isArray(value) || !Array.isArray(value[1])) throw new RangeError('it is damaged');
  const [options, entries] = value as [HostSave['options'], [number | string, string | object, number?][]];
  let at = options.startTime;
  const log = entries.map(([wait, what, terminal = 1]) => {
    at = typeof wait === 'string' ? Number(wait) : at + wait;
    return (typeof what === 'string' ? { at, kind: 'keys', terminal, text: what } : { at, ...what }) as HostInput;
  });
  return parseSave({ version: 1, options, log });
}

/** The fewest digits that lead to exactly that time; where none do, the time itself. */
function waitBetween(from: number, to: number): number | string {
  for (let digits = 0; digits < 8; digits++) {
    const wait = Number((to - from).toFixed(digits));
    if (from + wait === to) return wait;
  }
  return String(to);
}
