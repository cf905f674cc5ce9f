// One RUN instruction of a build: a container that nobody sees, run to its end, its layer left for the builder to commit.

import type { ContainerConfig } from '../../api/container.ts';
import type { LogChunk } from '../../api/engine-client.ts';
import type { Task } from '../../base/task.ts';
import type { EngineContext } from '../engine-context.ts';

export interface StepOptions {
  /** `sha256:…` of the image to run on. */
  readonly image: string;
  /** What to run, over the image's own config; Entrypoint and Cmd are taken as they are. */
  readonly config: Partial<ContainerConfig>;
  /** True: an ordinary container with events and a row in `ps -a`, as the legacy builder's. */
  readonly visible: boolean;
  /** Extra binds (`--mount=type=cache|secret|bind` of a RUN): host path, path in the container. */
  readonly mounts?: readonly { readonly source: string; readonly destination: string; readonly readonly: boolean }[];
  onOutput(chunk: LogChunk): void;
}

export interface FinishedStep {
  readonly id: string;
  readonly exitCode: number;
  /** When the process could not be started: the daemon's words. */
  readonly error?: string;
  /** The writable layer's files on the host: commit them before `remove`. */
  readonly diffPath: string;
  /** The changed files include those of VOLUME mount points only as empty directories. */
  remove(): Task<void>;
}

export type RunStep = (context: EngineContext, options: StepOptions) => Task<FinishedStep>;
