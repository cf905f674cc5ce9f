// The daemon's containers: by id, by name, by prefix; names reserved and generated.

import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import type { Container } from './container.ts';
import { ADJECTIVES, SURNAMES } from './name-words.ts';

export class Containers {
  readonly #context: EngineContext;
  readonly #byId = new Map<string, Container>();
  /** Reserved names, without the slash, to container ids. */
  readonly #names = new Map<string, string>();

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** In creation order. */
  all(): Container[] {
    return [...this.#byId.values()];
  }

  /** By full id, name, or unique prefix of an id. @throws notFound, invalidParameter (ambiguous prefix) */
  get(reference: string): Container {
    const exact = this.#byId.get(reference) ?? this.#byId.get(this.#names.get(reference.replace(/^\//, '')) ?? '');
    if (exact) return exact;
    const found = /^[0-9a-f]+$/.test(reference) ? this.all().filter((container) => container.id.startsWith(reference)) : [];
    if (found.length > 1) throw new ApiError('invalidParameter', `multiple IDs found with provided prefix: ${reference}`);
    if (!found.length) throw new ApiError('notFound', `No such container: ${reference}`);
    return found[0]!;
  }

  find(reference: string): Container | undefined {
    try {
      return this.get(reference);
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  byId(id: string): Container | undefined {
    return this.#byId.get(id);
  }

  add(container: Container): void {
    this.#byId.set(container.id, container);
  }

  drop(container: Container): void {
    this.#byId.delete(container.id);
    this.releaseName(container.name);
  }

  /** Reserve `name` for a container. @param shown how a bad name is quoted. @throws invalidParameter, conflict */
  reserveName(name: string, id: string, shown = name): string {
    const bare = name.replace(/^\//, '');
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(bare)) {
      throw new ApiError('invalidParameter', `Invalid container name (${shown}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
    }
    const holder = this.#names.get(bare);
    if (holder && holder !== id) {
      throw new ApiError('conflict', `Conflict. The container name "/${bare}" is already in use by container "${holder}". You have to remove (or rename) that container to be able to reuse that name.`);
    }
    this.#names.set(bare, id);
    return `/${bare}`;
  }

  releaseName(name: string): void {
    this.#names.delete(name.replace(/^\//, ''));
  }

  /** As namesgenerator: an adjective and a surname, with a digit after the first try. */
  generateName(id: string): string {
    const { ids } = this.#context;
    for (let attempt = 0; attempt < 6; attempt++) {
      const base = `${ADJECTIVES[ids.below(ADJECTIVES.length)]}_${SURNAMES[ids.below(SURNAMES.length)]}`;
      const name = attempt ? base + ids.below(10) : base;
      if (base !== 'boring_wozniak' && !this.#names.has(name)) return this.reserveName(name, id);
    }
    return this.reserveName(id.slice(0, 12), id);
  }

  /** Those made from an image, and those that mount it. */
  using(imageId: string): { id: string; name: string; running: boolean }[] {
    return this.all()
      .filter((container) => container.imageId === imageId || [...container.mounts.values()].some((mount) => mount.imageId === imageId))
      .map(({ id, name, running }) => ({ id, name, running }));
  }
}
