// Sizes as text for people, and sizes that people write.

/** GNU: rounded up, one decimal below ten, a letter from 1 K: `1023`, `4.0K`, `11K`. @param base 1024, or 1000 for `--si` */
export function humanSize(bytes: number, base = 1024): string {
  if (bytes < base) return String(Math.ceil(bytes));
  const units = base === 1024 ? 'KMGTPEZY' : 'kMGTPEZY';
  let power = 0;
  let value = bytes;
  while (value >= base && power < units.length) {
    value /= base;
    power++;
  }
  // Tiny errors of floating point must not round up.
  const up = (number: number): number => Math.ceil(number - 1e-9);
  let text = up(value * 10) < 100 ? (up(value * 10) / 10).toFixed(1) : String(up(value));
  if (text === String(base)) {
    text = '1.0';
    power++;
  }
  return text + units[power - 1]!;
}

/** BusyBox: rounded to the nearest tenth, always with one: `0`, `1023`, `4.0K`, `10.0K`. @param whole no tenths: `10K` */
export function busyboxSize(bytes: number, whole = false): string {
  let value = Math.floor(bytes);
  let tenths = 0;
  let power = 0;
  while (value >= 1024) {
    tenths = Math.floor(((value % 1024) * 10 + 512) / 1024);
    value = Math.floor(value / 1024);
    power++;
  }
  if (tenths >= 10) {
    value++;
    tenths = 0;
  }
  if (whole) return `${value + (tenths >= 5 ? 1 : 0)}${power ? 'KMGTPEZY'[power - 1]! : ''}`;
  return power ? `${value}.${tenths}${'KMGTPEZY'[power - 1]!}` : String(value);
}

const POWERS = 'KMGTPEZYRQ';

/**
 * A number with a suffix, as GNU's xstrtoumax: `10`, `4k`, `1M`, `1MB` (1000²), `1MiB`, `2b` (512). Suffixes K to Y in
 * both cases for k.
 * @returns undefined when it is none
 */
export function parseSize(text: string, suffixes: Readonly<Record<string, number>> = { b: 512, c: 1, w: 2 }): number | undefined {
  const found = /^(\d+)(?:([kKmMgGTPEZYRQ])(iB|B|b)?|([a-zA-Z]))?$/.exec(text);
  if (!found) return /^[kKMGTPEZYRQ]$/.test(text) ? 1024 ** (POWERS.indexOf(text.toUpperCase()) + 1) : undefined;
  const [, digits, letter, binary, other] = found;
  const number = Number(digits);
  if (other) return other in suffixes ? number * suffixes[other]! : undefined;
  if (!letter) return number;
  return number * (binary === 'B' || binary === 'b' ? 1000 : 1024) ** (POWERS.indexOf(letter.toUpperCase()) + 1);
}
