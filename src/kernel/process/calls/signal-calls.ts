// Calls on signals, process groups and sessions.

import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../errno.ts';
import { type Signal, SIGNALS, type SignalDisposition } from '../../signal.ts';
import { newGroup } from '../exit.ts';
import { joinGroup, type ProcessGroup, Session } from '../job-control.ts';
import { numberIn } from '../pid-namespace.ts';
import type { Process } from '../process.ts';
import { sendSignal } from '../signals.ts';
import { DescriptorCalls } from './descriptor-calls.ts';

export abstract class SignalCalls extends DescriptorCalls {
  /** By number in the caller's pid namespace. @throws ESRCH */
  protected find(pid: number): Process {
    const process = this.process.pidNamespace.processes.get(pid);
    if (!process) throw new KernelError('ESRCH');
    return process;
  }

  protected groupNumber(group: ProcessGroup): number {
    return numberIn(group.numbers, this.process.pidNamespace);
  }

  kill(pid: number, signal: Signal | 0): void {
    if (signal !== 0 && !(signal in SIGNALS)) throw new KernelError('EINVAL');
    const targets = this.#targets(pid);
    if (!targets.length) throw new KernelError('ESRCH');
    const allowed = targets.filter((target) => this.#maySignal(target, signal));
    if (!allowed.length) throw new KernelError('EPERM');
    if (signal === 0) return;
    for (const target of allowed) sendSignal(this.machine, target, signal, this.process);
  }

  #targets(pid: number): Process[] {
    if (pid > 0) return [this.find(pid)];
    const { process } = this;
    const all = [...process.pidNamespace.processes.values()].filter((each) => each.phase !== 'embryo');
    if (pid === -1) return all.filter((each) => each !== process && each !== process.pidNamespace.init);
    if (pid === 0) return all.filter((each) => each.group === process.group);
    return all.filter((each) => this.groupNumber(each.group) === -pid);
  }

  #maySignal(target: Process, signal: Signal | 0): boolean {
    const { uid } = this.context.credentials;
    return uid === 0 || uid === target.context.credentials.uid || (signal === 'SIGCONT' && target.group.session === this.process.group.session);
  }

  sigaction(signal: Signal, disposition: SignalDisposition): SignalDisposition {
    if (signal === 'SIGKILL' || signal === 'SIGSTOP') throw new KernelError('EINVAL');
    const { dispositions } = this.process;
    const before = this.process.disposition(signal);
    if (disposition === 'default') dispositions.delete(signal);
    else dispositions.set(signal, disposition);
    return before;
  }

  getDisposition(signal: Signal): SignalDisposition {
    return this.process.disposition(signal);
  }

  *pause(): Task<void> {
    if (this.process.pending) return yield* this.takeSignals();
    try {
      yield* this.interruptible(forever(), false);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }

  getpgid(pid = 0): number {
    return this.groupNumber((pid ? this.find(pid) : this.process).group);
  }

  setpgid(pid: number, pgid: number): void {
    const { process } = this;
    const target = pid ? this.find(pid) : process;
    if (target !== process && target.parent !== process) throw new KernelError('ESRCH');
    if (target !== process && target.executed) throw new KernelError('EACCES');
    const { session } = target.group;
    const number = target.pidIn(process.pidNamespace);
    if (session.leader === target || session !== process.group.session) throw new KernelError('EPERM');
    const wanted = pgid || number;
    if (this.groupNumber(target.group) === wanted) return;
    const existing = [...session.groups].find((group) => this.groupNumber(group) === wanted);
    if (existing) joinGroup(target, existing);
    else if (wanted === number) newGroup(target);
    else throw new KernelError('EPERM');
  }

  getsid(): number {
    return numberIn(this.process.group.session.numbers, this.process.pidNamespace);
  }

  setsid(): number {
    const { process } = this;
    if (process.group.numbers === process.numbers) throw new KernelError('EPERM');
    newGroup(process, new Session(process));
    return process.pid;
  }
}

function* forever(): Task<void> {
  for (;;) yield { queues: [] };
}
