// What can happen to a place where data lies: commands of the host, by name, with the labels that tables show. The survival grids of lessons and the matrix of any path run these same ones.

import type { ContainerInspectResponse } from '../api/container.ts';

/** When a line of the matrix makes sense. */
interface Occasion {
  /** The container runs or is paused. */
  readonly alive?: boolean;
  readonly paused?: boolean;
  /** It was run with `--rm`. */
  readonly removedOnExit?: boolean;
  readonly volume?: true;
  readonly image?: true;
  readonly compose?: true;
  /** The asked path is in no container. */
  readonly onHost?: boolean;
}

export interface SurvivalEvent {
  readonly id: string;
  readonly label: string;
  /** Commands: `$c` is the container, `$v` the volume, `$i` the image, `$d` the project's directory. */
  readonly run: string;
  /** What no command can do, done to the copy first; `before` it, `run` is not yet carried out. */
  readonly first?: 'remove-on-exit';
  /** After it. */
  readonly last?: 'run-again';
  readonly occasion: Occasion;
}

const KILL_FROM_THE_HOST = "kill -9 $(docker inspect -f '{{.State.Pid}}' $c); sleep 1";

const row = (id: string, label: string, run: string, occasion: Occasion = {}, more: Pick<SurvivalEvent, 'first' | 'last'> = {}): SurvivalEvent => ({ id, label, run, occasion, ...more });
const alive = { alive: true, onHost: false, removedOnExit: false }, container = { onHost: false };

/** In the order of a table: from what merely stops a process to what sweeps the host. */
export const survivalEvents: readonly SurvivalEvent[] = [
  row('pause', 'paused, unpaused', 'docker pause $c && docker unpause $c', { ...alive, removedOnExit: undefined!, paused: false }),
  row('unpause', 'unpaused', 'docker unpause $c', { onHost: false, paused: true }),
  row('stopped', 'stopped', 'docker stop $c', { alive: true, onHost: false }),
  row('stop', 'stopped, started', 'docker stop $c && docker start $c', alive),
  row('start', 'started', 'docker start $c', { onHost: false, alive: false }),
  row('restart', 'restarted', 'docker restart $c', container),
  row('kill', 'killed, started', 'docker kill $c && docker start $c', alive),
  row('crash', 'crashed, started', `${KILL_FROM_THE_HOST}; docker start $c`, { ...alive, paused: false }),
  row('daemon', 'Docker restarted', 'systemctl restart docker'),
  row('reboot', 'host rebooted', 'reboot'),
  row('plain-rm', 'removed', 'docker rm $c', container),
  row('rm', 'removed by force', 'docker rm -f $c', { alive: true, onHost: false }),
  row('rm-v', 'removed with -v', 'docker rm -f -v $c', container),
  row('run-rm', 'ended, had it been run with --rm', 'docker stop $c; sleep 1', alive, { first: 'remove-on-exit' }),
  row('recreate', 'removed, and run again as it was', 'docker rm -f $c', container, { last: 'run-again' }),
  row('compose-recreate', 'project brought up anew', 'cd $d && docker compose up -d --force-recreate', { onHost: false, compose: true }),
  row('compose-down', 'project taken down', 'cd $d && docker compose down', { onHost: false, compose: true }),
  row('compose-down-v', 'project taken down with -v', 'cd $d && docker compose down -v', { onHost: false, compose: true }),
  row('volume-rm', 'volume removed', 'docker volume rm $v', { volume: true }),
  row('rm-volume-rm', 'container, then volume removed', 'docker rm -f $c && docker volume rm $v', { volume: true, onHost: false }),
  row('container-prune', 'stopped, containers pruned', 'docker stop $c && docker container prune -f', container),
  row('volume-prune', 'removed, volumes pruned', 'docker rm -f $c && docker volume prune -f', container),
  row('volume-prune-a', 'removed, all volumes pruned', 'docker rm -f $c && docker volume prune -a -f', container),
  row('image-prune', 'removed, all images pruned', 'docker rm -f $c && docker image prune -a -f', { onHost: false, image: true }),
  row('host-volume-prune', 'volumes pruned', 'docker volume prune -f', { onHost: true }),
  row('host-volume-prune-a', 'all volumes pruned', 'docker volume prune -a -f', { onHost: true }),
  row('system-prune', 'stopped, system pruned', 'docker stop $c && docker system prune -f', container),
  row('system-prune-volumes', 'stopped, system pruned with volumes', 'docker stop $c && docker system prune -f --volumes', container),
  row('host-system-prune', 'system pruned with volumes', 'docker system prune -f --volumes', { onHost: true }),
];

export const survivalEvent = (id: string): SurvivalEvent => survivalEvents.find((event) => event.id === id)!;

/** What the asked path has to do with. */
export interface Circumstances {
  /** Undefined for a path of the host. */
  readonly inspect: ContainerInspectResponse | undefined;
  readonly volume: string | undefined;
  readonly fromImage: boolean;
}

/** Those that can happen here, with their names filled in. */
export function eventsFor({ inspect, volume, fromImage }: Circumstances): readonly SurvivalEvent[] {
  const labels = inspect?.Config.Labels ?? {};
  const directory = labels['com.docker.compose.project.working_dir'];
  const here: Required<Record<keyof Occasion, boolean>> = {
    onHost: !inspect, alive: inspect?.State.Running ?? false, paused: inspect?.State.Paused ?? false, removedOnExit: inspect?.HostConfig.AutoRemove ?? false,
    volume: volume !== undefined, image: fromImage, compose: directory !== undefined,
  };
  const names: Readonly<Record<string, string | undefined>> = { c: inspect?.Name.slice(1), v: volume, i: inspect?.Config.Image, d: directory && quoted(directory) };
  return survivalEvents
    .filter(({ occasion }) => Object.entries(occasion).every(([key, wanted]) => wanted === undefined || here[key as keyof Occasion] === wanted))
    .map((event) => ({ ...event, run: event.run.replace(/\$([cvid])\b/g, (whole, name: string) => names[name] ?? whole) }));
}

const quoted = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
