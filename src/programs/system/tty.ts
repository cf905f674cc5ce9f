// tty, stty, clear, reset and tput: the terminal.

import { KernelError } from '../../kernel/errno.ts';
import type { Termios } from '../../kernel/syscalls.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const tty: Tool = {
  gnu: 's,silent,quiet', busybox: 's', usageStatus: 2,
  *run(io, options) {
    const terminal = io.sys.isatty(0);
    if (!options.has('s')) io.out(terminal ? `${io.sys.ttyname(0)}\n` : 'not a tty\n');
    return terminal ? 0 : 1;
  },
};

type Change = Partial<{ -readonly [K in keyof Termios]: Termios[K] }>;
const SETTINGS: Readonly<Record<string, Change>> = {
  echo: { echo: true }, '-echo': { echo: false }, icanon: { canonical: true }, '-icanon': { canonical: false }, isig: { signals: true }, '-isig': { signals: false },
  opost: { outputNewline: true }, '-opost': { outputNewline: false }, onlcr: { outputNewline: true }, '-onlcr': { outputNewline: false }, icrnl: { inputNewline: true }, '-icrnl': { inputNewline: false },
  raw: { canonical: false, signals: false, outputNewline: false, inputNewline: false }, '-raw': { canonical: true, signals: true, outputNewline: true, inputNewline: true },
  cooked: { canonical: true, signals: true, outputNewline: true, inputNewline: true }, cbreak: { canonical: false }, '-cbreak': { canonical: true },
  sane: { canonical: true, echo: true, signals: true, outputNewline: true, inputNewline: true },
};

export const stty: Tool = {
  gnu: null, busybox: null,
  *run(io, { operands }) {
    const { sys } = io;
    const words = [...operands];
    let fd = 0;
    if (words[0] === '-F') fd = sys.open(words.splice(0, 2)[1]!, 0);
    let termios: Termios;
    try {
      termios = sys.tcgetattr(fd);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      return io.die(io.gnu ? "'standard input': Inappropriate ioctl for device" : 'standard input: Inappropriate ioctl for device');
    }
    const { rows, columns } = sys.windowSize(fd);
    const flag = (on: boolean, name: string): string => (on ? name : `-${name}`);
    const state = (): string => [flag(termios.signals, 'isig'), flag(termios.canonical, 'icanon'), flag(termios.echo, 'echo'), flag(termios.inputNewline, 'icrnl'), flag(termios.outputNewline, 'onlcr')].join(' ');
    if (!words.length) io.out(`speed 38400 baud; line = 0;\n${state()}\n`);
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!;
      if (word === 'size') io.out(`${rows} ${columns}\n`);
      else if (word === 'speed') io.out('38400\n');
      else if (word === '-a' || word === '--all') io.out(`speed 38400 baud; rows ${rows}; columns ${columns}; line = 0;\nintr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; susp = ^Z;\n${state()}\n`);
      else if (word === '-g' || word === '--save') io.out(`${Object.values(termios).map(Number).join(':')}\n`);
      else if (/^(rows|cols|columns)$/.test(word)) {
        const size = sys.windowSize(fd);
        sys.setWindowSize(fd, word === 'rows' ? { ...size, rows: Number(words[++at]) } : { ...size, columns: Number(words[++at]) });
      } else if (/^[01](:[01]){4}$/.test(word)) {
        const keys = Object.keys(termios) as (keyof Termios)[];
        termios = Object.fromEntries(word.split(':').map((digit, i) => [keys[i], digit === '1'])) as unknown as Termios;
        sys.tcsetattr(fd, termios);
      } else if (SETTINGS[word]) {
        termios = { ...termios, ...SETTINGS[word] };
        sys.tcsetattr(fd, termios);
      } else io.usage(io.gnu ? `invalid argument ${quote(word)}` : `invalid argument '${word}'`);
    }
  },
};

export const clear: Tool = {
  gnu: 'x T: V', busybox: null,
  *run(io) {
    io.out(io.gnu ? '\u001b[H\u001b[2J\u001b[3J' : '\u001b[H\u001b[J');
  },
};

export const reset: Tool = {
  gnu: null, busybox: null,
  *run(io) {
    if (io.sys.isatty(0)) io.sys.tcsetattr(0, { ...io.sys.tcgetattr(0), ...SETTINGS['sane'] } as Termios);
    io.out('\u001bc\u001b(B\u001b[m\u001b[J\u001b[?25h');
  },
};

export const tput: Tool = {
  gnu: '+T: S V x', usageStatus: 2,
  *run(io, { operands }) {
    const [name, argument = '0', second = '0'] = operands;
    let size = { rows: 24, columns: 80 };
    for (const fd of [1, 2, 0]) {
      if (!io.sys.isatty(fd)) continue;
      size = io.sys.windowSize(fd);
      break;
    }
    const values: Record<string, string> = {
      cols: `${size.columns}\n`, lines: `${size.rows}\n`, colors: '8\n', clear: '\u001b[H\u001b[2J\u001b[3J', bold: '\u001b[1m', sgr0: '\u001b(B\u001b[m', rev: '\u001b[7m', smso: '\u001b[7m', rmso: '\u001b[27m',
      smul: '\u001b[4m', rmul: '\u001b[24m', setaf: `\u001b[3${argument}m`, setab: `\u001b[4${argument}m`, civis: '\u001b[?25l', cnorm: '\u001b[?12l\u001b[?25h', el: '\u001b[K', ed: '\u001b[J', home: '\u001b[H',
      cup: `\u001b[${Number(argument) + 1};${Number(second) + 1}H`, smcup: '\u001b[?1049h', rmcup: '\u001b[?1049l', sc: '\u001b7', rc: '\u001b8',
    };
    if (name === undefined) return io.usage();
    const value = values[name];
    if (value === undefined) return io.die(`unknown terminfo capability '${name}'`, 4);
    io.out(value);
  },
};
