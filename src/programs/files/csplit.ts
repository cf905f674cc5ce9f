// csplit: cut a file where lines say so.

import { O_CREAT, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { readAll, openInput } from '../lib/lines.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways, quoteFile } from '../lib/quote.ts';
import { Regex, RegexError } from '../lib/regex.ts';
import { toBytes, toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

interface Pattern {
  readonly text: string;
  readonly line: number;
  readonly regex?: Regex;
  /** Lines before the match are passed over instead of written. */
  readonly ignore: boolean;
  readonly offset: number;
  repeat: number;
}

export const csplit: Tool = {
  gnu: 'b:,suffix-format: f:,prefix: k,keep-files suppress-matched n:,digits: s,q,quiet,silent z,elide-empty-files',
  *run(io, o) {
    const { sys } = io;
    const [file, ...words] = o.operands;
    if (file === undefined || !words.length) io.usage(`missing operand${file === undefined ? '' : ` after ${quote(file)}`}`);
    const digits = o.value('n') ?? '2';
    if (!/^\d+$/.test(digits)) io.die(`invalid number: ${quote(digits)}`);
    const format = o.value('b') ?? `%0${digits}d`;
    const name = (index: number): string => (o.value('f') ?? 'xx') + format.replace(/%([-0#]*)(\d*)[diuoxX]|%%/, (whole, flags: string, width = '0') => (whole === '%%' ? '%'
      : index.toString(/[xX]$/.test(whole) ? 16 : whole.endsWith('o') ? 8 : 10)[flags.includes('-') ? 'padEnd' : 'padStart'](Number(width), flags.includes('0') ? '0' : ' ')));

    const patterns: Pattern[] = [];
    for (const text of words) {
      const mark = text[0]!;
      if (mark === '{') {
        const count = /^\{(\*|\d+)\}$/.exec(text)?.[1] ?? io.die(text.endsWith('}') ? `${quote(text.slice(0, -1))}}: integer required between '{' and '}'` : `${quote(text)}: '}' is required in repeat count`);
        patterns.at(-1)!.repeat = count === '*' ? Infinity : Number(count);
      } else if (mark === '/' || mark === '%') {
        const end = text.lastIndexOf(mark);
        if (!end) io.die(`${text}: closing delimiter '${mark}' missing`);
        const offset = text.slice(end + 1);
        if (!/^([-+]?\d+)?$/.test(offset)) io.die(`${quote(text)}: integer expected after delimiter`);
        try {
          patterns.push({ text, line: 0, regex: Regex.posix(text.slice(1, end)), ignore: mark === '%', offset: Number(offset), repeat: 0 });
        } catch (error) {
          if (!(error instanceof RegexError)) throw error;
          io.die(`${quote(text)}: invalid regular expression: ${/^\W*\[\W*$/.test(text) ? 'Invalid regular expression' : error.message}`);
        }
      } else {
        if (!/^\d+$/.test(text)) io.die(`${quote(text)}: invalid pattern`);
        const line = Number(text), before = patterns.findLast((each) => !each.regex)?.line ?? 0;
        if (!line) io.die(`${text}: line number must be greater than zero`);
        if (line < before) io.die(`line number ${quote(text)} is smaller than preceding line number, ${before}`);
        if (line === before) io.warn(`warning: line number ${quote(text)} is the same as preceding line number`);
        patterns.push({ text, line, ignore: false, offset: 0, repeat: 0 });
      }
    }

    const fd = openInput(io, file!, { open: (path, text) => `cannot open ${quoteAlways(path)} for reading: ${text}` });
    if (fd === undefined) return 1;
    const lines = toText(yield* readAll(sys, fd)).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    /** Lines that are gone, the line that a pattern looked at last, files made. */
    let taken = 0, current = 0, made = 0;
    let piece: string[] | undefined;
    const close = (): void => {
      if (!piece) return;
      const bytes = toBytes(piece.join(''));
      piece = undefined;
      if (!bytes.length && o.has('z')) return;
      const path = name(made++);
      try {
        const out = sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666);
        sys.pwrite(out, bytes, 0);
        sys.close(out);
      } catch (error) {
        io.die(`${quoteFile(path)}: ${reason(error)}`);
      }
      if (!o.has('s')) io.out(`${bytes.length}\n`);
    };
    const remove = (): string | undefined => {
      if (taken >= lines.length) return undefined;
      current = Math.max(current, taken + 1);
      return lines[taken++];
    };
    const fail = (text: string, repetition: number): never => {
      io.warn(text + (repetition ? ` on repetition ${repetition}` : ''));
      close();
      if (!o.has('k')) for (let at = 0; at < made; at++) sys.unlink(name(at));
      return io.exit(1);
    };
    const suppress = o.has('suppress-matched');

    for (const pattern of patterns) {
      for (let repetition = 0; repetition <= pattern.repeat; repetition++) {
        yield* sys.step();
        const range = (): never => fail(`${quote(pattern.text)}: line number out of range`, repetition);
        const { regex, ignore } = pattern;
        const open: string[] = [];
        if (!ignore) piece = open;
        if (regex) {
          do current++;
          while (current <= lines.length && !regex.exec(lines[current - 1]!.replace(/\n$/, '')));
          if (current > lines.length) {
            open.push(...lines.slice(taken));
            taken = lines.length;
            if (pattern.repeat < Infinity) fail(`${quote(pattern.text)}: match not found`, repetition);
            close();
            return 0;
          }
          const until = current + pattern.offset;
          if (taken + 1 > until) range();
          for (let left = until - taken - 1; left > 0; left--) {
            open.push(remove() ?? range());
          }
          close();
          if (pattern.offset > 0) current = until;
          if (suppress) remove();
        } else {
          if (suppress && taken >= lines.length) range();
          const until = pattern.line * (repetition + 1);
          if (until < taken + 1) range();
          for (let left = until - taken - 1; left > 0; left--) open.push(remove() ?? range());
          close();
          if (suppress) remove();
          else if (taken >= lines.length) range();
        }
      }
    }
    piece = lines.slice(taken);
    close();
    return 0;
  },
};
