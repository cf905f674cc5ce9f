// Children of the shell: which processes make a job, how they ended, and waiting for them.

import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import { signalNumber } from '../kernel/signal.ts';
import type { WaitStatus } from '../kernel/syscalls.ts';
import type { Shell } from './shell.ts';
import { Failure } from './unwind.ts';

export interface Child {
  readonly pid: number;
  readonly text: string;
  status: WaitStatus | undefined;
  stopped: boolean;
}

export type JobState = 'Running' | 'Stopped' | 'Done';

export class Job {
  readonly id: number;
  readonly pgid: number;
  readonly children: readonly Child[];
  readonly text: string;
  background: boolean;
  /** Its last change was told. */
  notified = true;

  constructor(id: number, pgid: number, children: readonly Child[], text: string, background: boolean) {
    this.id = id;
    this.pgid = pgid;
    this.children = children;
    this.text = text;
    this.background = background;
  }

  get state(): JobState {
    if (this.children.every((child) => child.status)) return 'Done';
    return this.children.some((child) => child.stopped) ? 'Stopped' : 'Running';
  }

  /** Of its last process. */
  get last(): Child {
    return this.children.at(-1)!;
  }
}

/** Exit status as `$?` shows it. */
export function exitStatus(status: WaitStatus): number {
  return status.code ?? (status.signal ? 128 + signalNumber(status.signal) : status.stopped ? 128 + signalNumber(status.stopped) : 0);
}

export class Jobs {
  readonly #sh: Shell;
  readonly #children = new Map<number, Child>();
  /** By id, in the order of their becoming. */
  readonly table = new Map<number, Job>();
  /** Statuses of processes that were asked for by none yet, for `wait PID`. */
  readonly #remembered = new Map<number, number>();
  /** Ids, the current job last. */
  #recent: number[] = [];

  constructor(sh: Shell) {
    this.#sh = sh;
  }

  child(pid: number, text: string): Child {
    const child: Child = { pid, text, status: undefined, stopped: false };
    this.#children.set(pid, child);
    return child;
  }

  add(pgid: number, children: readonly Child[], text: string, background: boolean): Job {
    this.forgetDone();
    let id = 1;
    if (this.#sh.dialect.name === 'ash') while (this.table.has(id)) id++;
    else for (const known of this.table.keys()) id = Math.max(id, known + 1);
    const job = new Job(id, pgid, children, text, background);
    this.table.set(id, job);
    this.#recent.push(id);
    return job;
  }

  remove(job: Job): void {
    this.table.delete(job.id);
    this.#recent = this.#recent.filter((id) => id !== job.id);
  }

  /** Make it the current job (`%+`). */
  touch(job: Job): void {
    this.#recent = [...this.#recent.filter((id) => id !== job.id), job.id];
  }

  get current(): Job | undefined {
    return this.#ranked()[0];
  }

  get previous(): Job | undefined {
    const [, second] = this.#ranked();
    return second?.state === 'Done' ? undefined : second;
  }

  #ranked(): Job[] {
    const all = this.#recent.map((id) => this.table.get(id)!).reverse();
    return [...all.filter((job) => job.state === 'Stopped'), ...all.filter((job) => job.state !== 'Stopped')];
  }

  mark(job: Job): string {
    return job === this.current ? '+' : job === this.previous ? '-' : ' ';
  }

  get running(): Job[] {
    return [...this.table.values()].filter((job) => job.state === 'Running');
  }

  /** `%1` `%+` `%-` `%name` `%?text`. @throws Failure 'no such job' */
  find(spec: string): Job {
    const body = spec.replace(/^%/, '');
    const all = [...this.table.values()];
    const found = body === '' || body === '+' || body === '%' ? this.current
      : body === '-' ? (this.previous ?? this.current)
      : /^\d+$/.test(body) ? this.table.get(Number(body))
      : all.find((job) => (body[0] === '?' ? job.text.includes(body.slice(1)) : job.text.startsWith(body)));
    if (!found) throw new Failure(`${spec}: no such job`, this.#sh.dialect.name === 'ash' ? 2 : 1);
    return found;
  }

  byPid(pid: number): Job | undefined {
    return [...this.table.values()].find((job) => job.children.some((child) => child.pid === pid));
  }

  /** The status of a child that has ended, remembered until asked for. */
  remembered(pid: number): number | undefined {
    const child = this.#children.get(pid);
    return child?.status ? exitStatus(child.status) : this.#remembered.get(pid);
  }

  isChild(pid: number): boolean {
    return this.#children.has(pid);
  }

  #note(status: WaitStatus): void {
    const child = this.#children.get(status.pid);
    if (!child) return;
    const job = this.byPid(child.pid);
    if (status.continued) child.stopped = false;
    else if (status.stopped) child.stopped = true;
    else {
      child.status = status;
      child.stopped = false;
      this.#children.delete(child.pid);
      this.#remembered.set(child.pid, exitStatus(status));
      if (this.#remembered.size > 1000) this.#remembered.delete(this.#remembered.keys().next().value!);
    }
    if (!job) return;
    if (job.state === 'Stopped' || (status.stopped && job.state !== 'Done')) this.touch(job);
    if (job.state !== 'Running') job.notified = false;
  }

  /** Take notice of every child that has changed, without waiting. */
  *reap(): Task<void> {
    try {
      for (;;) {
        const status = yield* this.#sh.sys.wait(-1, { nohang: true, untraced: true });
        if (!status) return;
        this.#note(status);
      }
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }

  /** Wait until any child changes. @returns false when there is none. @throws KernelError EINTR */
  *waitAny(): Task<boolean> {
    try {
      this.#note(yield* this.#sh.sys.wait(-1, { untraced: true }));
      return true;
    } catch (error) {
      if (error instanceof KernelError && error.errno === 'ECHILD') return false;
      throw error;
    }
  }

  /** Wait until each of them has ended or stopped; signals that come meanwhile are handled afterwards. */
  *settle(children: readonly Child[]): Task<void> {
    while (!children.every((child) => child.status || child.stopped)) {
      try {
        if (yield* this.waitAny()) continue;
        for (const child of children) child.status ??= { pid: child.pid, code: 127 };
      } catch (error) {
        if (!(error instanceof KernelError && error.errno === 'EINTR')) throw error;
      }
    }
  }

  /** Drop what has ended and was told. */
  forgetDone(): void {
    for (const job of [...this.table.values()]) if (job.state === 'Done' && job.notified) this.remove(job);
  }
}
