// Redirections: on a new process before it runs, or on the shell itself around a builtin or compound command.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isRegular } from '../../kernel/stat.ts';
import { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { expandFields, expandString } from '../expand/word.ts';
import type { Shell } from '../shell.ts';
import type { Redirect } from '../syntax.ts';
import { toBytes } from '../text.ts';
import { Failure } from '../unwind.ts';

/** How to put descriptors back. */
export class SavedDescriptors {
  readonly #sys: Syscalls;
  readonly #saved: { fd: number; copy: number }[] = [];

  constructor(sys: Syscalls) {
    this.#sys = sys;
  }

  save(fd: number): void {
    if (this.#saved.some((each) => each.fd === fd)) return;
    let copy = -1;
    try {
      copy = this.#sys.dup(fd, 10);
      this.#sys.setCloseOnExec(copy, true);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
    this.#saved.push({ fd, copy });
  }

  restore(): void {
    for (const { fd, copy } of this.#saved.reverse()) {
      if (copy < 0) close(this.#sys, fd);
      else {
        this.#sys.dup2(copy, fd);
        this.#sys.close(copy);
      }
    }
    this.#saved.length = 0;
  }
}

function close(sys: Syscalls, fd: number): void {
  try {
    sys.close(fd);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}

/** Run something in the shell's own process with redirections around it. @throws Failure when one cannot be made */
export function* withRedirects(sh: Shell, redirects: readonly Redirect[], run: () => Task<number>): Task<number> {
  if (!redirects.length) return yield* run();
  const saved = new SavedDescriptors(sh.sys);
  try {
    yield* applyRedirects(sh, redirects, sh.sys, saved);
    return yield* run();
  } finally {
    saved.restore();
  }
}

const FLAGS: Record<string, number> = {
  '<': O_RDONLY, '<>': O_RDWR | O_CREAT, '>': O_WRONLY | O_CREAT | O_TRUNC, '>|': O_WRONLY | O_CREAT | O_TRUNC, '>>': O_WRONLY | O_CREAT | O_APPEND, '&>': O_WRONLY | O_CREAT | O_TRUNC, '&>>': O_WRONLY | O_CREAT | O_APPEND,
};

/** Make redirections in `sys` (the shell's, or a new process's), words expanded in `sh`. @throws Failure */
export function* applyRedirects(sh: Shell, redirects: readonly Redirect[], sys: Syscalls, saved?: SavedDescriptors): Task<void> {
  for (const redirect of redirects) yield* applyRedirect(sh, redirect, sys, saved);
}

function* applyRedirect(sh: Shell, redirect: Redirect, sys: Syscalls, saved: SavedDescriptors | undefined): Task<void> {
  const { operator } = redirect;
  let fd = redirect.fd ?? (operator[0] === '<' ? 0 : 1);
  const place = (from: number): void => {
    if (redirect.variable !== undefined) {
      fd = sys.dup(from, 10);
      sys.close(from);
      sh.vars.set(redirect.variable, String(fd));
    } else if (from !== fd) {
      saved?.save(fd);
      sys.dup2(from, fd);
      sys.close(from);
    }
  };
  if (operator === '<<' || operator === '<<-' || operator === '<<<') {
    const text = (yield* expandString(sh, redirect.target)) + (operator === '<<<' ? '\n' : '');
    saved?.save(fd);
    return place(yield* textDescriptor(sys, text));
  }
  const [target, ...more] = operator === '>&' || operator === '<&' || sh.dialect.name === 'ash' ? [yield* expandString(sh, redirect.target)] : yield* expandFields(sh, [redirect.target]);
  if (target === undefined || more.length) throw new Failure(`${redirect.target.text}: ambiguous redirect`);
  if (operator === '>&' || operator === '<&') {
    const match = /^(\d+)?(-)?$/.exec(target);
    if (match && target !== '') {
      const [, from, minus] = match;
      const variable = redirect.variable !== undefined && from === undefined ? Number(sh.vars.get(redirect.variable)) : fd;
      if (from !== undefined) duplicate(sh, sys, Number(from), place, fd, saved);
      if (from === undefined || (minus && Number(from) !== fd)) {
        if (from === undefined) saved?.save(variable);
        close(sys, from === undefined ? variable : Number(from));
      }
      return;
    }
    if (operator === '<&' || redirect.fd !== undefined) throw new Failure(sh.dialect.name === 'ash' ? `bad fd number` : `${redirect.target.text}: ambiguous redirect`, sh.dialect.name === 'ash' ? 2 : 1);
  }
  const both = operator[0] === '&' || operator === '>&';
  const open = openTarget(sh, sys, target, operator === '>&' ? '>' : operator);
  saved?.save(fd);
  place(open);
  if (!both) return;
  saved?.save(2);
  sys.dup2(1, 2);
}

function duplicate(sh: Shell, sys: Syscalls, from: number, place: (fd: number) => void, fd: number, saved: SavedDescriptors | undefined): void {
  try {
    if (from === fd) return void sys.flags(fd);
    saved?.save(fd);
    place(sys.dup(from));
  } catch (error) {
    if (error instanceof KernelError) throw new Failure(`${sh.dialect.name === 'ash' ? `dup2(${from},${fd})` : from}: ${error.message}`);
    throw error;
  }
}

function openTarget(sh: Shell, sys: Syscalls, target: string, operator: string): number {
  const creating = operator !== '<' && operator !== '<>';
  try {
    if (operator === '>' && sh.options.noclobber) {
      let mode: number | undefined;
      try {
        ({ mode } = sys.stat(target));
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
      }
      if (mode !== undefined && isRegular(mode)) throw new Failure(sh.dialect.name === 'ash' ? `can't create ${target}: File exists` : `${target}: cannot overwrite existing file`);
      return sys.open(target, mode === undefined ? O_WRONLY | O_CREAT | O_EXCL : O_WRONLY, 0o666);
    }
    return sys.open(target, FLAGS[operator]!, 0o666);
  } catch (error) {
    if (error instanceof KernelError) throw new Failure(sh.dialect.redirection(target, error.errno, creating));
    throw error;
  }
}

const PIPE_SIZE = 4096;

/** A descriptor to read a text from: a pipe, with a writer of its own when the text may not fit. */
function* textDescriptor(sys: Syscalls, text: string): Task<number> {
  const bytes = toBytes(text);
  const [read, write] = sys.pipe();
  if (bytes.length <= PIPE_SIZE) {
    yield* sys.write(write, bytes);
    sys.close(write);
    return read;
  }
  const writer = sys.newProcess();
  writer.sys.close(read);
  writer.run(function* (own) {
    yield* own.write(write, bytes);
    return 0;
  });
  sys.close(write);
  return read;
}
