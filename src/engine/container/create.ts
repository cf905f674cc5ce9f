// Creates a container: config merged and checked, name and id, layers, mounts, copy-up.

import type { ContainerCreateRequest, ContainerCreateResponse } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import { rfc3339Nano } from '../clock-text.ts';
import { makeDirectories, statOf } from '../files.ts';
import { checkTmpfsDestination, parseMount } from '../mounts/mount-spec.ts';
import { copyUp } from '../mounts/copy-up.ts';
import { resolveAnonymousVolumes, resolveMounts } from '../mounts/resolve-mounts.ts';
import type { EngineContext } from '../engine-context.ts';
import type { StoredImage } from '../image/images.ts';
import { checkPortBindings, initialEndpoints } from '../network/endpoint.ts';
import { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { checkHostConfig, completeHostConfig } from './host-config.ts';
import { setUpInitLayer } from './init-layer.ts';
import { mountHome } from './mount-home.ts';
import { makeWorkingDirectory } from '../runtime/working-directory.ts';
import { mergeConfig } from './merge-config.ts';
import { dismantle } from './remove.ts';
import { ContainerStreams } from './streams.ts';

/** @throws notFound (image), conflict (name), invalidParameter */
export function createContainer(context: EngineContext, request: ContainerCreateRequest): ContainerCreateResponse {
  const container = makeContainer(context, request);
  containerEvent(context, container, 'create');
  return { Id: container.id, Warnings: warningsFor(container) };
}

/** The same without the event. @param hidden in no list and without events at all: for the steps of a build */
export function makeContainer(context: EngineContext, { name, Config, HostConfig, NetworkingConfig }: ContainerCreateRequest, hidden = false): Container {
  const { sys, ids, containers } = context;
  if (HostConfig.UTSMode === 'host' && Config.Hostname) throw new ApiError('invalidParameter', 'conflicting options: hostname and the UTS mode');
  const hostConfig = completeHostConfig(HostConfig);
  for (const mount of hostConfig.Mounts ?? []) parseMount(mount, (path) => !!statOf(sys, path));
  for (const destination of Object.keys(hostConfig.Tmpfs ?? {})) checkTmpfsDestination(destination);
  checkPortBindings(hostConfig);
  const image: StoredImage | undefined = Config.Image ? context.images.resolve(Config.Image) : undefined;
  const id = ids.hex(64);
  const hostNetwork = hostConfig.NetworkMode === 'host' || hostConfig.UTSMode === 'host';
  const config = mergeConfig(Config, image?.Config ?? {}, id, hostNetwork ? sys.hostname() : '');
  if (hidden) config.Volumes = null;
  checkHostConfig(config, hostConfig, sys.system().processors);
  const endpoints = initialEndpoints(context, hostConfig, config, NetworkingConfig?.EndpointsConfig);
  const fullName = name ? containers.reserveName(name, id) : containers.generateName(id);
  const command = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  const container = new Container({
    id, name: fullName, created: sys.now(), path: command[0]!, args: command.slice(1), config, hostConfig,
    imageId: image?.Id ?? '', layer: ids.hex(64), streams: new ContainerStreams(sys),
  });
  container.hidden = hidden;
  for (const [network, endpoint] of endpoints) container.endpoints.set(network, endpoint);
  try {
    makeLayers(context, container, image);
    const directory = `${context.root}/containers/${id}`;
    makeDirectories(sys, `${context.root}/containers`, 0o710);
    sys.mkdir(directory, 0o710);
    sys.mkdir(`${directory}/checkpoints`, 0o700);
    resolveMounts(context, container, hostConfig);
    fillVolumes(context, container);
    containers.add(container);
    saveConfig(context, container);
    saveHostConfig(context, container);
  } catch (error) {
    containers.releaseName(fullName);
    dismantle(context, container, true);
    throw error;
  }
  return container;
}

function makeLayers({ sys, driver, root }: EngineContext, { id, layer, hidden }: Container, image: StoredImage | undefined): void {
  const init = `${layer}-init`;
  driver.create(init, image?.topLayer ?? '');
  setUpInitLayer(sys, driver.get(init));
  driver.put(init);
  driver.createReadWrite(layer, init);
  if (hidden) return;
  const home = mountHome(root, id);
  makeDirectories(sys, home);
  for (const [name, text] of Object.entries({ 'mount-id': layer, 'init-id': init, ...(image?.chainId && { parent: image.chainId }) })) sys.writeFile(`${home}/${name}`, text, 0o644);
}

/** The root is mounted for it even where nothing is to be filled: the overlay's first mount is then not the one that is seen later. */
function fillVolumes(context: EngineContext, container: Container): void {
  const anonymous = container.config.Volumes && Object.keys(container.config.Volumes).length;
  const root = context.driver.get(container.layer);
  try {
    makeWorkingDirectory(context, root, container.config.WorkingDir);
    if (anonymous) resolveAnonymousVolumes(context, container, container.config, container.hostConfig, root);
    copyUp(context, container, root);
  } finally {
    context.driver.put(container.layer);
  }
}

/** `config.v2.json` and `hostconfig.json`, as far as a reader of the disk looks. */
export function saveConfig({ sys, root }: EngineContext, container: Container): void {
  const directory = `${root}/containers/${container.id}`;
  const { Status: _, ...State } = container.describeState();
  sys.writeFile(`${directory}/config.v2.json`, JSON.stringify({
    StreamConfig: {}, State, ID: container.id, Created: rfc3339Nano(container.created), Managed: false, Path: container.path, Args: container.args,
    Config: container.config, Image: container.imageId, Name: container.name, Driver: 'overlay2', OS: 'linux', RestartCount: container.restartCount,
    HasBeenStartedBefore: container.startedBefore, HasBeenManuallyStopped: container.stoppedByHand,
    MountPoints: Object.fromEntries([...container.mounts].map(([destination, mount]) => [destination, {
      Source: mount.source, Destination: destination, RW: mount.rw, Name: mount.name, Driver: mount.driver, Type: mount.type,
      Relabel: mount.mode, Propagation: mount.propagation, Spec: mount.spec, SkipMountpointCreation: mount.sourceMustExist,
    }])),
  }), 0o600);
}

/** What `docker update` may change; the rest of the time it stays as it was created. */
export function saveHostConfig({ sys, root }: EngineContext, { id, hostConfig }: Container): void {
  sys.writeFile(`${root}/containers/${id}/hostconfig.json`, JSON.stringify(hostConfig), 0o600);
}

function warningsFor(container: Container): string[] {
  const warnings: string[] = [];
  const { hostConfig } = container;
  if (hostConfig.Mounts?.some((mount) => mount.Type === 'image')) warnings.push('Image mount is an experimental feature');
  if (hostConfig.VolumeDriver && hostConfig.Mounts?.length) {
    warnings.push('`--volume-driver` is ignored for volumes specified via `--mount`. Use `--mount type=volume,volume-driver=...` instead.');
  }
  if (hostConfig.NetworkMode === 'host' && Object.keys(hostConfig.PortBindings ?? {}).length) {
    warnings.push('Published ports are discarded when using host network mode');
  }
  return warnings;
}
