// Turns a request's volumes-from, binds, mounts and anonymous volumes into a container's mounts, in the daemon's order.

import type { ContainerConfig, HostConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import type { Mount } from '../../api/mount.ts';
import type { Container, ContainerMount } from '../container/container.ts';
import type { EngineContext } from '../engine-context.ts';
import { makeDirectories, statOf } from '../files.ts';
import { cleanPath } from '../path.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { scopedPath } from '../scoped-path.ts';
import { isReadWrite, isValidMode, type MountSpec, parseBind, parseMount } from './mount-spec.ts';

const invalid = (message: string) => new ApiError('invalidParameter', message);

/** @throws invalidParameter (duplicates, specifications, names), notFound (container, volume driver, image) */
export function resolveMounts(context: EngineContext, container: Container, hostConfig: HostConfig): void {
  const mounts = container.mounts;
  for (const from of hostConfig.VolumesFrom ?? []) inherit(context, container, from);
  const asked = new Set<string>();
  const claim = (destination: string, shown: string) => {
    if (asked.has(destination)) throw invalid(`Duplicate mount point: ${shown}`);
    asked.add(destination);
  };
  const put = (spec: MountSpec, sourceMustExist: boolean, shown: string) => {
    claim(spec.destination, shown);
    // A mount that volumes-from brought here gives way; the Map must forget its place too.
    const earlier = mounts.get(spec.destination);
    if (earlier?.type === 'volume') context.volumes.release(earlier.name, container.id);
    mounts.delete(spec.destination);
    mounts.set(spec.destination, resolve(context, container, spec, sourceMustExist));
  };
  for (const raw of hostConfig.Binds ?? []) {
    const spec = parseBind(raw, hostConfig.VolumeDriver);
    if (spec.destination in (hostConfig.Tmpfs ?? {})) throw invalid(`Duplicate mount point: ${spec.destination}`);
    put(spec, false, spec.destination);
  }
  const exists = (path: string) => !!statOf(context.sys, path);
  for (const mount of hostConfig.Mounts ?? []) put(parseMount(mount, exists), !mount.BindOptions?.CreateMountpoint, mount.Target!);
}

function inherit(context: EngineContext, container: Container, from: string): void {
  if (from === '') throw invalid('volumes-from specification cannot be an empty string');
  const at = from.indexOf(':');
  const mode = at < 0 ? 'rw' : from.slice(at + 1);
  if (!isValidMode(mode)) throw invalid(`invalid mode: ${mode}`);
  if (/(^|,)(r?(private|slave|shared)|nocopy)(,|$)/.test(mode)) throw invalid(`invalid mode: ${mode}`);
  const name = at < 0 ? from : from.slice(0, at);
  if (!name) throw invalid('invalid name or ID supplied: ""');
  const source = context.containers.find(name);
  if (!source) throw invalid(`No such container: ${name}`);
  for (const mount of source.mounts.values()) {
    // moby looks a mount without a source up as a volume without a name.
    if (!mount.source) context.volumes.get('');
    if (mount.type === 'volume') context.volumes.create(mount.name, mount.driver, null, null, container.id);
    container.mounts.set(mount.destination, { ...mount, mode: '', rw: mount.rw && isReadWrite(mode), copyData: false });
  }
}

function resolve(context: EngineContext, container: Container, { mount, destination, mode }: MountSpec, sourceMustExist: boolean): ContainerMount {
  const common = { destination, rw: !mount.ReadOnly, spec: mount, name: '', driver: '', source: '', mode, propagation: '', copyData: false, sourceMustExist: false };
  switch (mount.Type) {
    case 'volume': {
      const { DriverConfig, Labels, NoCopy } = mount.VolumeOptions ?? {};
      const volume = context.volumes.create(mount.Source ?? '', DriverConfig?.Name, DriverConfig?.Options ?? null, Labels ?? null, container.id);
      return { ...common, type: 'volume', name: volume.name, source: volume.mountpoint, driver: 'local', mode: mode || 'z', copyData: !NoCopy };
    }
    case 'tmpfs':
      return { ...common, type: 'tmpfs' };
    case 'image': {
      const image = context.images.resolve(mount.Source!);
      if ([...container.mounts.values()].some((other) => other.type === 'image' && other.imageId === image.Id)) throw new ApiError('conflict', 'mount already exists with name');
      const layer = context.ids.hex(64);
      context.driver.createReadWrite(layer, image.topLayer);
      const source = context.driver.metadata(layer)['MergedDir']!;
      return { ...common, type: 'image', name: mount.Source!, source, rw: false, propagation: 'rprivate', layer, imageId: image.Id };
    }
    default: {
      const source = cleanPath(mount.Source!);
      const propagation = daemonRootPropagation(context, source, mount);
      return { ...common, type: 'bind', source, propagation, sourceMustExist };
    }
  }
}

/** A source in or above the daemon's directory must not keep its mounts alive: rslave. @throws invalidParameter */
function daemonRootPropagation(context: EngineContext, source: string, mount: Mount): string {
  const asked = mount.BindOptions?.Propagation;
  const within = (path: string, directory: string) => path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
  if (!within(source, context.root) && !within(context.root, source)) return asked ?? 'rprivate';
  if (!asked) return 'rslave';
  if (asked === 'rslave' || asked === 'rshared') return asked;
  throw invalid(`invalid mount config: must use either propagation mode "rslave" or "rshared" when mount source is within the daemon root, daemon root: "${context.root}", bind mount source: "${source}", propagation: "${asked}"`);
}

/**
 * The anonymous volumes of `-v /path` and VOLUME, for destinations that nothing else is mounted on.
 * @param root the mounted root file system
 * @throws invalidParameter (a file is in the way)
 */
export function resolveAnonymousVolumes(context: EngineContext, container: Container, config: ContainerConfig, hostConfig: HostConfig, root: string): void {
  for (const spec of Object.keys(config.Volumes ?? {})) {
    const destination = cleanPath(spec);
    if (container.mounts.has(destination) || Object.keys(hostConfig.Tmpfs ?? {}).some((path) => cleanPath(path) === destination)) continue;
    const path = scopedPath(context.sys, root, destination);
    const there = statOf(context.sys, path);
    if (there && !isDirectory(there.mode)) throw invalid(`cannot mount volume over existing file, file exists ${path}`);
    const volume = context.volumes.create('', hostConfig.VolumeDriver, null, null, container.id);
    container.mounts.set(destination, {
      type: 'volume', name: volume.name, source: volume.mountpoint, destination, driver: 'local', mode: '', rw: true, propagation: '',
      spec: { Type: 'volume', Target: destination }, copyData: true, sourceMustExist: false,
    });
  }
}

/** For a bind whose source is missing, as MountPoint.Setup. @throws invalidParameter, system */
export function makeBindSource(context: EngineContext, source: string): void {
  try {
    makeDirectories(context.sys, source);
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    throw new ApiError('system', `error while creating mount source path '${source}': mkdir ${source}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`);
  }
}
