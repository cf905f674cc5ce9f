// BuildKit's plain progress: numbered steps, their lines, and how they ended.

import type { Syscalls } from '../../../kernel/syscalls.ts';

const LOG_LINES = 10;

export class Progress {
  readonly #sys: Syscalls;
  readonly #say: (text: string) => void;
  #count = 0;
  /** The number of the step that `beginOpen` began, and what waits for its end. */
  #open = 0;
  #held: string[] | undefined;

  constructor(sys: Syscalls, say: (text: string) => void) {
    this.#sys = sys;
    this.#say = say;
  }

  /** A text of no step. */
  text(text: string): void {
    if (this.#held) this.#held.push(text);
    else this.#say(text);
  }

  begin(name: string): Vertex {
    const number = ++this.#count;
    this.text(`${number > 1 ? '\n' : ''}#${number} ${name}\n`);
    return new Vertex(this.#sys, number, name, (text) => this.text(text));
  }

  /** Begin a step whose end is only known later: what follows waits until `settle`. */
  beginOpen(name: string): void {
    this.begin(name);
    this.#open = this.#count;
    this.#held = [];
  }

  settle(cached: boolean): void {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    this.#say(`#${this.#open} ${cached ? 'CACHED' : 'DONE 0.0s'}\n${held.join('')}`);
  }
}

export class Vertex {
  readonly name: string;
  readonly #sys: Syscalls;
  readonly #number: number;
  readonly #say: (text: string) => void;
  readonly #start: number;
  /** Output that has not ended its line yet. */
  #partial = '';
  readonly #log: string[] = [];

  constructor(sys: Syscalls, number: number, name: string, say: (text: string) => void) {
    this.#sys = sys;
    this.#number = number;
    this.name = name;
    this.#say = say;
    this.#start = sys.now();
  }

  line(text: string): void {
    this.#say(`#${this.#number} ${text}\n`);
  }

  /** What a process wrote, line by line with the seconds since the step began. */
  output(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop()!;
    for (const line of lines) this.#logLine(line);
  }

  done(): void {
    this.#flush();
    this.line(`DONE ${this.#seconds().toFixed(1)}s`);
  }

  cached(): void {
    this.line('CACHED');
  }

  /** Ends with the error and shows the step's last lines once more. */
  failed(message: string): void {
    this.#flush();
    this.line(`ERROR: ${message}`);
    this.#say(`------\n > ${this.name}:\n${this.#log.slice(-LOG_LINES).map((line) => `${line}\n`).join('')}------\n`);
  }

  #flush(): void {
    if (this.#partial) this.#logLine(this.#partial);
    this.#partial = '';
  }

  #logLine(line: string): void {
    const text = `${this.#seconds().toFixed(3)} ${line}`;
    this.#log.push(text);
    this.line(text);
  }

  #seconds(): number {
    return (this.#sys.now() - this.#start) / 1000;
  }
}

/** The lines around an error in the Dockerfile, marked. */
export function excerpt(file: string, source: readonly string[], first: number, last: number): string {
  if (first < 1 || first > source.length) return '';
  let [start, end] = [first, Math.min(last, source.length)];
  for (let padded = 0; padded < (first === last ? 4 : 2); padded++) {
    if (start > 1) {
      start--;
      padded++;
    }
    if (end !== source.length) {
      end++;
      padded++;
    }
  }
  let text = `${file}:${first}\n--------------------\n`;
  for (let at = start; at <= end; at++) text += ` ${String(at).padStart(3)} | ${at >= first && at <= last ? '>>>' : '   '} ${source[at - 1]}\n`;
  return `${text}--------------------\n`;
}
