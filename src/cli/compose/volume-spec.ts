// The short form of a service's volume, `./html:/www:ro`, spelled out.

import { CliError } from '../errors.ts';
import { cleanPath } from '../go.ts';
import type { Dict } from './yaml-document.ts';

const PROPAGATION = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];

/** A host path rather than a volume's name: absolute, relative, of the home, or of Windows. */
const isPath = (source: string): boolean => /^([./~]|\\\\)/.test(source) || /^[a-zA-Z]:/.test(source);

/** @throws CliError */
export function parseVolume(spec: string): Dict {
  const fail = (message: string): never => {
    throw new CliError(`invalid spec: ${spec}: ${message}`);
  };
  const letters = [...spec];
  if (!letters.length) throw new CliError('invalid empty volume spec');
  if (letters.length <= 2) return { type: 'volume', target: spec };
  const parts: string[] = [];
  let part = '';
  letters.forEach((char, i) => {
    // One letter before a colon is a Windows drive.
    // What is in `${…}` is not looked at.
    if (char !== ':' || (part.length === 1 && /\p{L}/u.test(part)) || /\$\{[^}]*$/.test(part)) part += char;
    else {
      if (!part) fail('empty section between colons');
      if (parts.length >= 2) fail('too many colons');
      parts.push(part);
      part = '';
      if (i === letters.length - 1) fail('empty section between colons');
    }
  });
  parts.push(part);
  const target = cleanTarget(parts[parts.length > 1 ? 1 : 0]!);
  if (parts.length === 1) return { type: 'volume', target, volume: {} };
  const volume: Dict = { type: 'volume', source: parts[0]!, target };
  const bind: Dict = {};
  let nocopy = false;
  for (const option of parts[2]?.split(',') ?? []) {
    if (option === 'ro') volume['read_only'] = true;
    else if (option === 'rw') volume['read_only'] = false;
    else if (option === 'nocopy') nocopy = true;
    else if (option === 'z' || option === 'Z') bind['selinux'] = option;
    else if (PROPAGATION.includes(option)) bind['propagation'] = option;
  }
  if (isPath(parts[0]!)) {
    volume['type'] = 'bind';
    volume['bind'] = { ...bind, create_host_path: true };
  } else {
    volume['volume'] = nocopy ? { nocopy } : {};
    if (Object.keys(bind).length) volume['bind'] = bind;
  }
  return volume;
}

/** As `path.Clean` for what is not a drive. */
export const cleanTarget = (target: string): string => (/^[a-zA-Z]:/.test(target) ? target : cleanPath(target));
