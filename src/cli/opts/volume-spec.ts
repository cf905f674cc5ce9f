// The `-v` argument as the client splits it (docker/cli's volumespec): what has a source becomes a bind, the rest an anonymous volume.

import { CliError } from '../errors.ts';

/** @returns the source, '' for an anonymous volume. @throws CliError */
export function volumeSource(spec: string): string {
  const letters = [...spec];
  if (!letters.length) throw new CliError('invalid empty volume spec');
  if (letters.length <= 2) return '';
  const parts: string[] = [];
  let part = '';
  for (const char of [...letters, undefined]) {
    // One letter before a colon is a Windows drive.
    const drive = char === ':' && part.length === 1 && /\p{L}/u.test(part);
    if (char !== undefined && (char !== ':' || drive)) {
      part += char;
      continue;
    }
    if (!part) throw new CliError(`invalid spec: ${spec}: empty section between colons`);
    if (parts.length >= 2 && char === ':') throw new CliError(`invalid spec: ${spec}: too many colons`);
    parts.push(part);
    part = '';
  }
  return parts.length > 1 ? parts[0]! : '';
}
