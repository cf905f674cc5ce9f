// Asks a path everything: what is there, which place serves it, what lies behind, who else sees it, where a write would go.

import type { ContainerInspectResponse } from '../api/container.ts';
import type { Volume } from '../api/volume.ts';
import { isDirectory, isRegular } from '../kernel/stat.ts';
import { type FileData, dataSize, readData } from '../kernel/vfs/file-data.ts';
import type { Machine } from './boot/machine.ts';
import { namesIn } from './complete-path.ts';
import { hexDump } from './hex-dump.ts';
import type { FoundPath, HiddenPath, PathReport, Seer } from './path-report.ts';
import { kindOf, placeOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';
import { inLayers, layersOf, mountsOf, placeInStopped } from './stopped-view.ts';
import { below, describe, inspectOf, join, layerSource, seeIn, seeOnHost, type Sight, sourceOf, splitReference } from './view.ts';

/** Names listed of a directory, and bytes shown of what is no text. */
const NAMES = 24, BYTES = 128;
const VOLUMES = '/var/lib/docker/volumes/';

/** `a/../b/./c` → `/b/c`; links stay as they are. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** @param reference `web:/data/f`, or an absolute path of the host */
export function explainPath(machine: Machine, reference: string): PathReport {
  const { container, path: asked } = splitReference(reference.trim());
  const nothing = (problem: string): PathReport => ({ reference, path: asked, problem, hidden: [], seenBy: [], write: '' });
  if (container === undefined && !asked.startsWith('/')) return nothing('Write a container and a path, as web:/data/f, or a path of the host, as /srv/f.');
  const inspect = container === undefined ? undefined : inspectOf(machine, container);
  if (container !== undefined && !inspect) {
    const names = runTask(machine.engine!.containerList({ all: true })).map(({ Names }) => Names[0]!.slice(1));
    return nothing(`There is no container ${container}. ${names.length ? `There ${names.length === 1 ? 'is' : 'are'}: ${names.join(', ')}.` : 'There is none at all.'}`);
  }
  const path = normal(asked);
  const sight = inspect ? seeIn(machine, inspect, path) : seeOnHost(machine, path);
  const name = inspect?.Name.slice(1);
  const volume = sight && volumeOf(machine, sight);
  const destination = sight ? sight.destination : inspect && mountFor(inspect, path)?.Destination;
  return {
    reference: name === undefined ? path : `${name}:${path}`, path,
    ...(inspect && { container: { name: name!, status: inspect.State.Status } }),
    ...(sight ? { found: foundAt(machine, inspect, sight) } : { absence: absenceOf(machine, inspect, path) }),
    ...(destination !== undefined && { destination }), ...(volume && { volume }),
    hidden: inspect ? hiddenAt(machine, inspect, path, sight) : [],
    seenBy: sight ? seersOf(machine, sight, inspect, path) : [],
    write: sight ? writeTo(inspect, path, sight) : wouldCreate(machine, inspect, path),
  };
}

function foundAt(machine: Machine, inspect: ContainerInspectResponse | undefined, sight: Sight): FoundPath {
  const view = describe(sight);
  const { dentry } = sight.place;
  const names = isDirectory(dentry.inode.mode) ? namesIn(machine, sight.place) : undefined;
  const data = dentry.inode.data as FileData;
  const raw = isRegular(dentry.inode.mode) && view.content === undefined && view.from.kind !== 'kernel' ? readData(data, 0, Math.min(BYTES, dataSize(data))) : undefined;
  return {
    ...view, readonly: sight.readonly,
    owner: accountName(machine, inspect, '/etc/passwd', view.uid), group: accountName(machine, inspect, '/etc/group', view.gid),
    ...(names && { entries: names.slice(0, NAMES), total: names.length }), ...(raw && { hex: hexDump(raw) }),
  };
}

function accountName(machine: Machine, inspect: ContainerInspectResponse | undefined, file: string, id: number): string {
  const sight = inspect ? seeIn(machine, inspect, file) : seeOnHost(machine, file);
  const line = (sight && describe(sight).content)?.split('\n').find((each) => each.split(':')[2] === String(id));
  return line?.split(':')[0] || String(id);
}

function volumeOf(machine: Machine, { from, hostPath }: Sight): PathReport['volume'] {
  const name = from.kind === 'volume' ? from.name : hostPath?.startsWith(VOLUMES) ? hostPath.slice(VOLUMES.length).split('/')[0] : undefined;
  const volume: Volume | undefined = name ? runTask(machine.engine!.volumeList()).Volumes.find(({ Name }) => Name === name) : undefined;
  return volume && { name: volume.Name, anonymous: volume.Labels !== null && 'com.docker.volume.anonymous' in volume.Labels };
}

const mountFor = (inspect: ContainerInspectResponse, path: string) => mountsOf(inspect).find(({ Destination }) => below(path, Destination));

/** Behind the mount or the layer that serves it: in the mounts around, and in the layers below. */
function hiddenAt(machine: Machine, inspect: ContainerInspectResponse, path: string, sight: Sight | undefined): HiddenPath[] {
  const hidden: HiddenPath[] = [];
  const add = (from: HiddenPath['from'], hostPath: string): void => {
    const place = placeOf(machine, hostPath, true);
    if (!place) return;
    const { mode, size } = place.mount.superblock.getattr(place.dentry);
    hidden.push({ from, kind: kindOf(mode), size, hostPath });
  };
  const mounts = mountsOf(inspect).filter(({ Destination }) => below(path, Destination) && Destination !== '/dev');
  // The first serves it; nothing of tmpfs can be seen behind anything.
  for (const mount of mounts.slice(1)) if (mount.Type !== 'tmpfs') add(sourceOf(mount), join(mount.Source, path.slice(mount.Destination.length + 1)));
  if (sight && !mounts.length && sight.from.kind !== 'writable-layer' && sight.from.kind !== 'image-layer') return hidden;
  const layers = layersOf(inspect);
  const first = mounts.length ? 0 : layers.findIndex((layer) => placeOf(machine, layer + path, true)) + 1;
  // Directories of layers are merged, which hides nothing; neither does what was never there.
  if (!mounts.length && (first === 0 || sight && isDirectory(sight.place.dentry.inode.mode))) return hidden;
  for (let found = inLayers(machine, layers, path, first); found; found = inLayers(machine, layers, path, found.index + 1)) {
    // The point that a mount is attached to is made by the engine, and empty.
    const { mode } = found.place.dentry.inode;
    if (!mounts.length || !isDirectory(mode) || namesIn(machine, found.place).length) add(layerSource(inspect, found.index), join(found.layer, path.slice(1)));
    if (isDirectory(mode)) break;
  }
  return hidden;
}

/** Every container that sees the same file at some path, but for the asked one at its own. */
function seersOf(machine: Machine, { place, hostPath }: Sight, asked: ContainerInspectResponse | undefined, askedPath: string): Seer[] {
  if (hostPath === undefined) return [];
  return runTask(machine.engine!.containerList({ all: true })).toReversed().flatMap(({ Id }): Seer[] => {
    const inspect = inspectOf(machine, Id);
    if (!inspect) return [];
    const paths = inspect.Mounts.filter((mount) => mount.Source && below(hostPath, mount.Source)).map((mount) => join(mount.Destination, hostPath.slice(mount.Source.length + 1)));
    const layer = layersOf(inspect).find((each) => below(hostPath, each));
    if (layer) paths.push(hostPath.slice(layer.length) || '/');
    return paths.flatMap((path): Seer[] => {
      if (Id === asked?.Id && path === askedPath) return [];
      const seen = inspect.State.Pid ? seeIn(machine, inspect, path) : placeInStopped(machine, inspect, path);
      if (seen?.place.dentry.inode !== place.dentry.inode) return [];
      return [{ container: inspect.Name.slice(1), path, running: inspect.State.Running, readonly: seen.readonly }];
    });
  });
}

const upperOf = (inspect: ContainerInspectResponse): string => layersOf(inspect)[0] ?? '';

/** Whether a write through this sight is refused by what is read-only. */
const refused = (inspect: ContainerInspectResponse | undefined, { destination }: Sight): string =>
  inspect ? `A write is refused (Read-only file system): ${destination === undefined ? 'the container was run with --read-only' : `the mount at ${destination} is read-only`}.` : 'A write is refused (Read-only file system).';

function writeTo(inspect: ContainerInspectResponse | undefined, path: string, sight: Sight): string {
  if (sight.from.kind === 'kernel') return 'What is written goes to the kernel and is stored nowhere.';
  if (sight.readonly) return refused(inspect, sight);
  const what = isDirectory(sight.place.dentry.inode.mode) ? 'A new file in it goes' : 'A write goes';
  switch (sight.from.kind) {
    case 'image-layer':
      return `${what} to the writable layer: ${isDirectory(sight.place.dentry.inode.mode) ? '' : 'the file is copied up first, to '}${upperOf(inspect!)}${path}. The image stays as it is.`;
    case 'tmpfs':
      return `${what} to memory, to no disk.`;
    default:
      return `${what} to ${sight.hostPath} on the host.`;
  }
}

/** What is in the way, or where the nearest directory above it leads. */
function wouldCreate(machine: Machine, inspect: ContainerInspectResponse | undefined, path: string): string {
  const see = (at: string): Sight | undefined => (inspect ? seeIn(machine, inspect, at) : seeOnHost(machine, at));
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  const mount = inspect && mountFor(inspect, parent);
  if (inspect && !inspect.State.Pid && mount?.Type === 'tmpfs') return 'Once it runs, a write here would go to memory, to no disk.';
  let directory = parent, sight = see(parent);
  while (!sight && directory !== '/') sight = see(directory = directory.slice(0, directory.lastIndexOf('/')) || '/');
  if (!sight || !isDirectory(sight.place.dentry.inode.mode)) return `Nothing can be made here: ${directory} is not a directory.`;
  const { from } = sight;
  if (from.kind === 'kernel') return 'Nothing can be made here: the kernel makes up what is in it.';
  if (sight.readonly) return refused(inspect, sight);
  const once = directory === parent ? '.' : `, once its directory is made (mkdir -p ${parent}).`;
  const rest = path.slice(directory === '/' ? 1 : directory.length + 1);
  if (from.kind === 'tmpfs') return `A write here would go to memory, to no disk${once}`;
  if (from.kind === 'image-layer' || from.kind === 'writable-layer') return `A write here would go to the writable layer: ${join(upperOf(inspect!), path.slice(1))}${once}`;
  const what = from.kind === 'volume' ? `the volume ${from.name}: ` : '';
  return `A write here would go to ${what}${join(sight.hostPath!, rest)} on the host${once}`;
}

function absenceOf(machine: Machine, inspect: ContainerInspectResponse | undefined, path: string): string {
  if (!inspect) return 'There is nothing at this path on the host.';
  const name = inspect.Name.slice(1);
  const memory = mountFor(inspect, path);
  if (!inspect.State.Pid && memory?.Type === 'tmpfs') return `${name} does not run: its memory at ${memory.Destination} is gone until it starts, empty then.`;
  const deleted = layersOf(inspect).some((layer, index) => index < 2 && placeOf(machine, layer + path, true)) && mountFor(inspect, path) === undefined;
  return deleted ? `${name} has deleted it: a whiteout in its writable layer hides what the image has there.` : `There is nothing at this path in ${name}.`;
}
