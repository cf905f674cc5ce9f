// true, false and yes: an answer and nothing else.

import type { Tool } from '../lib/tool.ts';

const constant = (status: number): Tool => ({
  gnu: null, busybox: null,
  *run() {
    return status;
  },
});

const yesTool: Tool = {
  gnu: '', busybox: null,
  *run(io, { operands }) {
    const line = `${operands.join(' ') || 'y'}\n`;
    const block = line.repeat(Math.max(1, Math.floor(1024 / line.length)));
    for (;;) {
      io.out(block);
      yield* io.relieve();
    }
  },
};

export { yesTool as yes };
export const trueTool = constant(0);
export const falseTool = constant(1);
