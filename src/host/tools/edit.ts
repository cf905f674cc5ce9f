// `edit FILE`: opens a file of the host in the page's own editor. No Linux has it; vi and nano work in the terminal as ever.

import { KernelError } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { toolProgram, type Tool } from '../../programs/lib/tool.ts';
import type { Program } from '../../kernel/program.ts';
import type { Machine } from '../boot/machine.ts';

export function editTool(machine: Machine): Readonly<Record<string, Program>> {
  const edit: Tool = {
    gnu: null,
    // oxlint-disable-next-line require-yield
    *run(io, { operands }) {
      const { sys } = io;
      const [file] = operands;
      if (file === undefined || operands.length > 1) {
        io.err('usage: edit FILE\nOpens a file of the host in the editor of the page; it is made when there is none.\n');
        return 2;
      }
      const path = file.startsWith('/') ? file : `${sys.getcwd().replace(/\/$/, '')}/${file}`;
      const directory = path.slice(0, path.lastIndexOf('/')) || '/';
      try {
        const real = sys.realpath(directory);
        const target = `${real === '/' ? '' : real}/${path.slice(path.lastIndexOf('/') + 1)}`;
        let exists = true;
        try {
          if (isDirectory(sys.stat(target).mode)) throw new KernelError('EISDIR');
        } catch (error) {
          if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw error;
          exists = false;
        }
        sys.access(exists ? target : real, exists ? 'rw' : 'w');
        machine.edit?.(target);
        io.out(`${target} is open in the editor of the page.\n`);
        return 0;
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        io.err(`edit: ${file}: ${error.message}\n`);
        return 1;
      }
    },
  };
  return { 'gnu/edit': toolProgram('edit', edit, 'gnu') };
}
