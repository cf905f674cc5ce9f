// Mounts as `/proc/<pid>/mounts` and `/proc/<pid>/mountinfo` write them.

import { major, minor } from '../stat.ts';
import type { FsContext } from './fs-context.ts';
import type { Mount } from './mount.ts';
import { pathBetween } from './place-path.ts';
import type { Superblock } from './superblock.ts';

export interface MountEntry {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
  /** What of the file system is mounted: `/`, or for a bind mount the path in it. */
  readonly root: string;
}

const escape = (text: string): string => text.replace(/[ \t\n\\#]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);

function flagsText({ flags }: Mount): string {
  let text = '';
  for (const name of ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime'] as const) if (flags[name]) text += `,${name}`;
  return text;
}

function* visibleMounts(context: FsContext): Generator<{ readonly mount: Mount; readonly target: string }> {
  for (const mount of context.namespace.mounts) {
    const { path, reachable } = pathBetween(context.root, { mount, dentry: mount.root });
    if (reachable) yield { mount, target: path };
  }
}

const rootText = ({ root }: Mount): string => (root.deleted ? `${root.path}//deleted` : root.path);
const readonlyText = (readonly: boolean): string => (readonly ? 'ro' : 'rw');
const wordsText = ({ words }: Superblock): string => words.map((word) => `,${word}`).join('');

/** The mounts that the context can see, in mount order. */
export function mountEntries(context: FsContext): MountEntry[] {
  return Array.from(visibleMounts(context), ({ mount, target }) => ({
    source: mount.source,
    target,
    type: mount.superblock.type,
    options: `${readonlyText(mount.flags.readonly || mount.superblock.readonly)}${wordsText(mount.superblock)}${flagsText(mount)}${mount.superblock.options}`,
    root: rootText(mount),
  }));
}

export function mountsText(context: FsContext): string {
  return mountEntries(context).map(({ source, target, type, options }) => `${escape(source)} ${escape(target)} ${type} ${options} 0 0\n`).join('');
}

export function mountInfoText(context: FsContext): string {
  let text = '';
  for (const { mount, target } of visibleMounts(context)) {
    const { superblock, group, master } = mount;
    const optional = `${group ? `shared:${group.id} ` : ''}${master ? `master:${master.id} ` : ''}${mount.unbindable ? 'unbindable ' : ''}`;
    text += `${mount.id} ${mount.parent?.id ?? 1} ${major(superblock.dev)}:${minor(superblock.dev)} ${escape(rootText(mount))} ${escape(target)}`
      + ` ${readonlyText(mount.flags.readonly)}${flagsText(mount)} ${optional}- ${superblock.type} ${escape(mount.source)}`
      + ` ${readonlyText(superblock.readonly)}${wordsText(superblock)}${superblock.options}\n`;
  }
  return text;
}
