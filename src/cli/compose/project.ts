// A Compose project: what the files come to, with types.

import type { Dict } from './yaml-document.ts';

export interface ServiceVolume {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'image' | 'npipe' | 'cluster';
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: { readonly propagation?: string; readonly create_host_path?: boolean; readonly recursive?: string; readonly selinux?: string };
  readonly volume?: { readonly labels?: Record<string, string>; readonly nocopy?: boolean; readonly subpath?: string };
  readonly tmpfs?: { readonly size?: string; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}

export interface FileReference {
  readonly source: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: string;
}

export interface Dependency {
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully' | 'running_or_healthy';
  readonly restart?: boolean;
  readonly required: boolean;
}

export interface ServicePort {
  readonly mode: string;
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol?: string;
}

export interface ServiceNetwork {
  readonly aliases?: string[];
  readonly priority?: number;
  readonly ipv4_address?: string;
}

export interface BuildSpec {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly args?: Record<string, string | null>;
  readonly labels?: Record<string, string>;
  readonly target?: string;
  readonly no_cache?: boolean;
  readonly pull?: boolean;
  readonly tags?: string[];
  readonly secrets?: FileReference[];
}

/** Sizes are texts of bytes and times Go's durations, as `docker compose config` shows them. */
export interface Service extends Dict {
  name: string;
  image?: string;
  build?: BuildSpec;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string | null>;
  labels?: Record<string, string>;
  ports?: ServicePort[];
  expose?: string[];
  volumes?: ServiceVolume[];
  tmpfs?: string[];
  volumes_from?: string[];
  configs?: FileReference[];
  secrets?: FileReference[];
  depends_on?: Record<string, Dependency>;
  networks?: Record<string, ServiceNetwork | null>;
  network_mode?: string;
  container_name?: string;
  scale?: number;
  pull_policy?: string;
  profiles?: string[];
  links?: string[];
  stop_grace_period?: string;
}

export interface ProjectVolume {
  readonly name: string;
  readonly driver?: string;
  readonly driver_opts?: Record<string, string>;
  readonly labels?: Record<string, string>;
  readonly external?: boolean;
}

export interface ProjectNetwork {
  readonly name: string;
  readonly driver?: string;
  readonly labels?: Record<string, string>;
  readonly external?: boolean;
  readonly [more: string]: unknown;
}

/** A config or secret. */
export interface ProjectFile {
  readonly name: string;
  readonly file?: string;
  readonly content?: string;
  readonly environment?: string;
  readonly external?: boolean;
}

export interface Project {
  readonly name: string;
  readonly directory: string;
  readonly files: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Enabled, by name in sorted order. */
  services: Record<string, Service>;
  disabled: Record<string, Service>;
  volumes: Record<string, ProjectVolume>;
  networks: Record<string, ProjectNetwork>;
  configs: Record<string, ProjectFile>;
  secrets: Record<string, ProjectFile>;
  /** `models` and `x-…`. */
  readonly extensions: Dict;
}

export const sorted = <T>(record: Readonly<Record<string, T>>): [string, T][] => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** How many containers a service has. */
export const replicas = (service: Service): number => service.scale ?? (service['deploy']?.replicas as number | undefined) ?? 1;

/** What a service's image is called: its own name for it, or `project-service`. */
export const imageName = (project: Project, service: Service): string => service.image ?? `${project.name}-${service.name}`;

/** Services that need this one. */
export const dependents = (project: Project, name: string): string[] =>
  Object.values(project.services).filter((each) => each.depends_on?.[name]).map((each) => each.name);
