// What a reference that is being typed could go on with: containers, and names of directories on either side.

import { isDirectory } from '../kernel/stat.ts';
import type { Dentry } from '../kernel/vfs/dentry.ts';
import type { VirtualDentry } from '../kernel/vfs/virtual-dentry.ts';
import type { ContainerInspectResponse } from '../api/container.ts';
import type { Machine } from './boot/machine.ts';
import { placeOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';
import { isWhiteout, layersOf, mountsOf, placeInStopped } from './stopped-view.ts';
import { inspectOf, join, seeIn, seeOnHost, splitReference } from './view.ts';

const MOST = 50;

/** Names in one directory of one file system, sorted; directories end in `/`. */
export function namesIn(machine: Machine, { dentry, mount }: VirtualDentry): string[] {
  const { superblock } = mount;
  return [...superblock.entries(dentry, machine.context)]
    .filter(({ name, inode }) => name !== '.' && name !== '..' && !isWhiteout({ mount, dentry: { inode } as Dentry }))
    .map(({ name, inode }) => (isDirectory(inode.mode) ? `${name}/` : name)).toSorted();
}

/** Whole references, at most 50; a directory ends in `/`, a container alone in `:/`. */
export function completeReference(machine: Machine, text: string): string[] {
  const { container, path } = splitReference(text);
  if (container === undefined && !path.startsWith('/')) {
    const names = runTask(machine.engine!.containerList({ all: true })).map(({ Names }) => `${Names[0]!.slice(1)}:/`);
    return [...names.toSorted(), ...(text ? [] : ['/'])].filter((each) => each.startsWith(text)).slice(0, MOST);
  }
  const directory = path.slice(0, path.lastIndexOf('/') + 1) || '/';
  const inspect = container === undefined ? undefined : inspectOf(machine, container);
  if (container !== undefined && !inspect) return [];
  const names = inspect ? namesInContainer(machine, inspect, directory) : namesOf(machine, seeOnHost(machine, directory)?.place);
  const prefix = container === undefined ? '' : `${container}:`;
  return names.map((name) => `${prefix}${directory}${name}`).filter((each) => each.startsWith(text === `${container}:` ? `${text}/` : text)).slice(0, MOST);
}

const namesOf = (machine: Machine, place: VirtualDentry | undefined): string[] => (place && isDirectory(place.dentry.inode.mode) ? namesIn(machine, place) : []);

function namesInContainer(machine: Machine, inspect: ContainerInspectResponse, directory: string): string[] {
  const sight = seeIn(machine, inspect, directory);
  if (inspect.State.Pid || (sight && sight.from.kind !== 'writable-layer' && sight.from.kind !== 'image-layer')) return namesOf(machine, sight?.place);
  // A stopped one's layers are merged by hand: what any of them has, unless it does not show.
  const names = new Set(layersOf(inspect).flatMap((layer) => namesOf(machine, placeOf(machine, layer + directory, true))));
  for (const { Destination } of mountsOf(inspect)) if (Destination.slice(0, Destination.lastIndexOf('/') + 1) === join(directory, '')) names.add(`${Destination.slice(Destination.lastIndexOf('/') + 1)}/`);
  return [...names].filter((name) => name.endsWith('/') || placeInStopped(machine, inspect, directory + name)).toSorted();
}
