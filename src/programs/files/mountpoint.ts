// mountpoint: whether something is mounted on a directory.

import { isDirectory, major, minor, type Stat } from '../../kernel/stat.ts';
import { reason } from '../lib/messages.ts';
import { joinPath } from '../lib/path.ts';
import type { Tool } from '../lib/tool.ts';

export const mountpoint: Tool = {
  gnu: 'q,quiet nofollow d,fs-devno x,devno',
  *run(io, o) {
    const { sys } = io;
    const [path] = o.operands;
    if (o.operands.length !== 1) {
      io.warn('bad usage');
      io.usage();
    }
    let stat: Stat;
    try {
      stat = sys.stat(path!);
    } catch (error) {
      if (o.has('q')) {
        reason(error);
        return 1;
      }
      return io.die(`${path!}: ${reason(error)}`);
    }
    let mounted = false;
    if (isDirectory(stat.mode)) {
      const real = sys.realpath(path!);
      const parent = sys.stat(joinPath(path!, '..'));
      mounted = parent.dev !== stat.dev || parent.ino === stat.ino || sys.mounts().some((mount) => mount.target === real);
    }
    if (o.has('d')) io.out(`${major(stat.dev)}:${minor(stat.dev)}\n`);
    else if (!o.has('q')) io.out(`${path!} is ${mounted ? '' : 'not '}a mountpoint\n`);
    return mounted ? 0 : 32;
  },
};
