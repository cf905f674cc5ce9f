// Sequences on a simulated host.

import { decode } from '../../src/base/bytes.ts';
import { bootMachine, equipMachine, type Machine } from '../../src/host/boot/machine.ts';
import { equipment } from '../../src/host/equipment.ts';
import { RootShell } from '../../src/host/root-shell.ts';
import { runTask } from '../../src/host/run-task.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { isRegular, isSymlink, major, minor } from '../../src/kernel/stat.ts';
import type { Dentry } from '../../src/kernel/vfs/dentry.ts';
import { dataSize, readData, type FileData } from '../../src/kernel/vfs/file-data.ts';
import type { Step } from '../transcripts/transcript.ts';
import { FIXTURE } from './fixture.ts';
import type { Outcome } from './outcome.ts';
import { commandOf, directoryOf, forgetsVolumes, type Sequence } from './step.ts';
import { type TreeEntry, treeLines, UNSEEN } from './tree.ts';

/** A machine with the images of the fixture, that tells of its faults. */
export class SimulatedHost {
  readonly machine: Machine = bootMachine(SIM_OPTIONS);
  readonly faults: string[] = [];
  readonly #shell: RootShell;

  constructor() {
    this.machine.kernel.onFault((error) => this.faults.push(error.stack ?? error.message));
    equipMachine(this.machine, equipment);
    this.#shell = new RootShell(this.machine);
    for (const cmd of FIXTURE) {
      const { exit, stderr } = this.run(cmd);
      if (exit) throw new Error(`the fixture fails: ${this.faults.join('\n')} ${stderr}`);
    }
  }

  run(cmd: string): Step {
    return { cmd, ...this.#shell.run(cmd, () => false) };
  }

  /** Every file below a path of the host, through all of its layers but not through other mounts; undefined when it is not there. */
  tree(path: string, skip: ReadonlySet<string> = new Set()): TreeEntry[] | undefined {
    const { kernel: { vfs }, context } = this.machine;
    const entries: TreeEntry[] = [];
    let start: Dentry;
    try {
      start = vfs.resolve(context, path, { noFollow: true }).dentry;
    } catch {
      return undefined;
    }
    vfs.walk(context, start, (at, dentry) => {
      if (skip.has(at.split('/')[0]!)) return;
      const { mode, uid, gid, nlink, size, mtime, rdev } = dentry.superblock.getattr(dentry);
      const { data, xattrs } = dentry.inode;
      const content = isRegular(mode) ? readData(data as FileData, 0, dataSize(data as FileData)) : new Uint8Array(0);
      const target = isSymlink(mode) ? (data as string) : '';
      const seen = [...(xattrs ?? [])].filter(([name]) => !name.startsWith('trusted.overlay.') || (!skip.size && name === 'trusted.overlay.opaque'));
      entries.push({ path: at, mode, uid, gid, nlink, size, mtime: Math.floor(mtime / 1000), rdev: [major(rdev), minor(rdev)], content, target, xattrs: seen.map(([name, value]) => `${name}=${decode(value)}`).toSorted().join(',') });
    });
    return entries;
  }

  /** Volumes of containers whose names begin with the prefix: `c1 /data` → name. */
  anonymousVolumes(prefix: string, known: Map<string, string>): void {
    for (const { Names, Mounts } of runTask(this.machine.engine!.containerList({ all: true }))) {
      const name = Names[0]!.slice(1);
      if (!name.startsWith(`${prefix}-`)) continue;
      for (const mount of Mounts) {
        if (mount.Type !== 'volume' || mount.Name?.length !== 64 || known.has(mount.Name)) continue;
        const label = `anonymous ${name.slice(prefix.length + 1)} ${mount.Destination}`;
        const same = [...known.values()].filter((other) => other === label || other.startsWith(`${label} `)).length;
        known.set(mount.Name, same ? `${label} ${same + 1}` : label);
      }
    }
  }

  trees(prefix: string, anonymous: ReadonlyMap<string, string>): string[] {
    const trees = new Map<string, TreeEntry[]>();
    const add = (name: string, path: string, skip?: ReadonlySet<string>): void => {
      const tree = this.tree(path, skip);
      if (tree) trees.set(name, tree);
    };
    const { engine } = this.machine;
    add('host', directoryOf(prefix));
    for (const { Name, Mountpoint } of runTask(engine!.volumeList()).Volumes ?? []) {
      if (Name.startsWith(`${prefix}-`)) add(`volume ${Name.slice(prefix.length + 1)}`, Mountpoint);
      else if (anonymous.has(Name)) add(anonymous.get(Name)!, Mountpoint);
    }
    for (const { Id, Names } of runTask(engine!.containerList({ all: true }))) {
      const name = Names[0]!.slice(1);
      if (!name.startsWith(`${prefix}-`)) continue;
      const { GraphDriver, State } = runTask(engine!.containerInspect(Id));
      const { UpperDir, MergedDir } = GraphDriver.Data as Record<string, string>;
      add(`container ${name.slice(prefix.length + 1)} layer`, UpperDir!);
      if (State.Running) add(`container ${name.slice(prefix.length + 1)} merged`, MergedDir!, UNSEEN);
    }
    return treeLines(trees);
  }
}

export function runSimulated({ prefix, steps }: Sequence, host = new SimulatedHost()): Outcome {
  const anonymous = new Map<string, string>();
  const outputs = steps.map((step) => {
    const cmd = commandOf(step);
    if (forgetsVolumes(cmd)) host.anonymousVolumes(prefix, anonymous);
    return host.run(cmd);
  });
  host.anonymousVolumes(prefix, anonymous);
  return { steps: outputs, trees: host.trees(prefix, anonymous), faults: host.faults };
}

let shared: SimulatedHost | undefined;
let left = 0;

/** On a host that has seen others, which is quicker: a difference counts only if `runSimulated` has it too. */
export function runOnSharedHost(sequence: Sequence): Outcome {
  if (!left-- || !shared || shared.faults.length) [shared, left] = [new SimulatedHost(), 30];
  const outcome = runSimulated(sequence, shared);
  shared.run(`cd; docker rm -fv $(docker ps -aq); docker volume rm -f $(docker volume ls -q); docker rmi -f ${sequence.prefix}-i1 ${sequence.prefix}-i2; docker image prune -f; rm -rf ${directoryOf(sequence.prefix)}`);
  return outcome;
}
