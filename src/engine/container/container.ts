// One container as the daemon holds it: what was asked, its state, its mounts, its network, its streams.

import type { ContainerConfig, ContainerState, ContainerStatus, HealthLog, HostConfig } from '../../api/container.ts';
import type { Mount, MountPoint, MountType } from '../../api/mount.ts';
import { WaitQueue } from '../../base/task.ts';
import { rfc3339Nano, ZERO_TIME } from '../clock-text.ts';
import { humanDuration } from '../human-duration.ts';
import type { Endpoint } from '../network/networks.ts';
import type { JsonFileLog } from '../log/json-file-log.ts';
import type { ContainerStreams } from './streams.ts';

/** A resolved mount: what inspect shows and how to make it. */
export interface ContainerMount {
  readonly type: MountType;
  /** The volume's name, the image's reference; '' for binds and tmpfs. */
  readonly name: string;
  /** Where the data is on the host; '' for tmpfs. */
  source: string;
  readonly destination: string;
  readonly driver: string;
  readonly mode: string;
  readonly rw: boolean;
  readonly propagation: string;
  /** What was asked; an empty Source on a volume marks it as anonymous. */
  readonly spec: Mount;
  /** Copy the image's content into the volume when it is empty. */
  readonly copyData: boolean;
  /** A missing bind source is refused and not made. */
  readonly sourceMustExist: boolean;
  /** type=image: the graph driver's id of the extra layer that is mounted. */
  readonly layer?: string;
  /** type=image: which image that is. */
  readonly imageId?: string;
}

export interface Health {
  status: 'starting' | 'healthy' | 'unhealthy';
  failingStreak: number;
  log: HealthLog[];
}

export class Container {
  readonly id: string;
  /** With its leading slash. */
  name: string;
  /** ms since the epoch. */
  readonly created: number;
  readonly path: string;
  readonly args: string[];
  readonly config: ContainerConfig;
  readonly hostConfig: HostConfig;
  readonly imageId: string;
  /** The graph driver's id of the writable layer. */
  readonly layer: string;
  /** By destination, in the order they were resolved. */
  readonly mounts = new Map<string, ContainerMount>();
  /** By network name. */
  readonly endpoints = new Map<string, Endpoint>();
  /** Host ports by `80/tcp`, while running. */
  ports: Record<string, { HostIp: string; HostPort: string }[] | null> = {};
  sandboxId = '';
  sandboxKey = '';

  running = false;
  paused = false;
  restarting = false;
  dead = false;
  removing = false;
  oomKilled = false;
  pid = 0;
  exitCode = 0;
  error = '';
  /** ms since the epoch; 0 for never. */
  startedAt = 0;
  finishedAt = 0;
  health: Health | undefined;
  restartCount = 0;
  /** A stop or kill by hand: the restart policy keeps still. */
  stoppedByHand = false;
  /** A `stop` is under way and wants its event before `die`. */
  stopping = false;
  /** It has run: its files under `containers/<id>` are filled in. */
  startedBefore = false;
  /** Who is attached; the same over every start. */
  readonly streams: ContainerStreams;
  /** While it runs, unless its log driver is `none`. */
  log: JsonFileLog | undefined;
  /** Ids of exec sessions that run. */
  readonly execs = new Set<string>();
  /** ms until the next restart by policy. */
  backOff = 0;
  /** A step of a build: in no list, without events. */
  hidden = false;
  /** Where its process sees `/` on the host while mounted. */
  rootDirectory = '';
  /** Woken by every change of state. */
  readonly changed = new WaitQueue();
  /** How often it has exited: what `wait` with next-exit looks at. */
  exits = 0;
  removed = false;

  constructor(fields: Pick<Container, 'id' | 'name' | 'created' | 'path' | 'args' | 'config' | 'hostConfig' | 'imageId' | 'layer' | 'streams'>) {
    this.id = fields.id;
    this.name = fields.name;
    this.created = fields.created;
    this.path = fields.path;
    this.args = fields.args;
    this.config = fields.config;
    this.hostConfig = fields.hostConfig;
    this.imageId = fields.imageId;
    this.layer = fields.layer;
    this.streams = fields.streams;
  }

  get shortId(): string {
    return this.id.slice(0, 12);
  }

  get status(): ContainerStatus {
    if (this.running) return this.paused ? 'paused' : this.restarting ? 'restarting' : 'running';
    if (this.removing) return 'removing';
    if (this.dead) return 'dead';
    return this.startedAt ? 'exited' : 'created';
  }

  /** The STATUS column of `docker ps`. */
  statusText(now: number): string {
    const up = () => `Up ${humanDuration(now - this.startedAt)}`;
    const ago = () => `(${this.exitCode}) ${humanDuration(now - this.finishedAt)} ago`;
    if (this.running) {
      if (this.paused) return `${up()} (Paused)`;
      if (this.restarting) return `Restarting ${ago()}`;
      if (!this.health) return up();
      return `${up()} (${this.health.status === 'starting' ? 'health: starting' : this.health.status})`;
    }
    if (this.removing) return 'Removal In Progress';
    if (this.dead) return 'Dead';
    if (!this.startedAt) return 'Created';
    return this.finishedAt ? `Exited ${ago()}` : '';
  }

  describeState(): ContainerState {
    const time = (at: number) => (at ? rfc3339Nano(at) : ZERO_TIME);
    const state: ContainerState = {
      Status: this.status,
      Running: this.running,
      Paused: this.paused,
      Restarting: this.restarting,
      OOMKilled: this.oomKilled,
      Dead: this.dead,
      Pid: this.pid,
      ExitCode: this.exitCode,
      Error: this.error,
      StartedAt: time(this.startedAt),
      FinishedAt: time(this.finishedAt),
    };
    if (this.health) state.Health = { Status: this.health.status, FailingStreak: this.health.failingStreak, Log: this.health.log };
    return state;
  }

  describeMounts(): MountPoint[] {
    return [...this.mounts.values()].map((mount) => ({
      Type: mount.type,
      ...(mount.name && { Name: mount.name }),
      Source: mount.source,
      Destination: mount.destination,
      ...(mount.driver && { Driver: mount.driver }),
      Mode: mount.mode,
      RW: mount.rw,
      Propagation: mount.propagation,
    }));
  }
}
