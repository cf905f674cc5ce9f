// which and whereis: the files that names run.

import { isRegular } from '../../kernel/stat.ts';
import { candidates } from '../lib/execute.ts';
import type { Tool } from '../lib/tool.ts';

export const which: Tool = {
  gnu: 'a s', busybox: 'a',
  *run(io, options) {
    const { sys } = io;
    if (!options.operands.length) {
      if (io.gnu) return 1;
      io.usage();
    }
    for (const name of options.operands) {
      const files = candidates(name, sys.env['PATH']).filter((file) => sys.can(file, 'x') && isRegular(sys.stat(file).mode));
      if (!files.length) io.status = 1;
      if (!options.has('s')) for (const file of options.has('a') ? new Set(files) : files.slice(0, 1)) io.out(`${file}\n`);
    }
  },
};

export const whereis: Tool = {
  gnu: 'b m s u B: M: S: f l',
  *run(io, { operands }) {
    if (!operands.length) io.usage('not enough arguments');
    const directories = ['/usr/bin', '/usr/sbin', '/usr/lib', '/usr/lib64', '/etc', '/usr/games', '/usr/local/bin', '/usr/local/sbin', '/usr/share'];
    for (const name of operands) io.out(`${name}:${directories.map((directory) => `${directory}/${name}`).filter((file) => io.sys.can(file, '')).map((file) => ` ${file}`).join('')}\n`);
  },
};
