// Which volume names and options the local driver takes.

import { ApiError } from '../../api/errors.ts';

const invalid = (message: string) => new ApiError('invalidParameter', message);

/** @throws invalidParameter */
export function checkVolumeName(name: string): void {
  if (name.length === 1) throw invalid(`create ${name}: volume name is too short, names should be at least two alphanumeric characters`);
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    throw invalid(`create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`);
  }
}

/** @throws invalidParameter */
export function checkVolumeOptions(name: string, options: Readonly<Record<string, string>>): void {
  const refuse = (why: string) => invalid(`create ${name}: ${why}`);
  for (const key of Object.keys(options)) {
    if (!['type', 'o', 'device', 'size'].includes(key)) throw refuse(`invalid option: "${key}"`);
  }
  const { size, type, device = '' } = options;
  if (size !== undefined) throw refuse(/^\d+(?:\.\d*)? ?(?:[kmgtp]i?)?b?$/i.test(size) ? 'quota size requested but no quota support' : `invalid size: '${size}'`);
  const needs: readonly (readonly [string, string])[] = [['type', 'device'], ['o', 'device'], ['device', 'type'], ['o', 'type']];
  for (const [given, needed] of needs) {
    if (given in options && !options[needed]) throw refuse(`missing required option: "${needed}"`);
  }
  if (type !== 'cifs') return;
  if (device.startsWith(':')) throw refuse(`error parsing mount device url: parse ${JSON.stringify(device)}: missing protocol scheme`);
  if (/^\/\/[^/]*:\d+(?:\/|$)/.test(device)) throw refuse("port not allowed in CIFS device URL, include 'port' in 'o='");
}
