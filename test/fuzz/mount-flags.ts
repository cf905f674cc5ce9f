// Mounts of a new container: by -v, --mount, --tmpfs and --volumes-from.

import type { Random } from '../../src/base/random.ts';
import { BASE } from './fixture.ts';
import { pick, pickWeighted } from './operations.ts';

const DESTINATIONS = ['/data', '/data', '/m', '/base/d1', '/base/d2', '/base', '/opt/app', '/new/deep', '/data/in', '/base/d3/gone'];
/** Mounts of several of these would fail, the engine tells of any one. */
const ODD = ['/base/a', '/base/sl', '/base/dl', '/base/dang'];

export interface MountUniverse {
  readonly directory: string;
  readonly volume: () => string;
  readonly container: () => string;
}

/** Each destination and each volume once: the engine takes several in no fixed order. */
export function mountFlags(random: Random, { directory, volume, container }: MountUniverse): { readonly flags: string[]; readonly volumes: string[] } {
  const count = pickWeighted(random, [[5, 0], [8, 1], [4, 2], [1, 3]]);
  const flags: string[] = [], volumes: string[] = [];
  const taken = new Set<string>();
  for (let i = 0; i < count; i++) {
    const destination = pick(random, count === 1 ? [...DESTINATIONS, ...ODD] : DESTINATIONS), name = volume();
    if ([...taken].some((other) => `${other}/`.startsWith(`${destination}/`) || `${destination}/`.startsWith(`${other}/`)) || taken.has(name)) continue;
    taken.add(destination);
    let source = `${directory}/${pickWeighted(random, [[5, 'h1'], [3, 'h2'], [2, 'h1/d1'], [1, 'h1/dl'], [1, 'h1/n1'], [1, 'missing']])}`;
    if (count === 1 && random.below(6) === 0) source = `${directory}/${pick(random, ['f', 'h1/a', 'h1/sl'])}`;
    const named = (flag: string): string => {
      taken.add(name);
      volumes.push(name);
      return flag;
    };
    const mode = pick(random, ['', '', '', ':ro', ':rw']);
    flags.push(pickWeighted<() => string>(random, [
      [9, () => named(`-v ${name}:${destination}${pick(random, ['', '', '', '', ':ro', ':nocopy', ':ro,nocopy'])}`)],
      [3, () => `-v ${destination}`],
      [6, () => `-v ${source}:${destination}${mode}`],
      [1, () => `-v ${source.replace(directory, '.')}:${destination}${mode}`],
      [2, () => `--mount type=bind,src=${source},dst=${destination}${pick(random, ['', '', ',readonly'])}`],
      [3, () => named(`--mount type=volume,src=${name},dst=${destination}${pick(random, ['', '', ',readonly', ',volume-nocopy', ',volume-subpath=in', ',volume-subpath=d1/sub'])}`)],
      [1, () => `--mount type=volume,dst=${destination}`],
      [2, () => `--tmpfs ${destination}${pick(random, ['', ':size=64k', ':mode=700', ':ro', ':uid=1234,size=1m'])}`],
      [1, () => `--mount type=tmpfs,dst=${destination}${pick(random, ['', ',tmpfs-mode=700', ',tmpfs-size=64k'])}`],
      [2, () => (i === 0 ? `--volumes-from ${container()}${mode}` : `--tmpfs ${destination}`)],
      [1, () => `--mount type=image,src=${BASE},dst=${destination},image-subpath=base`],
    ])());
    // Which of several subpaths fails is told by chance.
    if (flags.at(-1)!.includes('subpath=') && flags.slice(0, -1).some((flag) => flag.includes('subpath='))) flags.push(flags.pop()!.replace(/,volume-subpath=[^,]*/, ''));
    // What it brings is not known.
    if (flags.at(-1)!.startsWith('--volumes-from')) break;
  }
  return { flags, volumes };
}
