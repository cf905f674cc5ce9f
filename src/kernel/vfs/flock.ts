// Advisory locks on whole files, as flock(2): they belong to open file descriptions.

import { type Task, WaitQueue } from '../../base/task.ts';
import { KernelError } from '../errno.ts';
import type { FileDescription } from './file-description.ts';

interface Lock {
  readonly holders: Set<FileDescription>;
  exclusive: boolean;
  readonly freed: WaitQueue;
}

const locks = new WeakMap<object, Lock>();
const held = new WeakMap<FileDescription, Lock>();

export function* flock(file: FileDescription, operation: 'shared' | 'exclusive' | 'unlock', nonblocking: boolean): Task<void> {
  // Converting a lock lets go of it first, as Linux does.
  unlock(file);
  if (operation === 'unlock') return;
  const key = file.place?.dentry.inode ?? file;
  let lock = locks.get(key);
  if (!lock) locks.set(key, lock = { holders: new Set(), exclusive: false, freed: new WaitQueue() });
  const { holders, freed } = lock;
  const free = (): boolean => !holders.size || (!lock.exclusive && operation === 'shared');
  if (nonblocking && !free()) throw new KernelError('EAGAIN');
  yield* freed.until(free);
  lock.holders.add(file);
  lock.exclusive = operation === 'exclusive';
  held.set(file, lock);
}

/** At the latest when the description is released. */
export function unlock(file: FileDescription): void {
  const lock = held.get(file);
  if (!lock) return;
  held.delete(file);
  lock.holders.delete(file);
  lock.freed.wakeAll();
}
