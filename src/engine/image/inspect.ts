// `docker image inspect` and `docker history`.

import type { ContainerConfig } from '../../api/container.ts';
import type { ImageHistoryItem, ImageInspect } from '../../api/image.ts';
import { familiarReference } from '../../api/reference.ts';
import { parseTime } from '../clock-text.ts';
import { sortedKeys } from '../container/merge-config.ts';
import type { GraphDriver } from '../graphdriver/graph-driver.ts';
import type { ImageRecord, ImageStore } from './image-store.ts';
import { layersOf } from './layer-store.ts';

/** Keys in the order of the daemon's answer; those of Config are sorted, as there. */
export function inspectImage(store: ImageStore, driver: GraphDriver, image: ImageRecord): ImageInspect {
  const { file } = image;
  const references = store.referencesOf(image.Id);
  const { Cmd = null, Entrypoint = null, Env = null, Labels = null, OnBuild = null, User = '', Volumes = null, WorkingDir = '', ExposedPorts, Healthcheck, StopSignal, Shell } = file.config;
  const config: Partial<ContainerConfig> = { Cmd, Entrypoint, Env, Labels, OnBuild, User, Volumes, WorkingDir };
  if (ExposedPorts) config.ExposedPorts = ExposedPorts;
  if (Healthcheck) config.Healthcheck = sortedKeys({ ...Healthcheck })!;
  if (StopSignal) config.StopSignal = StopSignal;
  if (Shell) config.Shell = Shell;
  const argsEscaped = (file.config as { ArgsEscaped?: boolean }).ArgsEscaped;
  return {
    Id: image.Id,
    RepoTags: references.filter(({ digest }) => !digest).map(familiarReference),
    RepoDigests: references.filter(({ digest }) => digest).map(familiarReference),
    Parent: image.parent,
    Comment: file.comment ?? file.history.at(-1)?.comment ?? '',
    Created: file.created,
    DockerVersion: file.docker_version ?? '',
    Author: file.author ?? '',
    Architecture: file.architecture,
    Os: file.os,
    Size: image.size,
    GraphDriver: { Data: image.layer ? driver.metadata(image.layer.cacheId) : null, Name: driver.name },
    RootFS: { Type: 'layers', ...(file.rootfs.diff_ids.length ? { Layers: file.rootfs.diff_ids } : {}) },
    Metadata: { LastTagTime: image.lastTagTime },
    Config: sortedKeys({ ...config, ...(argsEscaped ? { ArgsEscaped: true } : {}) }) as Partial<ContainerConfig>,
  };
}

/** Newest first. The ids of steps that are no image here are `<missing>`. */
export function imageHistory(store: ImageStore, image: ImageRecord): ImageHistoryItem[] {
  const layers = layersOf(image.layer);
  let layer = 0;
  const items = image.file.history.map((entry): ImageHistoryItem => ({
    Comment: entry.comment ?? '',
    Created: Math.floor((parseTime(entry.created ?? '') ?? 0) / 1000),
    CreatedBy: entry.created_by ?? '',
    Id: '<missing>',
    Size: entry.empty_layer ? 0 : (layers[layer++]?.size ?? 0),
    Tags: null,
  })).reverse();
  let at: ImageRecord | undefined = image;
  for (const item of items) {
    if (!at) break;
    item.Id = at.Id;
    const tags = store.referencesOf(at.Id).filter(({ digest }) => !digest).map(familiarReference);
    item.Tags = tags.length ? tags : null;
    at = store.byId(at.parent);
  }
  return items;
}
