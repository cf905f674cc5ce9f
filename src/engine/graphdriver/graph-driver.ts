// What keeps layers on disk: moby's graphdriver.Driver. The one here is overlay2.

/** Ids are 64 hex digits, or those and `-init`. All throw ApiError (system) or KernelError from the disk. */
export interface GraphDriver {
  readonly name: string;
  /** A new empty read-only layer on `parent` ('' for none); its files go to `diffPath(id)`. */
  create(id: string, parent: string): void;
  /** The same for a container's writable layer. */
  createReadWrite(id: string, parent: string): void;
  remove(id: string): void;
  exists(id: string): boolean;
  /** Whether a layer that is there was made on this one. */
  hasChildren(id: string): boolean;
  /** Told of a layer whose last child was removed: set by the layer store, which drops what no image needs. */
  onIdle: ((id: string) => void) | undefined;
  /** Mount the layer with all below it and return where (`…/merged`; a layer without a parent is its `diff`). Counted: each `get` needs a `put`. */
  get(id: string): string;
  put(id: string): void;
  /** LowerDir, MergedDir, UpperDir, WorkDir, as in `GraphDriver.Data`. */
  metadata(id: string): Record<string, string>;
  diffPath(id: string): string;
  /** Bytes of the layer's own regular files, hard links once: `SizeRw`, a layer's Size. */
  diffSize(id: string): number;
}
