// Times as the Engine API writes them: RFC 3339 in UTC, with nanoseconds or seconds, from virtual milliseconds.

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** Year, month, day, hour, minute and second of a time in ms since the epoch (UTC, proleptic Gregorian). */
function civil(ms: number): [number, number, number, number, number, number] {
  const seconds = Math.floor(ms / 1000);
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1, Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
}

/** `2026-11-24T18:45:00Z`. */
export function rfc3339(ms: number): string {
  const [y, mo, d, h, mi, s] = civil(ms);
  return `${pad(y, 4)}-${pad(mo)}-${pad(d)}T${pad(h)}:${pad(mi)}:${pad(s)}Z`;
}

/** As Go's RFC3339Nano: trailing zeros of the fraction are dropped. */
export function rfc3339Nano(ms: number): string {
  const nanos = Math.round((ms - Math.floor(ms / 1000) * 1000) * 1e6);
  const fraction = nanos > 0 && nanos < 1e9 ? `.${pad(nanos, 9).replace(/0+$/, '')}` : '';
  return rfc3339(ms).replace('Z', `${fraction}Z`);
}

/** The zero time of Go. */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** ms since the epoch of an RFC 3339 text (fraction and zone optional) or of Unix seconds; undefined when it is neither. */
export function parseTime(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  if (!match) return undefined;
  const [, y, mo, d, h = '0', mi = '0', s = '0', fraction = '0', zone = 'Z'] = match;
  const year = Number(y) - (Number(mo) <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yoe = year - era * 400;
  const doy = Math.floor((153 * (Number(mo) + (Number(mo) > 2 ? -3 : 9)) + 2) / 5) + Number(d) - 1;
  const days = era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468;
  const offset = zone === 'Z' ? 0 : (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  return ((days * 24 + Number(h)) * 60 + Number(mi) - offset) * 60000 + Number(s) * 1000 + Number(fraction) * 1000;
}
