// link and unlink: the two system calls as programs.

import { reason, type Io } from '../lib/messages.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import type { Options } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';

function operands(io: Io, o: Options, count: number): string[] {
  const given = o.operands;
  if (given.length === count) return given;
  if (!io.gnu) io.usage();
  if (!given.length) io.usage('missing operand');
  return io.usage(given.length < count ? `missing operand after ${quote(given.at(-1)!)}` : `extra operand ${quote(given[count]!)}`);
}

export const link: Tool = {
  gnu: ' ',
  busybox: ' ',
  *run(io, o) {
    const [from, to] = operands(io, o, 2) as [string, string];
    try {
      io.sys.link(from, to);
    } catch (error) {
      io.die(io.gnu ? `cannot create link ${quoteAlways(to)} to ${quoteAlways(from)}: ${reason(error)}` : `can't create hardlink '${to}' to '${from}': ${reason(error)}`);
    }
  },
};

export const unlink: Tool = {
  gnu: ' ',
  busybox: ' ',
  *run(io, o) {
    const [path] = operands(io, o, 1) as [string];
    try {
      io.sys.unlink(path);
    } catch (error) {
      io.die(io.gnu ? `cannot unlink ${quoteAlways(path)}: ${reason(error)}` : `can't remove file '${path}': ${reason(error)}`);
    }
  },
};
