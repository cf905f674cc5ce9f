// What the database's compiled modules offer and ask for: the few of Emscripten's names that are used here.

import type { Bytes } from '../../base/bytes.ts';

/** What a module sees of the world beside its files. */
export interface Platform {
  /** ms since the epoch. */
  now(): number;
  /** Fill with random bytes. */
  fill(view: Uint8Array): Uint8Array;
  /** It would sleep for so many ms. */
  wait(ms: number): void;
}

export interface FsNode {
  id: number;
  name: string;
  mode: number;
  rdev: number;
  parent: FsNode;
  node_ops: object;
  stream_ops: object;
  mount: { readonly opts: { readonly root: string } };
}

export interface FsStream {
  node: FsNode;
  flags: number;
  position: number;
  /** Ours: the descriptor of the simulation. */
  handle?: number;
  shared: { refcount?: number };
}

export interface EmscriptenFs {
  ErrnoError: new (errno: number) => Error;
  createNode(parent: FsNode | null, name: string, mode: number, dev?: number): FsNode;
  mount(type: object, options: object, path: string): unknown;
  mkdirTree(path: string): void;
  chmod(path: string, mode: number): void;
  chdir(path: string): void;
  writeFile(path: string, content: Bytes | string): void;
  readFile(path: string): Bytes;
  analyzePath(path: string): { readonly exists: boolean };
  readdir(path: string): string[];
  stat(path: string): { readonly mode: number };
  unlink(path: string): void;
}

export interface Module {
  readonly FS: EmscriptenFs;
  readonly PROXYFS: object;
  readonly ENV: Record<string, string>;
  HEAPU8: Uint8Array;
  UTF8ToString(pointer: number): string;
  stringToUTF8OnStack(text: string): number;
  addFunction(callback: (...args: number[]) => number, signature: string): number;
  stackSave(): number;
  stackRestore(pointer: number): void;
  callMain(args: readonly string[]): number;
  mmapAlloc?(length: number): number;
  onRuntimeInitialized?: () => void;
  /** Where the end of the used memory is kept. */
  _emscripten_get_sbrk_ptr(): number;
  _fopen(path: number, mode: number): number;
  _fclose(stream: number): number;
  _pclose?(stream: number): number;
  _pgl_set_system_fn(callback: number): void;
  _pgl_set_popen_fn(callback: number): void;
  _pgl_set_pclose_fn(callback: number): void;
  _pgl_set_rw_cbs(read: number, write: number): void;
  _pgl_freopen(path: number, mode: number, fd: number): number;
  _pgl_setPGliteActive(on: number): void;
  _pgl_startPGlite(): void;
  _pgl_getMyProcPort(): number;
  _pgl_sendConnData(): void;
  _pgl_pq_flush(): void;
  _pgl_run_atexit_funcs(): void;
  _ProcessStartupPacket(port: number, ssl: number, gss: number): number;
  _PostgresMainLoopOnce(): void;
  _PostgresMainLongJmp(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  _pq_buffer_remaining_data(): number;
  _IsTransactionBlock(): number;
  _emscripten_force_exit(status: number): void;
}

/** Emscripten's options that are given here. */
export interface ModuleOptions {
  readonly platform: Platform;
  readonly thisProgram: string;
  readonly noExitRuntime: boolean;
  readonly stdin: () => null;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
  readonly preRun: readonly ((module: Module) => void)[];
}

/** Starts an instance at once. */
export type ModuleFactory = (options: ModuleOptions) => Module;

/** The compiled modules, as they are delivered. */
export interface PostgresModules {
  readonly postgres: ModuleFactory;
  readonly initdb: ModuleFactory;
  readonly dump: ModuleFactory;
}
