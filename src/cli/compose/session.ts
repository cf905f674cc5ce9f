// What one `docker compose` command works with: the docker command around it, the options, the way to tell of progress.

import type { Stream } from '../../api/engine-client.ts';
import type { Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';
import type { LeafCommand } from '../command.ts';
import { CliError } from '../errors.ts';
import { type ComposeOptions, type Loaded, loadProject, logWarning, type LoadOptions, projectOrName, selectServices, withoutUnused } from './load.ts';
import { type Mode, Progress } from './progress.ts';
import type { Project } from './project.ts';

/** Parts of other `docker` commands that Compose calls. */
export interface Borrowed {
  /** The build context of a directory, as `docker build` takes it. */
  buildContext(cli: Cli, path: string, file: string, legacy: boolean): Task<{ readonly content: Stream<Bytes>; readonly dockerfile: string }>;
  /** `docker cp`. */
  readonly copy: LeafCommand;
  /** `docker attach`. */
  readonly attach: LeafCommand;
}

export class Session {
  readonly cli: Cli;
  readonly options: ComposeOptions;
  readonly borrowed: Borrowed;
  progress: Progress;

  constructor(cli: Cli, options: ComposeOptions, borrowed: Borrowed) {
    this.cli = cli;
    this.options = options;
    this.borrowed = borrowed;
    this.progress = new Progress(cli, this.#mode());
  }

  #mode(): Mode {
    const { progress, ansi } = this.options;
    if (progress === 'quiet') return 'quiet';
    if (progress === 'plain' || ansi === 'never') return 'plain';
    return progress === 'tty' || this.cli.isTerminal(2) ? 'tty' : 'plain';
  }

  /** Do something whose progress is shown under a title of its own. */
  *under<T>(title: string, body: () => Task<T>, mode = this.#mode()): Task<T> {
    const before = this.progress;
    this.progress = new Progress(this.cli, mode, title);
    try {
      return yield* body();
    } finally {
      this.progress.close();
      this.progress = before;
    }
  }

  quietly<T>(body: () => Task<T>): Task<T> {
    return this.under('', body, 'quiet');
  }

  /** Whether texts are coloured. */
  get colored(): boolean {
    return this.options.ansi === 'always' || (this.options.ansi !== 'never' && this.cli.isTerminal(1));
  }

  load(options?: LoadOptions): Task<Loaded> {
    return loadProject(this.cli, this.options, options);
  }

  /** @throws CliError */
  *project(services: readonly string[] = [], dependencies = true): Task<Project> {
    return this.#trimmed(selectServices((yield* this.load()).project, services, dependencies));
  }

  /** Of the files, or the name alone. */
  *named(): Task<{ name: string; project?: Project }> {
    const { name, project } = yield* projectOrName(this.cli, this.options);
    return { name, ...(project && { project: this.#trimmed(project) }) };
  }

  #trimmed(project: Project): Project {
    return this.options['all-resources'] ? project : withoutUnused(project);
  }

  warn(message: string): Task<void> {
    return logWarning(this.cli, message);
  }
}

/** Let a failure show at what failed, too. */
export function* shown<T>(session: Session, id: string, text: (error: unknown) => string, body: () => Task<T>): Task<T> {
  try {
    return yield* body();
  } catch (error) {
    if (!(error instanceof CliError && !error.message)) yield* session.progress.event(id, { status: text(error), state: 'error' });
    throw error;
  }
}
