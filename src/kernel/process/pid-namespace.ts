// A pid namespace: the numbers that processes go by in it. A process has one in its own namespace and in each above.

import type { Process } from './process.ts';

export interface PidNumber {
  readonly namespace: PidNamespace;
  readonly number: number;
}

export class PidNamespace {
  readonly parent: PidNamespace | undefined;
  /** Ascending: numbers are never used twice. */
  readonly processes = new Map<number, Process>();
  #next = 1;
  /** Its PID 1. */
  init: Process | undefined;
  /** PID 1 has ended: all are killed, and none may come. */
  dying = false;

  constructor(parent?: PidNamespace) {
    this.parent = parent;
  }

  /** Numbers for a new process, its own namespace first. */
  allocate(): PidNumber[] {
    return [{ namespace: this, number: this.#next++ }, ...this.parent?.allocate() ?? []];
  }
}

/** 0 when it is not in that namespace. */
export function numberIn(numbers: readonly PidNumber[], namespace: object): number {
  for (const each of numbers) if (each.namespace === namespace) return each.number;
  return 0;
}
