// A whole host without a screen: kernel, disk, docker daemon and shells, driven by a log of inputs.

import type { EngineClient } from '../api/engine-client.ts';
import type { EventMessage } from '../api/system.ts';
import type { Bytes } from '../base/bytes.ts';
import { type Event } from '../base/emitter.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { bootMachine, type Equipment, equipMachine, type Instruments, type Machine } from './boot/machine.ts';
import type { HostApi, HostInput, HostOptions, HostSave, HostTerminal, RunResult } from './host-api.ts';
import type { HostSnapshot } from './host-snapshot.ts';
import type { PathView } from './path-view.ts';
import { LoginTerminal } from './login-terminal.ts';

/** More than any person waits for; a test that needs more is wrong. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

type Unlogged = HostInput extends infer I ? (I extends HostInput ? Omit<I, 'at'> : never) : never;

export class Host implements HostApi {
  readonly options: HostOptions;
  readonly log: HostInput[] = [];
  readonly onFault: Event<Error>;
  readonly #machine: Machine;
  readonly #terminals: LoginTerminal[] = [];
  #instruments: Instruments | undefined;
  #rootShell: ReturnType<Instruments['rootShell']> | undefined;

  constructor(options: HostOptions) {
    this.options = options;
    this.#machine = bootMachine(options);
    this.onFault = this.#machine.kernel.onFault;
  }

  get now(): number {
    return this.#machine.clock.now;
  }
  get engine(): EngineClient {
    if (!this.#machine.engine) throw new Error('this host has no daemon yet');
    return this.#machine.engine;
  }
  get nextDeadline(): number | undefined {
    return this.#machine.kernel.nextDeadline;
  }
  get terminals(): readonly HostTerminal[] {
    return this.#terminals.filter((terminal) => !terminal.closed);
  }

  get isEquipped(): boolean {
    return this.#machine.engine !== undefined;
  }

  /** The programs are installed and the daemon starts: once, and before any command is run. */
  equip(equipment: Equipment): void {
    this.#record({ kind: 'equip' });
    this.#instruments = equipment.instruments;
    this.#machine.host = this;
    equipMachine(this.#machine, equipment);
  }

  openTerminal({ columns, rows }: { readonly columns: number; readonly rows: number }): HostTerminal {
    this.#record({ kind: 'open', columns, rows });
    const terminal = new LoginTerminal(this.#machine, this.#terminals.length + 1, { columns, rows }, this.options.user ?? 'root');
    this.#terminals.push(terminal);
    return terminal;
  }

  terminal(id: number): LoginTerminal {
    const terminal = this.#terminals[id - 1];
    if (!terminal) throw new RangeError(`there is no terminal ${id}`);
    return terminal;
  }

  atPrompt(id: number): boolean {
    return this.terminal(id).atPrompt;
  }

  type(terminal: number, text: string): void {
    this.#record({ kind: 'keys', terminal, text });
    this.terminal(terminal).type(text);
  }

  resize(terminal: number, { columns, rows }: { readonly columns: number; readonly rows: number }): void {
    const { size } = this.terminal(terminal);
    if (size.columns === columns && size.rows === rows) return;
    this.#record({ kind: 'resize', terminal, columns, rows });
    this.terminal(terminal).resize({ columns, rows });
  }

  closeTerminal(terminal: number): void {
    this.#record({ kind: 'close', terminal });
    this.terminal(terminal).close();
  }

  advanceTo(time: number, steps: number): 'idle' | 'busy' {
    return this.#machine.kernel.advanceTo(time, steps);
  }

  run(command: string): RunResult {
    this.#record({ kind: 'run', command });
    this.#rootShell ??= this.#equipped.rootShell(this.#machine);
    return this.#rootShell.run(command);
  }

  readFile(path: string): Bytes {
    return this.#machine.init.readFile(path);
  }

  upload(path: string, content: Bytes): void {
    this.#record({ kind: 'upload', path, content: toBase64(content) });
    this.#machine.init.writeFile(path, content);
  }

  snapshot(): HostSnapshot {
    return this.#equipped.snapshot(this.#machine, this.#terminals.find((terminal) => !terminal.closed)?.directory ?? '/root');
  }

  view(reference: string): PathView | undefined {
    return this.#equipped.view(this.#machine, reference);
  }

  events(): readonly EventMessage[] {
    return this.#equipped.events(this.#machine);
  }

  search(text: string): readonly string[] {
    return this.#equipped.search(this.#machine, text);
  }

  look<T>(tool: (machine: Machine) => T): T {
    return tool(this.#machine);
  }

  hash(): string {
    return this.#equipped.hash(this.#machine);
  }

  save(): HostSave {
    const last = this.log.at(-1);
    // Time that has passed since the last input belongs to the state.
    const log: HostInput[] = last && last.at === this.now ? [...this.log] : [...this.log, { at: this.now, kind: 'wait' }];
    return { version: 1, options: this.options, log };
  }

  /** Take in what a log holds, at the times it says. */
  replay(log: readonly HostInput[], equipment: Equipment, onTerminal: (terminal: HostTerminal) => void): void {
    for (const input of log) {
      this.advanceTo(input.at, UNLIMITED);
      switch (input.kind) {
        case 'equip':
          this.equip(equipment);
          break;
        case 'open':
          onTerminal(this.openTerminal(input));
          break;
        case 'keys':
          this.type(input.terminal, input.text);
          break;
        case 'resize':
          this.resize(input.terminal, input);
          break;
        case 'close':
          this.closeTerminal(input.terminal);
          break;
        case 'run':
          this.run(input.command);
          break;
        case 'upload':
          this.upload(input.path, fromBase64(input.content));
          break;
        case 'wait':
          break;
      }
    }
  }

  get #equipped(): Instruments {
    if (!this.#instruments) throw new Error('this host is not equipped yet');
    return this.#instruments;
  }

  #record(input: Unlogged): void {
    this.log.push({ at: this.now, ...input } as HostInput);
  }
}
