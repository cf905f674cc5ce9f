// Filters of the list and prune calls: which keys are allowed, and the ways their values match.

import { ApiError } from '../api/errors.ts';
import type { Filters } from '../api/engine-client.ts';

export class FilterArgs {
  readonly #filters: Filters;

  /** @throws invalidParameter `invalid filter 'x'` */
  constructor(filters: Filters | undefined, allowed: readonly string[]) {
    this.#filters = filters ?? {};
    for (const key of Object.keys(this.#filters)) {
      if (!allowed.includes(key)) throw new ApiError('invalidParameter', `invalid filter '${key}'`);
    }
  }

  values(key: string): readonly string[] {
    return this.#filters[key] ?? [];
  }

  has(key: string): boolean {
    return this.values(key).length > 0;
  }

  /** No filter of this key, or one of its values is exactly `source`. */
  exact(key: string, source: string): boolean {
    return !this.has(key) || this.values(key).includes(source);
  }

  /** No filter of this key, or a value is `source`, or is found in it as a regular expression. */
  match(key: string, source: string): boolean {
    if (!this.has(key)) return true;
    return this.values(key).some((value) => value === source || found(value, source));
  }

  /** Every `label` value is met: `key` or `key=value`. */
  labels(labels: Record<string, string> | null, key = 'label'): boolean {
    return this.values(key).every((value) => meetsLabel(labels, value));
  }

  /** For prune: all of `label` are met, and of `label!` not all. */
  prunable(labels: Record<string, string> | null): boolean {
    return this.labels(labels) && !(this.has('label!') && this.labels(labels, 'label!'));
  }

  /** undefined when absent. @throws invalidParameter `invalid filter 'dangling=[x]'` */
  bool(key: string): boolean | undefined {
    const values = this.values(key);
    if (!values.length) return undefined;
    const yes = values.some((value) => value === '1' || value === 'true');
    const no = values.some((value) => value === '0' || value === 'false');
    if (yes === no) throw new ApiError('invalidParameter', `invalid filter '${key}=[${values.join(' ')}]'`);
    return yes;
  }
}

function found(pattern: string, source: string): boolean {
  try {
    return new RegExp(pattern).test(source);
  } catch {
    return false;
  }
}

function meetsLabel(labels: Record<string, string> | null, filter: string): boolean {
  const at = filter.indexOf('=');
  const key = at < 0 ? filter : filter.slice(0, at);
  if (!labels || !Object.hasOwn(labels, key)) return false;
  return at < 0 || labels[key] === filter.slice(at + 1);
}
