// Backslash escapes as `echo -e`, `printf`, `$'…'` and `${x@E}` read them.

/** How one dialect of escapes differs. */
export interface EscapeRules {
  /** `\0nnn` needs its zero (`echo -e`); `printf` formats take `\nnn`. */
  readonly zeroOctal: boolean;
  readonly unicode: boolean;
  readonly quotes: boolean;
}

const SIMPLE: Record<string, string> = { a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

const byte = (code: number): string => (code < 0x80 ? String.fromCharCode(code) : String.fromCharCode(0xdc00 + code));

/** The text, and whether `\c` cut it short. */
export function unescape(text: string, rules: EscapeRules): { text: string; stopped: boolean } {
  if (!text.includes('\\')) return { text, stopped: false };
  let out = '';
  for (let i = 0; i < text.length; ) {
    const c = text[i]!;
    const next = text[i + 1];
    if (c !== '\\' || next === undefined) {
      out += c;
      i++;
      continue;
    }
    i += 2;
    const take = (pattern: RegExp): string => {
      const found = pattern.exec(text.slice(i, i + 8))?.[0] ?? '';
      i += found.length;
      return found;
    };
    if (SIMPLE[next] !== undefined) out += SIMPLE[next];
    else if (next === 'c' && rules.quotes) out += String.fromCharCode(text.charCodeAt(i++) & 0x1f);
    else if (next === 'c') return { text: out, stopped: true };
    else if (next === 'x') {
      const digits = take(/^[0-9A-Fa-f]{1,2}/);
      out += digits ? byte(parseInt(digits, 16)) : '\\x';
    } else if (rules.unicode && (next === 'u' || next === 'U')) {
      const digits = take(next === 'u' ? /^[0-9A-Fa-f]{1,4}/ : /^[0-9A-Fa-f]{1,8}/);
      out += digits ? String.fromCodePoint(Math.min(parseInt(digits, 16), 0x10ffff)) : `\\${next}`;
    } else if (next === '0' && rules.zeroOctal) out += byte(parseInt(take(/^[0-7]{1,3}/) || '0', 8) & 0xff);
    else if (/[0-7]/.test(next) && (!rules.zeroOctal || rules.quotes)) {
      i--;
      out += byte(parseInt(take(/^[0-7]{1,3}/), 8) & 0xff);
    } else if (rules.quotes && /['"?]/.test(next)) out += next;
    else out += `\\${next}`;
  }
  return { text: joinBytes(out), stopped: false };
}

/** Bytes written one by one may make a character together. */
function joinBytes(text: string): string {
  return /[\udc80-\udcff]{2}/u.test(text)
    ? text.replace(/[\udcc2-\udcf4][\udc80-\udcbf]{1,3}/gu, (run) => {
        const bytes = [...run].map((c) => c.charCodeAt(0) & 0xff);
        const length = bytes[0]! < 0xe0 ? 2 : bytes[0]! < 0xf0 ? 3 : 4;
        if (bytes.length < length) return run;
        const code = bytes.slice(1, length).reduce((sum, each) => (sum << 6) | (each & 0x3f), bytes[0]! & (0xff >> (length + 1)));
        return String.fromCodePoint(code) + run.slice(length);
      })
    : text;
}

export const ansiUnescape = (text: string): string => unescape(text, { zeroOctal: false, unicode: true, quotes: true }).text;
