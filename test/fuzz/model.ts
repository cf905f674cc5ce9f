// Without a real engine: a directory of a container, an overlay, must look like a plain copy of it (a volume) that the same commands were run on.

import { Random } from '../../src/base/random.ts';
import { isSymlink } from '../../src/kernel/stat.ts';
import { BASE } from './fixture.ts';
import { operations, pick } from './operations.ts';
import { SimulatedHost } from './simulated.ts';
import { type TreeEntry, treeLine, UNSEEN } from './tree.ts';

const VOLUME = '/var/lib/docker/volumes/fzm-v/_data';

/** @returns what was run and where the two differ; undefined when they don't */
export function runModel(seed: number): string | undefined {
  const random = new Random(seed);
  const host = new SimulatedHost();
  const log: string[] = [];
  const docker = (command: string): string => {
    log.push(`docker ${command}`);
    const { stdout, stderr, exit } = host.run(`docker ${command}`);
    return `${stdout}${stderr}${exit ? `? ${exit}\n` : ''}`;
  };
  const both = (flags: string, script: string): string[] => {
    const [overlay, plain] = [name, 'fzm-plain'].map((container) => docker(`exec ${flags}${container} sh -c '${script}'`));
    return overlay === plain ? [] : [`overlay:\n${overlay}plain:\n${plain}`];
  };
  // In a layer of its own each name of a file would be copied up apart.
  const links = random.below(2) === 0;
  let name = 'fzm-0';
  docker(`run -d --name ${name} ${BASE} sleep 100000`);
  docker(`run -d --name fzm-plain -v fzm-v:/base ${BASE} sleep 100000`);
  // The volume's directories are new.
  docker(`exec fzm-plain find /base -type d -exec touch -d "2001-02-03 04:05:06" {} +`);
  // Copy-up parts the names of a file of the image; a plain copy does not.
  both('', 'cd /base; rm hl; cp -p b hl');
  for (let round = 0; round < 8; round++) {
    const script = operations(random, 8, { roots: ['/base'], without: links ? ['moved directories'] : ['moved directories', 'links'], portable: true }).join('; ');
    const lines = both(pick(random, ['', '', '', '-u 1234 ']), script);
    const merged = host.run(`docker inspect -f '{{.GraphDriver.Data.MergedDir}}' ${name}`).stdout.trim();
    const [overlay, plain] = [`${merged}/base`, VOLUME].map((path) => new Set(host.tree(path, UNSEEN)!.map(comparable)));
    for (const line of overlay!) if (!plain!.has(line)) lines.push(`overlay: ${line}`);
    for (const line of plain!) if (!overlay!.has(line)) lines.push(`plain: ${line}`);
    if (lines.length || host.faults.length) return [`seed ${seed}`, ...log, ...lines, ...host.faults].join('\n');
    if (!links && random.below(4) === 0) docker(`restart -t 0 ${name}`);
    if (links || random.below(4)) continue;
    docker(`commit ${name} fzm-image-${round}`);
    name = `fzm-${round + 1}`;
    docker(`run -d --name ${name} fzm-image-${round} sleep 100000`);
  }
  return undefined;
}

/** Without counts of links, which an overlay does not keep; a symbolic link that was copied is new. */
const comparable = (entry: TreeEntry): string => treeLine({ ...entry, nlink: 1, ...(isSymlink(entry.mode) && { mtime: Infinity }) });
