// The volume store and its local driver: names, references by containers, directories on disk, mounting of volumes that have options.

import { ApiError } from '../../api/errors.ts';
import type { Volume } from '../../api/volume.ts';
import { KernelError } from '../../kernel/errno.ts';
import { S_IFBLK } from '../../kernel/stat.ts';
import { rfc3339 } from '../clock-text.ts';
import type { EngineContext } from '../engine-context.ts';
import { goErrno, makeDirectories, removeTree } from '../files.ts';
import { evalSymlinks } from '../mounts/safe-path.ts';
import { mountFlagWord, splitMountOptions } from '../mounts/tmpfs-options.ts';
import { checkVolumeName, checkVolumeOptions } from './volume-name.ts';

export interface StoredVolume {
  readonly name: string;
  readonly labels: Record<string, string> | null;
  readonly options: Record<string, string> | null;
  readonly mountpoint: string;
  /** ms since the epoch. */
  readonly created: number;
  /** Ids of the containers that refer to it, in the order they came. */
  readonly references: Set<string>;
  /** Containers it is mounted for now. */
  active: number;
}

export const ANONYMOUS_LABEL = 'com.docker.volume.anonymous';

export class Volumes {
  readonly #context: EngineContext;
  readonly #byName = new Map<string, StoredVolume>();
  readonly root: string;

  constructor(context: EngineContext) {
    this.#context = context;
    this.root = `${context.root}/volumes`;
    const { sys } = context;
    makeDirectories(sys, this.root, 0o701);
    if (sys.can(`${this.root}/metadata.db`, '')) return;
    sys.mknod(`${this.root}/backingFsBlockDev`, S_IFBLK | 0o600, sys.stat(this.root).dev);
    sys.writeFile(`${this.root}/metadata.db`, new Uint8Array(32768), 0o600);
  }

  /** In creation order. */
  all(): StoredVolume[] {
    return [...this.#byName.values()];
  }

  find(name: string): StoredVolume | undefined {
    return this.#byName.get(name);
  }

  /** @throws notFound `get x: no such volume` */
  get(name: string): StoredVolume {
    const volume = this.#byName.get(name);
    if (!volume) throw new ApiError('notFound', `get ${name}: no such volume`);
    return volume;
  }

  /**
   * The volume of this name, made if there is none; '' makes an anonymous one.
   * @param reference the container that will refer to it
   * @throws invalidParameter, notFound (driver)
   */
  create(name: string, driver = '', options: Record<string, string> | null = null, labels: Record<string, string> | null = null, reference?: string): StoredVolume {
    if (!name) {
      name = this.#context.ids.hex(64);
      labels = { ...labels, [ANONYMOUS_LABEL]: '' };
    }
    if (driver && driver !== 'local') throw new ApiError('notFound', `create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`);
    const volume = this.#byName.get(name) ?? this.#make(name, options && Object.keys(options).length ? options : null, labels);
    if (reference) volume.references.add(reference);
    return volume;
  }

  #make(name: string, options: Record<string, string> | null, labels: Record<string, string> | null): StoredVolume {
    checkVolumeName(name);
    if (options) checkVolumeOptions(name, options);
    const { sys } = this.#context;
    const directory = `${this.root}/${name}`;
    const mountpoint = `${directory}/_data`;
    try {
      makeDirectories(sys, directory, 0o701);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
      throw new ApiError('system', `create ${name}: error while creating volume root path '${directory}': mkdir ${directory}: ${goErrno(error)}`);
    }
    makeDirectories(sys, mountpoint, 0o755);
    if (options) {
      const { type = '', o = '', device = '' } = options;
      sys.writeFile(`${directory}/opts.json`, JSON.stringify({ MountType: type, MountOpts: o, MountDevice: device, Quota: { Size: 0 } }), 0o600);
    }
    const volume: StoredVolume = { name, labels, options: options && sorted(options), mountpoint, created: sys.now(), references: new Set(), active: 0 };
    if (labels) (volume as { labels: Record<string, string> }).labels = sorted(labels);
    this.#byName.set(name, volume);
    this.#context.emit('volume', 'create', name, { driver: 'local' });
    return volume;
  }

  /** @throws notFound, conflict (in use) */
  remove(name: string): void {
    const volume = this.get(name);
    if (volume.references.size) throw new ApiError('conflict', `remove ${name}: volume is in use - [${[...volume.references].join(', ')}]`);
    if (volume.active) throw new ApiError('system', `remove ${name}: volume has active mounts`);
    removeTree(this.#context.sys, `${this.root}/${name}`);
    this.#byName.delete(name);
    this.#context.emit('volume', 'destroy', name, { driver: 'local' });
  }

  release(name: string, container: string): void {
    this.#byName.get(name)?.references.delete(container);
  }

  /** Make the volume usable and return its directory. Counted: each `mount` needs an `unmount`. @throws system (mount failed) */
  mount(volume: StoredVolume): string {
    const { sys } = this.#context;
    evalSymlinks(sys, volume.mountpoint, `error evaluating symlinks from mount source "${volume.mountpoint}"`);
    if (!volume.active && volume.options?.['device']) {
      const { type = '', o = '', device } = volume.options;
      const words = o.split(',').filter(Boolean);
      const { flags, data } = splitMountOptions(type === 'nfs' ? words.filter((word) => word !== 'rw') : words);
      try {
        sys.mount(device, volume.mountpoint, flags.bind ? '' : type, flags, data.join(','));
        if (flags.bind && flags.readonly) sys.mount('', volume.mountpoint, '', { ...flags, remount: true });
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        const word = mountFlagWord(words);
        const hidden = data.map((option) => option.replace(/^password=.*/, 'password=********')).join(',');
        const what = `mount ${device}:${volume.mountpoint}${word ? `, flags: 0x${word.toString(16)}` : ''}${hidden ? `, data: ${hidden}` : ''}: ${goErrno(error)}`;
        throw new ApiError('system', `error while mounting volume '${volume.mountpoint}': failed to mount local volume: ${what}`);
      }
    }
    volume.active++;
    return volume.mountpoint;
  }

  unmount(volume: StoredVolume): void {
    if (--volume.active || !volume.options?.['device']) return;
    this.#context.sys.umount(volume.mountpoint, { lazy: true });
  }

  /** As `docker volume inspect` shows it. */
  describe(volume: StoredVolume): Volume {
    return {
      CreatedAt: rfc3339(volume.created),
      Driver: 'local',
      Labels: volume.labels,
      Mountpoint: volume.mountpoint,
      Name: volume.name,
      Options: volume.options,
      Scope: 'local',
    };
  }
}

const sorted = (record: Record<string, string>) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
