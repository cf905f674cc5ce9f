// `.` and `source`: the commands of a file, in this shell.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import type { Builtin } from '../dialect.ts';
import type { Shell } from '../shell.ts';
import { toText } from '../text.ts';
import { Failure, Unwind } from '../unwind.ts';

function find(sh: Shell, name: string): string {
  if (name.includes('/')) return name;
  for (const directory of (sh.vars.get('PATH') ?? '').split(':')) {
    const path = `${directory || '.'}/${name}`;
    try {
      if (!isDirectory(sh.sys.stat(path).mode)) return path;
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }
  if (sh.dialect.name === 'ash') throw new Failure(`${name}: not found`, 2, 'shell');
  return name;
}

/** All of a file, also of a pipe. @throws KernelError */
export function* readWhole(sh: Shell, path: string): Task<string> {
  const fd = sh.sys.open(path, 0);
  try {
    let text = '';
    for (;;) {
      const bytes = yield* sh.sys.read(fd, 65536);
      if (!bytes.length) return text;
      text += toText(bytes);
    }
  } finally {
    sh.sys.close(fd);
  }
}

/** Run a file's text here. `optional` files may be missing. @returns its status */
export function* sourceFile(sh: Shell, path: string): Task<number> {
  const text = yield* readWhole(sh, path);
  const { source, loops, context } = sh;
  sh.source = path;
  sh.context = path;
  sh.sourcing++;
  sh.loops = 0;
  try {
    return text.trim() ? yield* sh.evalText(text, { kind: 'file', line: 1 }) : 0;
  } catch (thrown) {
    if (thrown instanceof Unwind && thrown.kind === 'return') return thrown.status;
    throw thrown;
  } finally {
    sh.source = source;
    sh.context = context;
    sh.sourcing--;
    sh.loops = loops;
  }
}

export const source: Builtin = function* (sh, args, { name }): Task<number> {
  const bash = sh.dialect.name === 'bash';
  const words = args[0] === '--' ? args.slice(1) : args;
  const [file, ...rest] = words;
  if (file === undefined) {
    if (bash) throw new Failure(`filename argument required\n${name}: usage: ${name} [-p path] filename [arguments]`, 2);
    return 0;
  }
  const path = find(sh, file);
  const before = sh.args;
  if (rest.length) sh.args = rest;
  sh.callers.unshift({ name: 'source', line: sh.line, source: path });
  try {
    if (bash && isDirectory(sh.sys.stat(path).mode)) throw new Failure(`${file}: is a directory`);
    return yield* sourceFile(sh, path);
  } catch (thrown) {
    if (!(thrown instanceof KernelError)) throw thrown;
    if (bash) throw new Failure(`${file}: ${thrown.message}`, 1, 'command', 'shell');
    throw new Failure(`can't open ${file}: ${thrown.errno === 'ENOENT' ? 'no such file' : thrown.message}`, 2, 'shell');
  } finally {
    sh.callers.shift();
    if (rest.length) sh.args = before;
  }
};
