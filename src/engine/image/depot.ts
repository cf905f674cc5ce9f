// What images need that does not come with the app: programs as large as a database, brought from outside when they are pulled.

import { type Task, WaitQueue } from '../../base/task.ts';
import type { Program } from '../../kernel/program.ts';
import type { CatalogueImage } from './catalogue/catalogue-image.ts';

/** Images and the programs that they run. */
export interface Goods {
  readonly images: readonly CatalogueImage[];
  /** By registry key. */
  readonly programs: Readonly<Record<string, Program>>;
}

/** Which goods hold an image, by its familiar name. */
export const STORED: ReadonlyMap<string, string> = new Map([['postgres', 'postgres'], ['keinos/sqlite3', 'sqlite']]);

export class Depot {
  readonly #here = new Map<string, Goods>();
  readonly #wanted = new Map<string, WaitQueue>();
  #problem = '';

  /** What somebody waits for. */
  get wanted(): readonly string[] {
    return [...this.#wanted.keys()];
  }

  get(name: string): Goods | undefined {
    return this.#here.get(name);
  }

  /** Wait until it was brought. @returns what stood in the way, in the words of the network; undefined when it is here */
  *obtain(name: string): Task<string | undefined> {
    if (this.#here.has(name)) return undefined;
    const queue = this.#wanted.get(name) ?? new WaitQueue();
    this.#wanted.set(name, queue);
    yield* queue.until(() => this.#wanted.get(name) !== queue);
    return this.#here.has(name) ? undefined : this.#problem;
  }

  /** It has come, or `problem` says why it has not. */
  deliver(name: string, goods: Goods | undefined, problem = ''): void {
    const queue = this.#wanted.get(name);
    this.#wanted.delete(name);
    this.#problem = problem;
    if (goods) this.#here.set(name, goods);
    queue?.wakeAll();
  }
}
