// Command and process substitution.

import { concat, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { expandString } from '../expand/word.ts';
import type { Shell } from '../shell.ts';
import { exitStatus } from '../jobs.ts';
import type { Part } from '../syntax.ts';
import { toText } from '../text.ts';
import { Failure, Unwind } from '../unwind.ts';
import { runList } from './list.ts';
import { launch } from './pipeline.ts';
import { SavedDescriptors } from './redirect.ts';

type CommandPart = Extract<Part, { type: 'command' }>;

/** The output of a command, without the newlines at its end. */
export function* substitute(sh: Shell, part: CommandPart): Task<string> {
  const { list } = part;
  if (part.here) return yield* substituteHere(sh, part);
  const [only] = list.items;
  if (only && list.items.length === 1 && only.node.kind === 'simple' && !only.node.words.length && !only.node.assignments.length && only.node.redirects.length === 1) {
    const redirect = only.node.redirects[0]!;
    if (redirect.operator === '<' && (redirect.fd ?? 0) === 0) return yield* contents(sh, yield* expandString(sh, redirect.target));
  }
  const [read, write] = sh.sys.pipe();
  const embryo = sh.sys.newProcess();
  embryo.sys.close(read);
  if (write !== 1) {
    embryo.sys.dup2(write, 1);
    embryo.sys.close(write);
  }
  const child = launch(sh, embryo, '', (copy) => {
    copy.substitutionDepth = sh.substitutionDepth + 1;
    if (!copy.shopt.has('inherit_errexit') && copy.dialect.name === 'bash') copy.options.errexit = false;
    return runList(copy, list, true);
  });
  sh.sys.close(write);
  const bytes = yield* readAll(sh, read);
  sh.sys.close(read);
  yield* sh.jobs.settle([child]);
  sh.substitutionStatus = sh.status = exitStatus(child.status!);
  return yield* trimmed(sh, bytes);
}

function* readAll(sh: Shell, fd: number): Task<Bytes> {
  const chunks: Bytes[] = [];
  for (;;) {
    try {
      const chunk = yield* sh.sys.read(fd, 65536);
      if (!chunk.length) return concat(chunks);
      chunks.push(chunk);
    } catch (error) {
      if (!(error instanceof KernelError && error.errno === 'EINTR')) throw error;
      if (sh.interrupted) throw new Unwind('interrupt', 130);
    }
  }
}

function* trimmed(sh: Shell, bytes: Bytes): Task<string> {
  let end = bytes.length;
  let whole = bytes;
  if (bytes.includes(0)) {
    if (sh.dialect.name === 'bash') yield* sh.complain(`${sh.dialect.prefix(sh)}warning: command substitution: ignored null byte in input\n`);
    whole = bytes.filter((each) => each !== 0);
    end = whole.length;
  }
  while (end > 0 && whole[end - 1] === 10) end--;
  return toText(whole.subarray(0, end));
}

function* contents(sh: Shell, path: string): Task<string> {
  let fd: number;
  try {
    fd = sh.sys.open(path, 0);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    yield* sh.report(new Failure(sh.dialect.redirection(path, error.errno, false)));
    sh.substitutionStatus = sh.status = 1;
    return '';
  }
  try {
    const bytes = yield* readAll(sh, fd);
    sh.substitutionStatus = sh.status = 0;
    return yield* trimmed(sh, bytes);
  } finally {
    sh.sys.close(fd);
  }
}

/** `${ command; }` and `${| command; }`: in this shell. */
function* substituteHere(sh: Shell, part: CommandPart): Task<string> {
  if (part.here === 'reply') {
    const old = sh.vars.get('REPLY');
    sh.vars.set('REPLY', '');
    sh.substitutionStatus = yield* runList(sh, part.list, false);
    const value = sh.vars.get('REPLY') ?? '';
    if (old === undefined) sh.vars.unset('REPLY');
    else sh.vars.set('REPLY', old);
    return value;
  }
  const [read, write] = sh.sys.pipe();
  let bytes: Bytes = new Uint8Array(0);
  const reader = sh.sys.thread(function* () {
    bytes = yield* readAll(sh, read);
  });
  const saved = new SavedDescriptors(sh.sys);
  saved.save(1);
  sh.sys.dup2(write, 1);
  sh.sys.close(write);
  try {
    sh.substitutionStatus = yield* runList(sh, part.list, false);
  } finally {
    saved.restore();
  }
  yield* reader.join();
  sh.sys.close(read);
  return yield* trimmed(sh, bytes);
}

/** `<(command)` and `>(command)`. @returns the path of the pipe's other end */
export function* processSubstitution(sh: Shell, part: Extract<Part, { type: 'process' }>): Task<string> {
  const [read, write] = sh.sys.pipe();
  const [ours, theirs, standard] = part.direction === '<' ? [read, write, 1] : [write, read, 0];
  const embryo = sh.sys.newProcess();
  embryo.sys.close(ours);
  if (theirs !== standard) {
    embryo.sys.dup2(theirs, standard);
    embryo.sys.close(theirs);
  }
  const child = launch(sh, embryo, '', (copy) => runList(copy, part.list, true));
  sh.sys.close(theirs);
  let fd = 63;
  const used = new Set(sh.sys.descriptors());
  while (used.has(fd)) fd--;
  sh.sys.dup2(ours, fd);
  sh.sys.close(ours);
  sh.substitutionFds.push(fd);
  sh.lastBackground = child.pid;
  yield* sh.sys.step();
  return `/dev/fd/${fd}`;
}
