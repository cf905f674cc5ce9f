// What was done on a host, step by step, while it is done: commands as its shells were given them, and what its terminals have printed.

import type { Bytes } from '../../base/bytes.ts';
import type { LineMark } from '../../kernel/kernel.ts';
import type { Host } from '../host.ts';
import type { HostInput } from '../host-api.ts';
import type { Moment, Step } from './step.ts';
import { Transcript } from './transcript.ts';

/** A value of somebody's that holds from a moment on. */
interface Note {
  readonly entries: number;
  readonly value: unknown;
}

/** A terminal of the host, and the shell inside of it that waits or works now. */
interface Line {
  /** A shell waits at its prompt. */
  waiting: boolean;
  /** Just before the first key since that prompt. */
  start: Moment | undefined;
  /** Just before the last key. */
  last: Moment | undefined;
  /** The shells that talk there, the innermost last, each with the command that runs in it. */
  readonly shells: { readonly terminal: object; command: string | undefined }[];
  /** What the login shell runs, when that began before this history. */
  inside?: string | undefined;
}

export class History {
  log: HostInput[];
  /** Virtual time up to which it is known. */
  at: number;
  readonly steps: Step[] = [];
  readonly notes: Note[] = [];
  readonly transcripts = new Map<number, Transcript>();
  readonly #lines = new Map<number, Line>();
  /** Which terminal of the host a terminal inside of it is looked at through. */
  readonly #through = new Map<object, number>();
  /** Entries that made the host ready: its equipment and what the lesson has set up. */
  #base = 0;
  #host: Host | undefined;
  #stops: (() => void)[] = [];

  constructor(log: HostInput[], at: number) {
    this.log = log;
    this.at = at;
  }

  /** @param printed what the host's terminals have printed before somebody listened */
  static of(host: Host, printed: readonly (readonly [number, Bytes])[] = []): History {
    const history = new History(host.log as HostInput[], host.now);
    history.#base = baseOf(host.log);
    for (const [terminal, bytes] of printed) history.#transcript(terminal).append(bytes);
    history.follow(host);
    return history;
  }

  /** Whether what its terminals printed is known. */
  get isHeard(): boolean {
    return this.transcripts.size > 0 || this.steps.length === 0;
  }

  /** The end of it. */
  get tip(): Moment {
    return { entries: this.log.length, at: this.#host?.now ?? this.at, screens: this.#screens() };
  }

  /** The moment before step `index`; behind the last step, the end. */
  moment(index: number): Moment {
    return this.steps[index]?.start ?? this.tip;
  }

  /** How the text and bytes of a step are known to be the same in another history: by the entry it began with. */
  entryOf(index: number): HostInput | undefined {
    const step = this.steps[index];
    return step && this.log[step.start.entries];
  }

  /** Go on with what this host does from now on. */
  follow(host: Host): void {
    this.#host = host;
    this.log = host.log as HostInput[];
    for (const terminal of host.terminals) this.#listen(host, terminal.id);
    this.#stops.push(
      host.onTerminal(({ id }) => this.#listen(host, id)),
      host.onInput((input) => this.#take(input)),
      host.onLine((mark) => this.#mark(mark)),
    );
  }

  /** The host goes other ways; this history is complete. */
  leave(): void {
    if (!this.#host) return;
    this.at = this.#host.now;
    this.log = [...this.#host.log];
    for (const stop of this.#stops.splice(0)) stop();
    this.#host = undefined;
  }

  /** A history of its own that begins as this one did up to a moment. */
  until({ entries, at, screens }: Moment): History {
    const past = new History(this.log.slice(0, entries), at), isTip = entries === this.log.length && at === this.tip.at;
    past.#base = Math.min(this.#base, entries);
    // What had not ended then may end otherwise now.
    past.steps.push(...this.steps.filter(({ start }) => start.entries < entries).map((step) => (step.end !== undefined && step.end > at ? { ...step, end: undefined } : step)));
    past.notes.push(...this.notes.filter((note) => note.entries <= entries));
    for (const [id, length] of screens) {
      past.transcripts.set(id, this.#transcript(id).until(length));
      // A moment is before a first key: at a prompt, in whichever shell.
      const next = this.steps.find((step) => step.terminal === id && step.start.entries >= entries), line = this.#line(id);
      Object.assign(past.#line(id), isTip
        ? { waiting: line.waiting, start: line.start, last: line.last, inside: line.shells.findLast((shell) => shell.command)?.command }
        : { waiting: true, inside: next?.inside });
    }
    return past;
  }

  /** Steps that stand in the place of others: `change` is known now. */
  replace(index: number, step: Partial<Step>): void {
    this.steps[index] = { ...this.steps[index]!, ...step };
  }

  /** What a terminal shows: at most so many bytes that make its screen. */
  screen(id: number, most: number): Bytes {
    const transcript = this.#transcript(id);
    return transcript.tail(transcript.length, most);
  }

  #transcript(id: number): Transcript {
    let transcript = this.transcripts.get(id);
    if (!transcript) this.transcripts.set(id, transcript = new Transcript());
    return transcript;
  }

  #line(id: number): Line {
    let line = this.#lines.get(id);
    if (!line) this.#lines.set(id, line = { waiting: false, start: undefined, last: undefined, shells: [] });
    return line;
  }

  #screens(): Map<number, number> {
    return new Map([...this.transcripts].map(([id, { length }]) => [id, length]));
  }

  #listen(host: Host, id: number): void {
    const terminal = host.terminal(id), transcript = this.#transcript(id);
    this.#through.set(terminal.identity, id);
    const line = this.#line(id);
    line.waiting ||= host.atPrompt(id);
    line.shells.push({ terminal: terminal.identity, command: line.inside });
    this.#stops.push(terminal.onOutput((bytes) => transcript.append(bytes)));
  }

  /** It has just been logged, and nothing has come of it yet. */
  #take(input: HostInput): void {
    const entries = this.log.length - 1;
    const moment = (): Moment => ({ entries, at: input.at, screens: this.#screens() });
    switch (input.kind) {
      case 'equip':
        this.#base = entries + 1;
        for (const line of this.#lines.values()) line.start = line.last = undefined;
        break;
      case 'run':
        if (entries === this.#base) this.#base++;
        else this.#add({ kind: 'run', text: input.command, terminal: 0, start: moment(), end: input.at });
        break;
      case 'upload':
        this.#add({ kind: 'upload', text: input.path, terminal: 0, start: moment(), end: input.at });
        break;
      case 'keys': {
        const line = this.#line(input.terminal);
        if (entries < this.#base) break;
        line.last = moment();
        if (line.waiting) line.start ??= line.last;
        break;
      }
      default:
    }
  }

  #mark({ terminal, command }: LineMark): void {
    const id = this.#through.get(terminal) ?? this.#lastTyped();
    if (id === undefined) return;
    this.#through.set(terminal, id);
    const line = this.#line(id);
    if (command === undefined) this.#prompt(id, line, terminal);
    else this.#entered(id, line, terminal, command);
  }

  #prompt(id: number, line: Line, terminal: object): void {
    const known = line.shells.findIndex((shell) => shell.terminal === terminal);
    if (known < 0) line.shells.push({ terminal, command: undefined });
    else {
      // Those inside of it have ended.
      line.shells.length = known + 1;
      line.shells[known]!.command = undefined;
    }
    const now = this.#host!.now;
    this.steps.forEach((step, index) => {
      if (step.terminal === id && step.end === undefined) this.replace(index, { end: now, ...(step.output && { output: [step.output[0], this.#transcript(id).length] }) });
    });
    line.waiting = true;
    line.start = undefined;
  }

  #entered(id: number, line: Line, terminal: object, command: string): void {
    const inside = line.shells.findLast((shell) => shell.terminal !== terminal && shell.command)?.command;
    const own = line.shells.find((shell) => shell.terminal === terminal);
    if (own) own.command = command;
    else line.shells.push({ terminal, command });
    const { start = line.last } = line;
    const isAhead = line.start === undefined;
    line.waiting = false;
    line.start = undefined;
    const last = this.steps.findLastIndex((step) => step.terminal === id);
    // It was typed before its prompt was there: no host can be brought in between.
    if (isAhead && last >= 0) this.replace(last, { text: `${this.steps[last]!.text}\n${command}`, end: undefined });
    else if (start) this.#add({ kind: 'command', text: command, terminal: id, start, end: undefined, inside, output: [this.#transcript(id).length, undefined] });
  }

  /** By the order of their first keys: a line may be left half typed while another terminal is used. */
  #add(step: Step): void {
    let index = this.steps.length;
    while (index > 0 && this.steps[index - 1]!.start.entries > step.start.entries) index--;
    this.steps.splice(index, 0, step);
    for (const transcript of this.transcripts.values()) transcript.mark();
  }

  #lastTyped(): number | undefined {
    const input = this.log.findLast((each) => each.kind === 'keys');
    return input?.kind === 'keys' ? input.terminal : undefined;
  }
}

function baseOf(log: readonly HostInput[]): number {
  const equip = log.findLastIndex((input) => input.kind === 'equip');
  return equip < 0 ? 0 : equip + (log[equip + 1]?.kind === 'run' ? 2 : 1);
}
