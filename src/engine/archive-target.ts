// A container's files as an archive call sees them: the merged root and what is mounted on it, all by paths of the host.

export interface ArchiveTarget {
  /** The mounted `merged` directory. */
  readonly rootDirectory: string;
  /** Volumes and binds (never tmpfs), shallow destinations first. */
  readonly mounts: readonly { readonly source: string; readonly destination: string; readonly readonly: boolean }[];
  readonly readonlyRoot: boolean;
  /** As the caller named the container. */
  readonly name: string;
}
