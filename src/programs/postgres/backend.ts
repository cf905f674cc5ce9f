// A backend: the server module at work in one database, answering the wire protocol synchronously.

import { concat, encode, type Bytes } from '../../base/bytes.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import type { Module, ModuleFactory } from './emscripten.ts';
import { createServer, ModuleClock, SMALL, Wire, type InstanceOptions } from './instance.ts';
import { mountTree } from './mounted-files.ts';

/** What `main` returns when it goes on to serve, and the status of a jump back to the main loop. */
const ALIVE = 99, LONG_JUMP = 100;

/** What a backend without other processes beside it cannot have. */
const ALONE = ['max_worker_processes=0', 'max_parallel_workers=0', 'max_parallel_workers_per_gather=0', 'max_parallel_maintenance_workers=0', 'io_method=sync', 'exit_on_error=false', SMALL];

export interface BackendOptions extends InstanceOptions {
  readonly database: string;
  /** `-c name=value` of the command line. */
  readonly settings: readonly string[];
}

export class Backend {
  readonly database: string;
  readonly #module: Module;
  readonly #wire: Wire;
  /** It said FATAL and is of no more use. */
  dead = false;

  readonly clock: ModuleClock;

  private constructor(module: Module, database: string, clock: ModuleClock) {
    this.clock = clock;
    this.#module = module;
    this.#wire = new Wire(module);
    this.database = database;
  }

  /** Recover what must be, and come up. @returns undefined when it said why not */
  static start(create: ModuleFactory, sys: Syscalls, options: BackendOptions): Backend | undefined {
    const clock = new ModuleClock(sys);
    const module = createServer(create, (FS) => mountTree(FS, sys), options, clock);
    const backend = new Backend(module, options.database, clock);
    module._pgl_setPGliteActive(1);
    const settings = [...ALONE, ...options.settings].flatMap((setting) => ['-c', setting]);
    let status: number;
    try {
      status = module.callMain(['--single', '-j', ...settings, '-D', options.dataDirectory, options.database]);
    } catch (error) {
      options.onLine(`PANIC:  ${String(error)}`);
      status = 1;
    }
    if (status !== ALIVE) return undefined;
    module._pgl_startPGlite();
    return backend;
  }

  /** A client's first packet: what its session begins with. */
  greet(startup: Bytes): Bytes {
    this.#wire.input = startup;
    this.#module._ProcessStartupPacket(this.#module._pgl_getMyProcPort(), 1, 1);
    this.#module._pgl_sendConnData();
    this.#module._pgl_pq_flush();
    return this.#take();
  }

  /** Messages of a client, and what the server answers. */
  answer(messages: Bytes): Bytes {
    const module = this.#module;
    this.#wire.input = messages;
    try {
      while (this.#wire.more || module._pq_buffer_remaining_data() > 0) {
        const sp = module.stackSave();
        try {
          module._PostgresMainLoopOnce();
        } catch (error) {
          module.stackRestore(sp);
          const { status } = error as { readonly status?: number };
          if (status === LONG_JUMP) module._PostgresMainLongJmp();
          else if (status !== undefined || error instanceof Error) {
            this.dead = true;
            return this.#take();
          }
        }
      }
    } finally {
      if (!this.dead) {
        module._PostgresSendReadyForQueryIfNecessary();
        module._pgl_pq_flush();
      }
    }
    return this.#take();
  }

  get inTransaction(): boolean {
    return this.#module._IsTransactionBlock() !== 0;
  }

  /** Write everything and leave, as a server does that is told to stop. */
  stop(): void {
    if (this.dead) return;
    this.dead = true;
    try {
      this.#module._pgl_setPGliteActive(0);
      this.#wire.input = encode('X\0\0\0\u0004');
      this.#module._PostgresMainLoopOnce();
      this.#module._pgl_run_atexit_funcs();
    } catch {
      // It leaves by an exception.
    }
    try {
      this.#module._emscripten_force_exit(0);
    } catch {
      // So does this.
    }
  }

  #take(): Bytes {
    const parts = this.#wire.take();
    return parts.length ? concat(parts) : new Uint8Array(0);
  }
}
