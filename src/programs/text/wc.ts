// wc: lines, words, characters and bytes of files.

import { isRegular } from '../../kernel/stat.ts';
import { eachInput } from '../lib/lines.ts';
import { quoteFile } from '../lib/quote.ts';
import { toBytes, toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const COLUMNS = ['l', 'w', 'm', 'c', 'L'];

export const wc: Tool = {
  gnu: 'l,lines w,words m,chars c,bytes L,max-line-length total: files0-from:',
  busybox: 'l w m c L',
  *run(io, options) {
    const shown = COLUMNS.filter((column) => options.has(column) || !options.has(...COLUMNS) && 'lwc'.includes(column));
    const names = options.operands;
    if (options.has('files0-from')) io.notSimulated('--files0-from');
    const width = io.gnu ? gnuWidth() : shown.length > 1 || names.length > 1 && !options.has('l', 'c', 'm') ? 9 : 1;
    // BusyBox asks the locale, which containers do not set.
    const { env } = io.sys;
    const wide = io.gnu || /utf-?8/i.test(env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? '');
    const totals = [0, 0, 0, 0, 0];
    const when = options.value('total') ?? 'auto';
    const print = (counts: readonly number[], name: string): void => {
      const cells = shown.map((column) => String(counts[COLUMNS.indexOf(column)]).padStart(width));
      io.out(`${cells.join(' ')}${name && ` ${name}`}\n`);
    };
    function gnuWidth(): number {
      if (names.length <= 1 && shown.length === 1) return 1;
      let total = 0;
      let least = 1;
      for (const name of names.length ? names : ['-']) {
        try {
          const stat = name === '-' ? io.sys.fstat(0) : io.sys.stat(name);
          if (isRegular(stat.mode)) total += stat.size;
          else least = 7;
        } catch { /* it is reported when it is opened */ }
      }
      return Math.max(String(total).length, least);
    }
    yield* eachInput(io, names, function* (fd, name) {
      const counts = [0, 0, 0, 0, 0];
      let inWord = false;
      let column = 0;
      let failure: unknown;
      let held: Uint8Array = new Uint8Array(0);
      try {
        for (let part = yield* io.sys.read(fd, 65536); part.length; part = yield* io.sys.read(fd, 65536)) {
          counts[3]! += part.length;
          // A character split between two reads waits for its rest.
          const whole = held.length ? Uint8Array.of(...held, ...part) : part;
          let end = whole.length;
          for (let back = 1; back <= 3 && back <= end; back++) {
            const byte = whole[end - back]!;
            if (byte >= 0xc0) {
              if (back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2)) end -= back;
              break;
            }
            if (byte < 0x80) break;
          }
          held = whole.subarray(end);
          for (const character of toText(whole.subarray(0, end))) {
            const code = character.codePointAt(0)!;
            if (!wide) counts[2]! += code < 128 || code >= 0xdc80 && code <= 0xdcff ? 1 : toBytes(character).length;
            else if (code < 0xdc80 || code > 0xdcff) counts[2]!++;
            if (code === 10) counts[0]!++;
            if (code === 10 || code === 13 || code === 12) column = 0;
            else if (code === 9) column += 8 - column % 8;
            else if (code >= 32 && (io.gnu || code < 127)) column++;
            counts[4] = Math.max(counts[4]!, column);
            const space = code === 32 || code >= 9 && code <= 13;
            if (!space && !inWord) counts[1]!++;
            inWord = !space;
          }
          yield* io.relieve();
        }
      } catch (error) {
        if (io.writeFailed) throw error;
        failure = error;
      }
      counts.forEach((value, i) => {
        totals[i] = i === 4 ? Math.max(totals[i]!, value) : totals[i]! + value;
      });
      const show = (): void => {
        if (when !== 'only') print(counts, name === '-' && !names.length ? '' : io.gnu ? quoteFile(name) : name);
      };
      if (failure && !io.gnu) io.fail(`${name === '-' && !names.length ? 'standard input' : name}: ${(failure as Error).message}`);
      show();
      if (failure && io.gnu) {
        // The counts come first when both go to a terminal.
        yield* io.flush();
        if (names.length) throw failure;
        io.fail(`'standard input': ${(failure as Error).message}`);
      }
    });
    if (when === 'always' || when === 'only' || when === 'auto' && names.length > 1) print(totals, when === 'only' ? '' : 'total');
  },
};
