// An image's own JSON: what its id is the digest of (Docker's image specification v1, which OCI's config extends).

import type { ContainerConfig } from '../../api/container.ts';

export interface HistoryEntry {
  created?: string;
  created_by?: string;
  author?: string;
  comment?: string;
  empty_layer?: boolean;
}

/** Keys are written in this (alphabetical) order, those without a value left out. */
export interface ImageFile {
  architecture: string;
  author?: string;
  comment?: string;
  config: Partial<ContainerConfig>;
  container?: string;
  created: string;
  docker_version?: string;
  history: HistoryEntry[];
  os: string;
  rootfs: { type: 'layers'; diff_ids: string[] };
}

/** The `config` of an image with every field that Go writes, in its order. */
export function fullConfig(config: Partial<ContainerConfig>): Partial<ContainerConfig> {
  const { Hostname = '', Domainname = '', User = '', ExposedPorts, Tty = false, Env = null, Cmd = null, Healthcheck, Image = '', Volumes = null, WorkingDir = '', Entrypoint = null, OnBuild = null, Labels = null, StopSignal, Shell } = config;
  return {
    Hostname, Domainname, User, AttachStdin: false, AttachStdout: false, AttachStderr: false,
    ...(ExposedPorts ? { ExposedPorts } : {}),
    Tty, OpenStdin: false, StdinOnce: false, Env, Cmd,
    ...(Healthcheck ? { Healthcheck } : {}),
    Image, Volumes, WorkingDir, Entrypoint, OnBuild, Labels,
    ...(StopSignal ? { StopSignal } : {}),
    ...(Shell ? { Shell } : {}),
  };
}

export function encodeImageFile(file: ImageFile): string {
  const { architecture, author, comment, config, container, created, docker_version, history, os, rootfs } = file;
  return JSON.stringify({
    architecture,
    ...(author ? { author } : {}),
    ...(comment ? { comment } : {}),
    config,
    ...(container ? { container } : {}),
    created,
    ...(docker_version ? { docker_version } : {}),
    history, os, rootfs,
  });
}

/** What this engine writes as docker_version. */
export const DOCKER_VERSION = '28.5.2';
