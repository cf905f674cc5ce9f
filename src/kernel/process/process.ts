// A process: its place among the others, its resources, and how far it has come.

import { WaitQueue } from '../../base/task.ts';
import type { Signal, SignalDisposition } from '../signal.ts';
import type { Syscalls } from '../syscalls.ts';
import type { FsContext } from '../vfs/fs-context.ts';
import type { NetworkNamespace } from '../net/network-namespace.ts';
import { DescriptorTable } from './descriptor-table.ts';
import type { ProcessGroup } from './job-control.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { numberIn, type PidNamespace, type PidNumber } from './pid-namespace.ts';
import type { Thread } from './thread.ts';

export interface UtsNamespace {
  hostname: string;
}

/** How a process ended. */
export type Fate = { readonly code: number } | { readonly signal: Signal };

/** What `processOf` a forked process begins with. */
export interface ProcessParts {
  readonly parent: Process | undefined;
  readonly pidNamespace: PidNamespace;
  readonly uts: UtsNamespace;
  readonly network: NetworkNamespace;
  readonly descriptors: DescriptorTable;
  readonly env: Record<string, string>;
  readonly startTime: number;
  context(globalPid: number): FsContext;
}

export class Process {
  /** Its own namespace's first. */
  readonly numbers: readonly PidNumber[];
  /** Whose child it is now; undefined for the first process. */
  parent: Process | undefined;
  readonly children = new Set<Process>();
  readonly pidNamespace: PidNamespace;
  readonly uts: UtsNamespace;
  readonly network: NetworkNamespace;
  readonly context: FsContext;
  readonly descriptors: DescriptorTable;
  /** Joined right after construction. */
  group!: ProcessGroup;
  sys!: Syscalls;

  env: Record<string, string>;
  argv: readonly string[] = [];
  executable = '';
  comm = '';
  /** It runs a program of its own: its parent may no longer move it between groups. */
  executed = false;

  /** An embryo has no thread yet; a dying one waits for the rest of its pid namespace. */
  phase: 'embryo' | 'running' | 'dying' | 'zombie' | 'gone' = 'embryo';
  /** Its end is decided: it happens at its next turn. */
  fate: Fate | undefined;
  readonly threads = new Set<Thread>();
  main: Thread | undefined;
  /** Nobody is told of its end: it never ran. */
  abandoned = false;

  readonly dispositions = new Map<Signal, SignalDisposition>();
  /** Bit n - 1 for signal n. */
  pending = 0;
  stopped: Signal | undefined;
  /** Stopped or continued, and the parent has not been told by `wait` yet. */
  change: 'stopped' | 'continued' | undefined;
  /** A child ended, stopped or went on. */
  readonly childChanged = new WaitQueue();
  /** Terminal settings made from the background: tried again when it goes on. */
  readonly deferred: (() => void)[] = [];

  readonly startTime: number;
  cpuTime = 0;
  nice = 0;
  limits: Limits = DEFAULT_LIMITS;

  constructor(parts: ProcessParts) {
    const { parent, pidNamespace } = parts;
    this.parent = parent;
    parent?.children.add(this);
    this.pidNamespace = pidNamespace;
    this.numbers = pidNamespace.allocate();
    for (const { namespace, number } of this.numbers) namespace.processes.set(number, this);
    pidNamespace.init ??= this;
    this.uts = parts.uts;
    this.network = parts.network;
    this.descriptors = parts.descriptors;
    this.env = parts.env;
    this.startTime = parts.startTime;
    this.context = parts.context(this.numbers.at(-1)!.number);
  }

  get pid(): number {
    return this.numbers[0]!.number;
  }

  /** 0 when it is not in that namespace. */
  pidIn(namespace: object): number {
    return numberIn(this.numbers, namespace);
  }

  get isAlive(): boolean {
    return this.phase === 'embryo' || this.phase === 'running';
  }

  get isNamespaceInit(): boolean {
    return this.pidNamespace.init === this;
  }

  disposition(signal: Signal): SignalDisposition {
    return this.dispositions.get(signal) ?? 'default';
  }
}
