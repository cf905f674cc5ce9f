// Sizes and spans of time for people, as docker/go-units writes them.

import { general } from '../go.ts';

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

function scaled(size: number, base: number, units: readonly string[], digits: number): string {
  let power = 0;
  while (size >= base && power < units.length - 1) {
    size /= base;
    power++;
  }
  return general(size, digits) + units[power]!;
}

/** `1.234MB`; 4 significant digits unless told. */
export const humanSize = (size: number, digits = 4): string => scaled(size, 1000, DECIMAL, digits);
/** `1.5GiB`. */
export const bytesSize = (size: number): string => scaled(size, 1024, BINARY, 4);

/** `About a minute`, `3 hours`, from ms. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.trunc(ms / 60_000);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.trunc(ms / 3_600_000 + 0.5);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`;
  return `${Math.trunc(ms / 3_600_000 / 24 / 365)} years`;
}
