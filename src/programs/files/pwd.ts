// pwd as a program, beside the shells' own: where it was started.

import type { Tool } from '../lib/tool.ts';

export const pwd: Tool = {
  gnu: 'L,logical P,physical', busybox: null,
  *run(io, options) {
    if (io.gnu && options.operands.length) io.warn('ignoring non-option arguments');
    const { PWD } = io.sys.env;
    // As POSIX has it: what the shell calls the place, if that is where we are.
    const logical = io.gnu && options.has('L') && PWD !== undefined && PWD.startsWith('/') && io.sys.can(PWD, '') && io.sys.realpath(PWD) === io.sys.getcwd();
    io.out(`${logical ? PWD : io.sys.getcwd()}\n`);
  },
};
