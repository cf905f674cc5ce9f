// Starts a container: file system, network, process; then watches it to its end, cleans up and follows its restart policy.

import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import { signalNumber } from '../../kernel/signal.ts';
import type { Embryo, NamespaceKind, Thread } from '../../kernel/syscalls.ts';
import type { EngineContext } from '../engine-context.ts';
import { goErrno, statOf } from '../files.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { JsonFileLog } from '../log/json-file-log.ts';
import { logPath } from '../log/read-logs.ts';
import { parseMount } from '../mounts/mount-spec.ts';
import { connect, disconnect, networksOf } from '../network/endpoint.ts';
import type { Network } from '../network/networks.ts';
import { execute, findExecutable } from '../runtime/executable.ts';
import { lookupUser, type ProcessUser } from '../runtime/lookup-user.ts';
import { writeNetworkFiles } from '../runtime/network-files.ts';
import { exitCodeOf, RuntimeFault, startFailure } from '../runtime/oci-error.ts';
import { prepareRoot } from '../runtime/prepare-root.ts';
import type { RuntimeMount } from '../runtime/runtime-mount.ts';
import { acquireMounts, allMounts, releaseMounts } from '../runtime/set-up-mounts.ts';
import { openPipes, type Pipes, pump, takePipes, takeTerminal } from '../runtime/stdio.ts';
import { makeDirectories } from '../files.ts';
import { scopedPath } from '../scoped-path.ts';
import { credentialsFor } from './capabilities.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { saveConfig } from './create.ts';
import { containerEnvironment, DEFAULT_PATH } from './environment.ts';
import { startHealthChecks } from './health.ts';
import { removeContainer } from './remove.ts';

/** Starting one that runs does nothing. @throws conflict (paused, being removed), and with what the runtime says when it cannot start */
export function startContainer(context: EngineContext, container: Container): void {
  if (container.paused) throw new ApiError('conflict', 'cannot start a paused container, try unpause instead');
  if (container.running) return;
  if (container.removing || container.dead) throw new ApiError('conflict', 'container is marked for removal and cannot be started');
  container.stoppedByHand = false;
  container.restartCount = 0;
  container.backOff = 0;
  launch(context, container);
}

function launch(context: EngineContext, container: Container): void {
  const { hostConfig } = container;
  try {
    for (const mount of hostConfig.Mounts ?? []) parseMount(mount, (path) => !!statOf(context.sys, path));
    bringUp(context, container);
  } catch (error) {
    const failure = error instanceof RuntimeFault ? startFailure(error) : error;
    if (!(failure instanceof ApiError)) throw failure;
    container.error = failure.message;
    if (!container.exitCode || error instanceof RuntimeFault) container.exitCode = exitCodeOf(failure.message);
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
    if (!other.running) throw new ApiError('conflict', `cannot join network namespace of a non running container: ${other.id}`);
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
    sys.setCredentials(credentialsFor(hostConfig, user));
    try {
      sys.chdir(cwd);
    } catch (error) {
      throw new RuntimeFault(`chdir to cwd (${JSON.stringify(cwd)}) set in config.json failed: ${goErrno(error)}`);
    }
    const command = hostConfig.Init ? ['/sbin/docker-init', '--', container.path, ...container.args] : [container.path, ...container.args];
    const path = findExecutable(sys, command[0]!, env['PATH'] ?? DEFAULT_PATH);
    return { run: () => execute(embryo, path, command, env), terminal };
  } catch (error) {
    if (terminal) for (const [, fd] of terminal.outputs) context.sys.close(fd);
    throw error;
  }
}

function makeWorkingDirectory(context: EngineContext, root: string, directory: string): void {
  if (!directory) return;
  const path = scopedPath(context.sys, root, directory);
  const stat = statOf(context.sys, path);
  if (stat && !isDirectory(stat.mode)) throw new ApiError('system', `Cannot mkdir: ${directory} is not a directory`);
  try {
    makeDirectories(context.sys, path);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    throw new ApiError('system', `Cannot mkdir: ${directory} is not a directory`);
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

function leaveNetworks(context: EngineContext, container: Container): Network[] {
  const left = disconnect(context, container);
  context.ports.withdraw(container);
  container.sandboxId = container.sandboxKey = '';
  return left.length ? left : [...container.endpoints.keys()].flatMap((name) => context.networks.find(name) ?? []);
}

function networkEvent(context: EngineContext, container: Container, network: Network, action: 'connect' | 'disconnect'): void {
  if (container.hidden) return;
  context.emit('network', action, network.id, { container: container.id, name: network.name, type: network.driver });
}

/** Until the process has ended and its output was read; then everything is given back. */
function* watch(context: EngineContext, container: Container, pumps: readonly Thread[]): Task<void> {
  const { sys } = context;
  const status = yield* sys.wait(container.pid);
  for (const thread of pumps) yield* thread.join();
  container.pid = 0;
  container.exitCode = status.signal ? 128 + signalNumber(status.signal) : status.code ?? 0;
  container.finishedAt = sys.now();
  if (container.health) container.health.status = 'unhealthy';
  container.execs.clear();
  for (const network of leaveNetworks(context, container)) networkEvent(context, container, network, 'disconnect');
  releaseMounts(context, container);
  context.driver.put(container.layer);
  container.rootDirectory = '';
  container.log?.close();
  container.log = undefined;
  container.streams.end();
  const ran = container.finishedAt - container.startedAt;
  const again = shouldRestart(container);
  container.paused = false;
  container.running = container.restarting = again;
  if (again) container.restartCount++;
  saveConfig(context, container);
  container.exits++;
  if (container.stopping) containerEvent(context, container, 'stop');
  container.stopping = false;
  containerEvent(context, container, 'die', { execDuration: String(Math.floor(ran / 1000)), exitCode: String(container.exitCode) });
  container.changed.wakeAll();
  if (again) yield* restartLater(context, container, ran);
  else if (container.hostConfig.AutoRemove && !container.removing) removeContainer(context, container, { removeVolumes: true });
}

function shouldRestart(container: Container): boolean {
  const { Name, MaximumRetryCount } = container.hostConfig.RestartPolicy;
  if (container.stoppedByHand || container.removing) return false;
  if (Name === 'always' || Name === 'unless-stopped') return true;
  return Name === 'on-failure' && container.exitCode !== 0 && (!MaximumRetryCount || container.restartCount < MaximumRetryCount);
}

/** 100 ms, doubled each time up to a minute; from the start again after ten good seconds. */
function* restartLater(context: EngineContext, container: Container, ran: number): Task<void> {
  container.backOff = ran >= 10_000 || !container.backOff ? 100 : Math.min(container.backOff * 2, 60_000);
  const until = context.sys.now() + container.backOff;
  const stopped = () => container.stoppedByHand || container.removing || !container.restarting;
  while (!stopped() && context.sys.now() < until) yield* container.changed.wait(until);
  if (!container.restarting) return;
  if (stopped()) {
    container.running = container.restarting = false;
    saveConfig(context, container);
    if (container.stopping) containerEvent(context, container, 'stop');
    container.stopping = false;
    container.changed.wakeAll();
    return;
  }
  try {
    launch(context, container);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
