// A report on a path in words: what serves it, what it hides, who else sees it. The panel and the program say the same.

import type { FoundPath, HiddenPath, PathReport, Seer } from './path-report.ts';
import type { PathSource } from './path-view.ts';

const short = (name: string): string => (/^[0-9a-f]{64}$/.test(name) ? `${name.slice(0, 12)}…` : name);

export function sourceWords(from: PathSource): string {
  switch (from.kind) {
    case 'writable-layer': return 'the writable layer of the container';
    case 'image-layer': return `layer ${from.index + 1} of the image`;
    case 'volume': return `the ${short(from.name) === from.name ? '' : 'anonymous '}volume ${short(from.name)}`;
    case 'bind': return `the host path ${from.path}`;
    case 'tmpfs': return 'memory (tmpfs)';
    case 'kernel': return `the kernel (${from.filesystem})`;
    case 'host': return "the host's disk";
  }
}

/** `the volume data, mounted at /data, read-only` */
export function servedBy({ found, destination, volume }: PathReport): string {
  if (!found) return '';
  const where = destination === undefined ? '' : `, mounted at ${destination}`;
  const within = found.from.kind === 'host' && volume ? `, in the volume ${short(volume.name)}` : '';
  return `${sourceWords(found.from)}${within}${where}${found.readonly ? ', read-only' : ''}`;
}

/** Under its own name each: `root root 0644`. */
export const ownerWords = ({ owner, group, mode }: FoundPath): string => `${owner}:${group}, mode ${mode.toString(8).padStart(4, '0')}`;

export const sizeWords = ({ kind, size, total, target }: FoundPath): string =>
  kind === 'directory' ? `directory, ${total === 1 ? '1 name' : `${total ?? 0} names`}` : kind === 'symlink' ? `link to ${target ?? ''}` : `${kind}, ${size === 1 ? '1 byte' : `${size} bytes`}`;

export const hiddenWords = ({ from, kind, size }: HiddenPath): string => `${kind === 'file' ? `a file of ${size} bytes` : `a ${kind}`} in ${sourceWords(from)}`;

export const seerWords = ({ container, path, running, readonly }: Seer): string => `${container}:${path}${readonly ? ', read-only' : ''}${running ? '' : ', when it runs'}`;
