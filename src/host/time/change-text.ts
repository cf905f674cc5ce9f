// What a step has changed, in a few words each.

import type { Change } from './host-change.ts';

export interface ChangeText {
  readonly sign: '+' | '−' | '~';
  readonly text: string;
}

const SIGN = { new: '+', gone: '−', changed: '~' } as const;

export function changeText({ what, how, name, path, detail }: Change): ChangeText {
  const sign = SIGN[how], after = detail ? ` (${detail})` : '';
  if (path === undefined) return { sign, text: `${what} ${name.length === 64 ? name.slice(0, 12) : name}${after}` };
  if (what === 'mount') return { sign, text: `mount ${name}:${path}${after}` };
  const short = name.length === 64 ? name.slice(0, 12) : name;
  const place = { volume: `volume ${short}/`, layer: `layer of ${name}: /`, tmpfs: `memory of ${name}: `, host: name === '/' ? '/' : `${name}/`, image: '', container: '' }[what];
  return { sign, text: `${place}${path}${after}` };
}

/** What kind of thing it touched most, for a mark. */
export function toneOf(changes: readonly Change[]): 'volume' | 'layer' | 'changed' | '' {
  if (!changes.length) return '';
  if (changes.some(({ what }) => what === 'volume')) return 'volume';
  return changes.some(({ what }) => what === 'layer' || what === 'container') ? 'layer' : 'changed';
}
