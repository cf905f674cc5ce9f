// What an executable file runs: programs of the registry by ELF files, and scripts by their interpreters.

import { type Bytes, decode } from '../../base/bytes.ts';
import { KernelError } from '../errno.ts';
import { ELF_MAGIC, type Program } from '../program.ts';
import type { Credentials } from '../syscalls.ts';
import type { Machine } from './machine.ts';
import type { Process } from './process.ts';

export interface Image {
  readonly program: Program;
  readonly argv: readonly string[];
  /** Absolute path of the program's file; for a script that of its interpreter. */
  readonly executable: string;
  readonly comm: string;
  readonly credentials: Credentials;
}

const MAX_INTERPRETERS = 4;
const HEADER = `${ELF_MAGIC}\nstowage:`;

/** @throws ENOENT ENOTDIR EACCES ENOEXEC ELOOP */
export function loadImage(machine: Machine, process: Process, path: string, argv: readonly string[]): Image {
  const comm = path.slice(path.lastIndexOf('/') + 1).slice(0, 15);
  let words = argv.length ? argv : [''];
  for (let depth = 0, file = path; depth <= MAX_INTERPRETERS; depth++) {
    const { content, path: executable, setuid, setgid } = machine.vfs.executable(process.context, file);
    const head = headOf(content);
    if (head.startsWith('#!')) {
      const [, interpreter, argument] = /^#![ \t]*([^ \t\n]+)[ \t]*([^\n]*?)[ \t]*(?:\n|$)/.exec(head) ?? [];
      if (!interpreter) throw new KernelError('ENOEXEC');
      words = [interpreter, ...(argument ? [argument] : []), file, ...words.slice(1)];
      file = interpreter;
      continue;
    }
    const key = head.startsWith(HEADER) ? head.slice(HEADER.length, head.indexOf('\n', HEADER.length)) : undefined;
    const program = key === undefined ? undefined : machine.programs.get(key);
    if (!program) throw new KernelError('ENOEXEC');
    const { credentials } = process.context;
    return {
      program, argv: words, executable, comm,
      credentials: setuid === undefined && setgid === undefined ? credentials : { ...credentials, uid: setuid ?? credentials.uid, gid: setgid ?? credentials.gid },
    };
  }
  throw new KernelError('ELOOP');
}

function headOf(bytes: Bytes): string {
  const first = bytes[0];
  return first === 0x7f || first === 0x23 ? decode(bytes) : '';
}

/** Make the process one that runs the image: what exec changes of it. */
export function adoptImage(process: Process, image: Image, env: Readonly<Record<string, string>>): void {
  process.descriptors.closeForExec();
  for (const [signal, disposition] of process.dispositions) if (disposition !== 'ignore') process.dispositions.delete(signal);
  process.argv = image.argv;
  process.executable = image.executable;
  process.comm = image.comm;
  process.env = { ...env };
  process.context.credentials = image.credentials;
  process.executed = true;
}
