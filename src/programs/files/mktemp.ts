// mktemp: make a file or directory with a new name.

import { KernelError } from '../../kernel/errno.ts';
import { O_CREAT, O_EXCL, O_RDWR } from '../../kernel/syscalls.ts';
import { reason } from '../lib/messages.ts';
import { joinPath } from '../lib/path.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export const mktemp: Tool = {
  gnu: 'd,directory u,dry-run q,quiet suffix: p:,tmpdir:: t V',
  busybox: 'd q t p: u',
  *run(io, o) {
    const { sys, gnu } = io;
    if (o.operands.length > 1) io.usage(gnu ? 'too many templates' : undefined);
    const given = o.operands[0];
    const temporary = sys.env['TMPDIR'] || '/tmp';
    let template = given ?? 'tmp.XXXXXXXXXX';
    if (!gnu) template = given ?? 'tmp.XXXXXX';
    const suffix = o.value('suffix') ?? '';
    const directory = o.has('p') ? (o.value('p') ?? temporary) : given === undefined || o.has('t') ? temporary : undefined;
    const found = /^(.*?)(X{3,})([^X]*)$/s.exec(template);
    const inner = gnu ? found?.[3] : '';
    if (!found || (!gnu && (found[3] || found[2]!.length < 6)) || (suffix && inner)) {
      if (!gnu) {
        if (!o.has('q')) io.warn(': Invalid argument');
        return 1;
      }
      return io.die(suffix && found ? `with --suffix, template ${quote(template)} must end in X` : `too few X's in template ${quote(template + suffix)}`);
    }
    if (gnu && directory !== undefined && given !== undefined && given.startsWith('/') && o.has('p')) io.die(`invalid template, ${quote(given)}; with --tmpdir, it may not be absolute`);
    const full = (directory === undefined ? template : joinPath(directory, template)) + suffix;
    const end = full.length - suffix.length - (inner?.length ?? 0);
    // BusyBox's libc fills six.
    const start = end - (gnu ? found[2]!.length : 6);
    for (let attempt = 0; attempt < 100; attempt++) {
      const letters = Array.from(sys.randomBytes(end - start), (byte) => LETTERS[byte % LETTERS.length]!).join('');
      const path = full.slice(0, start) + letters + full.slice(end);
      try {
        if (o.has('u')) {
          if (sys.can(path, '')) continue;
        } else if (o.has('d')) sys.mkdir(path, 0o700);
        else sys.close(sys.open(path, O_RDWR | O_CREAT | O_EXCL, 0o600));
        io.out(`${path}\n`);
        return 0;
      } catch (error) {
        if (error instanceof KernelError && error.errno === 'EEXIST') continue;
        const why = reason(error);
        if (!o.has('q')) io.warn(gnu ? `failed to create ${o.has('d') ? 'directory' : 'file'} via template ${quote(full)}: ${why}` : `: ${why}`);
        return 1;
      }
    }
    return 1;
  },
};
