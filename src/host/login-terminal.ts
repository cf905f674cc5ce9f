// A terminal with a login shell: the outer end of a pseudo-terminal.

import { encode, type Bytes } from '../base/bytes.ts';
import type { Event } from '../base/emitter.ts';
import { O_RDWR } from '../kernel/syscalls.ts';
import type { EditedLine, WindowSize } from '../kernel/syscalls.ts';
import type { KernelTerminal } from '../kernel/kernel.ts';
import { DEV } from './boot/accounts.ts';
import { DEV_ENVIRONMENT, ROOT_ENVIRONMENT } from './boot/environment.ts';
import type { Machine } from './boot/machine.ts';
import type { HostTerminal } from './host-api.ts';

export class LoginTerminal implements HostTerminal {
  readonly id: number;
  readonly onOutput: Event<Bytes>;
  /** What a line mark of this terminal names. */
  readonly identity: object;
  readonly #machine: Machine;
  readonly #terminal: KernelTerminal;
  readonly #shell: number;
  size: WindowSize;

  constructor(machine: Machine, id: number, size: WindowSize, user: 'root' | 'dev') {
    this.#machine = machine;
    this.id = id;
    this.size = size;
    this.#terminal = machine.kernel.openTerminal(size);
    this.onOutput = this.#terminal.onOutput;
    this.identity = this.#terminal.identity;
    const { init } = machine;
    const { path } = this.#terminal;
    const env = user === 'dev' ? DEV_ENVIRONMENT : ROOT_ENVIRONMENT;
    const login = init.newProcess({ env, descriptors: 'none' });
    const { sys } = login;
    sys.setsid();
    for (let fd = 0; fd < 3; fd++) sys.open(path, O_RDWR);
    sys.setControllingTerminal(0);
    if (user === 'dev') {
      sys.chown(path, DEV.uid, 5);
      sys.setCredentials({ uid: DEV.uid, gid: DEV.gid, groups: DEV.groups, capable: true });
    }
    sys.chdir(env.HOME!);
    this.#shell = login.pid;
    login.exec('/bin/bash', ['-bash'], env);
  }

  type(text: string): void {
    this.#terminal.input(encode(text));
  }

  resize(size: WindowSize): void {
    this.size = size;
    this.#terminal.resize(size);
  }

  close(): void {
    this.#terminal.hangup();
  }

  get closed(): boolean {
    return !this.#machine.init.processes().some((process) => process.pid === this.#shell && process.state !== 'Z');
  }

  /** The shell itself is in the foreground and edits a line: the only time it has the terminal raw. */
  get atPrompt(): boolean {
    if (this.closed) return false;
    return this.#terminal.foregroundGroup === this.#machine.init.getpgid(this.#shell) && !this.#terminal.termios.canonical;
  }

  get line(): EditedLine | undefined {
    return this.#terminal.termios.line;
  }

  /** Where its shell stands. */
  get directory(): string {
    try {
      return this.#machine.init.readlink(`/proc/${this.#shell}/cwd`);
    } catch {
      return '/';
    }
  }
}
