// What has become of data: the very files are remembered before something happens, and looked for everywhere afterwards.

import { type Bytes, equal } from '../base/bytes.ts';
import { isDirectory, isRegular } from '../kernel/stat.ts';
import type { OverlayDentry } from '../kernel/fs/overlay/overlay-dentry.ts';
import type { Dentry } from '../kernel/vfs/dentry.ts';
import { type FileData, dataSize, readData } from '../kernel/vfs/file-data.ts';
import type { Inode } from '../kernel/vfs/inode.ts';
import type { Machine } from './boot/machine.ts';
import { placeOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';
import { layersOf } from './stopped-view.ts';
import { below, inspectOf, join, seeIn, seeOnHost, type Sight, splitReference } from './view.ts';

/** Files of a directory that are followed, and bytes of each that are compared. */
const FILES = 400, COMPARED = 1 << 20;
const VOLUMES = '/var/lib/docker/volumes/';
const OVERLAY = '/var/lib/docker/overlay2/';

interface Followed {
  /** From the asked path; '' for itself. */
  readonly inside: string;
  readonly dentry: Dentry;
  readonly inode: Inode;
  readonly bytes: Bytes | undefined;
}

/** What lies at a path of one machine, to be looked for again on that same machine. */
export interface Datum {
  readonly reference: string;
  /** The container that it was asked in, and its image, by their ids. */
  readonly container: string | undefined;
  readonly image: string | undefined;
  /** Where the host has it, when it has it. */
  readonly hostPath: string | undefined;
  readonly files: readonly Followed[];
}

export type Outcome =
  /** Still at the same path of the same container, or of the host. */
  | 'kept'
  /** No longer there, but still to be had from where it lies. */
  | 'left'
  /** It lies in an anonymous volume to which no container refers. */
  | 'orphaned'
  /** At the same path lies something else, or other bytes. */
  | 'changed'
  | 'lost';

export interface Fate {
  readonly outcome: Outcome;
  /** Where it is to be had; a sentence without a full stop. */
  readonly how: string;
}

const seeAt = (machine: Machine, reference: string): Sight | undefined => {
  const { container, path } = splitReference(reference);
  return container === undefined ? seeOnHost(machine, path) : seeIn(machine, inspectOf(machine, container), path);
};

/** On its own file system: of an overlay, the file of the layer. */
const realOf = ({ place: { dentry, mount } }: Sight): Dentry => (mount.superblock.type === 'overlay' ? (dentry as OverlayDentry).real : dentry);

/** @returns undefined when there is nothing */
export function follow(machine: Machine, reference: string): Datum | undefined {
  const sight = seeAt(machine, reference);
  if (!sight) return undefined;
  const files: Followed[] = [];
  const add = (inside: string, dentry: Dentry): void => {
    if (files.length >= FILES) return;
    files.push({ inside, dentry, inode: dentry.inode, bytes: isRegular(dentry.inode.mode) ? bytesOf(dentry.inode) : undefined });
  };
  const start = realOf(sight);
  if (isDirectory(start.inode.mode)) {
    machine.kernel.vfs.walk(machine.context, start, (inside, dentry) => {
      if (isRegular(dentry.inode.mode)) add(inside, dentry);
    });
  }
  // An empty directory is itself all that there is.
  if (!files.length) add('', start);
  const { container } = splitReference(reference);
  const inspect = container === undefined ? undefined : inspectOf(machine, container);
  return { reference, container: inspect?.Id, image: inspect?.Image, hostPath: sight.hostPath, files };
}

const bytesOf = ({ data }: Inode): Bytes => readData(data as FileData, 0, Math.min(dataSize(data as FileData), COMPARED));

/** On the same machine, after something has happened. */
export function fateOf(machine: Machine, datum: Datum): Fate {
  const fates = datum.files.map((file) => fateOfFile(machine, datum, file));
  const first = fates[0]!;
  const same = fates.filter((fate) => fate.outcome === first.outcome).length;
  if (same === fates.length) return first;
  const alive = fates.filter((fate) => fate.outcome !== 'lost' && fate.outcome !== 'changed');
  return { outcome: 'changed', how: `${alive.length} of ${fates.length} files are left${alive[0] ? `, ${alive[0].how}` : ''}` };
}

function fateOfFile(machine: Machine, datum: Datum, { inside, dentry, inode, bytes }: Followed): Fate {
  const { reference, hostPath, container: id } = datum;
  const { container } = splitReference(reference);
  const inspect = container === undefined ? undefined : inspectOf(machine, container);
  const at = seeAt(machine, inside ? `${reference.replace(/\/$/, '')}/${inside}` : reference);
  // What was added at its end takes nothing away.
  const isSame = bytes === undefined || equal(bytes, bytesOf(inode).subarray(0, bytes.length));
  if (at && realOf(at).inode === inode) {
    if (!isSame) return { outcome: 'changed', how: 'the same file, with other content' };
    if (!inspect) return { outcome: 'kept', how: 'at the same path on the host' };
    if (inspect.State.Running) return { outcome: 'kept', how: `at the same path in ${inspect.Id === id ? '' : 'the new '}${container}` };
    const layer = at.from.kind === 'writable-layer' || at.hostPath === undefined;
    return { outcome: 'kept', how: `${layer ? 'in its writable layer' : lyingAt(machine, at.hostPath, datum).how}; ${container} does not run` };
  }
  const place = placeNow(machine, dentry, hostPath && join(hostPath, inside));
  if (place !== undefined && isSame) return lyingAt(machine, place, datum);
  if (at && bytes && isRegular(at.place.dentry.inode.mode)) {
    const copy = equal(bytes, bytesOf(realOf(at).inode));
    return copy ? { outcome: 'kept', how: `at the same path in ${container}: another copy of the same content` } : { outcome: 'changed', how: 'at this path lies other content' };
  }
  return { outcome: 'lost', how: 'nowhere' };
}

/** The path on the host at which that file is still to be found. */
function placeNow(machine: Machine, dentry: Dentry, before: string | undefined): string | undefined {
  const paths = [dentry.superblock.type === 'ext4' ? dentry.path : undefined, before];
  return paths.find((path) => path !== undefined && placeOf(machine, path, true)?.dentry.inode === dentry.inode);
}

function lyingAt(machine: Machine, path: string, datum: Datum): Fate {
  const { engine } = machine;
  const all = runTask(engine!.containerList({ all: true })).flatMap(({ Id }) => inspectOf(machine, Id) ?? []);
  if (path.startsWith(VOLUMES)) {
    const name = path.slice(VOLUMES.length).split('/')[0]!;
    const volume = runTask(engine!.volumeList()).Volumes.find(({ Name }) => Name === name);
    const users = all.filter(({ Mounts }) => Mounts.some((mount) => mount.Name === name));
    const others = users.filter(({ Id }) => Id !== datum.container).map(({ Name }) => Name.slice(1));
    const anonymous = volume?.Labels && 'com.docker.volume.anonymous' in volume.Labels;
    if (!users.length && anonymous) return { outcome: 'orphaned', how: `in the anonymous volume ${name.slice(0, 12)}…, to which no container refers` };
    return { outcome: 'left', how: `in the volume ${anonymous ? `${name.slice(0, 12)}…` : name}${others.length ? `, which ${others.join(' and ')} ${others.length === 1 ? 'uses' : 'use'}` : ''}` };
  }
  if (path.startsWith(OVERLAY)) {
    const owner = all.find((inspect) => below(path, layersOf(inspect)[0]!));
    if (owner) return { outcome: 'left', how: `in the writable layer of ${owner.Name.slice(1)}` };
    const layer = path.slice(0, path.indexOf('/', OVERLAY.length));
    const holders = runTask(engine!.imageList({})).filter(({ Id }) => layersOfImage(runTask(engine!.imageInspect(Id))).some((each) => each.startsWith(layer)));
    const image = holders.find(({ Id }) => Id === datum.image) ?? holders[0];
    return { outcome: 'left', how: image ? `in the image ${image.RepoTags[0] ?? image.Id.slice(7, 19)}` : 'in a layer on the host' };
  }
  return { outcome: 'left', how: `on the host, at ${path}` };
}

const layersOfImage = ({ GraphDriver: { Data } }: { readonly GraphDriver: { readonly Data: Readonly<Record<string, string>> | null } }): string[] =>
  [Data?.['UpperDir'] ?? '', ...(Data?.['LowerDir'] ?? '').split(':')].filter(Boolean);
