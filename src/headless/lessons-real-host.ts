// A host with a real engine, as goals see one: asked through its docker command, its files read where the engine keeps them.

import { spawnSync } from 'node:child_process';
import type { ContainerInspectResponse } from '../api/container.ts';
import type { ImageSummary } from '../api/image.ts';
import type { EventMessage } from '../api/system.ts';
import type { Volume } from '../api/volume.ts';
import type { GoalHost } from '../course/goals/world.ts';
import type { HostInput, RunResult } from '../host/host-api.ts';
import type { FileListing, HostSnapshot, StoredFile } from '../host/host-snapshot.ts';
import type { PathSource, PathView } from '../host/path-view.ts';

const CWD = '/run/stowage-directory', PLACES = ['/root', '/home', '/srv', '/mnt', '/opt', '/tmp'];
/** Bytes of the longest file whose text is of interest. */
const LONGEST = 65_536;
/** getxattr, for a language without it. */
const OPAQUE = '($p, $n, $v) = ($ARGV[0], "trusted.overlay.opaque", "0"); print "O\\t$p\\n" if syscall(191, $p, $n, $v, 1) == 1 && $v eq "y"';
const KINDS: Readonly<Record<string, StoredFile['kind']>> = { f: 'file', d: 'directory', l: 'symlink', c: 'device', b: 'device', p: 'fifo', s: 'socket' };

interface Inspected {
  readonly containers: readonly ContainerInspectResponse[];
  readonly volumes: readonly Volume[];
  readonly images: readonly { readonly Id: string; readonly RepoTags?: readonly string[]; readonly Size: number }[];
  readonly events: readonly EventMessage[];
}

interface Found extends StoredFile {
  readonly text?: string;
}

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
const below = (path: string, directory: string): boolean => path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);

export class RealHost implements GoalHost {
  readonly log: HostInput[] = [];
  readonly #via: string;
  #since = '';
  /** What was seen since the last command. */
  #inspected: Inspected | undefined;
  readonly #trees = new Map<string, readonly Found[]>();

  /** @param via a command that starts a shell reading a script from standard input, as root */
  constructor(via: string) {
    this.#via = via;
  }

  /** @param commands that bring engine and home back to a clean beginning */
  begin(commands: string): void {
    const { exit, stderr } = this.#shell(`cd ~\n{ ${commands}\n} > /dev/null < /dev/null && { pwd > ${CWD}; sleep 1; }`);
    if (exit !== 0) throw new Error(`the reset ended with ${exit}: ${stderr}`);
    this.#since = this.#shell('date +%s.%N').stdout.trim();
    this.#forget();
  }

  /** In one shell after another, each in the directory that the last one left. */
  run(commands: string): RunResult {
    this.#forget();
    this.log.push({ at: this.log.length, kind: 'run', command: commands });
    // A registry has no image of ours, and a host of tests perhaps no network: what is here need not be pulled.
    const pull = 'docker() { case $1 in pull) command docker image inspect "${!#}" > /dev/null 2>&1 && echo "${!#}" && return 0;; esac; command docker "$@"; }';
    return this.#shell(`cd "$(cat ${CWD})"\n${pull}\n{ eval ${quote(commands)}\n} < /dev/null\nstatus=$?; pwd > ${CWD}; exit $status`);
  }

  snapshot(): HostSnapshot {
    const { containers, volumes, images } = this.#ask();
    const anonymous = (volume: Volume): boolean => volume.Labels?.['com.docker.volume.anonymous'] !== undefined;
    const users = (name: string): string[] => containers.filter((container) => container.Mounts.some((mount) => mount.Name === name)).map(({ Name }) => Name.slice(1));
    return {
      time: 0, hostname: '', cwd: '', hostPaths: [],
      containers: containers.map((inspect) => ({ inspect, layer: this.#listing(inspect.GraphDriver.Data?.['UpperDir']), tmpfs: [] })),
      volumes: volumes.map((volume) => ({ volume, anonymous: anonymous(volume), listing: this.#listing(volume.Mountpoint), usedBy: users(volume.Name) })),
      images: images.map((image) => ({ ...image, RepoTags: image.RepoTags ?? [] }) as unknown as ImageSummary),
      // The picture's own fields are not asked for by goals.
    } as unknown as HostSnapshot;
  }

  events(): readonly EventMessage[] {
    return this.#ask().events;
  }

  view(reference: string): PathView | undefined {
    if (reference.startsWith('/')) return this.#look(reference, { kind: 'host' });
    const colon = reference.indexOf(':');
    const inspect = this.#ask().containers.find(({ Name }) => Name.slice(1) === reference.slice(0, colon));
    const path = reference.slice(colon + 1);
    if (!inspect || colon < 0) return undefined;
    const [mount] = inspect.Mounts.filter(({ Destination }) => below(path, Destination)).toSorted((a, b) => b.Destination.length - a.Destination.length);
    const tmpfs = this.#tmpfs(inspect).find((destination) => below(path, destination));
    const layers = [inspect.GraphDriver.Data?.['UpperDir'], ...(inspect.GraphDriver.Data?.['LowerDir']?.split(':') ?? [])].filter((layer) => layer !== undefined);
    const running = inspect.State.Pid ? `/proc/${inspect.State.Pid}/root${path}` : undefined;
    if (tmpfs !== undefined && tmpfs.length >= (mount?.Destination.length ?? 0)) return running === undefined ? undefined : this.#look(running, { kind: 'tmpfs', destination: tmpfs });
    if (mount) {
      const source: PathSource = mount.Type === 'volume' ? { kind: 'volume', name: mount.Name! } : { kind: 'bind', path: mount.Source };
      return this.#look(running ?? `${mount.Source}${path.slice(mount.Destination.length)}`, source);
    }
    for (const [index, layer] of layers.entries()) {
      const own = index === 0 || layer.endsWith('-init/diff');
      const found = this.#look(layer + path, own ? { kind: 'writable-layer' } : { kind: 'image-layer', index: layers.length - 1 - index });
      if (found) return (found.kind as string) === 'whiteout' ? undefined : running === undefined ? found : this.#look(running, found.from);
    }
    return undefined;
  }

  search(text: string): readonly string[] {
    if (!text) return [];
    const { containers, volumes } = this.#ask();
    const roots: (readonly [string, string])[] = volumes.map(({ Name, Mountpoint }) => [Mountpoint, `volume:${Name}/`]);
    for (const inspect of containers) {
      const name = inspect.Name.slice(1), upper = inspect.GraphDriver.Data?.['UpperDir'];
      if (upper) roots.push([upper, `layer:${name}/`]);
      if (inspect.State.Pid) for (const destination of this.#tmpfs(inspect)) roots.push([`/proc/${inspect.State.Pid}/root${destination}`, `tmpfs:${name}${destination}/`]);
    }
    for (const place of PLACES) roots.push([place, `host:${place}/`]);
    return roots.flatMap(([root, label]) => this.#tree(root).filter((file) => file.text?.includes(text)).map((file) => label + file.path));
  }

  #tmpfs({ HostConfig, Mounts }: ContainerInspectResponse): string[] {
    return [...Object.keys(HostConfig.Tmpfs ?? {}), ...Mounts.filter(({ Type }) => Type === 'tmpfs').map(({ Destination }) => Destination), '/dev/shm'];
  }

  #forget(): void {
    this.#inspected = undefined;
    this.#trees.clear();
  }

  #ask(): Inspected {
    if (this.#inspected) return this.#inspected;
    const { stdout } = this.#shell(`{
      json() { [ $# -gt 2 ] && command docker "$@" || echo '[]'; }
      json container inspect $(docker ps -aq); echo "=="; json volume inspect $(docker volume ls -q); echo "=="
      json image inspect $(docker images -q | sort -u); echo "=="; docker events --since ${this.#since} --until "$(date +%s.%N)" --format '{{json .}}'
    } < /dev/null`);
    const [containers = '', volumes = '', images = '', events = ''] = stdout.split('==\n');
    const list = <T>(json: string): readonly T[] => JSON.parse(json) as T[];
    return (this.#inspected = { containers: list(containers), volumes: list(volumes), images: list(images), events: events.split('\n').filter(Boolean).map((line) => JSON.parse(line) as EventMessage) });
  }

  #listing(directory: string | undefined): FileListing {
    const files = directory === undefined ? [] : this.#tree(directory);
    return { files, total: files.length };
  }

  /** Everything below a directory, with the text of small files. */
  #tree(directory: string): readonly Found[] {
    let found = this.#trees.get(directory);
    if (!found) this.#trees.set(directory, (found = this.#find(directory, '-mindepth 1')));
    return found;
  }

  #look(path: string, from: PathSource): PathView | undefined {
    const [file] = this.#find(path, '-maxdepth 0');
    if (!file) return undefined;
    const { kind, mode, uid, gid, size, ino, nlink, text } = file;
    return { kind: kind as PathView['kind'], mode, uid, gid, size, ino, nlink, ...(text !== undefined && { content: text }), from };
  }

  #find(path: string, depth: string): Found[] {
    const { stdout } = this.#shell(`find ${quote(path)} ${depth} -printf 'F\\t%p\\t%P\\t%y\\t%i\\t%m\\t%U\\t%G\\t%n\\t%s\\t%T@\\n' \\
      '(' -type f -size -${LONGEST + 1}c -exec sh -c 'printf "C\\t%s\\t" "$1"; base64 -w 0 "$1"; echo' sh {} \\; \\
      -o -type c -exec stat --printf 'W\\t%n\\t%t:%T\\n' {} \\; -o -type d -exec perl -e '${OPAQUE}' {} \\; ')' 2> /dev/null`);
    const found = new Map<string, Found>();
    for (const line of stdout.split('\n')) {
      const [mark, full = '', ...fields] = line.split('\t');
      const file = found.get(full);
      if (mark === 'C' && file) {
        const text = Buffer.from(fields[0] ?? '', 'base64').toString('utf8');
        found.set(full, { ...file, text, preview: text.slice(0, 200) });
      } else if (file && (mark === 'O' || (mark === 'W' && fields[0] === '0:0'))) found.set(full, { ...file, kind: mark === 'O' ? 'opaque' : 'whiteout' });
      else if (mark === 'F') {
        const [inside = '', type = '', ino, mode = '', uid, gid, nlink, size, mtime] = fields;
        found.set(full, { path: inside, kind: KINDS[type] ?? 'device', ino: Number(ino), mode: parseInt(mode, 8), uid: Number(uid), gid: Number(gid), nlink: Number(nlink), size: Number(size), mtime: Math.floor(Number(mtime) * 1000) });
      }
    }
    return [...found.values()];
  }

  #shell(script: string): RunResult {
    const { stdout, stderr, status, error } = spawnSync('sh', ['-c', this.#via], { input: script, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 300_000 });
    if (error) throw error;
    return { stdout, stderr, exit: status ?? -1 };
  }
}
