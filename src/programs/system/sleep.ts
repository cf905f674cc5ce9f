// sleep and usleep: wait.

import { parseDuration } from '../lib/count.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const sleep: Tool = {
  gnu: '', busybox: null,
  *run(io, { operands }) {
    if (!operands.length) io.usage(io.gnu ? 'missing operand' : undefined);
    let total = 0;
    for (const text of operands) {
      const seconds = parseDuration(text);
      if (seconds === undefined) {
        if (!io.gnu) io.die(`invalid number '${text}'`);
        io.fail(`invalid time interval ${quote(text)}`);
      } else total += seconds;
    }
    if (io.status) io.usage();
    yield* io.flush();
    yield* io.sys.sleep(Math.min(total * 1000, 1e15));
  },
};

export const usleep: Tool = {
  busybox: null,
  *run(io, { operands }) {
    if (operands.length !== 1) io.usage();
    if (!/^\d+$/.test(operands[0]!)) io.die(`invalid number '${operands[0]}'`);
    yield* io.sys.sleep(Number(operands[0]) / 1000);
  },
};
