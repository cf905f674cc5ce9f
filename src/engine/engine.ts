// dockerd: an EngineClient made of its parts, on the system calls of one process.

import type { EngineClient } from '../api/engine-client.ts';
import { executableContent } from '../kernel/program.ts';
import { O_RDWR, type Syscalls } from '../kernel/syscalls.ts';
import { containerCalls } from './container/container-calls.ts';
import { Containers } from './container/containers.ts';
import { type DaemonLife, daemonLife } from './daemon-life.ts';
import { createIds, type EngineContext } from './engine-context.ts';
import { Events } from './events.ts';
import { makeDirectories, statOf } from './files.ts';
import { Overlay2 } from './graphdriver/overlay2.ts';
import { createImageService } from './image/image-service.ts';
import { ImageStore } from './image/image-store.ts';
import { LayerStore } from './image/layer-store.ts';
import { networkCalls } from './network/network-calls.ts';
import { Networks } from './network/networks.ts';
import { PublishedPorts } from './network/publish-ports.ts';
import { containersUsage, volumesUsage } from './system/disk-usage.ts';
import { eventsStream } from './system/events-stream.ts';
import { systemInfo } from './system/info.ts';
import { serverVersion } from './system/version.ts';
import { volumeCalls } from './volume/volume-calls.ts';
import { Depot } from './image/depot.ts';
import { Volumes } from './volume/volumes.ts';

export interface EngineOptions {
  /** Where the daemon keeps its data; default `/var/lib/docker`. */
  readonly root?: string;
  /** Where images come from that are not in the catalogue. */
  readonly depot?: Depot;
}

/** What `docker-init` is registered as with the kernel's programs; the program is `dockerInit`. */
export const DOCKER_INIT = 'docker-init';

/**
 * Starts the daemon in a process: its directories are made, its bridge comes up, images are there.
 * @param sys of dockerd: root on the host
 */
export function createEngine(sys: Syscalls, { root = '/var/lib/docker', depot = new Depot() }: EngineOptions = {}): EngineClient & DaemonLife {
  sys.sigaction('SIGPIPE', 'ignore');
  // As init starts it: 0, 1 and 2 are taken, so that no pipe of a container ever gets their numbers.
  for (const fd of [0, 1, 2]) if (!sys.descriptors().includes(fd)) sys.open('/dev/null', O_RDWR);
  for (const [path, mode] of DIRECTORIES) makeDirectories(sys, `${root}${path}`, mode);
  if (!statOf(sys, '/usr/bin/docker-init')) {
    makeDirectories(sys, '/usr/bin');
    sys.writeFile('/usr/bin/docker-init', executableContent(DOCKER_INIT), 0o755);
  }
  const ids = createIds(sys);
  const hex = ids.hex(32);
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  sys.writeFile(`${root}/engine-id`, id, 0o600);
  const context = { sys, root, id, ids, events: new Events(), depot, execs: new Map(), emit } as unknown as { -readonly [K in keyof EngineContext]: EngineContext[K] };
  function emit(...[Type, Action, ID, attributes]: Parameters<EngineContext['emit']>): void {
    const now = sys.now();
    const Attributes: Record<string, string> = {};
    for (const key of Object.keys(attributes).sort()) Attributes[key] = attributes[key]!;
    const legacy = Type === 'container' || Type === 'image' ? { status: Action, ...(ID && { id: ID }), ...(Type === 'container' && attributes['image'] && { from: attributes['image'] }) } : {};
    context.events.publish({ ...legacy, Type, Action, Actor: { ID, Attributes }, scope: 'local', time: Math.floor(now / 1000), timeNano: Math.round(now * 1000) * 1000 });
  }
  const driver = new Overlay2(sys, ids, root);
  context.driver = driver;
  context.images = new ImageStore(sys, new LayerStore(sys, driver, ids, root), root);
  context.containers = new Containers(context);
  context.volumes = new Volumes(context);
  context.networks = new Networks(context);
  context.ports = new PublishedPorts(context);
  const images = createImageService(context);
  const version = serverVersion(context);
  return {
    ...containerCalls(context),
    ...volumeCalls(context),
    ...networkCalls(context),
    ...images,
    ...daemonLife(context),
    *ping() {
      return { apiVersion: version.ApiVersion };
    },
    *serverVersion() {
      return version;
    },
    *info() {
      return systemInfo(context, context.images.all().length);
    },
    *diskUsage() {
      return {
        LayersSize: images.layersSize(),
        Images: yield* images.imageList({ sharedSize: true }),
        Containers: containersUsage(context),
        Volumes: volumesUsage(context),
        BuildCache: images.buildCache(),
      };
    },
    *events(options) {
      return eventsStream(context, options);
    },
  };
}

const DIRECTORIES: readonly (readonly [path: string, mode: number])[] = [
  ['', 0o710], ['/buildkit', 0o711], ['/containers', 0o710], ['/image', 0o700], ['/network', 0o750], ['/plugins', 0o700],
  ['/runtimes', 0o700], ['/swarm', 0o700], ['/tmp', 0o700],
];
