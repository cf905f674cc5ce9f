// A shell at a terminal, for tests: keys in, screen text out.

import { concat, decode, encode, type Bytes } from '../../src/base/bytes.ts';
import { O_RDWR } from '../../src/kernel/syscalls.ts';
import type { TestMachine } from './machine.ts';

export class Session {
  readonly #machine: TestMachine;
  readonly #terminal;
  readonly #output: Bytes[] = [];
  readonly pid: number;

  constructor(machine: TestMachine, path: string, argv: readonly string[], env: Record<string, string>) {
    this.#machine = machine;
    this.#terminal = machine.kernel.openTerminal({ columns: 80, rows: 24 });
    this.#terminal.onOutput((bytes) => void this.#output.push(bytes));
    const shell = machine.sys.newProcess({ env, descriptors: 'none' });
    const { sys } = shell;
    sys.setsid();
    for (let fd = 0; fd < 3; fd++) sys.open(this.#terminal.path, O_RDWR);
    sys.setControllingTerminal(0);
    sys.chdir('/');
    this.pid = shell.pid;
    shell.exec(path, argv, env);
    this.wait(10);
  }

  /** Let virtual time pass. */
  wait(ms: number): void {
    this.#machine.kernel.advanceTo(this.#machine.kernel.clock.now + ms, 2_000_000);
  }

  type(text: string, ms = 20): void {
    this.#terminal.input(encode(text));
    this.wait(ms);
  }

  /** All that was written since the last time. */
  screen(): string {
    const text = decode(concat([...this.#output, new Uint8Array(0)])).replaceAll('\r\n', '\n');
    this.#output.length = 0;
    return text;
  }

  get ended(): boolean {
    return !this.#machine.sys.processes().some((process) => process.pid === this.pid && process.state !== 'Z');
  }
}
