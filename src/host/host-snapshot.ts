// What the outside sees of a host at one moment: plain, frozen, serialisable data. The picture, the goals and saves read only this.

import type { ContainerInspectResponse } from '../api/container.ts';
import type { ImageSummary } from '../api/image.ts';
import type { Volume } from '../api/volume.ts';

/** A file, directory or node of a store, by its path inside that store (`notes.txt`, `etc/motd`; never a leading slash). */
export interface StoredFile {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'device' | 'fifo' | 'socket' | 'whiteout' | 'opaque';
  readonly ino: number;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  /** Bytes. */
  readonly size: number;
  /** ms since the epoch. */
  readonly mtime: number;
  /** The first 200 characters of a small text file; the target of a symbolic link. */
  readonly preview?: string;
  /** In a writable layer: the topmost image layer that has this path too. The file was copied up from it, or is deleted or hidden there. */
  readonly below?: string;
}

/** A directory tree in the order of a walk, cut at `limit` entries. */
export interface FileListing {
  readonly files: readonly StoredFile[];
  /** How many there are in all, when `files` was cut. */
  readonly total: number;
}

export interface ContainerSnapshot {
  /** Exactly what `docker inspect` prints. */
  readonly inspect: ContainerInspectResponse;
  /** The writable layer (`diff` of the container on the host). */
  readonly layer: FileListing;
  /** tmpfs mounts of a running container by destination, `/dev` and `/dev/shm` left out unless something lies in them. */
  readonly tmpfs: readonly { readonly destination: string; readonly listing: FileListing }[];
  /** The image's layers below the writable one, by id, the lowest first. */
  readonly layers: readonly string[];
  /** Mounts behind which something lies that cannot be reached while they are there. */
  readonly hidden: readonly HiddenSnapshot[];
}

/** What a mount hides in the layers, or in the mount that it lies in. */
export interface HiddenSnapshot {
  readonly destination: string;
  /** The first names there; directories end in `/`. */
  readonly names: readonly string[];
  readonly total: number;
  /** The destination of the mount that it lies in; without it, the container's layers. */
  readonly inside?: string;
}

/** A read-only layer of the images on this host. */
export interface ImageLayerSnapshot {
  /** Its directory below `/var/lib/docker/overlay2`. */
  readonly id: string;
  /** The layer it lies on. */
  readonly parent?: string;
  /** Names of the images that end with it. */
  readonly images: readonly string[];
  /** As `docker history` has it; empty when that does not tell. */
  readonly createdBy: string;
  /** Bytes of its own files. */
  readonly size: number;
  /** The first paths of what it holds, directories left out. */
  readonly files: readonly string[];
  /** How many files it holds in all. */
  readonly total: number;
}

export interface VolumeSnapshot {
  readonly volume: Volume;
  readonly anonymous: boolean;
  readonly listing: FileListing;
  /** Names of the containers that refer to it, running or not. */
  readonly usedBy: readonly string[];
}

/** A host directory or file that some container binds, or the directory the learner stands in. */
export interface HostPathSnapshot {
  readonly path: string;
  readonly kind: 'directory' | 'file' | 'missing';
  readonly listing: FileListing;
  readonly usedBy: readonly string[];
}

export interface HostSnapshot {
  /** Virtual ms since the epoch. */
  readonly time: number;
  readonly hostname: string;
  readonly cwd: string;
  /** In creation order. */
  readonly containers: readonly ContainerSnapshot[];
  readonly volumes: readonly VolumeSnapshot[];
  readonly hostPaths: readonly HostPathSnapshot[];
  readonly images: readonly ImageSummary[];
  /** Of all images and containers, each once, parents first. */
  readonly layers: readonly ImageLayerSnapshot[];
}
