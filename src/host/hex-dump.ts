// Bytes as `hexdump -C` shows them.

import type { Bytes } from '../base/bytes.ts';

export function hexDump(bytes: Bytes): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const columns = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.padEnd(48);
    lines.push(`${at.toString(16).padStart(8, '0')}  ${columns}  |${row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')}|`);
  }
  return lines.join('\n');
}
