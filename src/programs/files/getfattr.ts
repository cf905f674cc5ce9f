// getfattr: extended attributes of files.

import { decode } from '../../base/bytes.ts';
import { reason } from '../lib/messages.ts';
import type { Tool } from '../lib/tool.ts';

export const getfattr: Tool = {
  busybox: 'h d n:',
  *run(io, o) {
    const { sys } = io;
    if (!o.operands.length) io.usage();
    const options = { noFollow: o.has('h') };
    for (const path of o.operands) {
      try {
        const asked = o.value('n');
        const names = asked === undefined ? sys.listxattr(path, options).filter((name) => name.startsWith('user.')) : [asked];
        if (!names.length) continue;
        const lines = names.map((name) => (o.has('d') || asked !== undefined ? `${name}="${decode(sys.getxattr(path, name, options)).replace(/(["\\])/g, '\\$1')}"` : name));
        io.out(`# file: ${path}\n${lines.join('\n')}\n\n`);
      } catch (error) {
        io.fail(`${path}: ${reason(error)}`);
      }
    }
  },
};
