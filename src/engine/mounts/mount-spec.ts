// What a container is asked to mount: the `-v` strings and `Mounts` of a request, checked as the daemon checks them (volume/mounts of moby).

import { ApiError } from '../../api/errors.ts';
import type { Mount } from '../../api/mount.ts';
import { cleanPath, isAbsolute } from '../path.ts';
import { mergeTmpfsOptions } from './tmpfs-options.ts';

/** The request's mount with the mode string of `-v` beside it. */
export interface MountSpec {
  readonly mount: Mount;
  readonly destination: string;
  readonly mode: string;
}

const MODES: readonly (readonly string[])[] = [
  ['ro', 'rw'],
  ['z', 'Z'],
  ['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'],
  ['nocopy'],
  ['consistent', 'cached', 'delegated'],
];
const PROPAGATIONS = MODES[2]!;

/** A comma list with at most one word of each group. */
export function isValidMode(mode: string): boolean {
  if (mode === '') return true;
  const used = new Set<number>();
  return mode.split(',').every((word) => {
    const group = MODES.findIndex((words) => words.includes(word));
    return group >= 0 && !used.has(group) && !!used.add(group);
  });
}

export const isReadWrite = (mode: string): boolean => isValidMode(mode) && !mode.split(',').includes('ro');

const invalid = (message: string) => new ApiError('invalidParameter', message);

/**
 * `name:/path`, `/host:/path:ro,z` … as in HostConfig.Binds.
 * @throws invalidParameter `invalid volume specification: '…'`, `invalid mode: …`
 */
export function parseBind(raw: string, volumeDriver: string): MountSpec {
  const parts = raw.split(':');
  const refusal = `invalid volume specification: '${raw}'`;
  if (parts[0] === '' || parts.length > 3) throw invalid(refusal);
  const [first = '', second, mode = ''] = parts;
  if (parts.length === 2 && second !== '' && isValidMode(second!)) throw invalid(refusal);
  if (!isValidMode(mode)) throw invalid(`invalid mode: ${mode}`);
  const mount: Mount = { Type: 'volume', Target: second ?? first };
  if (second !== undefined) mount.Source = first;
  if (isAbsolute(mount.Source ?? '')) mount.Type = 'bind';
  if (!isReadWrite(mode)) mount.ReadOnly = true;
  const words = mode.split(',');
  if (volumeDriver && mount.Type === 'volume') mount.VolumeOptions = { DriverConfig: { Name: volumeDriver } };
  if (words.includes('nocopy')) mount.VolumeOptions = { ...mount.VolumeOptions, NoCopy: true };
  const propagation = words.find((word) => PROPAGATIONS.includes(word));
  if (propagation) mount.BindOptions = { Propagation: propagation };
  const fault = mountFault(mount, () => true);
  if (fault) throw invalid(`${refusal}: ${fault}`);
  return { mount, destination: cleanPath(mount.Target!), mode };
}

/**
 * One of HostConfig.Mounts.
 * @param exists whether a bind's source is there
 * @throws invalidParameter `invalid mount config for type "bind": …`
 */
export function parseMount(mount: Mount, exists: (path: string) => boolean): MountSpec {
  const fault = mountFault(mount, exists);
  if (fault) throw invalid(fault);
  return { mount, destination: cleanPath(mount.Target!), mode: '' };
}

/** @throws invalidParameter, for the key of HostConfig.Tmpfs */
export function checkTmpfsDestination(destination: string): void {
  const fault = rootFault(destination) ?? absoluteFault(destination);
  if (fault) throw invalid(fault);
}

/** A backslash counts as a slash here, as in moby: a client may run on Windows. */
const slashed = (path: string) => path.replaceAll('\\', '/');
const rootFault = (path: string) => (cleanPath(slashed(path)) === '/' ? "invalid specification: destination can't be '/'" : undefined);
const absoluteFault = (path: string) => (isAbsolute(slashed(path)) ? undefined : `invalid mount path: '${path}' mount path must be absolute`);

type OptionField = 'BindOptions' | 'VolumeOptions' | 'ImageOptions' | 'TmpfsOptions';
const FOREIGN: Readonly<Record<string, readonly OptionField[]>> = {
  bind: ['VolumeOptions', 'ImageOptions'],
  volume: ['BindOptions', 'ImageOptions'],
  tmpfs: ['BindOptions', 'VolumeOptions', 'ImageOptions'],
  image: ['BindOptions', 'VolumeOptions', 'TmpfsOptions'],
};

function mountFault(mount: Mount, exists: (path: string) => boolean): string | undefined {
  const fault = fieldFault(mount, exists);
  return fault && `invalid mount config for type "${mount.Type ?? ''}": ${fault}`;
}

function fieldFault(mount: Mount, exists: (path: string) => boolean): string | undefined {
  const { Target = '', Source = '', Type = '' } = mount;
  if (!Target) return 'field Target must not be empty';
  const place = rootFault(Target) ?? absoluteFault(Target);
  if (place) return place;
  const foreign = FOREIGN[Type];
  if (!foreign) return 'mount type unknown';
  if ((Type === 'bind' || Type === 'image') && !Source) return 'field Source must not be empty';
  const propagation = mount.BindOptions?.Propagation;
  if (Type === 'bind' && propagation && !PROPAGATIONS.includes(propagation)) return `invalid propagation mode: ${propagation}`;
  const extra = foreign.find((field) => mount[field]);
  if (extra) return `field ${extra} must not be specified`;
  switch (Type) {
    case 'bind':
      return absoluteFault(Source) ?? (exists(Source) || mount.BindOptions?.CreateMountpoint ? undefined : `bind source path does not exist: ${Source}`);
    case 'volume': {
      const subpath = mount.VolumeOptions?.Subpath;
      if (subpath && !Source) return 'must not set Subpath when using anonymous volumes';
      if (subpath && !isLocal(subpath)) return 'subpath must be a relative path within the volume';
      return mount.ReadOnly && !Source ? 'must not set ReadOnly mode when using anonymous volumes' : undefined;
    }
    case 'image':
      return mount.ImageOptions?.Subpath && !isLocal(mount.ImageOptions.Subpath) ? 'subpath must be a relative path within the volume' : undefined;
    default:
      return Source ? 'field Source must not be specified' : tmpfsFault(mount);
  }
}

function tmpfsFault(mount: Mount): string | undefined {
  try {
    mergeTmpfsOptions(tmpfsOptionsOf(mount));
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}

/** TmpfsOptions as a mount option list: `ro`, `mode=1770`, `size=16m`, then the free ones. */
export function tmpfsOptionsOf(mount: Mount): string[] {
  const options = mount.ReadOnly ? ['ro'] : [];
  const { Mode, SizeBytes, Options } = mount.TmpfsOptions ?? {};
  if (Mode) options.push(`mode=${Mode.toString(8)}`);
  if (SizeBytes) {
    let size = SizeBytes;
    let unit = 0;
    while (unit < 3 && size % 1024 === 0) {
      size /= 1024;
      unit++;
    }
    options.push(`size=${size}${['', 'k', 'm', 'g'][unit]}`);
  }
  for (const words of Options ?? []) options.push(words.join('='));
  return options;
}

/** As `filepath.IsLocal`: relative, and never above where it starts. */
function isLocal(path: string): boolean {
  if (path === '' || isAbsolute(path)) return false;
  const clean = cleanPath(path);
  return clean !== '..' && !clean.startsWith('../');
}
