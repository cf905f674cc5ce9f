// One mount that is about to be made, in words: what it will be, whether its source is there, what it will hide.

import type { Mount } from '../api/mount.ts';
import { checkVolumeName } from '../engine/volume/volume-name.ts';
import { isDirectory } from '../kernel/stat.ts';
import type { Machine } from './boot/machine.ts';
import { namesIn } from './complete-path.ts';
import { placeOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';
import { inLayers } from './stopped-view.ts';

export interface MountNote {
  /** As typed: `-v data:/x`. */
  readonly shown: string;
  readonly kind: 'volume' | 'anonymous' | 'bind' | 'tmpfs' | 'image' | 'refused' | 'unfinished';
  /** What it will be. */
  readonly text: string;
  readonly readonly: boolean;
  readonly destination?: string;
  /** What it will hide of the image, or take in from it. */
  readonly effect?: string;
  /** Something that people get wrong here. */
  readonly warning?: string;
}

interface Occasion {
  readonly shown: string;
  readonly image: string | undefined;
  /** Whether a missing source of a bind is made (`-v`) rather than refused (`--mount`). */
  readonly makesSource: boolean;
}

/** Of a mount that the engine would take. @throws invalidParameter for a volume's name */
export function describeMount(machine: Machine, mount: Mount, { shown, image, makesSource }: Occasion): MountNote {
  const { Type, Source = '', Target: destination = '', ReadOnly = false } = mount;
  const base = { shown, readonly: ReadOnly, destination };
  const inImage = contentAt(machine, image, destination);
  const hides = inImage && { effect: `hides ${inImage} of the image` };
  switch (Type) {
    case 'tmpfs':
      return { ...base, kind: 'tmpfs', text: 'memory: empty at every start', ...hides };
    case 'image':
      return { ...base, kind: 'image', text: `the files of the image ${Source}, read-only`, readonly: true, ...hides };
    case 'bind': {
      const place = placeOf(machine, Source);
      const what = place ? `the host ${isDirectory(place.dentry.inode.mode) ? 'directory' : 'file'} ${Source}` : `${Source} on the host, not there: ${makesSource ? 'an empty directory is made' : 'refused'}`;
      return { ...base, kind: 'bind', text: what, ...hides };
    }
    default: {
      if (Source) checkVolumeName(Source);
      const volume = Source ? runTask(machine.engine!.volumeList()).Volumes.find(({ Name }) => Name === Source) : undefined;
      const names = volume && namesAt(machine, volume.Mountpoint);
      const takes = inImage && !mount.VolumeOptions?.NoCopy;
      const fresh = takes ? { effect: `takes in ${inImage} of the image` } : hides;
      if (!Source) return { ...base, kind: 'anonymous', text: 'a new anonymous volume', ...fresh };
      if (!volume) return { ...base, kind: 'volume', text: `a new volume ${Source}`, ...fresh, ...similar(machine, Source) };
      return { ...base, kind: 'volume', text: `the volume ${Source}, ${names?.length ? count(names.length) : 'empty so far'}`, ...(names?.length ? hides : fresh) };
    }
  }
}

const count = (names: number): string => (names === 1 ? 'with 1 name in it' : `with ${names} names in it`);

function namesAt(machine: Machine, path: string): string[] | undefined {
  const place = placeOf(machine, path);
  return place && isDirectory(place.dentry.inode.mode) ? namesIn(machine, place) : undefined;
}

/** What the image has there, shortly; undefined when nothing, or when it is not known. */
function contentAt(machine: Machine, image: string | undefined, path: string): string | undefined {
  if (!image) return undefined;
  try {
    const { UpperDir = '', LowerDir = '' } = runTask(machine.engine!.imageInspect(image)).GraphDriver.Data ?? {};
    const found = inLayers(machine, [UpperDir, ...LowerDir.split(':')].filter(Boolean), path);
    if (!found) return undefined;
    if (!isDirectory(found.place.dentry.inode.mode)) return `the file ${path}`;
    const names = namesIn(machine, found.place);
    return names.length ? `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}` : undefined;
  } catch {
    return undefined;
  }
}

/** A volume whose name is almost the same, as after a slip of the finger. */
function similar(machine: Machine, name: string): { readonly warning: string } | undefined {
  const near = runTask(machine.engine!.volumeList()).Volumes.map(({ Name }) => Name).find((other) => other.length < 64 && name.length > 2 && distance(name, other) <= (name.length > 5 ? 2 : 1));
  return near === undefined ? undefined : { warning: `not ${near}, which is there` };
}

/** Letters to be added, dropped or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
