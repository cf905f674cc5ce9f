// Writing tar: the header blocks of a member, the padding after its content and the end of the archive.

import { concat, encode, type Bytes } from '../bytes.ts';
import type { TarEntryType, TarHeader } from './tar-entry.ts';

export const BLOCK = 512;

/** Long names and large numbers as pax records, or as the GNU extensions of `tar` itself. */
export type TarFormat = 'pax' | 'gnu';

export const TYPE_FLAGS: Readonly<Record<TarEntryType, string>> = { file: '0', link: '1', symlink: '2', char: '3', block: '4', directory: '5', fifo: '6' };

/** Two blocks of zeros. */
export const TAR_END: Bytes = new Uint8Array(2 * BLOCK);

/** The zeros between content of `size` bytes and the next header. */
export const tarPadding = (size: number): Bytes => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);

/** The bytes of everything before the content: one block, with more in front when the header needs them. */
export function encodeHeader(header: TarHeader, format: TarFormat = 'pax'): Bytes {
  const name = encode(header.name);
  const linkname = encode(header.linkname);
  if (format === 'gnu') {
    const parts: Bytes[] = [];
    if (linkname.length > 100) parts.push(...extension('K', '././@LongLink', concat([linkname, new Uint8Array(1)]), 'gnu'));
    if (name.length > 100) parts.push(...extension('L', '././@LongLink', concat([name, new Uint8Array(1)]), 'gnu'));
    return concat([...parts, block(header, TYPE_FLAGS[header.type], name, linkname, 'gnu')]);
  }
  const records: Bytes[] = [];
  const record = (key: string, value: Bytes | string) => records.push(paxRecord(key, typeof value === 'string' ? encode(value) : value));
  const split = splitName(header.name);
  if (!split || !isAscii(name)) record('path', name);
  if (linkname.length > 100 || !isAscii(linkname)) record('linkpath', linkname);
  if (header.size > 0o77777777777) record('size', String(header.size));
  if (header.uid > 0o7777777) record('uid', String(header.uid));
  if (header.gid > 0o7777777) record('gid', String(header.gid));
  if (header.uname.length > 32 || !isAscii(encode(header.uname))) record('uname', header.uname);
  if (header.gname.length > 32 || !isAscii(encode(header.gname))) record('gname', header.gname);
  if (!Number.isInteger(header.mtime) || header.mtime < 0) record('mtime', String(header.mtime));
  for (const [key, value] of Object.entries(header.xattrs ?? {})) record(`SCHILY.xattr.${key}`, value);
  const [prefix, short] = split && isAscii(name) ? split : ['', header.name.slice(0, 100)];
  const main = block(header, TYPE_FLAGS[header.type], encode(short).subarray(0, 100), linkname, 'pax', prefix);
  if (!records.length) return main;
  const slash = header.name.replace(/\/$/, '').lastIndexOf('/') + 1;
  const paxName = `${header.name.slice(0, slash)}PaxHeaders.0/${header.name.slice(slash)}`.replace(/\/$/, '').slice(0, 100);
  return concat([...extension('x', paxName, concat(records), 'pax'), main]);
}

const isAscii = (bytes: Bytes): boolean => bytes.every((byte) => byte > 0 && byte < 128);

/** USTAR's prefix and name; undefined when it does not fit. */
function splitName(name: string): [string, string] | undefined {
  const { length } = encode(name);
  if (length <= 100) return ['', name];
  if (length > 256 || length !== name.length) return undefined;
  // As far right as the prefix allows, leaving a name.
  const slash = name.slice(0, Math.min(name.length - 1, 156)).lastIndexOf('/');
  return slash <= 0 || name.length - slash - 1 > 100 ? undefined : [name.slice(0, slash), name.slice(slash + 1)];
}

function paxRecord(key: string, value: Bytes): Bytes {
  // The length counts its own digits.
  const rest = encode(key).length + value.length + 3;
  let length = rest + String(rest).length;
  if (String(length).length !== String(rest).length) length = rest + String(length).length;
  return concat([encode(`${length} ${key}=`), value, encode('\n')]);
}

function extension(flag: string, name: string, content: Bytes, format: TarFormat): Bytes[] {
  const header: TarHeader = { name, type: 'file', mode: 0o644, uid: 0, gid: 0, uname: format === 'gnu' ? 'root' : '', gname: format === 'gnu' ? 'root' : '', size: content.length, mtime: 0, linkname: '', major: 0, minor: 0 };
  return [block(header, flag, encode(name), new Uint8Array(0), format), content, tarPadding(content.length)];
}

function block(header: TarHeader, flag: string, name: Bytes, linkname: Bytes, format: TarFormat, prefix = ''): Bytes {
  const b = new Uint8Array(BLOCK);
  const text = (at: number, value: Bytes | string, width: number) => {
    if (!value.length) return;
    const bytes = typeof value === 'string' ? encode(value) : value;
    b.set(bytes.length > width ? bytes.subarray(0, width) : bytes, at);
  };
  const number = (at: number, value: number, width: number) => {
    const digits = Math.max(0, Math.floor(value)).toString(8);
    if (digits.length < width) text(at, digits.padStart(width - 1, '0'), width);
    else if (format === 'gnu') {
      // Base 256, marked by the top bit.
      for (let i = width - 1; i > 0; i--, value = Math.floor(value / 256)) b[at + i] = value % 256;
      b[at] = 0x80;
    }
  };
  text(0, name, 100);
  number(100, header.mode, 8);
  number(108, header.uid, 8);
  number(116, header.gid, 8);
  number(124, header.size, 12);
  number(136, header.mtime, 12);
  text(156, flag, 1);
  text(157, linkname, 100);
  text(257, format === 'gnu' ? 'ustar  \0' : 'ustar\u000000', 8);
  text(265, header.uname, 32);
  text(297, header.gname, 32);
  const device = header.type === 'char' || header.type === 'block';
  if (device || format === 'pax') {
    number(329, header.major, 8);
    number(337, header.minor, 8);
  }
  text(345, prefix, 155);
  text(148, '        ', 8);
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += b[i]!;
  text(148, `${sum.toString(8).padStart(6, '0')}\0 `, 8);
  return b;
}
