// RUN under BuildKit: on an image that exists only for it, in a container that nobody sees.

import { ApiError } from '../../../api/errors.ts';
import { decode, type Bytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { envName } from '../../container/environment.ts';
import { interruptibleStep } from '../interruptible-step.ts';
import type { EngineContext } from '../../engine-context.ts';
import { layerFromDiff } from '../../image/create-image.ts';
import type { ImageFile } from '../../image/image-file.ts';
import { layersOf, type Layer } from '../../image/layer-store.ts';
import type { Instruction } from '../dockerfile/instruction.ts';
import type { Vertex } from './progress.ts';
import { mountStubs, runMount, type RunMount } from './run-mounts.ts';
import type { Stage } from './stage.ts';

export interface RunOptions {
  readonly instruction: Instruction;
  readonly command: readonly string[];
  /** Build arguments, as `NAME=value`. */
  readonly declared: readonly string[];
  readonly vertex: Vertex;
  readonly secrets: Readonly<Record<string, Bytes>>;
  readonly network?: string | undefined;
  /** Where made-up files go. */
  readonly scratch: string;
  /** Where the files of the context, a stage or an image are; what is mounted for it is noted. */
  root(from: string | undefined, mounted: string[]): string;
  /** The directory of a cache mount is about to be used: there, or still to be made. */
  useCache(path: string): void;
}

/** @throws ApiError in BuildKit's words */
export function* executeRun(context: EngineContext, stage: Stage, run: RunOptions): Task<Layer | undefined> {
  const { sys, images, driver } = context;
  const { instruction, command, declared, vertex } = run;
  const env = stage.config.Env ?? [];
  const { WorkingDir = '' } = stage.config;
  const mounted: string[] = [];
  const file: ImageFile = { architecture: 'amd64', os: 'linux', created: stage.created, config: { ...stage.config, Volumes: null, Healthcheck: { Test: ['NONE'] } }, history: [{ created_by: stage.key }], rootfs: { type: 'layers', diff_ids: layersOf(stage.layer).map(({ diffId }) => diffId) } };
  const image = images.create(file, stage.layer);
  image.hidden = true;
  try {
    const secretEnv: string[] = [];
    const mounts = instruction.mounts.map((text) => runMount(context, text, {
      workingDir: WorkingDir, secrets: run.secrets, scratch: run.scratch, env: secretEnv, useCache: run.useCache,
      root: (from) => run.root(from, mounted),
    })).filter((mount): mount is RunMount => mount !== undefined);
    const lower = stage.layer ? driver.get(stage.layer.cacheId) : '';
    if (stage.layer) mounted.push(stage.layer.cacheId);
    const clean = mountStubs(context, lower, mounts);
    const args = declared.filter((entry) => !env.some((other) => envName(other) === envName(entry)));
    const step = yield* interruptibleStep(context, {
      image: image.Id, visible: false, mounts, ...(run.network && { network: run.network }),
      config: { ...stage.config, Volumes: null, Healthcheck: { Test: ['NONE'] }, Cmd: [...command], Entrypoint: [], Env: [...args, ...env, ...secretEnv] },
      onOutput: ({ data }) => vertex.output(decode(data)),
    });
    try {
      const process = `process "${command.join(' ')}" did not complete successfully: `;
      if (step.error !== undefined) {
        if (/^unable to find (user|group)/.test(step.error)) throw new ApiError('invalidParameter', process + step.error);
        vertex.output(`${step.error.replace(/^.*runc create failed: /, 'runc run failed: ')}\n`);
      }
      if (step.error !== undefined || step.exitCode !== 0) throw new ApiError('invalidParameter', `${process}exit code: ${step.error === undefined ? step.exitCode : 1}`);
      clean(step.diffPath);
      return layerFromDiff(sys, images, stage.layer, step.diffPath, true);
    } finally {
      step.remove();
    }
  } catch (error) {
    if (error instanceof ApiError && /^unable to find (user|group)/.test(error.message)) throw new ApiError('invalidParameter', `process "${command.join(' ')}" did not complete successfully: ${error.message}`);
    throw error;
  } finally {
    for (const id of mounted) driver.put(id);
    images.delete(image.Id);
  }
}
