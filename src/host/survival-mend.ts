// Makes good what an event has done to a copy: a copy costs as much as all that was ever done on the host, so one on which everything is as it was serves the next event, too.

import type { Bytes } from '../base/bytes.ts';
import type { Task } from '../base/task.ts';
import { makeDirectories } from '../engine/files.ts';
import type { Machine } from './boot/machine.ts';
import type { HostApi } from './host-api.ts';
import type { ContainerSnapshot, FileListing, HostSnapshot, StoredFile } from './host-snapshot.ts';
import { inspectOf, join } from './view.ts';

/** How a copy was, and what is needed to make it so again. */
export interface Remembered {
  readonly state: string;
  readonly snapshot: HostSnapshot;
  /** By the path of a file on the host. */
  readonly contents: ReadonlyMap<string, Bytes>;
}

/** Bytes that are remembered in all; what lies in a place beyond makes it one that is not made again. */
const MOST = 1 << 20;

export function remember(host: HostApi): Remembered {
  const snapshot = host.snapshot();
  // What the engine tells are its own objects, and they go on changing.
  const kept = JSON.parse(JSON.stringify(snapshot)) as HostSnapshot;
  return { state: stateOf(snapshot), snapshot: kept, contents: host.look((machine) => contentsOf(machine, kept)) };
}

/** Volumes and containers that are gone are made again with what was in them, and started when they ran; the rest must be as it was by itself. */
export function isMadeGood(host: HostApi, { state, snapshot, contents }: Remembered, perform: (work: (machine: Machine) => Task<void>) => string | undefined): boolean {
  if (stateOf(host.snapshot()) === state) return true;
  const problem = perform(function* (machine) {
    const engine = machine.engine!;
    const there = new Set((yield* engine.volumeList()).Volumes.map(({ Name }) => Name));
    for (const { volume: { Name, Driver, Labels, Options }, listing } of snapshot.volumes) {
      if (there.has(Name)) continue;
      const { Mountpoint } = yield* engine.volumeCreate({ Name, Driver, ...(Labels && { Labels }), ...(Options && { DriverOpts: Options }) });
      putBack(machine, Mountpoint, listing, Mountpoint, contents);
    }
    for (const { inspect: { Name, Config, HostConfig, State, GraphDriver }, layer, tmpfs } of snapshot.containers) {
      const name = Name.slice(1), now = inspectOf(machine, name);
      if (!now) {
        yield* engine.containerCreate({ name, Config: { ...Config, Hostname: '' }, HostConfig });
        putBack(machine, inspectOf(machine, name)!.GraphDriver.Data!.UpperDir!, layer, GraphDriver.Data?.UpperDir ?? '', contents);
      }
      if (!State.Running || now?.State.Running) continue;
      yield* engine.containerStart(name);
      const { Pid } = inspectOf(machine, name)!.State;
      for (const { destination, listing } of tmpfs) putBack(machine, inside(Pid, destination), listing, inside(State.Pid, destination), contents);
    }
  });
  return problem === undefined && stateOf(host.snapshot()) === state;
}

const inside = (pid: number, path: string): string => `/proc/${pid}/root${path}`;

function contentsOf({ init }: Machine, { containers, volumes }: HostSnapshot): Map<string, Bytes> {
  const contents = new Map<string, Bytes>();
  let room = MOST;
  const read = (directory: string | undefined, { files }: FileListing): void => {
    for (const { path, kind, size } of directory ? files : []) {
      if (kind === 'file' && (room -= size) >= 0) contents.set(join(directory!, path), init.readFile(join(directory!, path)));
    }
  };
  for (const { volume, listing } of volumes) read(volume.Mountpoint, listing);
  for (const { inspect: { GraphDriver, State }, layer, tmpfs } of containers) {
    read(GraphDriver.Data?.UpperDir, layer);
    for (const { destination, listing } of tmpfs) read(inside(State.Pid, destination), listing);
  }
  return contents;
}

/** @throws Error when there is something that is not made again by writing it */
function putBack({ init }: Machine, directory: string, { files, total }: FileListing, before: string, contents: ReadonlyMap<string, Bytes>): void {
  if (total > files.length) throw new Error('there is too much in it');
  for (const { path, kind, mode, uid, gid, mtime, nlink, preview } of files) {
    const at = join(directory, path), content = contents.get(join(before, path));
    if (kind === 'directory') {
      makeDirectories(init, at);
    } else if (kind === 'symlink') init.symlink(preview!, at);
    else if (kind === 'file' && content && nlink === 1) init.writeFile(at, content);
    else throw new Error(`${path} is not a plain file`);
    init.lchown(at, uid, gid);
    if (kind !== 'symlink') init.chmod(at, mode);
    init.utimes(at, mtime, mtime, { noFollow: true });
  }
}

/** Everything that a snapshot tells of places and files, without what changes each time something is made. */
function stateOf({ containers, volumes, hostPaths, images }: HostSnapshot): string {
  const byName = <T>(values: readonly T[], nameOf: (value: T) => string): T[] => values.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return JSON.stringify([
    byName(containers, ({ inspect }) => inspect.Name).map(containerState),
    byName(volumes, ({ volume }) => volume.Name).map(({ volume, listing, usedBy }) => [{ ...volume, CreatedAt: '' }, filesOf(listing), usedBy.toSorted()]),
    hostPaths.map(({ path, kind, listing }) => [path, kind, filesOf(listing)]), images.length,
  ]);
}

function containerState({ inspect: { Name, State, Mounts, Config, HostConfig, NetworkSettings }, layer, tmpfs, layers, hidden }: ContainerSnapshot): unknown {
  // The directories that mounts are put on are made anew with the container.
  const points = [...Mounts.map(({ Destination }) => Destination), ...Object.keys(HostConfig.Tmpfs ?? {})].map((path) => `${path}/`);
  const isPoint = ({ path, kind }: StoredFile): boolean => kind === 'directory' && points.some((point) => point.startsWith(`/${path}/`));
  return [
    Name, State.Status, Mounts, { ...Config, Hostname: '' }, HostConfig, Object.keys(NetworkSettings.Networks as object),
    filesOf(layer).filter((file) => !isPoint(file)), layer.total - layer.files.filter(isPoint).length, tmpfs.map(({ destination, listing }) => [destination, filesOf(listing)]), layers, hidden,
  ];
}

const filesOf = ({ files, total }: FileListing): StoredFile[] => [
  ...files.map((file): StoredFile => (file.kind === 'directory' ? { ...file, ino: 0, mtime: 0, nlink: 0 } : { ...file, ino: 0 })),
  ...(total > files.length ? [{ path: `${total} in all` } as StoredFile] : []),
];
