// Sequences of storage commands from a seed, valid most of the time by a light model of what is there.

import { Random } from '../../src/base/random.ts';
import { BASE, hostFixture, WITH_VOLUME } from './fixture.ts';
import { mountFlags } from './mount-flags.ts';
import { operations, pathIn, pick, pickWeighted } from './operations.ts';
import { directoryOf, type FuzzStep, plain, type Sequence } from './step.ts';

interface Container {
  state: 'created' | 'running' | 'paused' | 'exited';
  /** Its process ends by itself. */
  readonly ends: boolean;
}

const ROOTS = ['/base', '/base', '/base', '/base', '/base', '/data', '/data', '/m', '/opt/app'];

export class Generator {
  readonly #random: Random;
  readonly prefix: string;
  readonly directory: string;
  readonly #containers = new Map<string, Container>();
  readonly #volumes = new Set<string>();
  readonly #images = new Set<string>();

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.prefix = `fz${seed}`;
    this.directory = directoryOf(this.prefix);
  }

  sequence(): Sequence {
    const count = this.#chance(12) ? 22 + this.#random.below(14) : 9 + this.#random.below(13);
    const steps = [plain(hostFixture(this.directory)), this.#run()];
    while (steps.length < count) steps.push(this.#step());
    // All mounts as they are seen inside.
    for (const [name, { state }] of this.#containers) if (state === 'running') steps.push(plain(`docker exec ${name} sh -c 'find /base /data /m /opt/app /new -exec stat -c "%n %F %a %u:%g %h %s" {} + 2>&1 | sort'`));
    return { prefix: this.prefix, steps };
  }

  #chance(percent: number): boolean {
    return this.#random.below(100) < percent;
  }
  #pick<T>(items: readonly T[]): T {
    return pick(this.#random, items);
  }
  #name(kind: 'c' | 'v' | 'i', most: number): string {
    return `${this.prefix}-${kind}${1 + this.#random.below(most)}`;
  }
  /** A container, most often one in such a state. */
  #container(...states: Container['state'][]): string {
    const fit = [...this.#containers].filter(([, { state }]) => !states.length || states.includes(state)).map(([name]) => name);
    return fit.length && this.#chance(94) ? this.#pick(fit) : this.#containers.size && this.#chance(80) ? this.#pick([...this.#containers.keys()]) : this.#name('c', 4);
  }
  #volume(): string {
    return this.#volumes.size && this.#chance(80) ? this.#pick([...this.#volumes]) : this.#name('v', 3);
  }
  #image(): string {
    return this.#images.size && this.#chance(30) ? this.#pick([...this.#images]) : this.#pick([BASE, BASE, BASE, WITH_VOLUME, 'busybox']);
  }
  #path(): string {
    return pathIn(this.#random, ROOTS);
  }
  #hostPath(): string {
    return pathIn(this.#random, ['h1', 'h1', 'h2', '.']);
  }
  #shell(most: number): { readonly before: string; readonly ops: string[]; readonly after: string } {
    return { before: "sh -c '", ops: operations(this.#random, most, { roots: ROOTS }), after: "'" };
  }

  /** Flags of `run` and `create`. */
  #flags(): string {
    const { flags, volumes } = mountFlags(this.#random, {
      directory: this.directory, volume: () => this.#volume(), container: () => this.#container(),
    });
    for (const volume of volumes) this.#volumes.add(volume);
    const more = [...flags];
    // Which is quicker.
    if (this.#chance(85)) more.push('--network none');
    if (this.#chance(8)) more.push('--read-only');
    if (this.#chance(12)) more.push(`--user ${this.#pick(['1234', '1234:50', '0:50', 'nobody'])}`);
    if (this.#chance(8)) more.push(`-w ${this.#pick(['/base', '/data', '/base/d1', '/new/dir', '/m'])}`);
    if (this.#chance(50)) more.push(`--label fz=${this.prefix}`);
    return more.map((flag) => `${flag} `).join('');
  }

  #run(): FuzzStep {
    const name = this.#newName();
    const flags = this.#flags();
    if (this.#chance(80)) {
      const image = this.#image();
      this.#add(name, 'running', false);
      return plain(`docker run -d --name ${name} ${flags}${image} sleep 100000`);
    }
    const { before, ops, after } = this.#shell(6);
    const command = `docker run --name ${name} ${flags}${this.#image()} ${before}`;
    this.#add(name, 'exited', true);
    return { before: command, ops, after };
  }

  #runOnce(): FuzzStep {
    const { before, ops, after } = this.#shell(6);
    return { before: `docker run --rm ${this.#flags()}${this.#image()} ${before}`, ops, after };
  }

  #create(): FuzzStep {
    const name = this.#newName();
    const flags = this.#flags(), image = this.#image();
    if (this.#chance(70)) {
      this.#add(name, 'created', false);
      return plain(`docker create --name ${name} ${flags}${image} sleep 100000`);
    }
    const { before, ops, after } = this.#shell(4);
    this.#add(name, 'created', true);
    return { before: `docker create --name ${name} ${flags}${image} ${before}`, ops, after };
  }

  #newName(): string {
    const free = [1, 2, 3, 4].map((n) => `${this.prefix}-c${n}`).filter((name) => !this.#containers.has(name));
    return free.length && this.#chance(96) ? this.#pick(free) : this.#name('c', 4);
  }
  #add(name: string, state: Container['state'], ends: boolean): void {
    if (!this.#containers.has(name)) this.#containers.set(name, { state, ends });
  }
  #become(name: string, from: readonly Container['state'][], to: Container['state'] | undefined): void {
    const container = this.#containers.get(name);
    if (!container || !from.includes(container.state)) return;
    if (to) container.state = to;
    else this.#containers.delete(name);
  }

  #start(): FuzzStep {
    const name = this.#container('created', 'exited');
    const container = this.#containers.get(name);
    if (container?.ends) {
      this.#become(name, ['created'], 'exited');
      return plain(`docker start -a ${name}`);
    }
    this.#become(name, ['created', 'exited'], 'running');
    return plain(`docker start ${name}`);
  }

  #stop(): FuzzStep {
    const name = this.#container('running');
    const { state, ends } = this.#containers.get(name) ?? {};
    if (this.#chance(25) && state === 'running') {
      this.#become(name, ['running'], 'exited');
      return plain(`docker kill ${name} && docker wait ${name}`);
    }
    if (this.#chance(40) && !ends) {
      this.#become(name, ['running', 'created', 'exited', 'paused'], 'running');
      return plain(`docker restart -t 0 ${name}`);
    }
    this.#become(name, ['running', 'paused'], 'exited');
    return plain(`docker stop -t 0 ${name}`);
  }

  #pause(): FuzzStep {
    const paused = [...this.#containers.values()].some(({ state }) => state === 'paused');
    const name = this.#container(paused ? 'paused' : 'running');
    this.#become(name, [paused ? 'paused' : 'running'], paused ? 'running' : 'paused');
    return plain(`docker ${paused ? 'unpause' : 'pause'} ${name}`);
  }

  #remove(): FuzzStep {
    const flags = this.#pick(['', '', '-v ', '-f ', '-f ', '-fv ']);
    const forced = flags.includes('f');
    const name = forced ? this.#container() : this.#container('created', 'exited');
    this.#become(name, forced ? ['created', 'exited', 'running', 'paused'] : ['created', 'exited'], undefined);
    return plain(`docker rm ${flags}${name}`);
  }

  #rename(): FuzzStep {
    const name = this.#container(), to = this.#newName();
    const container = this.#containers.get(name);
    if (container && !this.#containers.has(to)) {
      this.#containers.delete(name);
      this.#containers.set(to, container);
    }
    return plain(`docker rename ${name} ${to}`);
  }

  #copy(): FuzzStep {
    const flags = this.#pick(['', '', '', '', '-a ', '-L ', '-q ']);
    const ending = (): string => this.#pick(['', '', '', '/', '/.']);
    const inside = (): string => `${this.#container()}:${this.#chance(15) ? this.#pick(['/base', '/data', '/m', '/new', '/']) : this.#path()}`;
    const host = (): string => (this.#chance(25) ? this.#pick(['h2', 'h1', '.', 'f']) : this.#hostPath());
    const from = (): string => {
      const path = inside();
      return path.endsWith(':/') ? `${path}base${ending()}` : path + ending();
    };
    return pickWeighted<() => FuzzStep>(this.#random, [
      [5, () => plain(`docker cp ${flags}${from()} ${host()}${ending()}`)],
      [5, () => plain(`docker cp ${flags}${host()}${ending()} ${inside()}${ending()}`)],
      [1, () => plain(`docker cp ${from()} - | tar -tv`)],
      [1, () => plain(`tar -C h1 -cf - ${this.#pick(['.', 'a', 'd1', 'd1/x sl'])} | docker cp ${this.#pick(['', '-a '])}- ${inside()}`)],
    ])();
  }

  #commit(): FuzzStep {
    const image = this.#name('i', 2), container = this.#container();
    if (this.#containers.get(container)?.state !== undefined) this.#images.add(image);
    const change = this.#pick(['', '', '', `-c 'VOLUME ${this.#pick(['/base/d1', '/m', '/data'])}' `, "-c 'USER 1234' ", "-c 'WORKDIR /base/d1' ", `-c 'LABEL fz=${this.prefix}' `]);
    return plain(`docker commit ${change}${container} ${image}`);
  }

  #removeImage(): FuzzStep {
    const image = this.#name('i', 2);
    this.#images.delete(image);
    return plain(`docker rmi ${image} | grep -v ^Deleted`);
  }

  #volumeCommand(): FuzzStep {
    const volume = this.#volume();
    return pickWeighted<() => FuzzStep>(this.#random, [
      [4, () => {
        const name = this.#name('v', 3);
        this.#volumes.add(name);
        const options = this.#pick(['', '', '', `--opt type=none --opt o=bind --opt device=${this.directory}/${this.#pick(['h1', 'h2', 'h1/d1', 'missing'])} `, '--opt type=tmpfs --opt device=tmpfs --opt o=size=100k,mode=750 ', '--opt type=tmpfs --opt device=tmpfs ']);
        return plain(`docker volume create ${this.#chance(60) ? `--label fz=${this.prefix} ` : ''}${options}${name}`);
      }],
      [3, () => {
        this.#volumes.delete(volume);
        return plain(`docker volume rm ${this.#pick(['', '', '-f '])}${volume} 2>&1 | sed 's/ - .*//'`);
      }],
      [2, () => plain(`docker volume prune -f -a --filter label=fz=${this.prefix} | sort`)],
      [1, () => plain(`docker volume ls --filter name=${this.prefix}- -q`)],
      [1, () => plain(`docker volume inspect -f '{{.Name}} {{.Mountpoint}} {{json .Options}} {{json .Labels}}' ${volume}`)],
      [1, () => plain(`docker image prune -f --filter label=fz=${this.prefix} | sed 's/sha256:.*//' | sort`)],
      [1, () => plain(`docker system prune -f ${this.#pick(['', '--volumes '])}--filter label=fz=${this.prefix} | sed -E 's/sha256:.*//; s/^[0-9a-f]{64}$/<id>/' | sort`)],
      [1, () => plain(`docker container prune -f --filter label=fz=${this.prefix} | sed -E 's/^[0-9a-f]{64}$/<id>/' | sort`)],
    ])();
  }

  #look(): FuzzStep {
    const name = this.#container();
    return plain(this.#pick([
      `docker diff ${name} | sort`, `docker diff ${name} | sort`, `docker diff ${name} | sort`,
      `docker inspect -f '{{range .Mounts}}{{.Type}} {{.Destination}} [{{.Mode}}] {{.RW}} {{.Propagation}} {{if eq .Type "bind"}}{{.Source}}{{end}}{{println}}{{end}}' ${name} | sort`,
      `docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.State.Running}} {{.State.Paused}} {{.State.Error}}' ${name}`,
      `docker inspect -f '{{json .HostConfig.Mounts}} {{json .HostConfig.Tmpfs}} {{json .HostConfig.VolumesFrom}} {{json .Config.Volumes}}' ${name}`,
      `docker ps -as --filter name=${this.prefix}- --format '{{.Names}} {{.State}} {{.Image}} {{.Size}}' | sed 's/ (virtual.*//' | sort`,
      `docker export ${name} | tar -tv | grep -E ' (base|data|m|new|opt|etc)/' | sort`,
      `docker inspect -s -f '{{.SizeRw}}' ${name}`,
    ]));
  }

  #host(): FuzzStep {
    return { before: '', ops: operations(this.#random, 4, { roots: ['h1', 'h1', 'h2'], gnu: true }), after: '' };
  }
  /** The volume's directory, seen from the host. */
  #store(): FuzzStep {
    const volume = `/var/lib/docker/volumes/${this.#volume()}/_data`;
    return { before: `[ -d ${volume} ] && { `, ops: operations(this.#random, 3, { roots: [volume], gnu: true }), after: '; }' };
  }

  #exec(): FuzzStep {
    const { before, ops, after } = this.#shell(7);
    const flags = this.#pick(['', '', '', '', '', '-u 1234 ', '-u 1234:50 ', '-w /base ']);
    return { before: `docker exec ${flags}${this.#container('running')} ${before}`, ops, after };
  }

  #step(): FuzzStep {
    const running = [...this.#containers.values()].some(({ state }) => state === 'running');
    return pickWeighted<() => FuzzStep>(this.#random, [
      [running ? 36 : 3, () => this.#exec()],
      [13, () => this.#host()],
      [4, () => this.#store()],
      [this.#containers.size < 3 ? 8 : 2, () => this.#run()],
      [this.#containers.size < 3 ? 4 : 1, () => this.#create()],
      [3, () => this.#runOnce()],
      [running ? 3 : 8, () => this.#start()],
      [running ? 4 : 1, () => this.#stop()],
      [2, () => this.#pause()],
      [5, () => this.#remove()],
      [2, () => this.#rename()],
      [18, () => this.#copy()],
      [3, () => this.#commit()],
      [this.#images.size ? 1 : 0, () => this.#removeImage()],
      [9, () => this.#volumeCommand()],
      [9, () => this.#look()],
    ])();
  }
}

export const generate = (seed: number): Sequence => new Generator(seed).sequence();
