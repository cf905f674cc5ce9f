// The tar and gzip codecs against themselves and against the machine's own tar and gzip.

import { execFileSync } from 'node:child_process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Gunzip } from '../../src/base/archive/gunzip.ts';
import { Gzip } from '../../src/base/archive/gzip.ts';
import type { TarHeader } from '../../src/base/archive/tar-entry.ts';
import { encodeHeader, TAR_END, tarPadding, type TarFormat } from '../../src/base/archive/tar-header.ts';
import { TarReader } from '../../src/base/archive/tar-reader.ts';
import { concat, decode, encode, type Bytes } from '../../src/base/bytes.ts';

const entry = (name: string, more: Partial<TarHeader> = {}): TarHeader => ({
  name, type: 'file', mode: 0o644, uid: 0, gid: 0, uname: 'root', gname: 'root', size: 0, mtime: 1_000_000_000, linkname: '', major: 0, minor: 0, ...more,
});

const long = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(120)}`;
const MEMBERS: TarHeader[] = [
  entry('dir/', { type: 'directory', mode: 0o1755, uname: '', gname: '' }),
  entry('dir/a', { size: 5, uid: 1000, gid: 1000 }),
  entry('dir/b', { type: 'link', linkname: 'dir/a' }),
  entry('s', { type: 'symlink', mode: 0o777, linkname: long }),
  entry(long, { size: 600 }),
  entry('dev', { type: 'char', major: 5, minor: 1 }),
  entry('é', { size: 1, uid: 3_000_000 }),
  entry('fifo', { type: 'fifo' }),
];

function archive(members: readonly TarHeader[], format: TarFormat): Bytes {
  return concat([...members.flatMap((member) => [encodeHeader(member, format), new Uint8Array(member.size).fill(120), tarPadding(member.size)]), TAR_END]);
}

function read(bytes: Bytes, step: number): { headers: TarHeader[]; content: number; reader: TarReader } {
  const reader = new TarReader();
  const headers: TarHeader[] = [];
  let content = 0;
  for (let at = 0; at < bytes.length; at += step) {
    for (const item of reader.push(bytes.subarray(at, at + step))) {
      if (item.header) headers.push(item.header);
      else content += item.content.length;
    }
  }
  return { headers, content, reader };
}

describe('tar', () => {
  for (const format of ['pax', 'gnu'] as const) {
    for (const step of [1, 511, 512, 100_000]) {
      it(`reads back what it wrote: ${format} in pieces of ${step}`, () => {
        const { headers, content, reader } = read(archive(MEMBERS, format), step);
        expect(headers).toEqual(MEMBERS);
        expect(content).toBe(606);
        expect(reader.ended && !reader.truncated && !reader.bad).toBe(true);
      });
    }
    it(`is read by the real tar: ${format}`, () => {
      const listing = execFileSync('tar', ['tf', '-'], { input: archive(MEMBERS, format), encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
      expect(listing.trim().split('\n')).toEqual(MEMBERS.map((member) => member.name));
    });
  }

  it('keeps extended attributes and fractions of seconds in pax records', () => {
    const member = entry('x', { mtime: 12.5, xattrs: { 'user.k': Uint8Array.of(0, 10, 61) } });
    expect(read(archive([member], 'pax'), 512).headers).toEqual([member]);
  });

  it('says what is no archive and what is cut short', () => {
    expect(read(encode('no tar at all '.repeat(100)), 512).reader.bad).toBe(true);
    expect(read(archive(MEMBERS, 'pax').subarray(0, 1300), 512).reader.truncated).toBe(true);
  });
});

function gunzip(bytes: Bytes, step: number): { text: string; decoder: Gunzip } {
  const decoder = new Gunzip();
  const parts: Bytes[] = [];
  for (let at = 0; at < bytes.length; at += step) parts.push(...decoder.push(bytes.subarray(at, at + step)));
  decoder.end();
  return { text: decode(concat([...parts, new Uint8Array(0)])), decoder };
}

describe('gzip', () => {
  const text = Array.from({ length: 10_000 }, (_, i) => `${i * i}`).join(' ');

  it('compresses what the real gunzip reads', () => {
    const encoder = new Gzip({ name: 'n', mtime: 5 });
    const bytes = concat([encoder.push(encode(text.slice(0, 20_000))), encoder.push(encode(text.slice(20_000))), encoder.end()]);
    expect(gunzipSync(bytes).toString()).toBe(text);
  });

  for (const step of [101, 5000, 1_000_000]) {
    it(`decompresses members in pieces of ${step}`, () => {
      const { text: got, decoder } = gunzip(concat([gzipSync(text), gzipSync('more')]), step);
      expect(decoder.problem).toBeUndefined();
      expect(got).toBe(`${text}more`);
    });
  }

  it('names what is wrong', () => {
    const whole = gzipSync(text);
    expect(gunzip(encode('plain'), 10).decoder.problem).toBe('not-gzip');
    expect(gunzip(whole.subarray(0, 1000), 100).decoder.problem).toBe('truncated');
    const flipped = Uint8Array.from(whole);
    flipped[flipped.length - 6]! ^= 1;
    expect(gunzip(flipped, 100).decoder.problem).toBe('bad-crc');
    expect(gunzip(concat([whole, encode('tail')]), 100_000).decoder).toMatchObject({ problem: undefined, trailingGarbage: true });
  });
});
