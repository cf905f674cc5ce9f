// The survival matrix is what really happens: each event carried out on a host itself, and the data looked for with docker commands.

import { describe, expect, it } from 'vitest';
import { createHost } from '../../src/host/create-host.ts';
import { equipment } from '../../src/host/equipment.ts';
import type { HostApi } from '../../src/host/host-api.ts';
import { restoreInSlices } from '../../src/host/restore-in-slices.ts';
import { survivalEvents } from '../../src/host/survival-events.ts';
import { eventsAt, Survey, type SurvivalRow } from '../../src/host/survival.ts';

const must = (host: HostApi, command: string): string => {
  const { stdout, stderr, exit } = host.run(command);
  if (exit !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
};

const RUN_WEB = '-d --name web -v data:/data -v /anon -v /srv/web:/srv --tmpfs /mem busybox sleep 1000000';
const RUN_APP = '-d --name app myapp';
const WRITE = 'for d in data anon srv mem opt; do mkdir -p /$d; echo datum-$d > /$d/f; done';

/** Where each store's datum is, the command that reads it in a new container or on the host, and its text. */
const STORES: Readonly<Record<string, { readonly at: string; readonly elsewhere: (volumes: string) => string; readonly text: string }>> = {
  layer: { at: 'web:/opt/f', elsewhere: () => 'false', text: 'datum-opt' },
  volume: { at: 'web:/data/f', elsewhere: () => 'docker volume inspect data && docker run --rm -v data:/x busybox cat /x/f', text: 'datum-data' },
  anonymous: { at: 'web:/anon/f', elsewhere: (name) => `docker volume inspect ${name} && docker run --rm -v ${name}:/x busybox cat /x/f`, text: 'datum-anon' },
  bind: { at: 'web:/srv/f', elsewhere: () => 'cat /srv/web/f', text: 'datum-srv' },
  tmpfs: { at: 'web:/mem/f', elsewhere: () => 'false', text: 'datum-mem' },
  image: { at: 'app:/app/data/README', elsewhere: () => 'docker run --rm --pull never myapp cat /app/data/README', text: 'shipped with the image' },
};

function makeHost(flags = ''): HostApi {
  const host = createHost({ seed: 5, startTime: 1_700_000_000_000 });
  must(host, `docker run ${flags} ${RUN_WEB} && docker run ${flags} ${RUN_APP} && docker exec web sh -c '${WRITE}'`);
  return host;
}

function matrix(host: HostApi, reference: string): Map<string, SurvivalRow> {
  const survey = new Survey(reference, () => restoreInSlices(host.save(), equipment));
  const hash = host.hash();
  const rows = host.look((machine) => eventsAt(machine, reference)).map((event): [string, SurvivalRow] => {
    const work = survey.row(event);
    let step = work.next();
    while (!step.done) step = work.next();
    return [event.id, step.value];
  });
  expect(host.hash(), 'the host itself is left alone').toBe(hash);
  return new Map(rows);
}

/** The same, done by hand on a host of its own. */
function really(id: string, store: string): { outcome: string; refused: boolean } {
  const { at, elsewhere, text } = STORES[store]!;
  const [c, path] = at.split(':') as [string, string];
  const host = makeHost(id === 'run-rm' ? '--rm' : '');
  const anonymous = must(host, `docker inspect web -f '{{range .Mounts}}{{if eq .Destination "/anon"}}{{.Name}}{{end}}{{end}}'`).trim();
  const volume = store === 'anonymous' ? anonymous : 'data';
  const event = survivalEvents.find((each) => each.id === id)!;
  const { exit } = host.run(event.run.replaceAll('$c', c).replaceAll('$v', volume));
  if (id === 'recreate') must(host, `docker run ${c === 'web' ? RUN_WEB : RUN_APP}`);
  const prints = (command: string): boolean => host.run(command).stdout.includes(text);
  const running = host.run(`docker inspect -f '{{.State.Running}}' ${c}`).stdout.trim();
  const kept = running === 'true' ? prints(`docker exec ${c} cat ${path}`) : running === 'false' && prints(`docker cp ${c}:${path} - | tar xO`);
  const unused = store === 'anonymous' && !host.run(`docker ps -aq --filter volume=${anonymous}`).stdout;
  const outcome = kept ? 'kept' : prints(elsewhere(anonymous)) ? (unused ? 'orphaned' : 'left') : 'lost';
  return { outcome, refused: exit !== 0 && id !== 'reboot' };
}

describe('the survival matrix', () => {
  const host = makeHost();
  for (const [store, { at }] of Object.entries(STORES)) {
    it(`of a datum in the ${store} is what really happens`, () => {
      const rows = matrix(host, at);
      expect(rows.size).toBeGreaterThan(15);
      const found = [...rows].map(([id, { outcome, refusal }]) => ({ id, outcome, refused: refusal !== undefined }));
      expect(found).toEqual([...rows.keys()].map((id) => ({ id, ...really(id, store) })));
    });
  }

  it('knows a stopped and a paused container', () => {
    const stopped = makeHost();
    must(stopped, 'docker stop web && docker pause app');
    expect([...matrix(stopped, 'web:/opt/f')].filter(([id]) => ['start', 'stop', 'plain-rm'].includes(id)).map(([id, row]) => [id, row.outcome])).toEqual([['start', 'kept'], ['plain-rm', 'lost']]);
    expect([...matrix(stopped, 'app:/app/data/README').keys()]).toContain('unpause');
    expect(matrix(stopped, 'web:/mem/f').size).toBe(0);
  });

  it('follows restart policies over a restart of the daemon and of the host', () => {
    const always = createHost({ seed: 6, startTime: 1_700_000_000_000 });
    must(always, 'docker run -d --restart always --name web --tmpfs /mem busybox sleep 1000000; docker exec web sh -c "echo x > /mem/f; echo y > /f"');
    const rows = matrix(always, 'web:/f');
    expect([rows.get('daemon')?.how, rows.get('reboot')?.how]).toEqual(['at the same path in web', 'at the same path in web']);
    expect(matrix(always, 'web:/mem/f').get('reboot')?.outcome).toBe('lost');
    must(always, 'systemctl restart docker');
    expect(must(always, 'docker ps --format "{{.Names}}"')).toBe('web\n');
  });

  it('takes a compose project down', () => {
    const composed = createHost({ seed: 7, startTime: 1_700_000_000_000 });
    must(composed, `mkdir shop && cd shop && printf 'services:\\n  db:\\n    image: busybox\\n    command: sleep 1000000\\n    volumes: [db:/data, /anon]\\nvolumes:\\n  db:\\n' > compose.yaml && docker compose up -d`);
    must(composed, `docker exec shop-db-1 sh -c 'echo datum-data > /data/f; echo datum-opt > /f; echo datum-anon > /anon/f'`);
    const outcomes = (at: string) => {
      const rows = matrix(composed, at);
      return ['compose-recreate', 'compose-down', 'compose-down-v'].map((id) => rows.get(id)?.outcome);
    };
    expect(outcomes('shop-db-1:/data/f')).toEqual(['kept', 'left', 'lost']);
    expect(outcomes('shop-db-1:/f')).toEqual(['lost', 'lost', 'lost']);
    expect(outcomes('shop-db-1:/anon/f')).toEqual(['kept', 'orphaned', 'lost']);
  });

  it('has the words of whoever refused', () => {
    const rows = matrix(host, 'web:/data');
    expect(rows.get('plain-rm')?.refusal).toContain('cannot remove container "web": container is running');
    expect(rows.get('volume-rm')?.refusal).toContain('remove data: volume is in use');
  });
});

describe('power', () => {
  it('is cut at the prompt: the shell ends, memory and /tmp are empty, disks and policies stay', () => {
    const host = createHost({ seed: 8, startTime: 1_700_000_000_000 });
    must(host, 'docker run -d --restart always --name web --tmpfs /mem busybox sleep 1000000; docker exec web sh -c "echo x > /mem/f; echo y > /f"; echo a > /tmp/a; echo b > /root/b; mkdir /mnt/m; mount -t tmpfs none /mnt/m; echo c > /mnt/m/c');
    expect(must(host, 'service docker status')).toContain('active (running)');
    host.openTerminal({ columns: 80, rows: 24 });
    host.advanceTo(host.now + 100, 1_000_000);
    host.type(1, 'reboot\r');
    host.advanceTo(host.now + 30_000, 10_000_000);
    expect(host.terminal(1).closed).toBe(true);
    expect(host.run('docker exec web sh -c "ls /mem; cat /f"; ls /tmp /mnt/m; cat /root/b; ls /run').stdout).toBe('y\n/mnt/m:\n\n/tmp:\nb\ndocker.sock\nlock\n');
  });
});

describe('whereis-data', () => {
  it('tells the same at the command line, once and again', () => {
    const host = makeHost();
    const said = must(host, 'whereis-data -s web:/mem/f');
    expect(said).toContain('served by    memory (tmpfs), mounted at /mem');
    expect(said).toMatch(/stopped, started +NO +nowhere/);
    const work = restoreInSlices(host.save(), equipment);
    let step = work.next();
    while (!step.done) step = work.next();
    expect(step.value.hash()).toBe(host.hash());
    expect(host.run('whereis-data --help').stdout).toContain("Stowage's own");
    expect(host.run('whereis-data nope:/x')).toMatchObject({ exit: 1, stderr: 'whereis-data: There is no container nope. There are: app, web.\n' });
  });
});
