// One RUN instruction of a build: a container that nobody sees, run to its end, its layer left for the builder to commit.

import type { ContainerConfig } from '../../api/container.ts';
import type { LogChunk } from '../../api/engine-client.ts';
import type { Task } from '../../base/task.ts';
import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import { containerEvent } from './container-event.ts';
import { makeContainer } from './create.ts';
import { removeContainer } from './remove.ts';
import { startContainer } from './start.ts';
import { waitContainer } from './wait.ts';

export interface StepOptions {
  /** `sha256:…` of the image to run on. */
  readonly image: string;
  /** What to run, over the image's own config; Entrypoint and Cmd are taken as they are. */
  readonly config: Partial<ContainerConfig>;
  /** True: an ordinary container with events and a row in `ps -a`, as the legacy builder's. */
  readonly visible: boolean;
  /** Extra binds (`--mount=type=cache|secret|bind` of a RUN): host path, path in the container. */
  readonly mounts?: readonly { readonly source: string; readonly destination: string; readonly readonly: boolean; readonly tmpfs?: boolean }[];
  readonly network?: string;
  /** The container is there and about to start. */
  onCreate?(id: string): void;
  onOutput(chunk: LogChunk): void;
}

export interface FinishedStep {
  readonly id: string;
  readonly exitCode: number;
  /** When the process could not be started: the daemon's words. */
  readonly error?: string;
  /** The writable layer's files on the host: commit them before `remove`. */
  readonly diffPath: string;
  remove(): void;
}

/** Create, start, read its output, wait. A visible one is left for `ps -a` until `remove`. @throws ApiError when it cannot even be created */
export function* runStep(context: EngineContext, { image, config, visible, mounts = [], network, onCreate, onOutput }: StepOptions): Task<FinishedStep> {
  const binds = mounts.map(({ source, destination, readonly, tmpfs }) => ({ Type: tmpfs ? 'tmpfs' : 'bind', ...(!tmpfs && { Source: source }), Target: destination, ...(readonly && { ReadOnly: true }) }));
  const container = makeContainer(context, {
    Config: { ...config, Entrypoint: config.Entrypoint ?? [], Image: image, AttachStdout: true, AttachStderr: true },
    HostConfig: { ...(network && { NetworkMode: network }), ...(binds.length && { Mounts: binds }), ...(!visible && { LogConfig: { Type: 'none', Config: {} } }) },
  }, !visible);
  if (visible) containerEvent(context, container, 'create');
  onCreate?.(container.id);
  const output = container.streams.attach();
  const exit = waitContainer(container, 'next-exit');
  const step = { id: container.id, diffPath: context.driver.diffPath(container.layer), remove: () => removeContainer(context, container, { removeVolumes: true }) };
  try {
    startContainer(context, container);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...step, exitCode: container.exitCode, error: error.message };
  }
  for (let chunk = yield* output.next(); chunk; chunk = yield* output.next()) onOutput(chunk);
  const { StatusCode } = yield* exit.wait();
  return { ...step, exitCode: StatusCode };
}
