// The images that a BuildKit build begins from or copies from: found here, or fetched from the catalogue into no list.

import { ApiError } from '../../../api/errors.ts';
import { familiarReference, parseReference, withDefaultTag } from '../../../api/reference.ts';
import type { Task } from '../../../base/task.ts';
import type { EngineContext } from '../../engine-context.ts';
import { CATALOGUE } from '../../image/catalogue/index.ts';
import { STORED } from '../../image/depot.ts';
import { installImage } from '../../image/catalogue/install.ts';
import type { ImageRecord } from '../../image/image-store.ts';
import type { Progress } from './progress.ts';
import { fullReference } from './stage.ts';

export class Bases {
  readonly #context: EngineContext;
  readonly #found = new Map<string, ImageRecord>();
  /** Images that only this build needs. */
  readonly #hidden: ImageRecord[] = [];

  constructor(context: EngineContext) {
    this.#context = context;
  }

  get(name: string): ImageRecord | undefined {
    return this.#found.get(name);
  }

  end(): void {
    for (const image of this.#hidden) this.#context.images.delete(image.Id);
  }

  /** Make sure of one, with its step. @throws invalidParameter, notFound */
  *load(name: string, pull: boolean, progress: Progress): Task<void> {
    const reference = parseReference(name);
    if (typeof reference === 'string') throw new ApiError('invalidParameter', `failed to parse stage name "${name}": ${reference}`);
    const shown = fullReference(name);
    const vertex = progress.begin(`[internal] load metadata for ${shown}`);
    const local = pull ? undefined : this.#context.images.find(name);
    if (local) this.#found.set(name, local);
    else {
      yield* this.#context.sys.sleep(250);
      const goods = STORED.get(familiarReference(reference).split(':')[0]!);
      if (goods) yield* this.#context.depot.obtain(goods);
      const problem = this.#obtain(name, familiarReference(withDefaultTag(reference)))?.replace('%s', shown);
      if (problem) {
        vertex.failed(problem);
        throw new ApiError('notFound', `${name}: failed to resolve source metadata for ${shown}: ${problem}`);
      }
    }
    vertex.done();
  }

  /** From the catalogue, into no list. @returns the registry's refusal */
  #obtain(name: string, familiar: string): string | undefined {
    const [repository = '', tag = 'latest'] = familiar.split(':');
    const image = CATALOGUE.get(repository) ?? this.#context.depot.get(STORED.get(repository) ?? '')?.images.find((one) => one.name === repository);
    if (!image) return 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
    if (!image.tags.includes(tag)) return '%s: not found';
    const { images, sys } = this.#context;
    const before = new Set(images.all());
    const record = installImage(sys, images, image);
    if (!before.has(record)) {
      record.hidden = true;
      this.#hidden.push(record);
    }
    this.#found.set(name, record);
    return undefined;
  }
}
