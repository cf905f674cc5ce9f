// What has changed between two looks at a host: containers, images, volumes, mounts, and files in each place.

import type { ContainerSnapshot, FileListing, HostSnapshot, StoredFile } from '../host-snapshot.ts';

export interface Change {
  /** `layer` and `tmpfs` are of the container `name`, `host` is a directory of the host. */
  readonly what: 'container' | 'image' | 'volume' | 'mount' | 'layer' | 'tmpfs' | 'host';
  readonly how: 'new' | 'gone' | 'changed';
  /** Of the container, image or volume; the directory of the host. */
  readonly name: string;
  /** The file in it, or where it is mounted. */
  readonly path?: string;
  /** `running → exited (137)`, the source of a mount, the size of a file. */
  readonly detail?: string;
}

export interface HostChange {
  readonly changes: readonly Change[];
  /** Changes that are not listed. */
  readonly more: number;
}

/** Changes listed of one step. */
const LIMIT = 60;

type Report = (change: Change) => void;

export function changeBetween(before: HostSnapshot, after: HostSnapshot): HostChange {
  const changes: Change[] = [];
  let more = 0;
  const report: Report = (change) => void (changes.length < LIMIT ? changes.push(change) : more++);
  pair(before.images, after.images, ({ Id }) => Id, (old, now) => {
    const tag = (now ?? old)!.RepoTags[0] ?? (now ?? old)!.Id.slice(7, 19);
    if (!old || !now) report({ what: 'image', how: now ? 'new' : 'gone', name: tag });
    else if (String(old.RepoTags) !== String(now.RepoTags)) report({ what: 'image', how: 'changed', name: tag, detail: now.RepoTags.join(', ') || 'no tag' });
  });
  pair(before.volumes, after.volumes, ({ volume }) => `${volume.Name} ${volume.CreatedAt}`, (old, now) => {
    const { Name: name } = (now ?? old)!.volume;
    if (!old || !now) report({ what: 'volume', how: now ? 'new' : 'gone', name, ...(old && { detail: countOf(old.listing) }) });
    if (now) compareFiles(old?.listing, now.listing, (how, path, detail) => report({ what: 'volume', how, name, path, detail }));
  });
  pair(before.containers, after.containers, ({ inspect }) => inspect.Id, (old, now) => compareContainers(old, now, report));
  pair(before.hostPaths, after.hostPaths, ({ path }) => path, (old, now) => {
    if (old && now) compareFiles(old.listing, now.listing, (how, path, detail) => report({ what: 'host', how, name: now.path, path, detail }));
  });
  return { changes, more };
}

function compareContainers(old: ContainerSnapshot | undefined, now: ContainerSnapshot | undefined, report: Report): void {
  const name = (now ?? old)!.inspect.Name.slice(1);
  if (!now) return report({ what: 'container', how: 'gone', name, detail: countOf(old!.layer) });
  const state = stateOf(now), was = old && stateOf(old);
  if (!was) report({ what: 'container', how: 'new', name, detail: state });
  else if (was !== state) report({ what: 'container', how: 'changed', name, detail: `${was} → ${state}` });
  else if (old.inspect.State.StartedAt !== now.inspect.State.StartedAt) report({ what: 'container', how: 'changed', name, detail: 'restarted' });
  if (old && old.inspect.Name !== now.inspect.Name) report({ what: 'container', how: 'changed', name, detail: `was ${old.inspect.Name.slice(1)}` });
  if (!old) {
    for (const mount of now.inspect.Mounts) {
      report({ what: 'mount', how: 'new', name, path: mount.Destination, detail: `${mount.Type} ${mount.Name ?? mount.Source}${mount.RW ? '' : ', read-only'}` });
    }
  }
  // The directories that mounts are put on are nobody's files.
  const points = now.inspect.Mounts.map(({ Destination }) => `${Destination.slice(1)}/`);
  compareFiles(old?.layer, now.layer, (how, path, detail) => {
    if (detail !== 'directory' || !points.some((point) => point.startsWith(`${path}/`))) report({ what: 'layer', how, name, path, detail });
  });
  pair(old?.tmpfs ?? [], now.tmpfs, ({ destination }) => destination, (oldMemory, memory) => {
    const { destination } = (memory ?? oldMemory)!;
    compareFiles(oldMemory?.listing, memory?.listing ?? { files: [], total: 0 }, (how, path, detail) => report({ what: 'tmpfs', how, name, path: `${destination}/${path}`, detail }));
  });
}

function stateOf({ inspect: { State } }: ContainerSnapshot): string {
  return State.Status === 'exited' ? `exited (${State.ExitCode})` : State.Status;
}

const countOf = ({ total }: FileListing): string => (total === 1 ? 'with 1 file in it' : total ? `with ${total} files in it` : 'empty');

/** Directories tell nothing by their times: those change with the files in them. */
function compareFiles(old: FileListing | undefined, now: FileListing, report: (how: Change['how'], path: string, detail: string) => void): void {
  const oldFiles = old?.files ?? [];
  // What was beyond the end of one list may stand in the other: nothing is known of it.
  const end = (listing: FileListing | undefined): string | undefined => (listing && listing.total > listing.files.length ? listing.files.at(-1)?.path : undefined);
  const known = [end(old), end(now)].every((path) => path === undefined);
  const nowPaths = new Set(now.files.map(({ path }) => path)), oldPaths = new Set(oldFiles.map(({ path }) => path));
  pair(oldFiles, now.files, ({ path }) => path, (before, after) => {
    const { path, kind, size } = (after ?? before)!;
    if (!before) {
      if (known || !end(old) || oldPaths.size === 0) report('new', path, kind === 'file' ? sizeText(size) : kind);
    } else if (!after) {
      if (known || !end(now) || nowPaths.size === 0) report('gone', path, kind === 'file' ? '' : kind);
    } else if (before.kind !== after.kind || (kind !== 'directory' && (before.mtime !== after.mtime || before.ino !== after.ino))) {
      report('changed', path, before.kind === after.kind ? sizeText(size) : `${before.kind} → ${after.kind}`);
    } else if (owner(before) !== owner(after)) {
      report('changed', path, `${owner(before)} → ${owner(after)}`);
    }
  });
  const uncounted = now.total - (old?.total ?? 0);
  if (!known && uncounted) report(uncounted > 0 ? 'new' : 'gone', '…', `${Math.abs(uncounted)} files`);
}

const owner = ({ uid, gid, mode }: StoredFile): string => `${uid}:${gid} ${mode.toString(8).padStart(4, '0')}`;
const sizeText = (size: number): string => (size < 1000 ? `${size} B` : size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`);

/** The entries of two lists that have the same key, in the order of the second; then those of the first that are no more. */
function pair<T>(before: readonly T[], after: readonly T[], keyOf: (value: T) => string, compare: (before: T | undefined, after: T | undefined) => void): void {
  const old = new Map(before.map((value) => [keyOf(value), value]));
  for (const value of after) {
    const key = keyOf(value);
    compare(old.get(key), value);
    old.delete(key);
  }
  for (const value of old.values()) compare(value, undefined);
}
