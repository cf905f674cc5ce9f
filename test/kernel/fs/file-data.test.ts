// The bytes of files: chunks of one byte all through are one for all files, and a change of one file shows in no other.

import { expect, it } from 'vitest';
import { Chunks, type FileData, readData, writeData } from '../../../src/kernel/vfs/file-data.ts';

const CHUNK = 65_536;

function filled(byte: number, piece: number): FileData {
  let data: FileData;
  for (let at = 0; at < 3 * CHUNK; at += piece) data = writeData(data, at, new Uint8Array(Math.min(piece, 3 * CHUNK - at)).fill(byte));
  return data;
}

it.each([[0, 1000], [0x90, 1000], [0x90, CHUNK], [0x90, 3 * CHUNK], [255, 4096]])('chunks of byte %d, written %d at a time, are shared until they are changed', (byte, piece) => {
  const first = filled(byte, piece), second = filled(byte, piece);
  expect((first as Chunks).chunks.every((chunk, i) => i === 0 || chunk === (second as Chunks).chunks[i])).toBe(true);
  const changed = writeData(first, CHUNK + 7, Uint8Array.of(1, 2));
  expect([...readData(changed, CHUNK + 5, 6)]).toEqual([byte, byte, 1, 2, byte, byte]);
  expect(readData(second, 0, 3 * CHUNK).every((each) => each === byte)).toBe(true);
  expect(readData(filled(byte, piece), 0, 3 * CHUNK).every((each) => each === byte)).toBe(true);
});
