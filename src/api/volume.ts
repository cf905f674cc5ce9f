// Volumes of the Engine API.

/** Key order is the order `docker volume inspect` prints (alphabetical). */
export interface Volume {
  /** RFC 3339, seconds. */
  CreatedAt: string;
  Driver: string;
  Labels: Record<string, string> | null;
  Mountpoint: string;
  Name: string;
  Options: Record<string, string> | null;
  Scope: string;
  Status?: Record<string, unknown>;
  /** Only in `system df`. Size −1 when unknown. */
  UsageData?: { RefCount: number; Size: number };
}

export interface VolumeCreateRequest {
  Name?: string;
  Driver?: string;
  DriverOpts?: Record<string, string>;
  Labels?: Record<string, string>;
}

export interface VolumeListResponse {
  Volumes: Volume[];
  Warnings: string[] | null;
}

/** VolumesDeleted is null when none was. */
export interface VolumesPruneReport {
  VolumesDeleted: string[] | null;
  SpaceReclaimed: number;
}
