// split: cut a file into pieces.

import { concat, EMPTY, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { CHUNK } from '../lib/copy-bytes.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways, quoteFile } from '../lib/quote.ts';
import { parseSize } from '../lib/size-format.ts';
import type { Tool } from '../lib/tool.ts';

export const split: Tool = {
  gnu: `# a:,suffix-length: additional-suffix: b:,bytes: C:,line-bytes: d numeric-suffixes:: x hex-suffixes:: e,elide-empty-files filter: l:,lines: n:,number:
    t:,separator: u,unbuffered verbose`,
  *run(io, o) {
    const { sys } = io;
    for (const key of ['C', 'filter', 'n', 't', 'hex-suffixes', 'x']) if (o.has(key)) io.notSimulated(`-${key.length > 1 ? '-' : ''}${key}`);
    const [source = '-', prefix = 'x', extra] = o.operands;
    if (extra !== undefined) io.usage(`extra operand ${quote(extra)}`);
    const numeric = o.has('d', 'numeric-suffixes');
    const wanted = o.value('a') === undefined ? 2 : Number(o.value('a'));
    const counted = (key: string, what: string): number => parseSize(o.value(key)!, { b: 512 }) || io.die(`invalid number of ${what}: ${quote(o.value(key)!)}`);
    const size = o.has('b') ? counted('b', 'bytes') : undefined;
    const lines = o.has('l') ? counted('l', 'lines') : Number(o.value('#') ?? 1000);
    let fd = 0;
    try {
      if (source !== '-') fd = sys.open(source, O_RDONLY);
    } catch (error) {
      io.die(`cannot open ${quoteAlways(source)} for reading: ${reason(error)}`);
    }
    let index = Number(o.value('numeric-suffixes') ?? 0);
    let output = -1;
    let room = 0;

    /** `aa` … `yz`, then `zaaa`: a longer suffix begins with the last letter. */
    function suffix(): string {
      const digits = numeric ? 10 : 26;
      let length = wanted;
      let rest = index++;
      let lead = '';
      if (o.value('a') === undefined) {
        for (let span = digits ** length - digits ** (length - 1); rest >= span; span = digits ** length - digits ** (length - 1)) {
          rest -= span;
          lead += numeric ? '9' : 'z';
          length++;
        }
      }
      let text = '';
      for (let i = 0; i < length; i++) {
        text = (numeric ? String(rest % digits) : String.fromCharCode(97 + (rest % digits))) + text;
        rest = Math.floor(rest / digits);
      }
      if (rest) io.die('output file suffixes exhausted');
      return lead + text;
    }

    function* put(bytes: Bytes): Task<void> {
      if (output < 0) {
        const name = prefix + suffix() + (o.value('additional-suffix') ?? '');
        if (o.has('verbose')) io.out(`creating file ${quoteAlways(name)}\n`);
        try {
          output = sys.open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o666);
        } catch (error) {
          io.die(`${quoteFile(name)}: ${reason(error)}`);
        }
        room = size ?? lines;
      }
      try {
        yield* sys.write(output, bytes);
      } catch (error) {
        io.die(`write error: ${reason(error)}`);
      }
    }

    const close = (): void => {
      if (output >= 0) sys.close(output);
      output = -1;
    };
    let rest: Bytes = EMPTY;
    for (;;) {
      let bytes: Bytes = EMPTY;
      try {
        bytes = yield* sys.read(fd, CHUNK);
      } catch (error) {
        io.die(`${quoteFile(source)}: ${reason(error)}`);
      }
      if (!bytes.length) break;
      bytes = rest.length ? concat([rest, bytes]) : bytes;
      rest = EMPTY;
      while (bytes.length) {
        if (output < 0) room = size ?? lines;
        let end = bytes.length;
        if (size !== undefined) {
          end = Math.min(room, bytes.length);
          room -= end;
        } else {
          end = 0;
          while (room > 0) {
            const newline = bytes.indexOf(10, end);
            if (newline < 0) {
              end = bytes.length;
              break;
            }
            end = newline + 1;
            room--;
          }
        }
        const left = room;
        yield* put(bytes.subarray(0, end));
        room = left;
        bytes = bytes.subarray(end);
        if (room === 0) close();
      }
      yield* io.relieve();
    }
    close();
  },
};
