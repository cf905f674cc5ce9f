// A whole host without a screen: kernel, disk, docker daemon and shells, driven by a log of inputs.

import type { EngineClient } from '../api/engine-client.ts';
import type { EventMessage } from '../api/system.ts';
import type { Bytes } from '../base/bytes.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { bootMachine, type Equipment, equipMachine, type Instruments, type Machine } from './boot/machine.ts';
import { KernelError } from '../kernel/errno.ts';
import type { LineMark } from '../kernel/kernel.ts';
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
  /** Of every shell that talks with somebody, in containers too. */
  readonly onLine: Event<LineMark>;
  readonly #inputs = new Emitter<HostInput>();
  /** An input was logged, and is about to be taken in. */
  readonly onInput: Event<HostInput> = this.#inputs.event;
  readonly #opened = new Emitter<LoginTerminal>();
  readonly onTerminal: Event<LoginTerminal> = this.#opened.event;
  readonly #edits = new Emitter<string>();
  /** `edit` and a path were entered. */
  readonly onEdit: Event<string> = this.#edits.event;
  readonly #machine: Machine;
  readonly #terminals: LoginTerminal[] = [];
  #instruments: Instruments | undefined;
  #engine: EngineClient | undefined;
  #rootShell: ReturnType<Instruments['rootShell']> | undefined;
  /** The entry of another log that is being taken in. */
  #taken: HostInput | undefined;

  constructor(options: HostOptions) {
    this.options = options;
    this.#machine = bootMachine(options);
    this.onFault = this.#machine.kernel.onFault;
    this.onLine = this.#machine.kernel.onLine;
  }

  get now(): number {
    return this.#machine.clock.now;
  }
  get engine(): EngineClient {
    return (this.#engine ??= this.#equipped.engine(this.#machine));
  }
  get nextDeadline(): number | undefined {
    return this.#machine.kernel.nextDeadline;
  }
  get terminals(): readonly HostTerminal[] {
    return this.#terminals.filter((terminal) => !terminal.closed);
  }

  /** A database is up: it holds tens of MB beside what hosts share. */
  get isHeavy(): boolean {
    return this.#machine.init.processes().some(({ comm, state }) => comm === 'postgres' && state !== 'Z');
  }

  get isEquipped(): boolean {
    return this.#machine.engine !== undefined;
  }

  /** The programs are installed and the daemon starts: once, and before any command is run. */
  equip(equipment: Equipment): void {
    this.#record({ kind: 'equip' });
    this.#instruments = equipment.instruments;
    this.#machine.host = this;
    this.#machine.edit = (path) => this.#edits.fire(path);
    equipMachine(this.#machine, equipment);
  }

  openTerminal({ columns, rows }: { readonly columns: number; readonly rows: number }): HostTerminal {
    this.#record({ kind: 'open', columns, rows });
    const terminal = new LoginTerminal(this.#machine, this.#terminals.length + 1, { columns, rows }, this.options.user ?? 'root');
    this.#terminals.push(terminal);
    this.#opened.fire(terminal);
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
    const typedAt = this.terminal(terminal);
    this.#record({ kind: 'keys', terminal, text });
    typedAt.type(text);
  }

  resize(terminal: number, { columns, rows }: { readonly columns: number; readonly rows: number }): void {
    const resized = this.terminal(terminal), { size } = resized;
    if (size.columns === columns && size.rows === rows) return;
    this.#record({ kind: 'resize', terminal, columns, rows });
    resized.resize({ columns, rows });
  }

  closeTerminal(terminal: number): void {
    const closed = this.terminal(terminal);
    this.#record({ kind: 'close', terminal });
    closed.close();
  }

  advanceTo(time: number, steps: number): 'idle' | 'busy' {
    return this.#machine.kernel.advanceTo(time, steps);
  }

  run(command: string): RunResult {
    const again = this.#taken !== undefined;
    const entry = this.#record({ kind: 'run', command }) as { goods?: string[] };
    this.#rootShell ??= this.#equipped.rootShell(this.#machine);
    return this.#rootShell.run(command, (name) => {
      if (!again && this.#equipped.isAtHand(name)) (entry.goods ??= []).push(name);
      return entry.goods?.includes(name) ?? false;
    });
  }

  get wanted(): readonly string[] {
    return this.#instruments?.wanted(this.#machine) ?? [];
  }

  deliver(name: string, problem?: string): void {
    this.#record({ kind: 'goods', name, ...(problem === undefined ? {} : { problem }) });
    this.#equipped.deliver(this.#machine, name, problem);
  }

  readFile(path: string): Bytes {
    return this.#machine.clock.unseen(() => this.#machine.init.readFile(path));
  }

  upload(path: string, content: Bytes): void {
    this.#record({ kind: 'upload', path, content: toBase64(content) });
    this.#machine.init.writeFile(path, content);
  }

  snapshot(): HostSnapshot {
    return this.#unseen((tools, machine) => tools.snapshot(machine, this.#terminals.find((terminal) => !terminal.closed)?.directory ?? '/root'));
  }

  view(reference: string): PathView | undefined {
    return this.#unseen((tools, machine) => tools.view(machine, reference));
  }

  events(): readonly EventMessage[] {
    return this.#unseen((tools, machine) => tools.events(machine));
  }

  search(text: string): readonly string[] {
    return this.#unseen((tools, machine) => tools.search(machine, text));
  }

  look<T>(tool: (machine: Machine) => T): T {
    return this.#unseen((_, machine) => tool(machine));
  }

  hash(): string {
    return this.#unseen((tools, machine) => tools.hash(machine));
  }

  save(): HostSave {
    const last = this.log.at(-1);
    // Time that has passed since the last input belongs to the state.
    const log: HostInput[] = last && last.at === this.now ? [...this.log] : [...this.log, { at: this.now, kind: 'wait' }];
    return { version: 1, options: this.options, log };
  }

  /** Take in what a log holds, at the times it says. */
  replay(log: readonly HostInput[], equipment: Equipment, onTerminal?: (terminal: HostTerminal) => void): void {
    const stop = onTerminal && this.onTerminal(onTerminal);
    for (const input of log) {
      this.advanceTo(input.at, UNLIMITED);
      this.take(input, equipment);
    }
    stop?.();
  }

  /** Take in an entry of another host's log, whose time has come. The log holds that very object then. */
  take(input: HostInput, equipment: Equipment): void {
    if (input.kind === 'wait') return;
    this.#taken = input;
    try {
      switch (input.kind) {
        case 'equip':
          return this.equip(equipment);
        case 'open':
          return void this.openTerminal(input);
        case 'keys':
          return this.type(input.terminal, input.text);
        case 'resize':
          return this.resize(input.terminal, input);
        case 'close':
          return this.closeTerminal(input.terminal);
        case 'run':
          return void this.run(input.command);
        case 'goods':
          return this.deliver(input.name, input.problem);
        case 'upload':
          try {
            return this.upload(input.path, fromBase64(input.content));
          } catch (error) {
            // It failed then as well, and whoever sent it was told.
            if (!(error instanceof KernelError)) throw error;
            return undefined;
          }
      }
    } finally {
      this.#taken = undefined;
    }
  }

  #unseen<T>(look: (tools: Instruments, machine: Machine) => T): T {
    const machine = this.#machine;
    return machine.clock.unseen(() => look(this.#equipped, machine));
  }

  get #equipped(): Instruments {
    if (!this.#instruments) throw new Error('this host is not equipped yet');
    return this.#instruments;
  }

  #record(input: Unlogged): HostInput {
    const entry = this.#taken ?? ({ at: this.now, ...input } as HostInput);
    this.#taken = undefined;
    this.log.push(entry);
    this.#inputs.fire(entry);
    return entry;
  }
}
