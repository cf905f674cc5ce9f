// `docker exec`: another process in a running container's namespaces.

import type { ExecCreateRequest } from '../../api/container.ts';
import type { AttachedStream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { encode } from '../../base/bytes.ts';
import { type Task, WaitQueue } from '../../base/task.ts';
import { signalNumber } from '../../kernel/signal.ts';
import type { Embryo } from '../../kernel/syscalls.ts';
import type { EngineContext } from '../engine-context.ts';
import { execute, findExecutable } from '../runtime/executable.ts';
import { lookupUser } from '../runtime/lookup-user.ts';
import { enterDirectory } from '../runtime/working-directory.ts';
import { execFailure, exitCodeOf, RuntimeFault } from '../runtime/oci-error.ts';
import { openPipes, type Pipes, pump, takePipes, takeTerminal } from '../runtime/stdio.ts';
import { credentialsFor } from './capabilities.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { parseDetachKeys } from './detach-keys.ts';
import { containerEnvironment, DEFAULT_PATH } from './environment.ts';
import { attachedStream, ContainerStreams } from './streams.ts';

export interface Exec {
  readonly id: string;
  readonly container: Container;
  readonly request: ExecCreateRequest;
  readonly streams: ContainerStreams;
  running: boolean;
  started: boolean;
  pid: number;
  exitCode: number | null;
  readonly changed: WaitQueue;
}

const title = ({ Cmd: [entrypoint = '', ...args] }: ExecCreateRequest) => `${entrypoint} ${args.join(' ')}`;

/** @param shown the container as the caller named it. @throws conflict (not running, paused), invalidParameter */
export function createExec(context: EngineContext, container: Container, shown: string, request: ExecCreateRequest): Exec {
  if (container.restarting) throw new ApiError('conflict', `Container ${container.id} is restarting, wait until the container is running`);
  if (!container.running) throw new ApiError('conflict', `container ${container.id} is not running`);
  if (container.paused) throw new ApiError('conflict', `Container ${shown} is paused, unpause the container before exec`);
  if (!request.Cmd?.length) throw new ApiError('invalidParameter', 'No exec command specified');
  const exec: Exec = {
    id: context.ids.hex(64), container, request, streams: new ContainerStreams(context.sys), running: false, started: false, pid: 0,
    exitCode: null, changed: new WaitQueue(),
  };
  context.execs.set(exec.id, exec);
  container.execs.add(exec.id);
  containerEvent(context, container, `exec_create: ${title(request)}`, { execID: exec.id });
  return exec;
}

/** @throws notFound, conflict (started before) */
export function findExec(context: EngineContext, id: string): Exec {
  const exec = context.execs.get(id);
  if (!exec) throw new ApiError('notFound', `No such exec instance: ${id}`);
  return exec;
}

/** What the runtime refuses is written to the stream, as the daemon does once it is attached. @throws notFound, conflict, invalidParameter (user) */
export function startExec(context: EngineContext, id: string, options: { readonly detach?: boolean; readonly consoleSize?: readonly [number, number] }): AttachedStream {
  const exec = findExec(context, id);
  const { container, request, streams } = exec;
  if (exec.started) throw new ApiError('conflict', `exec ${id} has already run`);
  if (!container.running) throw new ApiError('conflict', `container ${container.id} is not running`);
  exec.started = true;
  const output = streams.attach(request.AttachStdout !== false, request.AttachStderr !== false);
  const stream = attachedStream(streams, output, {
    stdin: !!request.AttachStdin, closeStdin: !request.Tty, ...(request.Tty && { detachKeys: parseDetachKeys(request.DetachKeys || undefined) }),
    onDetach: () => containerEvent(context, container, 'exec_detach', { execID: id }),
  });
  containerEvent(context, container, `exec_start: ${title(request)}`, { execID: id });
  try {
    launch(context, exec, !!options.detach, options.consoleSize);
  } catch (error) {
    if (!(error instanceof RuntimeFault)) throw error;
    const failure = execFailure(error);
    exec.exitCode = exitCodeOf(failure.message);
    container.execs.delete(id);
    if (options.detach) throw failure;
    output.push({ stream: 'stdout', data: encode(`${failure.message}\r\n`) });
    streams.end();
  }
  return stream;
}

function launch(context: EngineContext, exec: Exec, detached: boolean, consoleSize: readonly [number, number] | undefined): void {
  const { sys } = context;
  const { container, request, streams } = exec;
  const user = lookupUser(sys, container.rootDirectory, request.User || container.config.User, container.hostConfig.GroupAdd ?? []);
  let pipes: Pipes | undefined = request.Tty ? undefined : openPipes(sys, !!request.AttachStdin && !detached);
  const embryo = sys.newProcess({ joinNamespacesOf: container.pid });
  try {
    if (pipes) takePipes(embryo.sys, pipes);
    else {
      const [rows, columns] = consoleSize ?? request.ConsoleSize ?? [0, 0];
      pipes = takeTerminal(embryo, { columns: columns || 80, rows: rows || 24 });
      streams.master = pipes.stdin;
    }
    enter(embryo, exec, user);
  } catch (error) {
    embryo.abandon();
    for (const fd of [pipes?.stdin, ...(pipes?.theirs ?? []), ...(pipes?.outputs ?? []).map(([, each]) => each)]) if (fd !== undefined && fd !== streams.master) sys.close(fd);
    throw error;
  }
  for (const fd of pipes.theirs) if (fd !== undefined) sys.close(fd);
  exec.running = true;
  exec.pid = embryo.pid;
  streams.openStdin(request.AttachStdin && !detached ? pipes.stdin : undefined);
  const pumps = pump(sys, pipes, streams);
  sys.thread(function* (): Task<void> {
    const status = yield* sys.wait(exec.pid);
    for (const thread of pumps) yield* thread.join();
    exec.exitCode = status.signal ? 128 + signalNumber(status.signal) : status.code ?? 0;
    exec.running = false;
    container.execs.delete(exec.id);
    streams.end();
    containerEvent(context, container, 'exec_die', { execID: exec.id, exitCode: String(exec.exitCode) });
    exec.changed.wakeAll();
  });
}

function enter(embryo: Embryo, { container, request }: Exec, user: ReturnType<typeof lookupUser>): void {
  const { sys } = embryo;
  sys.sigaction('SIGPIPE', 'default');
  if (!request.Tty) sys.setsid();
  const env = containerEnvironment(container, request.Env ?? [], !!request.Tty);
  env['HOME'] ??= user.home;
  const cwd = request.WorkingDir || container.config.WorkingDir || '/';
  if (!cwd.startsWith('/')) throw new RuntimeFault('Cwd must be an absolute path');
  sys.setUmask(0o022);
  const { hostConfig } = container;
  const credentials = credentialsFor(hostConfig, user, request.Privileged || hostConfig.Privileged);
  // The container's own seccomp profile stands, and without SYS_ADMIN there it forbids to mount.
  const { sysAdmin = false } = hostConfig.SecurityOpt?.includes('seccomp=unconfined') ? credentials : credentialsFor(hostConfig, user);
  enterDirectory(sys, cwd, () => sys.setCredentials({ ...credentials, sysAdmin }));
  execute(embryo, findExecutable(sys, request.Cmd[0]!, env['PATH'] ?? DEFAULT_PATH), request.Cmd, env);
}
