// The sources of COPY and ADD: found in the context, a stage or an image, matched by patterns, and digested for the cache.

import { treeSize } from '../tree-size.ts';
import { encode } from '../../base/bytes.ts';
import { Sha256 } from '../../base/sha256.ts';
import { isDirectory, isRegular, isSymlink } from '../../kernel/stat.ts';
import { O_RDONLY, type Syscalls } from '../../kernel/syscalls.ts';
import { sortedNames } from '../archive/tar-tree.ts';
import type { Instruction } from './dockerfile/instruction.ts';
import { globPattern } from '../image/glob.ts';
import { basename, joinPath } from '../path.ts';
import { scopedPath } from '../scoped-path.ts';

export interface Source {
  /** On the host, links on the way resolved inside its root. */
  readonly path: string;
  /** The last part of what was asked for. */
  readonly name: string;
}

export const isPattern = (word: string): boolean => /[*?[]/.test(word);

/** The one path, or what a pattern matches; undefined when a plain path is not there. */
export function findSources(sys: Syscalls, root: string, word: string): Source[] | undefined {
  const clean = joinPath('/', word);
  if (!isPattern(word)) {
    const path = scopedPath(sys, root, clean);
    return sys.can(path, '') || isLink(sys, path) ? [{ path, name: basename(clean) }] : undefined;
  }
  const parts = clean.slice(1).split('/');
  let found = [''];
  for (const part of parts) {
    const pattern = globPattern(part);
    found = found.flatMap((parent) => {
      const directory = scopedPath(sys, root, parent);
      if (!sys.can(directory, '') || !isDirectory(sys.stat(directory).mode)) return [];
      return sortedNames(sys, directory).filter((name) => pattern.test(name)).map((name) => `${parent}/${name}`);
    });
  }
  return found.map((path) => ({ path: scopedPath(sys, root, path), name: basename(path) }));
}

function isLink(sys: Syscalls, path: string): boolean {
  try {
    return isSymlink(sys.lstat(path).mode);
  } catch {
    return false;
  }
}

/** What is in the sources, times left out: 64 hexadecimal digits. */
export function digestOf(sys: Syscalls, sources: readonly Source[], names = false): string {
  const sha = new Sha256();
  const visit = (path: string, relative: string): void => {
    const stat = sys.lstat(path);
    sha.update(encode(`${relative}\0${stat.mode}\0${stat.uid}\0${stat.gid}\0${stat.rdev}\0${isRegular(stat.mode) ? stat.size : 0}\0`));
    if (isSymlink(stat.mode)) sha.update(encode(sys.readlink(path)));
    else if (isDirectory(stat.mode)) for (const name of sortedNames(sys, path)) visit(`${path}/${name}`, `${relative}/${name}`);
    else if (isRegular(stat.mode) && stat.size) {
      const fd = sys.open(path, O_RDONLY);
      for (let at = 0; at < stat.size; at += 1 << 18) sha.update(sys.pread(fd, 1 << 18, at));
      sys.close(fd);
    }
  };
  for (const { path, name } of sources) visit(path, names ? name : '');
  return sha.hex();
}

/** What BuildKit would take over of the context for these instructions: as it is shown (`85B`, `1.2kB`), and the bytes of the files. */
export function contextSize(sys: Syscalls, directory: string, instructions: readonly Instruction[]): { shown: string; size: number } {
  const words = instructions.flatMap(({ command, flags, args, mounts }) => [
    ...((command === 'COPY' || command === 'ADD') && flags.from === undefined ? args.slice(0, -1) : []),
    ...mounts.filter(bindsContext).map((mount) => /(?:^|,)(?:source|src)=([^,]*)/.exec(mount)?.[1] ?? ''),
  ]);
  const whole = words.some((word) => isPattern(word) || /^\.?\/?$/.test(word));
  const names = (whole ? [''] : [...new Set(words.map((word) => word.replace(/^(\.?\/)+/, '')))]).filter((name) => sys.can(`${directory}/${name}`, ''));
  const size = names.reduce((sum, name) => sum + transferSize(sys, `${directory}/${name}`, name), 0) || 2;
  const unit = size < 1000 ? 0 : size < 1e6 ? 1 : 2;
  return { shown: `${Number((size / 1000 ** unit).toPrecision(4))}${['B', 'kB', 'MB'][unit]}`, size: names.reduce((sum, name) => sum + treeSize(sys, `${directory}/${name}`), 0) };
}

/** Whether a `--mount` of RUN takes files of the context. */
export const bindsContext = (mount: string): boolean => !/(^|,)(type=(?!bind)|from=)/.test(mount);

/** Bytes and names that a transfer of the sources takes, roughly as BuildKit counts. */
export function transferSize(sys: Syscalls, path: string, name: string): number {
  const stat = sys.lstat(path);
  let size = name.length + 19;
  if (isRegular(stat.mode)) size += stat.size;
  if (isDirectory(stat.mode)) for (const child of sortedNames(sys, path)) size += transferSize(sys, `${path}/${child}`, name ? `${name}/${child}` : child);
  return size;
}
