// basename and dirname: names without, and of, their directory.

import { baseName, dirName } from '../lib/path.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const basename: Tool = {
  gnu: '+a,multiple s:,suffix: z,zero',
  busybox: '+a s:',
  *run(io, o) {
    const { operands } = o;
    const many = o.has('a', 's');
    if (!operands.length) io.usage(io.gnu ? 'missing operand' : undefined);
    if (!many && operands.length > 2) io.usage(io.gnu ? `extra operand ${quote(operands[2]!)}` : undefined);
    const suffix = many ? o.value('s') : operands[1];
    for (const path of many ? operands : operands.slice(0, 1)) {
      const name = baseName(path);
      io.out((suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name) + (o.has('z') ? '\0' : '\n'));
    }
  },
};

export const dirname: Tool = {
  gnu: '+z,zero',
  busybox: null,
  *run(io, o) {
    const { operands } = o;
    if (!operands.length || (!io.gnu && operands.length > 1)) io.usage(io.gnu ? 'missing operand' : undefined);
    for (const path of operands) io.out(dirName(path) + (o.has('z') ? '\0' : '\n'));
  },
};
