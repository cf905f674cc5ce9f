// getent and sysctl: entries of the system's databases and parameters of the kernel.

import { KernelError, strerror } from '../../kernel/errno.ts';
import { isDirectory } from '../../kernel/stat.ts';
import { toText } from '../lib/text.ts';
import { addressesOf } from '../lib/hosts.ts';
import type { Io } from '../lib/messages.ts';
import type { Tool } from '../lib/tool.ts';

const HINT = "Try `getent --help' or `getent --usage' for more information.\n";

function linesOf(io: Io, file: string): string[] {
  try {
    return toText(io.sys.readFile(file)).split('\n').filter((line) => line && !line.startsWith('#'));
  } catch {
    return [];
  }
}

export const getent: Tool = {
  gnu: 'A i,no-idn s:,service:',
  *run(io, { operands }) {
    const [database, ...keys] = operands;
    if (database === undefined) {
      io.warn('wrong number of arguments');
      io.err(HINT);
      return 1;
    }
    if (database === 'hosts' || database.startsWith('ahosts')) {
      if (!keys.length) for (const line of linesOf(io, '/etc/hosts')) io.out(`${line.replace(/^(\S+)\s+/, (_, address: string) => address.padEnd(16))}\n`);
      for (const key of keys) {
        const found = addressesOf(io.sys, key, database === 'hosts');
        if (!found.length) return 2;
        if (database === 'hosts') io.out(`${found[0]!.address.padEnd(15)} ${found[0]!.names.join(' ')}\n`);
        else found.forEach(({ address }, n) => ['STREAM', 'DGRAM', 'RAW'].forEach((kind, i) => io.out(`${address.padEnd(15)} ${kind.padEnd(6)}${i === 0 && n === 0 ? ` ${key}` : ' '}\n`)));
      }
      return 0;
    }
    if (!/^(passwd|group|shadow|gshadow|services|protocols|networks)$/.test(database)) {
      io.err(`Unknown database: ${database}\n${HINT}`);
      return 1;
    }
    const lines = linesOf(io, `/etc/${database}`);
    if (!keys.length) for (const line of lines) io.out(`${line}\n`);
    let status = 0;
    for (const key of keys) {
      const found = lines.find((line) => {
        const fields = line.split(/[:\s]+/);
        return fields[0] === key || /^\d+$/.test(key) && line.split(':')[2] === key;
      });
      if (found) io.out(`${found}\n`);
      else status = 2;
    }
    return status;
  },
};

export const sysctl: Tool = {
  gnu: 'a,all A b,binary e,ignore n,values N,names p:: w,write q,quiet r:,pattern: system', busybox: 'a e n q w p',
  *run(io, options) {
    const { sys, gnu } = io;
    if (options.has('p', 'r', 'system')) io.notSimulated(`-${options.last('p', 'r', 'system')}`);
    const show = (path: string): void => {
      const name = path.slice('/proc/sys/'.length).replaceAll('/', '.');
      for (const line of toText(sys.readFile(path)).replace(/\n$/, '').split('\n')) io.out(options.has('N') ? `${name}\n` : options.has('n') ? `${line}\n` : `${name} = ${line}\n`);
    };
    const walk = (path: string): void => {
      for (const { name } of [...sys.readdir(path)].sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const child = `${path}/${name}`;
        if (isDirectory(sys.stat(child).mode)) walk(child);
        else show(child);
      }
    };
    if (options.has('a', 'A')) walk('/proc/sys');
    else if (!options.operands.length && gnu) return io.usage('no variables specified');
    for (const operand of options.operands) {
      const [name = '', value] = operand.split('=') as [string, string?];
      const key = name.includes('/') ? name : name.replaceAll('.', '/');
      const path = `/proc/sys/${key}`;
      try {
        const { mode } = sys.stat(path);
        if (value !== undefined) io.notSimulated('changing parameters of the kernel');
        if (isDirectory(mode)) walk(path);
        else show(path);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (!options.has('e')) io.fail(gnu ? `cannot stat ${path}: ${strerror(error.errno)}` : `error: '${key}' is an unknown key`);
      }
    }
  },
};
