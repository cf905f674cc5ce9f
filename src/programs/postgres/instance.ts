// One running instance of the database's server module, with the simulation's files, clock and chance.

import type { Bytes } from '../../base/bytes.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import type { EmscriptenFs, Module, ModuleFactory, Platform } from './emscripten.ts';

export const SERVER = '/pglite/bin/postgres';
/** The 128 MB of the configuration would be there from the start, in each of the hosts that are held ready, and filled with zeros. Whoever asks for more gets it. */
export const SMALL = 'shared_buffers=8MB';

/** What time and chance come from. */
export type World = Pick<Syscalls, 'now' | 'randomBytes'>;

/** The clock stands still while the module works, but never twice at the same microsecond; it is set forward by what the module would sleep. */
export class ModuleClock implements Platform {
  readonly #sys: World;
  #last = 0;
  /** ms that it slept in its own time and not yet in the simulation's. */
  owed = 0;

  constructor(sys: World) {
    this.#sys = sys;
  }

  readonly now = (): number => (this.#last = Math.max(this.#sys.now() + this.owed, this.#last + 0.001));
  readonly fill = (view: Uint8Array): Uint8Array => {
    view.set(this.#sys.randomBytes(view.length));
    return view;
  };
  readonly wait = (ms: number): void => {
    this.owed += ms;
  };
}

export interface InstanceOptions {
  readonly dataDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** A line of the server's log, or of standard output. */
  readonly onLine: (line: string) => void;
}

/** @param mount puts files where the module looks for them @returns a module that has not run anything yet */
export function createServer(create: ModuleFactory, mount: (FS: EmscriptenFs) => void, { dataDirectory, environment, onLine }: InstanceOptions, platform: Platform): Module {
  const module = create({
    platform, thisProgram: SERVER, noExitRuntime: true, stdin: () => null, print: onLine, printErr: onLine,
    preRun: [(mod) => {
      mount(mod.FS);
      Object.assign(mod.ENV, { HOME: '/home/postgres', USER: 'postgres', LOGNAME: 'postgres', TZ: 'UTC', PGTZ: 'UTC', PGCLIENTENCODING: 'UTF8', LANG: 'en_US.UTF-8', LC_COLLATE: 'en_US.UTF-8', LC_CTYPE: 'en_US.UTF-8', ICU_DATA: '/pglite/icu', PGDATA: dataDirectory }, environment);
    }],
  });
  module.FS.chmod(SERVER, 0o555);
  module.FS.chmod('/pglite/bin/initdb', 0o555);
  let listing = 0;
  module._pgl_set_system_fn(module.addFunction(() => 1, 'pi'));
  module._pgl_set_popen_fn(module.addFunction((command, mode) => {
    if (!module.UTF8ToString(command!).startsWith('locale -a')) return 0;
    return (listing = module._fopen(module.stringToUTF8OnStack('/pglite/locale-a'), mode!));
  }, 'ppp'));
  module._pgl_set_pclose_fn(module.addFunction((stream) => {
    if (stream === listing) module._fclose(stream);
    return 0;
  }, 'pi'));
  return module;
}

/** What the server sends and receives while it answers. */
export class Wire {
  #input: Bytes = new Uint8Array(0);
  #at = 0;
  #output: Bytes[] = [];

  constructor(module: Module) {
    const write = module.addFunction((pointer, length) => {
      this.#output.push(module.HEAPU8.slice(pointer!, pointer! + length!));
      return length!;
    }, 'ipi');
    const read = module.addFunction((pointer, most) => {
      const part = this.#input.subarray(this.#at, this.#at + most!);
      module.HEAPU8.set(part, pointer!);
      this.#at += part.length;
      return part.length;
    }, 'ipi');
    module._pgl_set_rw_cbs(read, write);
  }

  set input(bytes: Bytes) {
    this.#input = bytes;
    this.#at = 0;
  }

  get more(): boolean {
    return this.#at < this.#input.length;
  }

  take(): Bytes[] {
    const parts = this.#output;
    this.#output = [];
    return parts;
  }
}
