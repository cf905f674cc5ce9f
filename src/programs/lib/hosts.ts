// Names of hosts and their addresses, from /etc/hosts; no name server is simulated.

import type { Syscalls } from '../../kernel/syscalls.ts';
import { toText } from './text.ts';

export interface HostEntry {
  readonly address: string;
  readonly names: readonly string[];
}

/** Entries of a name or of an address. */
export function addressesOf(sys: Syscalls, name: string, byAddress = false): HostEntry[] {
  let text = '';
  try {
    text = toText(sys.readFile('/etc/hosts'));
  } catch { /* then no name is known */ }
  const entries = text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/)).filter((words) => words.length > 1).map(([address, ...names]) => ({ address: address!, names }));
  const found = entries.filter(({ address, names }) => names.includes(name) || byAddress && address === name);
  return found.length || !/^[\d.]+$|:/.test(name) ? found : byAddress ? [] : [{ address: name, names: [name] }];
}

/** The IPv4 address of a name or literal. */
export function resolveIPv4(sys: Syscalls, name: string): string | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return name;
  return addressesOf(sys, name).find(({ address }) => address.includes('.'))?.address ?? (name === 'localhost' ? '127.0.0.1' : undefined);
}
