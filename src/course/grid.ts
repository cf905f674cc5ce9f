// The stores and events of a survival grid, by the names that an author may use.

import type { GridEvent, GridStore } from './lesson.ts';

const stores = {
  layer: { label: 'writable layer', at: '/layer' },
  volume: { label: 'named volume', at: '/named/datum' },
  anonymous: { label: 'anonymous volume', at: '/anonymous/datum' },
  bind: { label: 'bind mount', at: '/bound/datum' },
  tmpfs: { label: 'tmpfs', at: '/memory/datum' },
} as const;

const code = (command: string): string => `<code>${command}</code>`;
const KILL_FROM_THE_HOST = "kill -9 $(docker inspect -f '{{.State.Pid}}' $c); sleep 1";

/** All those that end in a new state of the host are asked about the bytes; `commit` and `cp` about what they can reach. */
const events: Readonly<Record<string, GridEvent>> = {
  pause: { label: 'paused, unpaused', run: 'docker pause $c && docker unpause $c' },
  stop: { label: 'stopped, started', run: 'docker stop -t 0 $c && docker start $c' },
  restart: { label: 'restarted', run: 'docker restart -t 0 $c' },
  kill: { label: 'killed, started', run: 'docker kill $c && docker start $c' },
  crash: { label: 'crashed, started', run: `${KILL_FROM_THE_HOST}; docker start $c` },
  rm: { label: code('rm -f'), run: 'docker rm -f $c' },
  'rm-v': { label: code('rm -f -v'), run: 'docker rm -f -v $c' },
  'run-rm': { label: `${code('run --rm')} ended`, flags: '--rm', run: 'docker stop -t 0 $c; sleep 1' },
  'container-prune': { label: `stopped, ${code('container prune')}`, run: 'docker stop -t 0 $c && docker container prune -f' },
  'volume-prune': { label: `removed, ${code('volume prune')}`, run: 'docker rm -f $c && docker volume prune -f' },
  'volume-prune-a': { label: `removed, ${code('volume prune -a')}`, run: 'docker rm -f $c && docker volume prune -a -f' },
  'system-prune': { label: `stopped, ${code('system prune')}`, run: 'docker stop -t 0 $c && docker system prune -f' },
  'system-prune-volumes': { label: `stopped, ${code('system prune --volumes')}`, run: 'docker stop -t 0 $c && docker system prune -f --volumes' },
  commit: { label: `in the image that ${code('commit')} makes`, run: 'docker commit $c $c-image', check: 'docker run --rm $c-image cat $path' },
  cp: { label: `to be had by ${code('cp')}, once stopped`, run: 'docker stop -t 0 $c', check: 'docker cp $c:$path -' },
};

export const STORES = Object.keys(stores) as (keyof typeof stores)[];
export const EVENTS = Object.keys(events);

/** The container that stands for any: a datum in each store. Its name is also that of its volume and of its directory on the host. */
export const SUBJECT = 'stowage-subject';

export const namedStore = (name: keyof typeof stores): GridStore => ({ label: stores[name].label, at: `${SUBJECT}:${stores[name].at}` });
export const namedEvent = (name: string): GridEvent => events[name]!;

/** Commands that make it; each datum is a text of its own, `datum-/named/datum-`. */
export function makeSubject(flags = ''): string {
  const run = `docker run -d ${flags} --name ${SUBJECT} -v ${SUBJECT}:/named -v /anonymous -v /srv/${SUBJECT}:/bound --tmpfs /memory busybox sleep 1000000`;
  const write = Object.values(stores).map(({ at }) => `echo datum-${at}- > ${at}`).join('; ');
  return `${run} && docker exec ${SUBJECT} sh -c '${write}'`;
}
