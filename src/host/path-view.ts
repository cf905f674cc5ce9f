// What a process sees at a path, and which place serves it.

/** Where the bytes lie. */
export type PathSource =
  | { readonly kind: 'writable-layer' }
  /** `index` counts image layers from the lowest, 0. */
  | { readonly kind: 'image-layer'; readonly index: number }
  | { readonly kind: 'volume'; readonly name: string }
  | { readonly kind: 'bind'; readonly path: string }
  | { readonly kind: 'tmpfs'; readonly destination: string }
  /** Files that the kernel makes up: proc, sysfs, a terminal. */
  | { readonly kind: 'kernel'; readonly filesystem: string }
  | { readonly kind: 'host' };

export interface PathView {
  readonly kind: 'file' | 'directory' | 'symlink' | 'device' | 'fifo' | 'socket';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly ino: number;
  readonly nlink: number;
  /** Text of a regular file of at most 64 KiB. */
  readonly content?: string;
  readonly target?: string;
  readonly from: PathSource;
  /** Where the same bytes lie on the host, when they lie on its disk. */
  readonly hostPath?: string;
}
