// The container and exec calls of the Engine API, each in its own file; here they meet the containers by name.

import type { EngineClient, LogChunk, Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import { inDaemon } from '../daemon-thread.ts';
import type { EngineContext } from '../engine-context.ts';
import { FilterArgs } from '../filters.ts';
import { parseTime } from '../clock-text.ts';
import { readLogs } from '../log/read-logs.ts';
import { archiveCalls } from './archive-calls.ts';
import { attachContainer } from './attach.ts';
import { createContainer } from './create.ts';
import { createExec, findExec, startExec } from './exec.ts';
import { pauseContainer, unpauseContainer } from './freeze.ts';
import { inspectContainer, sizes } from './inspect.ts';
import { containerKill, restartContainer, stopContainer } from './kill.ts';
import { listContainers } from './list.ts';
import { forceRemove, removeContainer } from './remove.ts';
import { renameContainer } from './rename.ts';
import { startContainer } from './start.ts';
import { containerStats } from './stats.ts';
import { topContainer } from './top.ts';
import { updateContainer } from './update.ts';
import { waitContainer } from './wait.ts';

type ContainerCalls = Pick<EngineClient, Extract<keyof EngineClient, `container${string}` | `exec${string}` | `copy${string}`>>;

export function containerCalls(context: EngineContext): ContainerCalls {
  const { containers, sys } = context;
  return {
    ...archiveCalls(context),
    *containerCreate(request) {
      return createContainer(context, request);
    },
    *containerStart(id) {
      startContainer(context, containers.get(id));
    },
    *containerStop(id, options) {
      const container = containers.get(id);
      // Answered 304: for a client no error.
      if (!container.running) return;
      yield* inDaemon(sys, () => stopContainer(context, container, options));
    },
    *containerRestart(id, options) {
      const container = containers.get(id);
      yield* inDaemon(sys, () => restartContainer(context, container, id, options));
    },
    *containerKill(id, signal) {
      const container = containers.find(id);
      if (!container) throw new ApiError('notFound', `cannot kill container: ${id}: No such container: ${id}`);
      yield* inDaemon(sys, () => containerKill(context, container, id, signal));
    },
    *containerPause(id) {
      pauseContainer(context, containers.get(id));
    },
    *containerUnpause(id) {
      unpauseContainer(context, containers.get(id));
    },
    *containerRename(id, name) {
      renameContainer(context, containers.get(id), name);
    },
    *containerUpdate(id, update) {
      updateContainer(context, id, update);
      return { Warnings: null };
    },
    *containerWait(id, condition) {
      return waitContainer(containers.get(id), condition);
    },
    *containerRemove(id, options = {}) {
      if (options.removeLinks && !id.includes('/')) throw new ApiError('conflict', 'Conflict, cannot remove the default link name of the container');
      if (options.removeLinks) throw new ApiError('notSimulated', 'links are not simulated: use a network and the containers\' names');
      const container = containers.get(id);
      yield* inDaemon(sys, () => forceRemove(context, container, id, options));
    },
    *containerInspect(id, options) {
      return inspectContainer(context, containers.get(id), options?.size ?? false);
    },
    *containerList(options = {}) {
      return listContainers(context, options);
    },
    *containerLogs(id, options) {
      return readLogs(context, containers.get(id), options) satisfies Stream<LogChunk>;
    },
    *containerAttach(id, options) {
      return attachContainer(context, containers.get(id), options);
    },
    *containerResize(id, { height, width }) {
      const container = containers.get(id);
      if (!container.running) throw new ApiError('conflict', `container ${container.id} is not running`);
      if (container.streams.master !== undefined) sys.setWindowSize(container.streams.master, { rows: height, columns: width });
    },
    *containerStats(id) {
      return containerStats(context, containers.get(id));
    },
    *containerTop(id, args) {
      return topContainer(context, containers.get(id), args);
    },
    *containersPrune(filters) {
      const args = new FilterArgs(filters, ['label', 'label!', 'until']);
      const until = args.has('until') ? untilTime(args.values('until'), sys.now()) : Infinity;
      const deleted: string[] = [];
      let reclaimed = 0;
      for (const container of containers.all()) {
        if (container.running || container.hidden || container.created >= until || !args.prunable(container.config.Labels)) continue;
        reclaimed += sizes(context, container).SizeRw;
        removeContainer(context, container, {});
        deleted.push(container.id);
      }
      context.emit('container', 'prune', '', { reclaimed: String(reclaimed) });
      return { ContainersDeleted: deleted.length ? deleted : null, SpaceReclaimed: reclaimed };
    },
    *execCreate(id, request) {
      return { Id: createExec(context, containers.get(id), id, request).id };
    },
    *execStart(execId, options) {
      const stream = startExec(context, execId, options);
      return options.detach ? undefined : stream;
    },
    *execInspect(execId) {
      const exec = findExec(context, execId);
      return { ExecID: exec.id, ContainerID: exec.container.id, Running: exec.running, ExitCode: exec.exitCode, Pid: exec.pid };
    },
    *execResize(execId, { height, width }) {
      const { streams } = findExec(context, execId);
      if (streams.master !== undefined) sys.setWindowSize(streams.master, { rows: height, columns: width });
    },
  };
}

/** `until` of a prune: a time, or a duration before now (`10m`, `24h`). @throws invalidParameter */
export function untilTime(values: readonly string[], now: number): number {
  if (values.length > 1) throw new ApiError('invalidParameter', 'more than one until filter specified');
  const text = values[0]!;
  const duration = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text);
  if (text && duration) return now - (Number(duration[1] ?? 0) * 3600 + Number(duration[2] ?? 0) * 60 + Number(duration[3] ?? 0)) * 1000;
  const time = parseTime(text);
  if (time === undefined) throw new ApiError('invalidParameter', `failed to parse value as time or duration: "${text}"`);
  return time;
}
