// Numbers and strings in the conversions of printf(3).

/** One conversion: `%` flags width `.` precision letter. */
export interface Conversion {
  readonly flags: string;
  readonly width: number;
  /** undefined: none was given. */
  readonly precision: number | undefined;
  readonly letter: string;
}

export function pad(conversion: Conversion, body: string, numeric = false): string {
  const missing = conversion.width - [...body].length;
  if (missing <= 0) return body;
  if (conversion.flags.includes('-')) return body + ' '.repeat(missing);
  if (numeric && conversion.flags.includes('0')) {
    const sign = /^[-+ ]?(?:0[xX])?/.exec(body)![0];
    return sign + '0'.repeat(missing) + body.slice(sign.length);
  }
  return ' '.repeat(missing) + body;
}

const sign = (conversion: Conversion, negative: boolean): string =>
  negative ? '-' : conversion.flags.includes('+') ? '+' : conversion.flags.includes(' ') ? ' ' : '';

/** `%s` (and `%c` of one character). */
export function formatString(conversion: Conversion, text: string): string {
  return pad(conversion, conversion.precision === undefined ? text : [...text].slice(0, conversion.precision).join(''));
}

/** `%d %i %u %o %x %X`; negative numbers in unsigned conversions wrap at 64 bits. */
export function formatInteger(conversion: Conversion, value: bigint): string {
  const { letter, precision, flags } = conversion;
  const signed = letter === 'd' || letter === 'i';
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  let digits = magnitude.toString(letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10);
  if (precision !== undefined) digits = magnitude === 0n && precision === 0 ? '' : digits.padStart(precision, '0');
  if (flags.includes('#') && letter === 'o' && !digits.startsWith('0')) digits = `0${digits}`;
  if (flags.includes('#') && /x/i.test(letter) && magnitude !== 0n) digits = `0x${digits}`;
  if (letter === 'X') digits = digits.toUpperCase();
  return pad(conversion, (signed ? sign(conversion, value < 0n) : '') + digits, precision === undefined);
}

/** Decimal digits, rounding exact halves to even as C does. */
export function toFixed(value: number, precision: number): string {
  const places = Math.min(precision, 100);
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (places ? `.${'0'.repeat(places)}` : '');
  const rounded = value.toFixed(places);
  const long = value.toFixed(Math.min(100, places + 30));
  const at = long.indexOf('.') + (places ? places + 1 : 0);
  if (places < 70 && /^\.?50*$/.test(long.slice(at)) && /[02468]$/.test(long.slice(0, at))) return long.slice(0, at);
  return rounded;
}

/** `%e %f %g %a` and their capitals. */
export function formatFloat(conversion: Conversion, value: number): string {
  const { letter, flags } = conversion;
  const lower = letter.toLowerCase();
  const magnitude = Math.abs(value);
  const negative = value < 0 || Object.is(value, -0);
  let body: string;
  if (!Number.isFinite(value)) {
    body = Number.isNaN(value) ? 'nan' : 'inf';
    body = sign(conversion, negative) + body;
    return pad(conversion, letter === lower ? body : body.toUpperCase());
  }
  const precision = conversion.precision ?? 6;
  const exponential = (places: number): string => magnitude.toExponential(Math.min(places, 100)).replace(/e([-+])(\d)$/, 'e$10$2');
  if (lower === 'e') body = exponential(precision);
  else if (lower === 'g') {
    const significant = precision || 1;
    const exponent = Number(/e(.*)/.exec(magnitude.toExponential(Math.min(significant - 1, 100)))![1]);
    const fixed = exponent >= -4 && exponent < significant;
    body = fixed ? toFixed(magnitude, significant - 1 - exponent) : exponential(significant - 1);
    if (!flags.includes('#') && body.includes('.')) body = body.replace(/\.?0+(?=e|$)/, '');
  } else body = toFixed(magnitude, precision);
  if (flags.includes('#') && !body.includes('.')) body = body.replace(/(?=e|$)/, '.');
  body = sign(conversion, negative) + body;
  return pad(conversion, letter === lower ? body : body.toUpperCase(), true);
}

/** `%.6g` and the like, without a field. */
export const general = (value: number, precision = 6): string => formatFloat({ flags: '', width: 0, precision, letter: 'g' }, value);
