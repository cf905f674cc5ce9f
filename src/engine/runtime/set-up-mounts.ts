// What a starting container mounts, and giving it all back: volumes counted, bind sources made, tmpfs options merged.

import { ApiError } from '../../api/errors.ts';
import { decode } from '../../base/bytes.ts';
import type { Container, ContainerMount } from '../container/container.ts';
import type { EngineContext } from '../engine-context.ts';
import { statOf } from '../files.ts';
import { tmpfsOptionsOf } from '../mounts/mount-spec.ts';
import { makeBindSource } from '../mounts/resolve-mounts.ts';
import { safeJoin } from '../mounts/safe-path.ts';
import { mergeTmpfsOptions, splitMountOptions } from '../mounts/tmpfs-options.ts';
import { cleanPath } from '../path.ts';
import { byDepth, defaultMounts, type RuntimeMount } from './runtime-mount.ts';

/** Where the data of a mount is now, on the host. @throws ApiError */
function sourceOf(context: EngineContext, mount: ContainerMount): string {
  switch (mount.type) {
    case 'volume': {
      const volume = context.volumes.get(mount.name);
      const directory = context.volumes.mount(volume);
      try {
        return safeJoin(context.sys, directory, mount.spec.VolumeOptions?.Subpath);
      } catch (error) {
        context.volumes.unmount(volume);
        throw error;
      }
    }
    case 'image':
      return safeJoin(context.sys, context.driver.get(mount.layer!), mount.spec.ImageOptions?.Subpath);
    default:
      // One that must exist and does not is for the runtime to refuse.
      if (!mount.sourceMustExist && !statOf(context.sys, mount.source)) makeBindSource(context, mount.source);
      return mount.source;
  }
}

/** Volumes and images count their users: undo with `releaseMounts`. @throws ApiError; what was mounted until then is released */
export function acquireMounts(context: EngineContext, container: Container): RuntimeMount[] {
  const tmpfs = Object.entries(container.hostConfig.Tmpfs ?? {});
  const covered = new Set(tmpfs.map(([path]) => cleanPath(path)));
  const mounts: RuntimeMount[] = [], inMemory: RuntimeMount[] = [];
  const held: ContainerMount[] = [];
  try {
    for (const mount of container.mounts.values()) {
      if (mount.type === 'tmpfs' || covered.has(mount.destination)) continue;
      const source = sourceOf(context, mount);
      held.push(mount);
      if (mount.propagation) checkShared(context, source, mount.propagation);
      const options = mount.spec.BindOptions;
      const subpath = mount.spec.VolumeOptions?.Subpath || mount.spec.ImageOptions?.Subpath;
      mounts.push({
        ...(subpath && { alias: `${context.root}/tmp/safe-mount${Number.parseInt(context.ids.hex(8), 16)}` }),
        type: '', source, destination: mount.destination, flags: mount.rw ? {} : { readonly: true }, data: '',
        propagation: mount.propagation || 'rprivate', ...(options?.NonRecursive && { nonRecursive: true }), ...(options?.ReadOnlyNonRecursive && { writableBelow: true }),
      });
      if (mount.type === 'volume' && !container.hidden) {
        context.emit('volume', 'mount', mount.name, {
          container: container.id, destination: mount.destination, driver: mount.driver, propagation: mount.propagation, 'read/write': String(mount.rw),
        });
      }
    }
    const asked = [...tmpfs.map(([path, options]) => [path, options === '' ? [] : options.split(',')] as const)];
    for (const mount of container.mounts.values()) {
      if (mount.type === 'tmpfs' && !covered.has(mount.destination)) asked.push([mount.destination, tmpfsOptionsOf(mount.spec)]);
    }
    for (const [path, options] of asked) {
      const { flags, data } = splitMountOptions(mergeTmpfsOptions(['noexec', 'nosuid', 'nodev', 'rprivate', ...options]));
      inMemory.push({ type: 'tmpfs', source: 'tmpfs', destination: cleanPath(path), flags, data: data.join(',') });
    }
  } catch (error) {
    for (const mount of held) release(context, container, mount);
    throw error;
  }
  return [...inMemory, ...mounts];
}

export function releaseMounts(context: EngineContext, container: Container): void {
  const covered = new Set(Object.keys(container.hostConfig.Tmpfs ?? {}).map(cleanPath));
  for (const mount of container.mounts.values()) if (!covered.has(mount.destination)) release(context, container, mount);
}

function release(context: EngineContext, container: Container, mount: ContainerMount): void {
  if (mount.type === 'image') context.driver.put(mount.layer!);
  if (mount.type !== 'volume') return;
  const volume = context.volumes.find(mount.name);
  if (volume) context.volumes.unmount(volume);
  if (!container.hidden) context.emit('volume', 'unmount', mount.name, { container: container.id, driver: mount.driver });
}

/** The daemon's own files and defaults around the asked mounts, sorted as they are to be made. */
export function allMounts(context: EngineContext, container: Container, asked: readonly RuntimeMount[]): RuntimeMount[] {
  const taken = new Set(asked.map((mount) => mount.destination));
  const directory = `${context.root}/containers/${container.id}`;
  const { ShmSize, IpcMode, Init, ReadonlyRootfs } = container.hostConfig;
  if (IpcMode === 'none') taken.add('/dev/shm');
  const defaults = defaultMounts(ShmSize).filter((mount) => !taken.has(mount.destination));
  const files = ['resolv.conf', 'hostname', 'hosts'].map((name): RuntimeMount => ({
    type: '', source: `${directory}/${name}`, destination: `/etc/${name}`, flags: ReadonlyRootfs ? { readonly: true } : {}, data: '',
  }));
  if (Init) files.unshift({ type: '', source: '/usr/bin/docker-init', destination: '/sbin/docker-init', flags: { readonly: true }, data: '' });
  if (IpcMode === 'host') {
    const shm = defaults.findIndex((mount) => mount.destination === '/dev/shm');
    if (shm >= 0) defaults[shm] = { type: '', source: '/dev/shm', destination: '/dev/shm', flags: {}, data: '' };
  }
  return [...defaults, ...[...asked, ...files.filter((mount) => !taken.has(mount.destination))].sort(byDepth)];
}

/** A shared or slave mount needs a source that is on one. @throws system */
function checkShared(context: EngineContext, source: string, propagation: string): void {
  const wants = propagation.replace(/^r/, '');
  if (wants === 'private') return;
  let best = { point: '', optional: '' };
  for (const line of decode(context.sys.readFile('/proc/self/mountinfo')).split('\n')) {
    const fields = line.split(' ');
    const point = fields[4] ?? '';
    const optional = fields.slice(6, fields.indexOf('-')).join(' ');
    if ((source === point || point === '/' || source.startsWith(`${point}/`)) && point.length >= best.point.length) best = { point, optional };
  }
  // The daemon keeps its own directory on a shared mount.
  if (source === context.root || source.startsWith(`${context.root}/`) || context.root.startsWith(`${source}/`) || source === '/') return;
  const shared = best.optional.includes('shared:');
  if (wants === 'shared' && !shared) throw new ApiError('system', `path ${source} is mounted on ${best.point} but it is not a shared mount`);
  if (wants === 'slave' && !shared && !best.optional.includes('master:')) throw new ApiError('system', `path ${source} is mounted on ${best.point} but it is not a shared or slave mount`);
}

