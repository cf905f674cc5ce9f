// The functions of goals, by CEL signature. Objects are the Engine API's own, with a few fields beside.

import type { ContainerSnapshot, VolumeSnapshot } from '../../host/host-snapshot.ts';
import { Absent, type World } from './world.ts';

type GoalFunction = (world: World, ...args: string[]) => unknown;

const nameOf = (container: ContainerSnapshot): string => container.inspect.Name.slice(1);
const list = (names: readonly string[]): string => (names.length ? names.map((name) => `\`${name}\``).join(', ') : 'none');

/** Inspect, and `name`, `running`, `layer` (files of the writable layer). */
const containerObject = (container: ContainerSnapshot) => ({
  ...container.inspect, name: nameOf(container), running: container.inspect.State.Running, layer: container.layer.files,
});

/** Inspect, and `name`, `files`, `usedBy`, `anonymous`. */
const volumeObject = ({ volume, listing, usedBy, anonymous }: VolumeSnapshot) => ({ ...volume, name: volume.Name, files: listing.files, usedBy, anonymous });

function findContainer({ snapshot }: World, name: string): ContainerSnapshot | undefined {
  return snapshot.containers.find((container) => nameOf(container) === name || (name.length >= 12 && container.inspect.Id.startsWith(name)));
}

/** Who mounted a volume, from the events: also containers that are gone. */
function mountedBy(world: World, volume: string) {
  const images = new Map(world.events.filter((event) => event.Type === 'container' && event.Action === 'create').map((event) => [event.Actor.ID, event.Actor.Attributes]));
  return world.events.filter((event) => event.Type === 'volume' && event.Action === 'mount' && event.Actor.ID === volume).map((event) => {
    const { container = '', destination = '', 'read/write': writable = '' } = event.Actor.Attributes;
    const attributes = images.get(container) ?? {};
    return { id: container, name: attributes.name ?? '', image: attributes.image ?? '', destination, writable: writable === 'true', time: event.timeNano };
  });
}

/** In words: "its volume `data` at /data". */
function mountsText(world: World, name: string): string {
  const container = findContainer(world, name);
  if (!container) return 'no mounts, since it is not there';
  const words = container.inspect.Mounts.map((mount) => {
    const what = mount.Type === 'volume' ? (mount.Name!.length === 64 ? 'an anonymous volume' : `the volume ${mount.Name}`) : mount.Type === 'bind' ? `the host path ${mount.Source}` : mount.Type;
    return `${what} at ${mount.Destination}`;
  });
  return words.length ? words.join(', ') : 'no mounts';
}

export const functions: Readonly<Record<string, GoalFunction>> = {
  'hasContainer(string): bool': (world, name) => findContainer(world, name!) !== undefined,
  'container(string): map': (world, name) => {
    const found = findContainer(world, name!);
    if (!found) throw new Absent(`there is no container \`${name}\` (there are: ${list(world.snapshot.containers.map(nameOf))})`);
    return containerObject(found);
  },
  'containers(): list': ({ snapshot }) => snapshot.containers.map(containerObject),
  'hasVolume(string): bool': ({ snapshot }, name) => snapshot.volumes.some(({ volume }) => volume.Name === name),
  'volume(string): map': ({ snapshot }, name) => {
    const found = snapshot.volumes.find(({ volume }) => volume.Name === name);
    if (!found) throw new Absent(`there is no volume \`${name}\` (there are: ${list(snapshot.volumes.map(({ volume }) => volume.Name))})`);
    return volumeObject(found);
  },
  'volumes(): list': ({ snapshot }) => snapshot.volumes.map(volumeObject),
  'hasImage(string): bool': ({ snapshot }, name) => snapshot.images.some((image) => image.RepoTags.includes(name!.includes(':') ? name! : `${name}:latest`)),
  /** The list of the Engine API, and `dangling`: without a name. */
  'images(): list': ({ snapshot }) => snapshot.images.map((image) => ({ ...image, dangling: image.RepoTags.length === 0 })),
  /** What is at `web:/data/f`, or at a path of the host; `exists` is always there. */
  'view(string): map': (world, reference) => {
    const found = world.view(reference!);
    return found ? { exists: true, content: '', ...found } : { exists: false, kind: 'missing', content: '', from: { kind: 'nowhere' } };
  },
  'host(string): map': (world, path) => {
    const found = world.view(path!);
    return found ? { exists: true, content: '', ...found } : { exists: false, kind: 'missing', content: '' };
  },
  /** Whether a container of this name was removed at some time. */
  'removed(string): bool': ({ events }, name) => events.some((event) => event.Type === 'container' && event.Action === 'destroy' && event.Actor.Attributes.name === name),
  'mountedBy(string): list': (world, volume) => mountedBy(world, volume!),
  /** Those that mounted the volume after the last removal of a container of that name. */
  'mountedSince(string, string): list': (world, volume, removed) => {
    const last = world.events.findLast((event) => event.Type === 'container' && event.Action === 'destroy' && event.Actor.Attributes.name === removed);
    return last ? mountedBy(world, volume!).filter((mount) => mount.time > last.timeNano) : [];
  },
  'events(string, string): list': ({ events }, type, action) => events.filter((event) => event.Type === type && event.Action === action),
  /** Where the bytes that were remembered still lie; `alive` when anywhere. */
  'canary(string): map': (world, id) => {
    const remembered = world.canaries.get(id!);
    if (!remembered) return { known: false, alive: false, at: [] };
    const at = world.search(remembered.content);
    return { known: true, alive: at.length > 0, at };
  },
  /** Where a text lies now: `volume:data/f`, `layer:web/tmp/f`, `tmpfs:web/run/f`, `host:/root/f`. */
  'places(string): list': (world, text) => world.search(text!),
  /** What a person's file says about something: the rest of the last line that begins with it (`/data volume`, `name: x`); '' when none does. */
  'answer(string, string): string': (world, path, about) => {
    const lines = (world.view(path!)?.content ?? '').split('\n').map((line) => line.trim());
    const line = lines.findLast((each) => each.startsWith(about!) && /^[\s:=]/.test(each.slice(about!.length)));
    return line?.slice(about!.length).replace(/^[\s:=]+/, '') ?? '';
  },
  'mounts(string): string': (world, name) => mountsText(world, name!),
};
