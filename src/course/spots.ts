// What an aha names, as keys of the picture: found in the host's state, so that nothing is lit which is not there.

import type { ContainerSnapshot, FileListing, HostSnapshot } from '../host/host-snapshot.ts';
import type { World } from './goals/world.ts';

const nameOf = ({ inspect }: ContainerSnapshot): string => inspect.Name.slice(1);
const has = (listing: FileListing, path: string): boolean => listing.files.some((file) => file.path === path);
const below = (path: string, directory: string): boolean => path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
const rest = (path: string, directory: string): string => path.slice(directory.length).replace(/^\//, '');

/**
 * @param shown `container:NAME`, `volume:NAME`, `volume:*` (all of them); `image:NAME`, its last layer; `image:NAME:/PATH`, its layers that have this path;
 * `CONTAINER:/PATH`, the place that serves it and the way there; a path of the host that the picture shows
 * @returns the keys of cards, rows and lines; none when it is not there
 */
export function spotsOf(shown: string, { snapshot, view }: Pick<World, 'snapshot' | 'view'>): readonly string[] {
  const [, kind, name = ''] = /^(container|volume|image):([^/].*)$/.exec(shown) ?? [];
  if (kind === 'container') return snapshot.containers.filter((container) => nameOf(container) === name).map(({ inspect }) => `container:${inspect.Id}`);
  if (kind === 'volume') return snapshot.volumes.filter(({ volume }) => name === '*' || volume.Name === name).map(({ volume }) => `volume:${volume.Name}`);
  if (kind === 'image') return layersOf(name, snapshot);
  if (shown.startsWith('/')) return hostSpots(shown, snapshot);
  const colon = shown.indexOf(':'), path = shown.slice(colon + 1);
  const container = snapshot.containers.find((each) => nameOf(each) === shown.slice(0, colon));
  const from = container && view(shown)?.from;
  if (!from) return [];
  if (from.kind === 'image-layer') return [`layer:${container.layers[from.index]}`];
  const { Id, Mounts, HostConfig } = container.inspect;
  if (from.kind === 'writable-layer') return [`container:${Id}`, ...fileSpot(`container:${Id}`, container.layer, rest(path, '/'))];
  const mounts = [...Mounts, ...Object.keys(HostConfig.Tmpfs ?? {}).map((Destination) => ({ Type: 'tmpfs', Destination, Name: '', Source: '' }))];
  const [mount] = mounts.filter(({ Destination }) => below(path, Destination)).toSorted((a, b) => b.Destination.length - a.Destination.length);
  if (!mount) return [];
  const { Type, Name, Source, Destination } = mount;
  const place = Type === 'volume' ? `volume:${Name}` : Type === 'bind' ? `bind:${Source}` : `tmpfs:${Id}:${Destination}`;
  const listing = Type === 'volume' ? snapshot.volumes.find(({ volume }) => volume.Name === Name)?.listing
    : Type === 'bind' ? snapshot.hostPaths.find((each) => each.path === Source)?.listing : container.tmpfs.find((each) => each.destination === Destination)?.listing;
  return [`mount:${Id}:${Destination}`, `line:mount:${Id}:${Destination}`, place, ...(listing ? fileSpot(place, listing, rest(path, Destination)) : [])];
}

const fileSpot = (owner: string, listing: FileListing, path: string): string[] => (has(listing, path) ? [`file:${owner}:${path}`] : []);

function hostSpots(path: string, { hostPaths }: HostSnapshot): string[] {
  const [place] = hostPaths.filter((each) => below(path, each.path)).toSorted((a, b) => b.path.length - a.path.length);
  if (!place) return [];
  const inside = rest(path, place.path);
  if (inside && !place.listing.files.some((file) => below(file.path, inside))) return [];
  return [`bind:${place.path}`, ...fileSpot(`bind:${place.path}`, place.listing, inside)];
}

function layersOf(reference: string, { layers }: HostSnapshot): string[] {
  const [, image = '', path] = /^(.*?)(?::(\/.*))?$/.exec(reference)!;
  const tagged = image.includes(':') ? image : `${image}:latest`;
  let layer = layers.find(({ images }) => images.includes(tagged) || images.includes(image));
  if (path === undefined) return layer ? [`layer:${layer.id}`] : [];
  const found: string[] = [];
  for (; layer; layer = layers.find(({ id }) => id === layer!.parent)) if (layer.files.some((file) => file.replace(/^\//, '') === path.slice(1))) found.push(`layer:${layer.id}`);
  return found;
}
