// The stores and events of a survival grid, by the names that an author may use.

import { survivalEvent } from '../host/survival-events.ts';
import type { GridEvent, GridStore } from './lesson.ts';

const stores = {
  layer: { label: 'writable layer', at: '/layer' },
  volume: { label: 'named volume', at: '/named/datum' },
  anonymous: { label: 'anonymous volume', at: '/anonymous/datum' },
  bind: { label: 'bind mount', at: '/bound/datum' },
  tmpfs: { label: 'tmpfs', at: '/memory/datum' },
} as const;

const code = (command: string): string => `<code>${command}</code>`;

/** All those that end in a new state of the host are asked about the bytes; `commit` and `cp` about what they can reach. */
const events: Readonly<Record<string, Omit<GridEvent, 'run'>>> = {
  pause: { label: 'paused, unpaused' },
  stop: { label: 'stopped, started' },
  restart: { label: 'restarted' },
  kill: { label: 'killed, started' },
  crash: { label: 'crashed, started' },
  daemon: { label: 'Docker restarted' },
  reboot: { label: 'host rebooted' },
  rm: { label: code('rm -f') },
  'rm-v': { label: code('rm -f -v') },
  'run-rm': { label: `${code('run --rm')} ended`, flags: '--rm' },
  'container-prune': { label: `stopped, ${code('container prune')}` },
  'volume-prune': { label: `removed, ${code('volume prune')}` },
  'volume-prune-a': { label: `removed, ${code('volume prune -a')}` },
  'system-prune': { label: `stopped, ${code('system prune')}` },
  'system-prune-volumes': { label: `stopped, ${code('system prune --volumes')}` },
  commit: { label: `in the image that ${code('commit')} makes`, check: 'docker run --rm $c-image cat $path' },
  cp: { label: `to be had by ${code('cp')}, once stopped`, check: 'docker cp $c:$path -' },
};

/** What is only asked here. */
const OWN: Readonly<Record<string, string>> = { commit: 'docker commit $c $c-image', cp: 'docker stop -t 0 $c' };

export const STORES = Object.keys(stores) as (keyof typeof stores)[];
export const EVENTS = Object.keys(events);

/** The container that stands for any: a datum in each store. Its name is also that of its volume and of its directory on the host. */
export const SUBJECT = 'stowage-subject';

export const namedStore = (name: keyof typeof stores): GridStore => ({ label: stores[name].label, at: `${SUBJECT}:${stores[name].at}` });
export const namedEvent = (name: string): GridEvent => ({ ...events[name]!, run: OWN[name] ?? survivalEvent(name).run });

/** Commands that make it; each datum is a text of its own, `datum-/named/datum-`. */
export function makeSubject(flags = ''): string {
  const run = `docker run -d ${flags} --name ${SUBJECT} -v ${SUBJECT}:/named -v /anonymous -v /srv/${SUBJECT}:/bound --tmpfs /memory busybox sleep 1000000`;
  const write = Object.values(stores).map(({ at }) => `echo datum-${at}- > ${at}`).join('; ');
  return `${run} && docker exec ${SUBJECT} sh -c '${write}'`;
}
