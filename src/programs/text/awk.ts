// awk: mawk on the host, BusyBox's in images.

import { AwkSyntaxError } from '../lib/awk/expressions.ts';
import { Interpreter, LeaveProgram } from '../lib/awk/interpreter.ts';
import { parseAwk } from '../lib/awk/parse.ts';
import { unescape } from '../lib/awk/tokens.ts';
import { readWhole } from '../lib/lines.ts';
import { toBytes, toLatin } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const latin = (text: string): string => toLatin(toBytes(text));
const USAGE = `Usage: mawk [Options] [Program] [file ...]

Program:
    The -f option value is the name of a file containing program text.
    If no -f option is given, a "--" ends option processing; the following
    parameters are the program text.

Options:
    -f program-file  Program  text is read from file instead of from the
                     command-line.  Multiple -f options are accepted.
    -F value         sets the field separator, FS, to value.
    -v var=value     assigns value to program variable var.
    --               unambiguous end of options.

    Implementation-specific options are prefixed with "-W".  They can be
    abbreviated:

    -W version       show version information and exit.
    -W dump          show assembler-like listing of program and exit.
    -W help          show this message and exit.
    -W interactive   set unbuffered output, line-buffered input.
    -W exec file     use file as program as well as last option.
    -W posix         stricter POSIX checking.
    -W random=number set initial random seed.
    -W sprintf=number adjust size of sprintf buffer.
    -W traditional   pre-POSIX 2001.
    -W usage         show this message and exit.
`;

export const awk: Tool = {
  gnu: null, busybox: '+F: v: f: e: E: r',
  *run(io, options) {
    const operands = [...options.operands];
    const given = [...options.given];
    if (io.gnu) {
      // mawk says `not an option` in its own words.
      while (operands[0]?.startsWith('-') && operands[0] !== '-') {
        const word = operands.shift()!;
        if (word === '--') break;
        if (word === '--version' || word === '-V') return io.out('mawk 1.3.4 20260302\n');
        const letter = word[1]!;
        if (!'FvfW'.includes(letter)) return io.die(`not an option: ${word}`, 2);
        const value = word.slice(2) || operands.shift();
        if (letter === 'W') {
          if (value?.startsWith('v')) return io.out('mawk 1.3.4 20260302\n');
          if (!value?.startsWith('i')) io.notSimulated(`-W ${value}`);
          continue;
        }
        if (value === undefined) return io.die(`option requires an argument -- ${letter}`, 2);
        given.push({ key: letter, value });
      }
    }
    const sources: string[] = [];
    for (const { key, value } of given) {
      if (key === 'e') sources.push(latin(value!));
      if (key === 'f' || key === 'E') sources.push(toLatin(yield* readWhole(io, value!, io.gnu ? { open: (name, text) => `cannot open "${name}" (${text})`, status: 2 } : { open: (name, text) => `can't open '${name}': ${text}` })));
      if (key === 'v' && !/^[A-Za-z_]\w*=/.test(value!)) {
        if (io.gnu) io.die(`improper assignment: -v ${value}`, 2);
        io.usage();
      }
    }
    if (!sources.length) {
      const program = operands.shift();
      if (program === undefined) {
        if (!io.gnu) io.usage();
        io.err(USAGE);
        return 0;
      }
      sources.push(latin(program));
    }
    let interpreter: Interpreter;
    try {
      interpreter = new Interpreter(io, parseAwk(sources.join('\n'), io.gnu), ['awk', ...operands].map(latin));
    } catch (error) {
      if (!(error instanceof AwkSyntaxError)) throw error;
      for (const line of error.message.split(/\n(?=line )/)) io.warn(line);
      return io.gnu ? 2 : 1;
    }
    for (const { key, value } of given) {
      if (key === 'F') interpreter.assign('FS', value === 't' && !io.gnu ? '\t' : unescape(latin(value!)));
      else if (key === 'v') {
        const at = value!.indexOf('=');
        interpreter.assign(value!.slice(0, at), unescape(latin(value!.slice(at + 1))));
      }
    }
    try {
      const status = yield* interpreter.all();
      return status || io.status;
    } catch (error) {
      if (!(error instanceof LeaveProgram)) throw error;
      return yield* interpreter.leave();
    }
  },
};
