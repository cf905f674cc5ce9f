// The `--device` argument: host path, container path, permissions.

import { CliError } from '../errors.ts';
import { cleanPath } from '../go.ts';

export interface DeviceMapping {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
  readonly CgroupPermissions: string;
}

const isMode = (text: string): boolean => /^[rwm]+$/.test(text) && new Set(text).size === text.length;

/** @throws CliError */
export function parseDevice(text: string): DeviceMapping {
  const fail = (message: string): never => {
    throw new CliError(message);
  };
  const [source = '', second, third, ...more] = text.split(':');
  if (more.length || !source) fail(`bad format for path: ${text}`);
  if (third !== undefined && !isMode(third)) fail(`bad mode specified: ${third}`);
  const inside = second === undefined || (third === undefined && isMode(second)) ? source : second;
  if (!inside.startsWith('/')) fail(`${inside} is not an absolute path`);
  return {
    PathOnHost: inside === source ? cleanPath(source) : source,
    PathInContainer: third === undefined ? cleanPath(inside) : inside,
    CgroupPermissions: third ?? (second !== undefined && isMode(second) ? second : 'rwm'),
  };
}
