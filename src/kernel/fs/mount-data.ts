// The option string of mount(2), `size=4m,mode=755`, taken apart and checked.

import { KernelError } from '../errno.ts';

/** Key to value; a key without `=` has ''. A comma after a backslash belongs to the value. */
export function parseMountData(data: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const part of data.split(/(?<!\\),/)) {
    if (!part) continue;
    const at = part.indexOf('=');
    options.set(at < 0 ? part : part.slice(0, at), at < 0 ? '' : part.slice(at + 1));
  }
  return options;
}

/** @throws EINVAL */
export function parseNumber(text: string, radix: 8 | 10): number {
  if (!(radix === 8 ? /^[0-7]+$/ : /^\d+$/).test(text)) throw new KernelError('EINVAL');
  return parseInt(text, radix);
}

/** As memparse: `4096`, `64k`, `1G`. @throws EINVAL */
export function parseSize(text: string): number {
  const match = /^(\d+)([kmgt]?)$/i.exec(text);
  if (!match) throw new KernelError('EINVAL');
  return Number(match[1]) * 1024 ** (match[2] ? 'kmgt'.indexOf(match[2].toLowerCase()) + 1 : 0);
}
