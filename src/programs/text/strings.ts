// strings and iconv: text in bytes, and text in other encodings.

import { eachInput, readAll, readWhole } from '../lib/lines.ts';
import { fromLatin, toBytes, toLatin, toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

export const strings: Tool = {
  busybox: 'a f o t: n:',
  *run(io, options) {
    const least = Number(options.value('n') ?? options.value('#') ?? 4);
    const radix = { d: 10, x: 16, o: 8 }[options.value('t') ?? (options.has('o') ? 'o' : '')];
    yield* eachInput(io, options.operands, function* (fd, name) {
      const text = toLatin(yield* readAll(io.sys, fd));
      for (const match of text.matchAll(new RegExp(`[\\t\\x20-\\x7e]{${least},}`, 'g'))) io.out(`${options.has('f') ? `${name}: ` : ''}${radix ? `${match.index.toString(radix).padStart(7)} ` : ''}${match[0]}\n`);
    });
  },
};

const NAMES: Readonly<Record<string, string>> = { utf8: 'utf8', 'utf-8': 'utf8', latin1: 'latin1', 'iso-8859-1': 'latin1', iso88591: 'latin1', ascii: 'ascii', 'us-ascii': 'ascii' };

export const iconv: Tool = {
  gnu: 'f:,from-code: t:,to-code: o:,output: c l,list s,silent', 
  *run(io, options) {
    const [from, to] = ['f', 't'].map((key) => {
      const name = (options.value(key) ?? 'utf-8').toLowerCase().replace(/\/\/.*/, '');
      if (!NAMES[name]) {
        io.warn(`conversion ${key === 'f' ? 'from' : 'to'} \`${options.value(key)}' is not supported`);
        io.err('Try `iconv --help\' or `iconv --usage\' for more information.\n');
        io.exit(1);
      }
      return NAMES[name];
    });
    let status = 0;
    for (const name of options.operands.length ? options.operands : ['-']) {
      const bytes = yield* readWhole(io, name, { open: (file, text) => `cannot open input file \`${file}': ${text}` });
      const text = from === 'utf8' ? toText(bytes) : toLatin(bytes);
      const bad = to === 'utf8' ? -1 : [...text].findIndex((character) => character.codePointAt(0)! > (to === 'latin1' ? 255 : 127));
      const good = bad < 0 ? text : options.has('c') ? [...text].filter((character) => character.codePointAt(0)! <= (to === 'latin1' ? 255 : 127)).join('') : [...text].slice(0, bad).join('');
      io.out(to === 'utf8' ? toBytes(good) : fromLatin(good));
      if (bad >= 0 && !options.has('c')) {
        io.warn(`cannot convert`);
        status = 1;
      }
    }
    return status;
  },
};
