// Processes of the shell: pipelines, subshells, background jobs, and the waiting for those in the foreground.

import type { Task } from '../../base/task.ts';
import { signalNumber, type Signal } from '../../kernel/signal.ts';
import { O_RDONLY, type Embryo } from '../../kernel/syscalls.ts';
import { exitStatus, type Child, type Job } from '../jobs.ts';
import { jobLine, signalText } from '../job-text.ts';
import { printNode, printPipeline } from '../print.ts';
import { formatTimes } from '../builtins/times.ts';
import type { Shell } from '../shell.ts';
import type { List, Node, Pipeline } from '../syntax.ts';
import { Failure, Unwind } from '../unwind.ts';
import { failed, runList, runNode } from './list.ts';
import { SavedDescriptors } from './redirect.ts';
import { beforeCommand } from './simple.ts';

const JOB_SIGNALS: readonly Signal[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/** Put a new process into its job's group and give it the signals that an interactive shell keeps from itself. */
function prepare(sh: Shell, embryo: Embryo, pgid: number, background: boolean): number {
  if (sh.options.monitor) {
    embryo.sys.setpgid(0, pgid || embryo.pid);
    if (!background && sh.terminal !== undefined) sh.sys.tcsetpgrp(sh.terminal, pgid || embryo.pid);
  } else if (background) {
    for (const signal of ['SIGINT', 'SIGQUIT'] as const) embryo.sys.sigaction(signal, 'ignore');
  }
  if (sh.interactive) for (const signal of JOB_SIGNALS) if (sh.traps.actions.get(signal) !== '') embryo.sys.sigaction(signal, 'default');
  return pgid || embryo.pid;
}

/** The body of a subshell's process. @returns its exit status */
export function* subshellMain(child: Shell, run: () => Task<number>): Task<number> {
  let status: number;
  try {
    status = yield* run();
  } catch (thrown) {
    if (thrown instanceof Failure) {
      yield* child.report(thrown);
      ({ status } = thrown);
    } else if (thrown instanceof Unwind) {
      ({ status } = thrown);
      if (thrown.kind === 'interrupt') child.interrupted = false;
    } else throw thrown;
  }
  return yield* child.traps.exit(status);
}

/** Start something in a process of its own as a copy of this shell. */
export function launch(sh: Shell, embryo: Embryo, text: string, run: (child: Shell) => Task<number>): Child {
  embryo.run((sys) => {
    const child = sh.fork(sys);
    return subshellMain(child, () => run(child));
  });
  return sh.jobs.child(embryo.pid, text);
}

/** Start a prepared process by `start`, and wait for it as the foreground job. @returns its status */
export function* launchForeground(sh: Shell, embryo: Embryo, text: () => string, start: () => void): Task<number> {
  const pgid = prepare(sh, embryo, 0, false);
  start();
  return yield* waitForeground(sh, [sh.jobs.child(embryo.pid, '')], pgid, text);
}

/** Wait for the processes of a foreground job; one that stops becomes a job of the table. @returns the last one's status */
export function* waitForeground(sh: Shell, children: readonly Child[], pgid: number, text: () => string): Task<number> {
  let signalled = false;
  const old = !sh.interactive && !sh.subshell && sh.dialect.name === 'bash' && !sh.traps.actions.has('SIGINT') ? sh.sys.getDisposition('SIGINT') : undefined;
  // A script waits for its child before it dies of Ctrl-C, and only if the child did.
  if (old === 'default') sh.sys.sigaction('SIGINT', { handler: () => void (signalled = true) });
  yield* sh.jobs.settle(children);
  if (old === 'default') sh.sys.sigaction('SIGINT', 'default');
  if (sh.options.monitor && sh.terminal !== undefined) sh.sys.tcsetpgrp(sh.terminal, sh.sys.getpgid());
  const last = children.at(-1)!;
  if (children.some((child) => child.stopped)) {
    const job = sh.jobs.add(pgid, children, text(), true);
    sh.jobs.touch(job);
    yield* sh.complain(`${sh.dialect.name === 'bash' ? '\n' : ''}${jobLine(sh, job)}\n`);
    job.notified = true;
    sh.pipeStatus = [String(128 + signalNumber('SIGTSTP'))];
    return 128 + signalNumber('SIGTSTP');
  }
  sh.pipeStatus = children.map((child) => String(exitStatus(child.status!)));
  const { signal } = last.status!;
  if (signal === 'SIGINT' && signalled) {
    sh.sys.kill(sh.sys.pid, 'SIGINT');
    yield* sh.sys.step();
  }
  if (signal && signal !== 'SIGINT' && signal !== 'SIGPIPE') yield* tellDeath(sh, children, signal, text);
  else if (signal === 'SIGINT' && sh.interactive) {
    if (sh.loops || sh.functionDepth || sh.options.monitor) throw new Unwind('interrupt', 130);
    yield* sh.complain('\n');
  }
  return exitStatus(last.status!);
}

/** What the shell says when a program was killed. */
function* tellDeath(sh: Shell, children: readonly Child[], signal: Signal, text: () => string): Task<void> {
  const words = signalText(signal, sh.dialect.name);
  if (sh.dialect.name === 'ash') return yield* sh.complain(`${words}\n`);
  if (sh.subshell) return;
  const padded = words.padEnd(27);
  if (sh.interactive || signal === 'SIGTERM') return yield* sh.complain(`${padded}${text()}\n`);
  const pid = (each: Child) => String(each.pid).padStart(5);
  if (children.length === 1) return yield* sh.complain(`${sh.dialect.prefix(sh)}${pid(children[0]!)} ${padded}${text()}\n`);
  const lines = children.map((child, i) => {
    const state = child.status!.signal ? signalText(child.status!.signal, 'bash') : child.status!.code ? `Exit ${child.status!.code}` : 'Done';
    return `${i ? '     ' : ''}${pid(child)} ${state.padEnd(i ? 24 : 27)}${i ? '| ' : ''}${child.text}`;
  });
  yield* sh.complain(`${sh.dialect.prefix(sh)}${lines.join('\n')}\n`);
}

/** Fork every element of a pipeline, its ends joined. */
function* startPipeline(sh: Shell, node: Pipeline, background: boolean): Task<{ children: Child[]; pgid: number; input: number }> {
  const children: Child[] = [];
  let pgid = 0;
  let input = -1;
  for (const [i, each] of node.nodes.entries()) {
    const last = i === node.nodes.length - 1;
    // With `lastpipe` the last runs here.
    if (last && !background && sh.shopt.has('lastpipe') && !sh.options.monitor) return { children, pgid, input };
    if (each.kind === 'simple' && sh.traps.actions.size) yield* beforeCommand(sh, each);
    const [read, write] = last ? [-1, -1] : sh.sys.pipe();
    const embryo = sh.sys.newProcess();
    const { sys } = embryo;
    pgid = prepare(sh, embryo, pgid, background);
    if (input >= 0) {
      sys.dup2(input, 0);
      sys.close(input);
    } else if (background && !sh.options.monitor && i === 0) nullInput(embryo);
    if (!last) {
      sys.dup2(write, 1);
      sys.close(write);
      sys.close(read);
      if (node.stderr[i]) sys.dup2(1, 2);
    }
    children.push(launch(sh, embryo, printNode(each), (child) => runNode(child, each, true)));
    if (input >= 0) sh.sys.close(input);
    if (!last) sh.sys.close(write);
    input = read;
  }
  return { children, pgid, input: -1 };
}

/** The last command of a pipeline in this shell, reading from `input`. */
function* runLast(sh: Shell, node: Node, input: number): Task<number> {
  const saved = new SavedDescriptors(sh.sys);
  saved.save(0);
  sh.sys.dup2(input, 0);
  sh.sys.close(input);
  try {
    return yield* runNode(sh, node, false);
  } finally {
    saved.restore();
  }
}

function nullInput({ sys }: Embryo): void {
  const fd = sys.open('/dev/null', O_RDONLY);
  if (fd === 0) return;
  sys.dup2(fd, 0);
  sys.close(fd);
}

export function* runPipeline(sh: Shell, node: Pipeline, tail: boolean): Task<number> {
  const started = sh.sys.now();
  if (node.negated) sh.conditional++;
  let status = 0;
  try {
    const [only] = node.nodes;
    if (node.nodes.length === 1) status = yield* runNode(sh, only!, tail && !node.negated && node.time === 'no');
    else if (only) {
      const { children, pgid, input } = yield* startPipeline(sh, node, false);
      if (input < 0) status = yield* waitForeground(sh, children, pgid, () => printPipeline(node));
      else {
        const last = yield* runLast(sh, node.nodes.at(-1)!, input);
        yield* waitForeground(sh, children, pgid, () => printPipeline(node));
        sh.pipeStatus.push(String((status = last)));
      }
      if (sh.options.pipefail) status = Number(sh.pipeStatus.findLast((each) => each !== '0') ?? 0);
    }
  } finally {
    if (node.negated) sh.conditional--;
  }
  if (node.time !== 'no') yield* sh.complain(formatTimes(sh, sh.sys.now() - started, node.time));
  if (node.negated) return (sh.status = status ? 0 : 1);
  sh.status = status;
  if (status && node.nodes.length > 1 && !sh.conditional) return yield* failed(sh);
  return status;
}

export function* runSubshell(sh: Shell, body: List, tail: boolean): Task<number> {
  if (tail && sh.dialect.name === 'ash' && !sh.traps.actions.size) return yield* runList(sh, body, true);
  const embryo = sh.sys.newProcess();
  const pgid = prepare(sh, embryo, 0, false);
  const text = () => printNode({ kind: 'subshell', body, line: 0, redirects: [] });
  const child = launch(sh, embryo, '', (copy) => runList(copy, body, true));
  return yield* waitForeground(sh, [child], pgid, text);
}

function jobText(sh: Shell, node: Node): string {
  const text = printNode(node);
  return sh.dialect.name === 'ash' ? text.replace(/^\( (.*) \)$/s, '($1)') : text;
}

/** `command &`. */
export function* runBackground(sh: Shell, node: Node): Task<number> {
  const text = jobText(sh, node);
  let children: Child[];
  let pgid: number;
  const pipeline = node.kind === 'pipeline' && !node.negated && node.time === 'no' && node.nodes.length > 1;
  if (pipeline) ({ children, pgid } = yield* startPipeline(sh, node, true));
  else {
    const embryo = sh.sys.newProcess();
    pgid = prepare(sh, embryo, 0, true);
    if (!sh.options.monitor) nullInput(embryo);
    children = [launch(sh, embryo, text, (child) => runNode(child, node, true))];
  }
  yield* sh.jobs.reap();
  const job = sh.jobs.add(pgid, children, text, true);
  sh.lastBackground = job.last.pid;
  if (sh.interactive) yield* sh.complain(sh.dialect.name === 'bash' ? `[${job.id}] ${job.last.pid}\n` : '');
  return 0;
}

/** `coproc NAME command`: two pipes, its ends in the array NAME. */
export function* runCoprocess(sh: Shell, name: string, node: Node): Task<number> {
  const [inRead, inWrite] = sh.sys.pipe();
  const [outRead, outWrite] = sh.sys.pipe();
  const embryo = sh.sys.newProcess();
  prepare(sh, embryo, 0, true);
  embryo.sys.dup2(inRead, 0);
  embryo.sys.dup2(outWrite, 1);
  for (const fd of [inRead, inWrite, outRead, outWrite]) embryo.sys.close(fd);
  const child = launch(sh, embryo, printNode(node), (copy) => runNode(copy, node, true));
  const ends = [outRead, inWrite].map((fd) => {
    const moved = sh.sys.dup(fd, 60);
    sh.sys.setCloseOnExec(moved, true);
    sh.sys.close(fd);
    return moved;
  });
  sh.sys.close(inRead);
  sh.sys.close(outWrite);
  sh.vars.setArray(name, ends.map(String));
  sh.vars.set(`${name}_PID`, String(child.pid));
  const job: Job = sh.jobs.add(child.pid, [child], `coproc ${name} ${printNode(node)}`, true);
  sh.lastBackground = job.last.pid;
  if (sh.interactive) yield* sh.complain(`[${job.id}] ${child.pid}\n`);
  return 0;
}
