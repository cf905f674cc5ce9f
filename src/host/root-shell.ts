// The shell behind `run`: one bash of root's that lives as long as the host, its output gathered command by command.

import { concat, decode, type Bytes } from '../base/bytes.ts';
import { RESCHEDULE, type Task, WaitQueue } from '../base/task.ts';
import { O_RDWR } from '../kernel/syscalls.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import { Shell } from '../shell/shell.ts';
import type { Bring, Machine } from './boot/machine.ts';
import { deliver, depotOf } from './goods.ts';
import { ROOT_ENVIRONMENT } from './boot/environment.ts';
import type { RunResult } from './host-api.ts';

/** Virtual ms that one command may take, and steps: what goes on for ever (`docker logs -f`) is interrupted then. */
const LONGEST = 24 * 3_600_000;
const SLICE = 5_000;
const MOST_STEPS = 5_000_000;
/** Bytes of one stream: what prints more waits for a reader that does not come, and is ended. */
const MOST_OUTPUT = 32 << 20;

interface Job {
  readonly command: string;
  readonly output: { stdout: Bytes[]; stderr: Bytes[] };
  exit: number | undefined;
}

export class RootShell {
  readonly #machine: Machine;
  readonly #wake = new WaitQueue();
  #pending: Job | undefined;
  #pid = 0;
  #ended: number | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#start();
  }

  #start(): void {
    const { init } = this.#machine;
    const embryo = init.newProcess({ env: ROOT_ENVIRONMENT, descriptors: 'none' });
    const { sys } = embryo;
    sys.setsid();
    sys.chdir('/root');
    for (let fd = 0; fd < 3; fd++) sys.open('/dev/null', O_RDWR);
    this.#pid = embryo.pid;
    this.#ended = undefined;
    embryo.run((shell) => this.#main(shell));
  }

  *#main(sys: Syscalls): Task<number> {
    const shell = new Shell(sys, { dialect: 'bash', name: 'bash' });
    for (;;) {
      yield* this.#wake.until(() => this.#pending !== undefined && this.#pending.exit === undefined);
      const job = this.#pending!;
      const gather = [this.#redirect(sys, 1, job.output.stdout), this.#redirect(sys, 2, job.output.stderr)];
      const exit = yield* shell.runText(job.command);
      // The ends of the pipes that this shell holds; background jobs may hold others.
      for (const fd of [1, 2]) sys.dup2(0, fd);
      for (const drain of gather) yield* drain();
      job.exit = shell.exited ?? exit;
      if (shell.exited !== undefined) {
        this.#ended = shell.exited;
        return shell.exited;
      }
    }
  }

  /** Make `fd` the writing end of a new pipe, read into `into` by a thread of init. @returns a task that ends when what was written is gathered */
  #redirect(sys: Syscalls, fd: number, into: Bytes[]): () => Task<void> {
    const [low, writer] = sys.pipe();
    // Out of the way of the commands' own: `exec 3>&-`.
    const reader = sys.dup(low, Math.max(3, Math.min(1000, sys.getrlimit('nofile').soft - 4)));
    sys.close(low);
    sys.dup2(writer, fd);
    sys.close(writer);
    sys.setCloseOnExec(reader, true);
    const pipe = { ended: false };
    const thread = sys.thread(function* () {
      for (let room = MOST_OUTPUT; room > 0;) {
        const bytes = yield* sys.read(reader, 65_536);
        if (!bytes.length) break;
        into.push(bytes);
        room -= bytes.length;
      }
      pipe.ended = true;
      sys.close(reader);
    });
    return function* () {
      // Wait for the end of file unless a background job keeps the pipe open: then for as long as something is there.
      while (!pipe.ended) {
        const ready = yield* sys.poll([{ fd: reader, read: true }], sys.now());
        if (!ready.length) break;
        yield RESCHEDULE;
      }
      if (pipe.ended) yield* thread.join();
    };
  }

  /** @param bring whether what an image waits for is at hand: time stands still for the outside while this runs */
  run(command: string, bring: Bring): RunResult {
    const { kernel, clock, init } = this.#machine;
    if (this.#gone()) this.#start();
    const job: Job = { command, output: { stdout: [], stderr: [] }, exit: undefined };
    this.#pending = job;
    this.#wake.wakeAll();
    const deadline = clock.now + LONGEST;
    for (let steps = 0; job.exit === undefined && !this.#gone(); steps += SLICE) {
      const state = kernel.run(SLICE);
      if (job.exit !== undefined) break;
      if (this.#machine.standsStill) {
        // What comes next on this copy needs a shell that is free.
        this.#machine.standsStill = false;
        this.#pending = undefined;
        this.#start();
        break;
      }
      const { wanted } = depotOf(this.#machine);
      if (wanted.length) {
        for (const name of wanted) deliver(this.#machine, name, bring(name) ? undefined : '');
        continue;
      }
      if (state === 'busy' && steps < MOST_STEPS) continue;
      const next = kernel.nextDeadline;
      if (state === 'idle' && next !== undefined && next <= deadline) kernel.advanceTo(next, SLICE);
      else if (!this.#interrupt(init)) break;
    }
    const text = (parts: readonly Bytes[]): string => decode(concat(parts.length ? parts : [new Uint8Array(0)]));
    return { stdout: text(job.output.stdout), stderr: text(job.output.stderr), exit: job.exit ?? this.#ended ?? 137 };
  }

  #gone(): boolean {
    if (this.#ended !== undefined) return true;
    if (this.#machine.init.processes().some((process) => process.pid === this.#pid && process.state !== 'Z')) return false;
    this.#ended = 137;
    return true;
  }

  /** Nothing will ever end it: kill what it has started. @returns whether there was something to kill */
  #interrupt(init: Syscalls): boolean {
    const children = init.processes().filter((process) => process.sid === this.#pid && process.pid !== this.#pid && process.state !== 'Z');
    for (const { pid } of children) init.kill(pid, 'SIGKILL');
    return children.length > 0;
  }
}
