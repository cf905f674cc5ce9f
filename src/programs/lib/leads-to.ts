// Whether a symbolic link leads to a certain file.

import { KernelError } from '../../kernel/errno.ts';
import type { Stat } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';

export function leadsTo(sys: Pick<Syscalls, 'stat'>, link: string, { dev, ino }: Stat): boolean {
  try {
    const end = sys.stat(link);
    return end.dev === dev && end.ino === ino;
  } catch (error) {
    if (error instanceof KernelError) return false;
    throw error;
  }
}
