// Traps: what the shell does when a signal comes, when it ends, after a failure, before a command.

import type { Task } from '../base/task.ts';
import { SIGNALS, signalName, type Signal } from '../kernel/signal.ts';
import type { Shell } from './shell.ts';
import { Unwind } from './unwind.ts';

export type Condition = Signal | 'EXIT' | 'ERR' | 'DEBUG' | 'RETURN';

/** `INT`, `SIGINT`, `2`, `0`, `exit` … */
export function condition(text: string, dialect: 'bash' | 'ash'): Condition | undefined {
  if (/^\d+$/.test(text)) return text === '0' ? 'EXIT' : signalName(Number(text));
  const name = text.toUpperCase();
  if (name === 'EXIT') return 'EXIT';
  if (dialect === 'bash' && (name === 'ERR' || name === 'DEBUG' || name === 'RETURN')) return name;
  const full = name.startsWith('SIG') ? name : `SIG${name}`;
  return full in SIGNALS ? (full as Signal) : undefined;
}

export class Traps {
  readonly #sh: Shell;
  readonly actions = new Map<Condition, string>();
  #pending: Signal[] = [];
  /** Inside a trap's action: it is not entered again for ERR and DEBUG. */
  running: Condition | undefined;

  constructor(sh: Shell) {
    this.#sh = sh;
  }

  get pending(): boolean {
    return this.#pending.length > 0;
  }

  /** The first signal that waits to be handled. */
  get first(): Signal | undefined {
    return this.#pending[0];
  }

  isSignal(name: Condition): name is Signal {
    return name.startsWith('SIG');
  }

  /** `action` '' ignores, undefined puts the default back. */
  set(name: Condition, action: string | undefined): void {
    if (action === undefined) this.actions.delete(name);
    else this.actions.set(name, action);
    if (!this.isSignal(name) || name === 'SIGKILL' || name === 'SIGSTOP') return;
    const { sys } = this.#sh;
    if (action === undefined) this.#sh.defaultSignal(name);
    else if (action === '') sys.sigaction(name, 'ignore');
    else sys.sigaction(name, { handler: (signal) => void this.#pending.push(signal) });
  }

  /** What a subshell keeps: ignored signals stay ignored, the rest is as it was before the traps. */
  inherit(from: Traps): void {
    for (const [name, action] of from.actions) {
      if (action === '') this.actions.set(name, action);
      else if (this.isSignal(name)) this.#sh.sys.sigaction(name, 'default');
      else if ((name === 'ERR' && this.#sh.options.errtrace) || ((name === 'DEBUG' || name === 'RETURN') && this.#sh.options.functrace)) this.actions.set(name, action);
    }
  }

  /** Run the actions of the signals that have come. */
  *run(): Task<void> {
    while (this.#pending.length) {
      const signal = this.#pending.shift()!;
      const action = this.actions.get(signal);
      if (action) yield* this.#act(action, signal);
    }
  }

  *#act(action: string, name: Condition): Task<void> {
    const sh = this.#sh;
    const { status, line } = sh;
    const before = this.running;
    this.running = name;
    try {
      yield* sh.evalText(action, { kind: 'trap', line: sh.line });
    } finally {
      this.running = before;
    }
    sh.status = status;
    sh.line = line;
  }

  /** ERR, DEBUG, RETURN. */
  *fire(name: 'ERR' | 'DEBUG' | 'RETURN'): Task<void> {
    const action = this.actions.get(name);
    if (!action || this.running === name) return;
    if (this.#sh.vars.depth && !(name === 'ERR' ? this.#sh.options.errtrace : this.#sh.options.functrace) && this.#sh.functionDepth > 0 && name !== 'RETURN') return;
    yield* this.#act(action, name);
  }

  /** At the shell's end. @returns the status to end with */
  *exit(status: number): Task<number> {
    const action = this.actions.get('EXIT');
    if (!action) return status;
    this.actions.delete('EXIT');
    this.#sh.status = status;
    try {
      yield* this.#act(action, 'EXIT');
    } catch (thrown) {
      if (thrown instanceof Unwind && thrown.kind === 'exit') return thrown.status;
      throw thrown;
    }
    return status;
  }
}
