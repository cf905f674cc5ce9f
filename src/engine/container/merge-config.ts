// The config of a new container: the request's over the image's, complete and in the order that inspect prints.

import type { ContainerConfig, HealthConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import { envName } from './environment.ts';

/** @throws invalidParameter (no command specified, health check times) */
export function mergeConfig(asked: Partial<ContainerConfig>, image: Partial<ContainerConfig>, id: string, hostname: string): ContainerConfig {
  let entrypoint = asked.Entrypoint ?? null;
  let cmd = asked.Cmd?.length ? asked.Cmd : null;
  if (!entrypoint?.length) {
    cmd ??= image.Cmd ?? null;
    entrypoint ??= image.Entrypoint ?? null;
  }
  if (entrypoint?.length === 1 && entrypoint[0] === '') entrypoint = null;
  if (!entrypoint?.length && !cmd?.length) throw new ApiError('invalidParameter', 'no command specified');
  const workingDir = asked.WorkingDir || image.WorkingDir || '';
  if (workingDir && !workingDir.startsWith('/')) throw new ApiError('invalidParameter', `the working directory '${workingDir}' is invalid, it needs to be an absolute path`);
  const exposed = sortedKeys({ ...image.ExposedPorts, ...asked.ExposedPorts });
  const volumes = sortedKeys({ ...image.Volumes, ...asked.Volumes });
  const health = mergeHealth(asked.Healthcheck, image.Healthcheck);
  const stopSignal = asked.StopSignal || image.StopSignal;
  const config: ContainerConfig = {
    Hostname: asked.Hostname || hostname || id.slice(0, 12),
    Domainname: asked.Domainname ?? '',
    User: asked.User || image.User || '',
    AttachStdin: asked.AttachStdin ?? false,
    AttachStdout: asked.AttachStdout ?? false,
    AttachStderr: asked.AttachStderr ?? false,
    ...(exposed && { ExposedPorts: exposed }),
    Tty: asked.Tty ?? false,
    OpenStdin: asked.OpenStdin ?? false,
    StdinOnce: asked.StdinOnce ?? false,
    Env: mergeEnv(asked.Env, image.Env),
    Cmd: cmd,
    ...(health && { Healthcheck: health }),
    Image: asked.Image ?? '',
    Volumes: volumes ?? null,
    WorkingDir: workingDir,
    Entrypoint: entrypoint,
    ...(asked.NetworkDisabled && { NetworkDisabled: true }),
    OnBuild: null,
    Labels: sortedKeys({ ...image.Labels, ...asked.Labels }) ?? {},
    ...(stopSignal && { StopSignal: stopSignal }),
    ...(asked.StopTimeout !== undefined && { StopTimeout: asked.StopTimeout }),
    ...(image.Shell && { Shell: image.Shell }),
  };
  return config;
}

function mergeEnv(asked: string[] | null | undefined, image: string[] | null | undefined): string[] | null {
  if (!asked?.length) return image ?? null;
  const named = new Set(asked.map(envName));
  return [...asked, ...(image ?? []).filter((entry) => !named.has(envName(entry)))];
}

function mergeHealth(asked: HealthConfig | undefined, image: HealthConfig | undefined): HealthConfig | undefined {
  if (!asked || !image) return asked ?? image;
  return { ...image, ...Object.fromEntries(Object.entries(asked).filter(([key, value]) => (key === 'Test' ? asked.Test?.length : value))) };
}

/** The same record with its keys in order; undefined when it is empty. */
export function sortedKeys<T>(record: Record<string, T>): Record<string, T> | undefined {
  const entries = Object.entries(record);
  return entries.length ? Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
}
