// The end of a process: what it held is given back, its children get another parent, its parent is told.

import { joinGroup, ProcessGroup } from './job-control.ts';
import type { Machine } from './machine.ts';
import type { Process } from './process.ts';
import { forceKill, sendSignal, tellParent } from './signals.ts';

/** Its `fate` is set (or it is abandoned), and none of its threads is running. */
export function endProcess(machine: Machine, process: Process): void {
  if (!process.isAlive) return;
  process.fate ??= { code: 0 };
  for (const thread of [...process.threads]) thread.drop();
  process.phase = 'dying';
  process.stopped = undefined;
  try {
    process.descriptors.closeAll();
  } catch (error) {
    machine.fault(error);
  }
  for (const child of [...process.children]) if (child.phase === 'embryo') abandon(machine, child);
  if (process.isNamespaceInit && killOthers(machine, process)) return;
  bury(machine, process);
}

/** It never ran: nobody hears of it. */
export function abandon(machine: Machine, process: Process): void {
  process.abandoned = true;
  endProcess(machine, process);
}

/** PID 1 has ended: so does its whole namespace, before it. @returns whether any has to go first */
function killOthers(machine: Machine, init: Process): boolean {
  const { pidNamespace } = init;
  pidNamespace.dying = true;
  let waiting = false;
  for (const other of [...pidNamespace.processes.values()]) {
    if (!other.isAlive) continue;
    if (other.phase === 'embryo') {
      abandon(machine, other);
    } else {
      forceKill(machine, other);
      waiting = true;
    }
  }
  return waiting;
}

function bury(machine: Machine, process: Process): void {
  if (process.phase !== 'dying') return;
  releaseNamespaces(machine, process);
  leaveChildren(machine, process);
  leaveTerminal(machine, process);
  const { parent } = process;
  if (parent) signalOrphans(machine, process, parent);
  process.phase = 'zombie';
  if (process.abandoned || !parent?.isAlive || parent.disposition('SIGCHLD') === 'ignore' || !parent.parent) {
    reap(process);
    parent?.childChanged.wakeAll();
    if (!process.abandoned && parent?.isAlive) sendSignal(machine, parent, 'SIGCHLD');
  } else {
    tellParent(machine, process);
  }
  finishNamespaces(machine, process);
}

/** The last but PID 1 has gone: now PID 1 can go. */
function finishNamespaces(machine: Machine, process: Process): void {
  for (const { namespace } of process.numbers) {
    const { init, dying } = namespace;
    if (!dying || !init || init === process || init.phase !== 'dying') continue;
    for (const other of namespace.processes.values()) if (other !== init && (other.isAlive || other.phase === 'dying')) return;
    bury(machine, init);
  }
}

/** Its numbers can be forgotten. */
export function reap(process: Process): void {
  process.phase = 'gone';
  for (const { namespace, number } of process.numbers) namespace.processes.delete(number);
  process.parent?.children.delete(process);
  process.group.remove(process);
}

function leaveChildren(machine: Machine, process: Process): void {
  if (!process.children.size) return;
  // The nearest PID 1 that lives takes them.
  let { init } = process.pidNamespace;
  for (let above = process.pidNamespace.parent; (!init?.isAlive || init === process) && above; above = above.parent) init = above.init;
  for (const child of [...process.children]) {
    process.children.delete(child);
    child.parent = init;
    init?.children.add(child);
    signalOrphans(machine, child, process);
    if (child.phase === 'zombie' && init) {
      if (init.parent) tellParent(machine, child);
      else reap(child);
    }
  }
}

function leaveTerminal(machine: Machine, process: Process): void {
  const { session } = process.group;
  if (session.leader !== process) return;
  session.leader = undefined;
  const { terminal } = session;
  if (!terminal) return machine.signalGroup(session.formerForeground, 'SIGHUP', 'SIGCONT');
  const { foreground } = terminal;
  terminal.detach();
  machine.signalGroup(foreground, 'SIGHUP');
}

/** A group of stopped processes that nobody in its session can wake any more is hung up. @param parent that it had until now */
function signalOrphans(machine: Machine, { group }: Process, parent: Process): void {
  if (parent.group === group || parent.group.session !== group.session) return;
  if (group.hasStopped && group.isOrphaned()) machine.signalGroup(group, 'SIGHUP', 'SIGCONT');
}

function releaseNamespaces({ vfs, network, pids }: Machine, process: Process): void {
  const { namespace } = process.context;
  let mountsUsed = false, networkUsed = process.network === network.root;
  for (const other of pids.processes.values()) {
    if (other === process || (!other.isAlive && other.phase !== 'dying')) continue;
    mountsUsed ||= other.context.namespace === namespace;
    networkUsed ||= other.network === process.network;
  }
  if (!mountsUsed) vfs.releaseNamespace(namespace);
  if (!networkUsed) process.network.release();
}

/** As `setsid(2)`'s and `setpgid(2)`'s new group. */
export function newGroup(process: Process, session = process.group.session): ProcessGroup {
  const group = new ProcessGroup(process, session);
  joinGroup(process, group);
  return group;
}
