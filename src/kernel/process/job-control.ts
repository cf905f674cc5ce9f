// Sessions and process groups: who shares a terminal, and who is in its foreground.

import type { Pty } from './tty/pty.ts';
import type { PidNumber } from './pid-namespace.ts';
import type { Process } from './process.ts';

export class Session {
  /** Of the process that began it, as its id. */
  readonly numbers: readonly PidNumber[];
  /** Until it ends. */
  leader: Process | undefined;
  readonly groups = new Set<ProcessGroup>();
  /** The controlling terminal. */
  terminal: Pty | undefined;
  /** In the foreground when the terminal was hung up: it is told once the leader has ended. */
  formerForeground: ProcessGroup | undefined;

  constructor(leader: Process) {
    this.leader = leader;
    this.numbers = leader.numbers;
  }
}

export class ProcessGroup {
  /** Of the process that it is named after. */
  readonly numbers: readonly PidNumber[];
  readonly session: Session;
  /** Zombies included. */
  readonly members = new Set<Process>();

  constructor(process: Process, session: Session) {
    this.numbers = process.numbers;
    this.session = session;
    session.groups.add(this);
  }

  remove(process: Process): void {
    this.members.delete(process);
    if (!this.members.size) this.session.groups.delete(this);
  }

  /** No member has a parent elsewhere in the session that could do job control for it. */
  isOrphaned(): boolean {
    for (const member of this.members) {
      const { parent } = member;
      if (!member.isAlive || !parent) continue;
      if (parent.group !== this && parent.group.session === this.session) return false;
    }
    return true;
  }

  get hasStopped(): boolean {
    for (const member of this.members) if (member.isAlive && member.stopped) return true;
    return false;
  }
}

export function joinGroup(process: Process, group: ProcessGroup): void {
  process.group?.remove(process);
  process.group = group;
  group.members.add(process);
  group.session.groups.add(group);
}
