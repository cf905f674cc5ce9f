// The seam: what `docker` and the lesson goals may ask of an engine, simulated or real.

import type { Bytes } from '../base/bytes.ts';
import type { Task } from '../base/task.ts';
import type {
  ContainerCreateRequest, ContainerCreateResponse, ContainerInspectResponse, ContainerPathStat, ContainersPruneReport,
  ContainerStats, ContainerSummary, ContainerTopResponse, ExecCreateRequest, ExecInspectResponse, FilesystemChange, HostConfig,
} from './container.ts';
import type { ImageDeleteItem, ImageHistoryItem, ImageInspect, ImagesPruneReport, ImageSummary, JsonMessage } from './image.ts';
import type { BuildCacheRecord, DiskUsage, EventMessage, NetworkSummary, SystemInfo, VersionResponse } from './system.ts';
import type { Volume, VolumeCreateRequest, VolumeListResponse, VolumesPruneReport } from './volume.ts';

/** Filters as on the wire: key → values, in the order given. The engine refuses keys it does not know. */
export type Filters = Record<string, string[]>;

/** A byte or message stream from the engine: undefined at its end. `close` may be called at any time. */
export interface Stream<T> {
  next(): Task<T | undefined>;
  close(): void;
}

export interface LogChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Bytes;
}

/** A container's or exec's standard streams: what `attach` hijacks. With a tty everything is `stdout`. */
export interface AttachedStream extends Stream<LogChunk> {
  write(data: Bytes): Task<void>;
  /** Half-close: end of the container's standard input. */
  closeWrite(): void;
}

export interface AttachOptions {
  stdin?: boolean;
  stdout?: boolean;
  stderr?: boolean;
  /** False: only what was written before. */
  stream?: boolean;
  /** Also what was written before, from the logs. */
  logs?: boolean;
  detachKeys?: string;
}

export interface LogsOptions {
  stdout?: boolean;
  stderr?: boolean;
  follow?: boolean;
  /** RFC 3339 or Unix seconds. */
  since?: string;
  until?: string;
  timestamps?: boolean;
  /** A number or `all`. */
  tail?: string;
  details?: boolean;
}

export interface BuildOptions {
  dockerfile: string;
  tags: string[];
  buildArgs: Record<string, string | null>;
  labels: Record<string, string>;
  target: string;
  noCache: boolean;
  pull: boolean;
  quiet: boolean;
  remove: boolean;
  forceRemove: boolean;
  /** '1' the legacy builder, '2' BuildKit. */
  version: '1' | '2';
  secrets?: Record<string, Bytes>;
  /** Of RUN: `none`, or '' for the default. */
  network?: string;
  /** Files for the client instead of an image. */
  archive?: 'local' | 'tar';
  /** More contexts that COPY and RUN may name: archives, or images in place of a name. */
  contexts?: Record<string, Stream<Bytes> | string>;
  /** What the client calls the directory of the context: BuildKit keeps what came from it by this name. */
  sharedKey?: string;
}

export type WaitCondition = 'not-running' | 'next-exit' | 'removed';

/** Every call throws ApiError; the kinds beside a call are those it has of its own. Names are those of the Go client. */
export interface EngineClient {
  ping(): Task<{ apiVersion: string }>;
  serverVersion(): Task<VersionResponse>;
  info(): Task<SystemInfo>;
  diskUsage(): Task<DiskUsage>;
  /** Live with no `until`; ends at `until`. */
  events(options: { since?: string; until?: string; filters?: Filters }): Task<Stream<EventMessage>>;

  /** @throws notFound (no such image), conflict (name), invalidParameter (mounts, options) */
  containerCreate(request: ContainerCreateRequest): Task<ContainerCreateResponse>;
  containerStart(id: string): Task<void>;
  /** `timeout` in seconds; −1 waits for ever; undefined takes the container's StopTimeout (10). */
  containerStop(id: string, options?: { signal?: string; timeout?: number }): Task<void>;
  containerRestart(id: string, options?: { signal?: string; timeout?: number }): Task<void>;
  containerKill(id: string, signal?: string): Task<void>;
  containerPause(id: string): Task<void>;
  containerUnpause(id: string): Task<void>;
  containerRename(id: string, name: string): Task<void>;
  containerUpdate(id: string, update: Partial<HostConfig>): Task<{ Warnings: string[] | null }>;
  /** Registers at once (before the task is resumed the first time it may be raced only by the caller itself) and ends when the condition holds. */
  containerWait(id: string, condition: WaitCondition): Task<PendingExit>;
  containerRemove(id: string, options?: { force?: boolean; removeVolumes?: boolean; removeLinks?: boolean }): Task<void>;
  containerInspect(id: string, options?: { size?: boolean }): Task<ContainerInspectResponse>;
  containerList(options?: { all?: boolean; limit?: number; size?: boolean; filters?: Filters }): Task<ContainerSummary[]>;
  containerLogs(id: string, options: LogsOptions): Task<Stream<LogChunk>>;
  containerAttach(id: string, options: AttachOptions): Task<AttachedStream>;
  containerResize(id: string, size: { height: number; width: number }): Task<void>;
  containerStats(id: string): Task<ContainerStats>;
  containerTop(id: string, args: string[]): Task<ContainerTopResponse>;
  containerDiff(id: string): Task<FilesystemChange[]>;
  containerExport(id: string): Task<Stream<Bytes>>;
  containerCommit(id: string, options: { reference?: string; comment?: string; author?: string; pause?: boolean; changes?: string[] }): Task<{ Id: string }>;
  containersPrune(filters?: Filters): Task<ContainersPruneReport>;
  containerStatPath(id: string, path: string): Task<ContainerPathStat>;
  /** A tar stream of the path, and its stat. */
  copyFromContainer(id: string, path: string): Task<{ stat: ContainerPathStat; content: Stream<Bytes> }>;
  /** Unpack a tar stream into a directory of the container. */
  copyToContainer(id: string, path: string, content: Stream<Bytes>, options: { allowOverwriteDirWithFile?: boolean; copyUidGid?: boolean }): Task<void>;

  execCreate(id: string, request: ExecCreateRequest): Task<{ Id: string }>;
  /** Start and attach, or start alone with `detach`. */
  execStart(execId: string, options: { detach?: boolean; tty?: boolean; consoleSize?: [number, number] }): Task<AttachedStream | undefined>;
  execInspect(execId: string): Task<ExecInspectResponse>;
  execResize(execId: string, size: { height: number; width: number }): Task<void>;

  imageList(options?: { all?: boolean; filters?: Filters; sharedSize?: boolean }): Task<ImageSummary[]>;
  imageInspect(reference: string): Task<ImageInspect>;
  imageHistory(reference: string): Task<ImageHistoryItem[]>;
  imageTag(source: string, target: string): Task<void>;
  imageRemove(reference: string, options?: { force?: boolean; noPrune?: boolean }): Task<ImageDeleteItem[]>;
  imagesPrune(filters?: Filters): Task<ImagesPruneReport>;
  /** @throws notFound, with the registry's words, for a name the catalogue does not have */
  imagePull(reference: string, options?: { platform?: string }): Task<Stream<JsonMessage>>;
  imageImport(source: Stream<Bytes>, options: { reference?: string; message?: string; changes?: string[] }): Task<Stream<JsonMessage>>;
  imageLoad(source: Stream<Bytes>, options?: { quiet?: boolean }): Task<Stream<JsonMessage>>;
  imageSave(references: string[]): Task<Stream<Bytes>>;
  /** The build context is a tar stream. */
  imageBuild(context: Stream<Bytes>, options: BuildOptions): Task<Stream<JsonMessage>>;
  buildCachePrune(options: { all?: boolean; filters?: Filters }): Task<{ CachesDeleted: string[] | null; SpaceReclaimed: number; Records?: BuildCacheRecord[] }>;

  /** Idempotent: an existing name of the same driver is returned as it is. @throws invalidParameter, conflict, notFound (driver) */
  volumeCreate(request: VolumeCreateRequest): Task<Volume>;
  volumeInspect(name: string): Task<Volume>;
  volumeList(filters?: Filters): Task<VolumeListResponse>;
  /** @throws conflict (in use), notFound */
  volumeRemove(name: string, options?: { force?: boolean }): Task<void>;
  volumesPrune(filters?: Filters): Task<VolumesPruneReport>;

  networkList(filters?: Filters): Task<NetworkSummary[]>;
  networkCreate(request: { Name: string; Driver?: string; Labels?: Record<string, string> }): Task<{ Id: string }>;
  networkInspect(name: string): Task<NetworkSummary>;
  networkRemove(name: string): Task<void>;
  networksPrune(filters?: Filters): Task<{ NetworksDeleted: string[] | null }>;
}

/** An exit that was registered for: `wait` may be called later without missing it. */
export interface PendingExit {
  wait(): Task<{ StatusCode: number; Error?: { Message: string } }>;
}
