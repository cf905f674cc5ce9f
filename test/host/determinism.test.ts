// The same log gives the same state and the same screen, however it was cut into turns.

import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import type { HostApi } from '../../src/host/host-api.ts';
import { createHost, restoreHost } from '../../src/host/create-host.ts';
import { parseSave } from '../../src/host/save.ts';

const SCRIPT = [
  'docker run -d --name t -v data:/data busybox sh -c \'while :; do date >> /data/log; sleep 1; done\'\r',
  'for i in 1 2 3; do docker run --rm -v data:/d busybox sh -c "echo $RANDOM > /d/r$i"; done\r',
  'while :; do :; done\r', '\x03', 'docker run -it --rm busybox\r', 'ls -l /proc/self/fd; exit\r', 'docker ps -a; docker diff t\r',
];

/** Type the script, a second between lines, turns of `slice` steps. */
function play(host: HostApi, slice: number): Uint8Array[] {
  const output: Uint8Array[] = [];
  const terminal = host.openTerminal({ columns: 100, rows: 30 });
  terminal.onOutput((bytes) => output.push(bytes));
  const begun = host.now;
  SCRIPT.forEach((text, index) => {
    const time = begun + 1000 * (index + 1);
    while (host.now < time) host.advanceTo(time, slice);
    host.type(terminal.id, text);
  });
  const end = begun + 1000 * (SCRIPT.length + 3);
  while (host.now < end) host.advanceTo(end, slice);
  return output;
}

const screenOf = async (output: readonly Uint8Array[]): Promise<string> => {
  const terminal = new xterm.Terminal({ cols: 100, rows: 30, allowProposedApi: true });
  for (const bytes of output) await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const { active } = terminal.buffer;
  return Array.from({ length: active.length }, (_, row) => active.getLine(row)!.translateToString(true)).join('\n');
};

describe('a host', () => {
  it('is its log', async () => {
    const first = createHost(SIM_OPTIONS);
    const output = play(first, 1_000_000);
    const restoredOutput: Uint8Array[] = [];
    const save = parseSave(JSON.parse(JSON.stringify(first.save())));
    const second = restoreHost(save, { onTerminal: (_, terminal) => void terminal.onOutput((bytes) => restoredOutput.push(bytes)) });
    expect(second.now).toBe(first.now);
    expect(second.hash()).toBe(first.hash());
    const screen = await screenOf(output);
    expect(await screenOf(restoredOutput)).toBe(screen);
    expect(screen).toContain('docker ps -a');
  });

  it('does not depend on how it is cut into turns, nor on being looked at', () => {
    const whole = createHost(SIM_OPTIONS), cut = createHost(SIM_OPTIONS);
    play(whole, 1_000_000);
    const begun = cut.now;
    play(new Proxy(cut, {
      get(host, name) {
        const value: unknown = Reflect.get(host, name, host);
        if (name === 'advanceTo') return (time: number, steps: number) => (host.snapshot(), host.advanceTo(time, steps));
        return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(host) : value;
      },
    }), 37);
    // Lines are typed at times of the log, which differ when a busy loop is cut elsewhere: compare the replay instead.
    expect(cut.now).toBeGreaterThan(begun);
    expect(restoreHost(cut.save()).hash()).toBe(cut.hash());
  });

  it('differs with another seed', () => {
    const hashes = [1, 2].map((seed) => {
      const host = createHost({ ...SIM_OPTIONS, seed });
      host.run('docker volume create');
      return host.hash();
    });
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  for (const [what, save] of Object.entries<unknown>({
    nothing: null, 'another version': { version: 2 }, 'no log': { version: 1, options: { seed: 1, startTime: 0 } },
    'an entry of no kind': { version: 1, options: { seed: 1, startTime: 0 }, log: [{ at: 1, kind: 'dance' }] },
    'time that goes back': { version: 1, options: { seed: 1, startTime: 5 }, log: [{ at: 9, kind: 'wait' }, { at: 8, kind: 'wait' }] },
  })) it(`refuses a save with ${what}`, () => expect(() => parseSave(save)).toThrow(RangeError));
});
