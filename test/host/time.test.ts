// Back and forth in time: each moment is what it was, with its screen, in the middle of programs and beside other terminals.

import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { equipment } from '../../src/host/equipment.ts';
import { Host } from '../../src/host/host.ts';
import { History } from '../../src/host/time/history.ts';
import { type Arrival, Timeline } from '../../src/host/time/timeline.ts';

/** How many commands, and which; the whole figure is 500. */
const COMMANDS = Number(process.env.STOWAGE_COMMANDS ?? 25), SEED = Number(process.env.STOWAGE_SEED ?? 7);
const FOREVER = Number.MAX_SAFE_INTEGER;

class Person {
  readonly time: Timeline;

  constructor() {
    const host = new Host(SIM_OPTIONS);
    const history = History.of(host);
    host.equip(equipment);
    host.openTerminal({ columns: 80, rows: 24 });
    host.advanceTo(host.now + 100, FOREVER);
    this.time = new Timeline(host, history, { equipment, now: () => performance.now() });
    this.look();
  }

  get host(): Host {
    return this.time.host;
  }

  /** Key by key, as a person. */
  type(text: string, ms = 1500, terminal = 1): void {
    for (const key of text) {
      this.host.type(terminal, key);
      this.host.advanceTo(this.host.now + 20, FOREVER);
    }
    this.host.advanceTo(this.host.now + ms, FOREVER);
    this.time.settled();
    this.look();
  }

  look(): void {
    this.time.see(this.host.snapshot());
  }

  get texts(): string[] {
    return this.time.view().steps.map(({ text }) => text);
  }

  async screen(arrival: Arrival | undefined, id = 1): Promise<string> {
    const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
    await new Promise<void>((resolve) => terminal.write(arrival!.screens.get(id)!, resolve));
    const { active } = terminal.buffer;
    return Array.from({ length: active.length }, (_, row) => active.getLine(row)!.translateToString(true)).join('\n').trimEnd();
  }
}

const NAMES = ['aa', 'bb', 'cc'];
/** Commands of a lesson's kind, some of which fail. */
function randomCommand(random: Random): string {
  const pick = <T>(values: readonly T[]): T => values[random.below(values.length)]!;
  const name = pick(NAMES), volume = `v${pick(NAMES)}`;
  return pick([
    () => `docker run -d --name ${name} -v ${volume}:/data busybox sh -c 'while sleep 7; do date >> /data/log; done'`,
    () => `docker run --rm -v ${volume}:/d busybox sh -c 'echo ${random.below(100)} > /d/${name}; ls /d'`,
    () => `docker exec ${name} sh -c 'echo $RANDOM > /tmp/x'`,
    () => `docker rm -f${pick(['', 'v'])} ${name}`, () => `docker volume rm ${volume}`, () => 'docker volume create', () => `docker stop -t 0 ${name}; docker start ${name}`,
    () => `mkdir -p ~/${name}; echo ${random.below(100)} >> ~/${name}/f; cat ~/${name}/f`, () => 'docker volume prune -af', () => `docker cp ${name}:/data ~/${name}`,
    () => 'docker ps -a; docker volume ls', () => `ln -f ~/${name}/f ~/link; rm -rf ~/${pick(NAMES)}`, () => `docker run -d --name ${name} --tmpfs /t busybox sh -c 'echo > /t/f; sleep 3'`,
  ])();
}

describe('time', () => {
  it(`is the same at every step of ${COMMANDS} random commands, back and forth`, () => {
    const person = new Person(), random = new Random(SEED);
    const hashes: string[] = [];
    for (let i = 0; i < COMMANDS; i++) {
      hashes.push(person.host.hash());
      person.type(`${randomCommand(random)}\r`);
      if (i % 7 === 0) person.time.prepare(performance.now() + 20);
    }
    hashes.push(person.host.hash());
    expect(person.time.view().steps.length).toBe(COMMANDS);
    for (let i = COMMANDS - 1; i >= 0; i--) {
      expect(person.time.step(-1)!.host.hash(), `back to before ${person.texts[i]}`).toBe(hashes[i]);
      person.time.prepare(performance.now() + 5);
    }
    expect(person.time.step(-1)).toBeUndefined();
    for (let i = 1; i <= COMMANDS; i++) expect(person.time.step(1)!.host.hash(), `on to behind ${person.texts[i - 1]}`).toBe(hashes[i]);
    expect(person.time.step(1)).toBeUndefined();
    for (let i = 0; i < 20; i++) {
      const step = random.below(COMMANDS);
      expect(person.time.jump({ branch: 0, step })!.host.hash()).toBe(hashes[step]);
    }
  }, Math.max(600_000, COMMANDS * 6_000));

  it('shows the screen of that moment, and goes on from it', async () => {
    const person = new Person();
    person.type('echo one\r');
    person.type('echo two\r');
    person.type('echo thr');
    const back = person.time.step(-1);
    expect(await person.screen(back)).toBe('root@docker-host:~# echo one\none\nroot@docker-host:~#');
    const tip = person.time.step(1);
    expect(await person.screen(tip)).toMatch(/two\nroot@docker-host:~# echo thr$/);
    person.type('ee\r');
    expect(person.texts).toEqual(['echo one', 'echo two', 'echo three']);
    expect(person.time.view().branches).toEqual([]);
  });

  it('keeps a way that was left as a branch', () => {
    const person = new Person();
    for (const text of ['docker volume create va', 'docker volume create vb', 'docker volume create vc']) person.type(`${text}\r`);
    person.time.step(-1);
    person.time.step(-1);
    expect(person.time.view()).toMatchObject({ at: 1, branches: [] });
    person.type('docker volume create vd\r');
    expect(person.texts).toEqual(['docker volume create va', 'docker volume create vd']);
    const [branch] = person.time.view().branches;
    expect(branch).toMatchObject({ from: 1, steps: [{ text: 'docker volume create vb' }, { text: 'docker volume create vc' }] });
    const there = person.time.jump({ branch: 1, step: 3 })!;
    expect(there.host.run('docker volume ls -q').stdout).toBe('va\nvb\nvc\n');
  });

  it('tells what each step has changed, also where nobody has looked', () => {
    const person = new Person();
    person.type('docker volume create va\r');
    person.type('docker run --rm -v va:/d busybox touch /d/f\r');
    person.type('docker run -d --name web -v va:/d busybox sleep 1000\r');
    const seen = person.time.view().steps.map(({ change }) => change);
    expect(seen.map((change) => change!.changes)).toEqual([
      [{ what: 'volume', how: 'new', name: 'va' }],
      [{ what: 'volume', how: 'new', name: 'va', path: 'f', detail: '0 B' }],
      [{ what: 'container', how: 'new', name: 'web', detail: 'running' }, { what: 'mount', how: 'new', name: 'web', path: '/d', detail: 'volume va' }],
    ]);
    const { log, now } = person.host, host = new Host(SIM_OPTIONS), history = History.of(host);
    host.replay([...log, { at: now, kind: 'wait' }], equipment);
    const again = new Timeline(host, history, { equipment, now: () => performance.now() });
    again.see(host.snapshot());
    while (!again.prepare(performance.now() + 2));
    expect(again.view().steps.slice(0, 2).map(({ change }) => change)).toEqual(seen.slice(0, 2));
  });

  it('goes back from the middle of a program, and into a shell in a container', async () => {
    const person = new Person();
    person.type('sleep 1000\r');
    expect(person.time.view().steps[0]!.end).toBeUndefined();
    expect(await person.screen(person.time.step(-1))).toBe('root@docker-host:~#');
    expect(person.host.atPrompt(1)).toBe(true);
    const middle = person.time.step(1)!;
    expect(middle.host.atPrompt(1)).toBe(false);
    person.type('\x03');
    person.type('docker run -it --name cc busybox\r');
    person.type('echo hi > /f\r');
    person.type('cat /f\r');
    person.type('\x04');
    expect(person.time.view().steps.map(({ text, inside }) => [text, inside])).toEqual([
      ['sleep 1000', undefined], ['docker run -it --name cc busybox', undefined], ['echo hi > /f', 'docker run -it --name cc busybox'],
      ['cat /f', 'docker run -it --name cc busybox'], ['exit', 'docker run -it --name cc busybox'],
    ]);
    person.time.jump({ branch: 0, step: 2 });
    person.type('ls /f; hostname > /g\r');
    expect(person.texts.slice(2)).toEqual(['ls /f; hostname > /g']);
    expect(person.time.view().steps[2]).toMatchObject({ inside: 'docker run -it --name cc busybox' });
    expect(person.host.view('cc:/f')).toBeUndefined();
    expect(person.host.view('cc:/g')).toBeDefined();
  });

  it('knows two terminals apart', () => {
    const person = new Person();
    person.type('cat > /tmp/f\r');
    const other = person.host.openTerminal({ columns: 80, rows: 24 }).id;
    person.host.advanceTo(person.host.now + 100, FOREVER);
    person.type('echo he', 20, other);
    person.type('one\r');
    person.type('re\r', 100, other);
    person.type('\x04');
    person.type('echo last\r');
    expect(person.time.view().steps.map(({ text, terminal }) => [text, terminal])).toEqual([['cat > /tmp/f', 1], ['echo here', 2], ['echo last', 1]]);
    const arrival = person.time.jump({ branch: 0, step: 1 })!;
    expect([...arrival.screens.keys()]).toEqual([1, 2]);
    expect(arrival.host.atPrompt(1)).toBe(false);
    expect(arrival.host.atPrompt(2)).toBe(true);
    expect(person.time.jump({ branch: 0, step: 0 })!.screens.size).toBe(1);
  });

  it('takes lines that were typed ahead as one step, and files that were brought as another', () => {
    const person = new Person();
    person.host.type(1, 'sleep 1\recho a > /tmp/a\r');
    person.host.advanceTo(person.host.now + 3000, FOREVER);
    person.host.upload('/root/notes.txt', new Uint8Array([104, 105]));
    person.look();
    expect(person.texts).toEqual(['sleep 1\necho a > /tmp/a', '/root/notes.txt']);
    person.time.step(-1);
    expect(() => person.host.readFile('/root/notes.txt')).toThrow('No such file');
    person.time.step(-1);
    expect(() => person.host.readFile('/tmp/a')).toThrow('No such file');
  });

  it('keeps ways across visits', async () => {
    const person = new Person();
    for (const text of ['echo one', 'echo two', 'echo three']) person.type(`${text}\r`);
    person.time.step(-1);
    person.time.step(-1);
    const saved = structuredClone(person.time.save());
    const host = new Host(saved.options), history = History.of(host);
    host.replay(saved.log, equipment);
    const again = new Timeline(host, history, { equipment, now: () => performance.now() }, saved.branches);
    expect(again.view()).toMatchObject({ at: 1, steps: [{ text: 'echo one' }, { text: 'echo two' }, { text: 'echo three' }] });
    const arrival = again.jump({ branch: 0, step: 3 });
    expect(await person.screen(arrival)).toMatch(/three\nroot@docker-host:~#$/);
    expect(again.view().at).toBe(3);
  });

  it('begins no step before there were programs, however early its first letter came', () => {
    const early = new Host(SIM_OPTIONS);
    early.openTerminal({ columns: 80, rows: 24 });
    early.advanceTo(early.now + 100, FOREVER);
    early.type(1, 'echo o');
    early.advanceTo(early.now + 100, FOREVER);
    early.equip(equipment);
    early.type(1, 'ne > /root/one\r');
    early.advanceTo(early.now + 3000, FOREVER);
    const saved = early.save(), host = new Host(saved.options), history = History.of(host);
    host.replay(saved.log, equipment);
    const time = new Timeline(host, history, { equipment, now: () => performance.now() });
    while (!time.prepare(FOREVER)) { /* in one go */ }
    expect(time.view().steps).toMatchObject([{ text: 'echo one > /root/one', change: { changes: [{ how: 'new', path: 'one' }] } }]);
    expect(time.step(-1)!.host.isEquipped).toBe(true);
  });
});
