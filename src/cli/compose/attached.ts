// `up` in the foreground: output of all containers until they end or are told to.

import type { ContainerSummary } from '../../api/container.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import type { Thread } from '../../kernel/syscalls.ts';
import { onSignals } from '../attach.ts';
import { dateTime } from '../go.ts';
import { projectContainers, serviceOf, shortName } from './labels.ts';
import { LogView } from './log-view.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import { startProject } from './start.ts';
import { stopServices } from './stop.ts';

export interface AttachedOptions {
  /** Services whose output is shown. */
  readonly attach: readonly string[];
  readonly prefixed: boolean;
  readonly colored: boolean;
  readonly timestamps: boolean;
  /** Stop all after the first exit, or the first failure. */
  readonly abortOn?: 'exit' | 'failure';
  readonly exitCodeFrom?: string;
  readonly timeout?: number;
}

const RESET = '\u001B[0m';

/** @returns the exit status */
export function* runAttached(session: Session, project: Project, options: AttachedOptions): Task<number> {
  const { cli } = session;
  const containers = yield* projectContainers(cli, project.name);
  const shown = containers.filter((each) => options.attach.includes(serviceOf(each)));
  const run = new AttachedRun(session, options);
  yield* cli.out(`Attaching to ${shown.map(shortName).join(', ')}\n`);
  const release = onSignals(cli, ['SIGINT', 'SIGTERM'], function* () {
    yield* run.interrupt();
  });
  try {
    for (const each of shown) if (each.State === 'running') yield* run.follow(each);
    const starting = cli.sys.thread(() => run.guarded(function* () {
      yield* session.quietly(() => startProject(session, project, {
        *onStart(container) {
          if (shown.some((each) => each.Id === container.Id)) yield* run.follow(container);
        },
      }));
      run.started();
    }));
    yield* run.end();
    starting.cancel();
    if (run.fault) throw run.fault.error;
    const stop = () => stopServices(session, project, containers, options.timeout === undefined ? {} : { timeout: options.timeout });
    if (run.interrupted) {
      yield* cli.out('Gracefully Stopping... press Ctrl+C again to force\n');
      yield* session.under('Stopping', stop);
      yield* run.drain();
      yield* cli.err('\n');
      return 130;
    }
    if (!run.aborted) return 0;
    yield* cli.err(`\u001B[31m\u001B[1mAborting on container exit...${RESET}\n`);
    yield* session.under('Stopping', stop);
    yield* run.drain();
    const code = options.exitCodeFrom ? run.codes.get(options.exitCodeFrom) ?? 0 : run.firstCode ?? 0;
    if (code) yield* cli.err('\n');
    return code;
  } finally {
    release();
    run.cancel();
  }
}

class AttachedRun {
  readonly #session: Session;
  readonly #options: AttachedOptions;
  readonly #view: LogView;
  readonly #threads: Thread[] = [];
  readonly #changed = new WaitQueue();
  #open = 0;
  #starting = true;
  #interrupts = 0;
  interrupted = false;
  aborted = false;
  firstCode: number | undefined;
  readonly codes = new Map<string, number>();
  fault: { error: unknown } | undefined;

  constructor(session: Session, options: AttachedOptions) {
    this.#session = session;
    this.#options = options;
    this.#view = new LogView(session.cli, options);
  }

  /** A task for a thread: what it throws ends the run. */
  *guarded(body: () => Task<void>): Task<void> {
    try {
      yield* body();
    } catch (error) {
      this.fault ??= { error };
    }
    this.#changed.wakeAll();
  }

  started(): void {
    this.#starting = false;
    this.#changed.wakeAll();
  }

  *interrupt(): Task<void> {
    this.interrupted = true;
    if (++this.#interrupts > 1) yield* this.#session.cli.sys.exit(130);
    this.#changed.wakeAll();
  }

  /** Show a container's output from now on, and tell when it exits. */
  *follow(container: ContainerSummary): Task<void> {
    const { cli } = this.#session;
    const name = shortName(container);
    this.#view.register(name);
    this.#open++;
    const first = yield* cli.engine.containerWait(container.Id, 'next-exit');
    const attach = () => cli.engine.containerAttach(container.Id, { stream: true, stdout: true, stderr: true });
    const begun = yield* attach();
    const stamp = () => `${dateTime(cli.sys.now())}.${(cli.sys.now() % 1000).toFixed(6).replace('.', '').padStart(9, '0')}Z `;
    this.#threads.push(cli.sys.thread(() => this.guarded(function* (this: AttachedRun) {
      let stream = begun;
      for (let exit = first; ; ) {
        yield* this.#view.show(name, stream, { errors: true, ...(this.#options.timestamps && { stamp }) });
        const { StatusCode } = yield* exit.wait();
        const { State, HostConfig } = yield* cli.engine.containerInspect(container.Id);
        const again = State.Restarting || (State.Running && HostConfig.RestartPolicy.Name !== 'no');
        // One that never came up is told of by its error; after Ctrl-C nobody asks.
        const silent = this.interrupted || State.Status === 'created';
        if (!silent) yield* this.#view.tell(name, `exited with code ${StatusCode}${again ? ' (restarting)' : ''}`);
        if (!again) {
          this.#exited(serviceOf(container), StatusCode);
          return;
        }
        exit = yield* cli.engine.containerWait(container.Id, 'next-exit');
        stream = yield* attach();
      }
    }.bind(this))));
  }

  #exited(service: string, code: number): void {
    this.#open--;
    this.codes.set(service, code);
    const { abortOn } = this.#options;
    if (abortOn === 'exit' || (abortOn === 'failure' && code !== 0)) {
      this.aborted = true;
      this.firstCode ??= code;
    }
    this.#changed.wakeAll();
  }

  /** Until nothing is left to show, or it has to stop. */
  *end(): Task<void> {
    yield* this.#changed.until(() => this.fault !== undefined || this.interrupted || this.aborted || (!this.#starting && this.#open === 0));
  }

  /** Until all that follow have seen their container's end. */
  *drain(): Task<void> {
    yield* this.#changed.until(() => this.fault !== undefined || this.#open === 0);
  }

  cancel(): void {
    for (const thread of this.#threads) thread.cancel();
  }
}
