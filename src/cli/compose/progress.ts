// What `docker compose` tells of its work: a line per event, or lines that change in place on a terminal.

import type { Task } from '../../base/task.ts';
import type { Thread } from '../../kernel/syscalls.ts';
import type { Cli } from '../cli.ts';

type State = 'working' | 'done' | 'warning' | 'error';

interface Line {
  text: string;
  status: string;
  state: State;
  readonly since: number;
  until: number;
}

export interface Event {
  readonly text?: string;
  readonly status?: string;
  readonly state?: State;
  /** Part of another line: not shown where lines change in place. */
  readonly detail?: boolean;
}

const SPINNER = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
const MARKS: Record<State, [color: number, sign: string]> = { working: [33, ''], done: [32, '✔'], warning: [33, '!'], error: [31, '✘'] };
const paint = (color: number, text: string): string => `\u001B[${color}m${text}\u001B[0m`;
const FRAME = 100;

export type Mode = 'plain' | 'tty' | 'quiet';

export class Progress {
  readonly #cli: Cli;
  readonly #mode: Mode;
  readonly #title: string;
  readonly #lines = new Map<string, Line>();
  #shown = 0;
  #painted = false;
  #ticker: Thread | undefined;

  constructor(cli: Cli, mode: Mode, title = 'Running') {
    this.#cli = cli;
    this.#mode = mode;
    this.#title = title;
  }

  /** `status` alone for what is under way or done: `event('Container web-1', { status: 'Started', state: 'done' })`. */
  *event(id: string, { text = '', status = '', state = 'working', detail = false }: Event): Task<void> {
    if (this.#mode === 'quiet' || (detail && this.#mode === 'tty')) return;
    if (this.#mode === 'plain') return yield* this.#cli.err(` ${id} ${text} ${status}\n`);
    const now = this.#cli.sys.now();
    const before = this.#lines.get(id);
    const resumed = before && before.state !== 'working' && state === 'working';
    this.#lines.set(id, { text, status, state, since: !before || resumed ? now - (resumed ? before.until - before.since : 0) : before.since, until: now });
    yield* this.#draw();
    this.#ticker ??= this.#cli.sys.thread(() => this.#tick());
  }

  *working(id: string, status: string): Task<void> {
    yield* this.event(id, { status });
  }

  *done(id: string, status: string): Task<void> {
    yield* this.event(id, { status, state: 'done' });
  }

  *#tick(): Task<void> {
    for (;;) {
      yield* this.#cli.sys.sleep(FRAME);
      yield* this.#draw();
    }
  }

  *#draw(): Task<void> {
    const columns = this.#cli.sys.windowSize(2).columns || 80;
    const now = this.#cli.sys.now();
    const lines = [...this.#lines];
    const finished = lines.filter(([, { state }]) => state !== 'working').length;
    const head = `[+] ${this.#title} ${finished}/${lines.length}`;
    const width = Math.max(0, ...lines.map(([id, { text }]) => id.length + (text ? text.length + 1 : 0)));
    let out = '\u001B[1A'.repeat(this.#shown + 1) + (this.#painted ? '' : '\u001B[1B') + '\u001B[0G\u001B[?25l';
    out += `${finished === lines.length ? paint(34, head) : head}\n`;
    for (const [id, line] of lines) {
      const [color, sign] = MARKS[line.state];
      const time = `${(((line.state === 'working' ? now : line.until) - line.since) / 1000).toFixed(1)}s `;
      const label = (line.text ? `${id} ${line.text}` : id).padEnd(width);
      const room = columns - label.length - time.length - 5;
      const status = line.status.length > room ? `${line.status.slice(0, Math.max(0, room - 3))}...` : line.status;
      const spin = SPINNER[Math.floor((now - line.since) / FRAME) % SPINNER.length]!;
      out += ` ${paint(color, sign || spin)} ${label}  ${line.state === 'working' || !status ? status : paint(color, status)}${' '.repeat(Math.max(0, room - status.length))}${paint(34, time)}\n`;
    }
    this.#shown = lines.length;
    this.#painted = true;
    yield* this.#cli.err(`${out}\u001B[?25h`);
  }

  /** Nothing more is coming. */
  close(): void {
    this.#ticker?.cancel();
    this.#ticker = undefined;
  }
}
