// Starts a container: file system, network, process.

import { ApiError } from '../../api/errors.ts';
import type { Embryo, NamespaceKind, Resource } from '../../kernel/syscalls.ts';
import type { EngineContext } from '../engine-context.ts';
import { statOf } from '../files.ts';
import { checkLogOptions } from '../log/log-options.ts';
import { JsonFileLog } from '../log/json-file-log.ts';
import { logPath } from '../log/read-logs.ts';
import { parseMount } from '../mounts/mount-spec.ts';
import { connect, leaveNetworks, networkEvent, networksOf } from '../network/endpoint.ts';
import type { Network } from '../network/networks.ts';
import { devicesOf } from '../runtime/devices.ts';
import { execute, findExecutable } from '../runtime/executable.ts';
import { lookupUser, type ProcessUser } from '../runtime/lookup-user.ts';
import { writeNetworkFiles } from '../runtime/network-files.ts';
import { enterDirectory, makeWorkingDirectory } from '../runtime/working-directory.ts';
import { exitCodeOf, RuntimeFault, startFailure } from '../runtime/oci-error.ts';
import { prepareRoot } from '../runtime/prepare-root.ts';
import type { RuntimeMount } from '../runtime/runtime-mount.ts';
import { acquireMounts, allMounts, releaseMounts } from '../runtime/set-up-mounts.ts';
import { openPipes, type Pipes, pump, takePipes, takeTerminal } from '../runtime/stdio.ts';
import { credentialsFor } from './capabilities.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { saveConfig } from './create.ts';
import { containerEnvironment, DEFAULT_PATH } from './environment.ts';
import { startHealthChecks } from './health.ts';
import { removeContainer } from './remove.ts';
import { watch } from './watch.ts';

/** Starting one that runs does nothing. @param again a restart, which does not check the mounts once more. @throws conflict (paused, being removed), and with what the runtime says when it cannot start */
export function startContainer(context: EngineContext, container: Container, again = false): void {
  if (container.paused) throw new ApiError('conflict', 'cannot start a paused container, try unpause instead');
  if (container.running) return;
  if (container.removing || container.dead) throw new ApiError('conflict', 'container is marked for removal and cannot be started');
  if (!again) for (const mount of container.hostConfig.Mounts ?? []) parseMount(mount, (path) => !!statOf(context.sys, path));
  container.stoppedByHand = false;
  container.restartCount = 0;
  container.backOff = 0;
  launch(context, container);
}

/** Without the checks; a failure is kept in the container and thrown. */
export function launch(context: EngineContext, container: Container): void {
  const { hostConfig } = container;
  try {
    bringUp(context, container);
  } catch (error) {
    const failure = error instanceof RuntimeFault ? startFailure(error) : error;
    if (!(failure instanceof ApiError)) throw failure;
    container.error = failure.message;
    if (error instanceof RuntimeFault) container.exitCode = exitCodeOf(failure.message);
    else container.exitCode ||= 128;
    container.running = container.restarting = false;
    container.pid = 0;
    for (const network of leaveNetworks(context, container)) networkEvent(context, container, network, 'disconnect');
    container.streams.end();
    saveConfig(context, container);
    container.exits++;
    container.changed.wakeAll();
    if (hostConfig.AutoRemove) removeContainer(context, container, { removeVolumes: true });
    throw failure;
  }
}

function bringUp(context: EngineContext, container: Container): void {
  const { sys, driver } = context;
  const root = driver.get(container.layer);
  let mounts: RuntimeMount[] | undefined;
  let embryo: Embryo | undefined;
  let pipes: Pipes | undefined;
  let log: JsonFileLog | undefined;
  try {
    const networks = container.hostConfig.NetworkMode.startsWith('container:') ? [] : networksOf(context, container);
    // A start that a mount stops leaves them too: `docker cp` binds them from then on.
    if (!container.startedBefore) writeNetworkFiles(context, container);
    mounts = acquireMounts(context, container);
    const user = lookupUser(sys, root, container.config.User, container.hostConfig.GroupAdd ?? []);
    makeWorkingDirectory(context, root, container.config.WorkingDir);
    if (!container.config.Tty) pipes = openPipes(sys, container.config.OpenStdin);
    embryo = sys.newProcess(namespacesOf(context, container));
    joinNetworks(context, container, embryo, networks);
    const { run, terminal } = prepareProcess(context, container, embryo, root, mounts, user, pipes);
    if (terminal) {
      pipes = terminal;
      container.streams.master = terminal.stdin;
    }
    announceNetworks(context, container, networks);
    checkLogOptions(container.hostConfig.LogConfig);
    if (container.hostConfig.LogConfig.Type !== 'none') log = new JsonFileLog(sys, logPath(context, container));
    run();
    for (const fd of pipes!.theirs) if (fd !== undefined) sys.close(fd);
  } catch (error) {
    embryo?.abandon();
    for (const fd of [pipes?.stdin, ...(pipes?.theirs ?? []), ...(pipes?.outputs ?? []).map(([, fd]) => fd)]) if (fd !== undefined && fd !== container.streams.master) sys.close(fd);
    if (mounts) releaseMounts(context, container);
    driver.put(container.layer);
    throw error;
  }
  container.rootDirectory = root;
  container.log = log;
  container.pid = embryo.pid;
  container.running = true;
  container.paused = container.restarting = false;
  container.exitCode = 0;
  container.error = '';
  container.oomKilled = false;
  container.startedAt = sys.now();
  container.startedBefore = true;
  container.streams.openStdin(container.config.OpenStdin ? pipes!.stdin : undefined);
  const pumps = pump(sys, pipes!, container.streams, log);
  startHealthChecks(context, container);
  saveConfig(context, container);
  containerEvent(context, container, 'start');
  container.changed.wakeAll();
  sys.thread(() => watch(context, container, pumps));
}

function namespacesOf(context: EngineContext, container: Container): { newNamespaces: NamespaceKind[]; joinNetworkOf?: number } {
  const { NetworkMode, PidMode, UTSMode } = container.hostConfig;
  const newNamespaces: NamespaceKind[] = ['mnt'];
  if (PidMode !== 'host') newNamespaces.push('pid');
  if (UTSMode !== 'host') newNamespaces.push('uts');
  if (NetworkMode.startsWith('container:')) {
    const other = context.containers.get(NetworkMode.slice('container:'.length));
    if (!other.running) throw new ApiError('conflict', `cannot join network namespace of a non running container: container ${other.name.slice(1)} is ${other.describeState().Status}`);
    return { newNamespaces, joinNetworkOf: other.pid };
  }
  if (NetworkMode !== 'host') newNamespaces.push('net');
  return { newNamespaces };
}

/** Everything up to exec, inside the embryo. @returns how to let it run, and the daemon's side of its terminal */
function prepareProcess(context: EngineContext, container: Container, embryo: Embryo, root: string, asked: RuntimeMount[], user: ProcessUser, pipes: Pipes | undefined): { run(): void; terminal: Pipes | undefined } {
  const { config, hostConfig } = container;
  const { sys } = embryo;
  sys.sigaction('SIGPIPE', 'default');
  if (pipes) takePipes(sys, pipes);
  prepareRoot(sys, {
    root,
    mounts: allMounts(context, container, asked),
    devices: devicesOf(context.sys, hostConfig),
    maskedPaths: hostConfig.MaskedPaths ?? [],
    readonlyPaths: hostConfig.ReadonlyPaths ?? [],
    readonlyRoot: false,
    cwd: config.WorkingDir,
    hostname: hostConfig.UTSMode === 'host' ? '' : config.Hostname,
  });
  let terminal: Pipes | undefined;
  if (!pipes) {
    const [rows, columns] = hostConfig.ConsoleSize;
    terminal = takeTerminal(embryo, { columns: columns || 80, rows: rows || 24 });
    sys.writeFile('/dev/console', '', 0o600);
    sys.mount(sys.ttyname(0), '/dev/console', '', { bind: true });
  } else sys.setsid();
  if (hostConfig.ReadonlyRootfs) sys.mount('', '/', '', { bind: true, remount: true, readonly: true });
  try {
    const env = containerEnvironment(container);
    env['HOME'] ??= user.home;
    const cwd = config.WorkingDir || '/';
    for (const { Name, Soft, Hard } of (hostConfig.Ulimits as { Name: Resource; Soft: number; Hard: number }[] | null | undefined) ?? []) sys.setrlimit(Name, { soft: Soft < 0 ? Infinity : Soft, hard: Hard < 0 ? Infinity : Hard });
    enterDirectory(sys, cwd, () => sys.setCredentials(credentialsFor(hostConfig, user)));
    const command = hostConfig.Init ? ['/sbin/docker-init', '--', container.path, ...container.args] : [container.path, ...container.args];
    const path = findExecutable(sys, command[0]!, env['PATH'] ?? DEFAULT_PATH);
    return { run: () => execute(embryo, path, command, env), terminal };
  } catch (error) {
    if (terminal) for (const [, fd] of terminal.outputs) context.sys.close(fd);
    throw error;
  }
}

/** Addresses, and interfaces in the embryo; its own files know them. */
function joinNetworks(context: EngineContext, container: Container, embryo: Embryo, networks: readonly Network[]): void {
  if (!container.hostConfig.NetworkMode.startsWith('container:')) {
    container.sandboxId = context.ids.hex(64);
    container.sandboxKey = `/var/run/docker/netns/${container.hostConfig.NetworkMode === 'host' ? 'default' : container.sandboxId.slice(0, 12)}`;
  }
  networks.forEach((network, index) => {
    const endpoint = connect(context, container, network);
    if (network.bridge) embryo.sys.joinBridge(network.bridge, `eth${index}`, endpoint.IPAddress, endpoint.MacAddress);
  });
  writeNetworkFiles(context, container);
}

/** Ports open, the others told. @throws system (port taken) */
function announceNetworks(context: EngineContext, container: Container, networks: readonly Network[]): void {
  for (const network of networks) {
    const { endpoint } = network.members.get(container.id)!;
    if (network.bridge && network === networks[0]) context.ports.publish(container, endpoint.IPAddress, endpoint.EndpointID);
    networkEvent(context, container, network, 'connect');
    if (!network.predefined) for (const id of network.members.keys()) if (id !== container.id) writeNetworkFiles(context, context.containers.get(id));
  }
}
