// The files and commands that an awk program has open.

import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../../kernel/errno.ts';
import { signalNumber } from '../../../kernel/signal.ts';
import { O_APPEND, O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY, type WaitStatus } from '../../../kernel/syscalls.ts';
import { spawn } from '../execute.ts';
import { reason, type Io } from '../messages.ts';
import { fromLatin, toText } from '../text.ts';
import { RecordReader } from './records.ts';

interface Output {
  readonly fd: number;
  readonly pid: number | undefined;
  held: string;
}

interface Input {
  readonly reader: RecordReader;
  readonly pid: number | undefined;
}

const name = (latin: string): string => toText(fromLatin(latin));

export class Streams {
  readonly #io: Io;
  readonly #outputs = new Map<string, Output>();
  readonly #inputs = new Map<string, Input>();

  constructor(io: Io) {
    this.#io = io;
  }

  *write(kind: '>' | '>>' | '|', target: string, text: string): Task<void> {
    const io = this.#io;
    if (kind !== '|' && (target === '/dev/stdout' || target === '-' && io.gnu)) return io.out(fromLatin(text));
    if (kind !== '|' && target === '/dev/stderr') {
      yield* this.flush();
      yield* io.sys.write(2, fromLatin(text));
      return;
    }
    let output = this.#outputs.get(target);
    if (!output) {
      output = kind === '|' ? yield* this.#pipeTo(target) : { fd: this.#create(kind, target), pid: undefined, held: '' };
      this.#outputs.set(target, output);
    }
    output.held += text;
    if (output.held.length >= 4096) yield* this.#drain(output);
  }

  #create(kind: '>' | '>>', target: string): number {
    try {
      const fd = this.#io.sys.open(name(target), O_WRONLY | O_CREAT | (kind === '>' ? O_TRUNC : O_APPEND), 0o666);
      this.#io.sys.setCloseOnExec(fd, true);
      return fd;
    } catch (error) {
      return this.#io.gnu ? this.#io.die(`cannot open "${name(target)}" for output (${reason(error)})`, 2) : this.#io.die(`can't open '${name(target)}': ${reason(error)}`);
    }
  }

  *#pipeTo(command: string): Task<Output> {
    const { sys } = this.#io;
    yield* this.flush();
    const [read, write] = sys.pipe();
    sys.setCloseOnExec(write, true);
    const pid = yield* spawn(sys, ['/bin/sh', '-c', name(command)], undefined, (child) => {
      child.dup2(read, 0);
      if (read !== 0) child.close(read);
    });
    sys.close(read);
    return { fd: write, pid, held: '' };
  }

  /** undefined when it cannot be opened. */
  *input(kind: 'file' | 'command', source: string): Task<RecordReader | undefined> {
    const known = this.#inputs.get(source);
    if (known) return known.reader;
    const { sys } = this.#io;
    let fd: number;
    let pid: number | undefined;
    if (kind === 'command') {
      yield* this.flush();
      const [read, write] = sys.pipe();
      sys.setCloseOnExec(read, true);
      pid = yield* spawn(sys, ['/bin/sh', '-c', name(source)], undefined, (child) => {
        child.dup2(write, 1);
        child.close(write);
      });
      sys.close(write);
      fd = read;
    } else if (source === '-' || source === '/dev/stdin') fd = 0;
    else {
      try {
        fd = sys.open(name(source), O_RDONLY);
        sys.setCloseOnExec(fd, true);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        return undefined;
      }
    }
    const reader = new RecordReader(this.#io, fd);
    this.#inputs.set(source, { reader, pid });
    return reader;
  }

  /** As awk's close: the status of a command, 0 of a file, -1 of what is not open. */
  *close(target: string): Task<number> {
    const output = this.#outputs.get(target);
    const input = this.#inputs.get(target);
    this.#outputs.delete(target);
    this.#inputs.delete(target);
    if (!output && !input) return -1;
    if (output) yield* this.#drain(output);
    const fd = output?.fd ?? input!.reader.fd;
    if (fd) this.#io.sys.close(fd);
    const pid = output?.pid ?? input?.pid;
    return pid === undefined ? 0 : statusOf(yield* this.#io.sys.wait(pid));
  }

  *system(command: string): Task<number> {
    yield* this.flush();
    return statusOf(yield* this.#io.sys.wait(yield* spawn(this.#io.sys, ['/bin/sh', '-c', name(command)])));
  }

  *flush(): Task<void> {
    yield* this.#io.flush();
    for (const output of this.#outputs.values()) yield* this.#drain(output);
  }

  *closeAll(): Task<void> {
    yield* this.flush();
    for (const target of [...this.#outputs.keys(), ...this.#inputs.keys()]) yield* this.close(target);
  }

  *#drain(output: Output): Task<void> {
    if (output.held) yield* this.#io.sys.write(output.fd, fromLatin(output.held));
    output.held = '';
  }
}

const statusOf = (status: WaitStatus): number => status.code ?? 256 + signalNumber(status.signal!);
