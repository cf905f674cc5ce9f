// Where on this host a text lies: volumes, writable layers, memory, and the directories a person works in.

import { isRegular } from '../kernel/stat.ts';
import type { Machine } from './boot/machine.ts';
import { nameOf, tmpfsDestinations } from './snapshot.ts';
import { placeOf, textOf } from './raw-tree.ts';
import { runTask } from './run-task.ts';

const HOST_PLACES = ['/root', '/home', '/srv', '/mnt', '/opt', '/tmp'];
const MOST = 65_536;

/** `volume:data/f`, `layer:web/tmp/f`, `tmpfs:web/run/f`, `host:/srv/f`; files of at most 64 KiB. An empty text is nowhere. */
export function searchMachine(machine: Machine, text: string): string[] {
  if (!text) return [];
  const found: string[] = [];
  const look = (path: string, label: (inside: string) => string): void => {
    const place = placeOf(machine, path);
    if (!place) return;
    machine.kernel.vfs.walk(machine.context, place.dentry, (inside, dentry) => {
      if (isRegular(dentry.inode.mode) && textOf(dentry, MOST)?.includes(text)) found.push(label(inside));
    });
  };
  for (const volume of runTask(machine.engine!.volumeList()).Volumes) look(volume.Mountpoint, (inside) => `volume:${volume.Name}/${inside}`);
  for (const { Id } of runTask(machine.engine!.containerList({ all: true }))) {
    const inspect = runTask(machine.engine!.containerInspect(Id));
    const upper = inspect.GraphDriver.Data?.UpperDir;
    if (upper) look(upper, (inside) => `layer:${nameOf(inspect)}/${inside}`);
    for (const destination of tmpfsDestinations(inspect)) {
      if (inspect.State.Pid) look(`/proc/${inspect.State.Pid}/root${destination}`, (inside) => `tmpfs:${nameOf(inspect)}${destination}/${inside}`);
    }
  }
  for (const path of HOST_PLACES) look(path, (inside) => `host:${path}/${inside}`);
  return found;
}
