// Programs that people try and that are not here: each says so, and why.

import type { Tool } from '../lib/tool.ts';

const because = (why: string, status: number): Tool => ({
  gnu: null,
  *run(io) {
    io.err(`stowage: ${io.name}: not simulated: ${why}\n`);
    return status;
  },
});

export const packages = because('packages; the machine has what it has', 1);
export const language = because('programming languages', 127);
export const remote = because('other machines', 1);
export const kernelLog = because("the kernel's log", 1);

export const systemctl: Tool = {
  gnu: null,
  *run(io, { operands }) {
    const words = operands.filter((word) => !word.startsWith('-'));
    const docker = /^docker(\.service)?$/;
    if (words[0] === 'is-active' && docker.test(words[1] ?? '')) return void io.out('active\n');
    if (words[0] === 'status' && docker.test(words[1] ?? '')) return void io.out(`● docker.service - Docker Application Container Engine\n     Loaded: loaded\n     Active: active (running)\n`);
    return io.notSimulated('services other than whether docker runs');
  },
};
