// What is taken away from a host: a link that is the same host again, and a script, an asciicast and a report that tell what was done.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost, restoreHost } from '../../src/host/create-host.ts';
import { equipment } from '../../src/host/equipment.ts';
import { asciicast } from '../../src/host/time/asciicast.ts';
import { bashScript } from '../../src/host/time/bash-script.ts';
import { packSave, unpackSave } from '../../src/host/time/pack.ts';
import { record } from '../../src/host/time/recording.ts';
import { markdownReport } from '../../src/host/time/report.ts';
import type { HostSave } from '../../src/host/host-api.ts';

const COMMANDS = ['docker volume create data', 'docker run --rm -v data:/d busybox sh -c "echo \'it is\' > /d/f"', 'docker run -it --name box busybox', 'touch /inside', 'exit', 'edit f', 'echo $((', '\x03', 'printf "a\\tb"'];

function saved(): { save: HostSave; hash: string } {
  const host = createHost(SIM_OPTIONS);
  host.openTerminal({ columns: 90, rows: 20 });
  host.advanceTo(host.now + 100.0371, 1e9);
  for (const command of COMMANDS) {
    for (const key of command === '\x03' ? command : `${command}\r`) {
      host.type(1, key);
      host.advanceTo(host.now + 71.3337, 1e9);
    }
    host.advanceTo(host.now + 1500, 1e9);
  }
  host.upload('/root/notes.txt', new TextEncoder().encode('brought\n'));
  return { save: host.save(), hash: host.hash() };
}

describe('taken away', () => {
  const { save, hash } = saved();
  const recording = record(save, equipment, []);

  it('as a link it is the same host', () => {
    const text = packSave(save);
    expect(text).toMatch(/^1\.[\w-]+$/);
    expect(text.length).toBeLessThan(3_000);
    expect(unpackSave(text)).toEqual(save);
    expect(restoreHost(unpackSave(text)).hash()).toBe(hash);
  });

  it('a damaged or newer link says what is wrong', () => {
    const text = packSave(save), middle = text.length >> 1;
    expect(() => unpackSave(text.slice(0, -40))).toThrow('a part of it is missing');
    expect(() => unpackSave(`${text.slice(0, middle)}AAAA${text.slice(middle + 4)}`)).toThrow(RangeError);
    expect(() => unpackSave(`2${text.slice(1)}`)).toThrow('newer');
    expect(() => unpackSave('hello')).toThrow('not what Stowage makes');
    expect(() => unpackSave('1.hello')).toThrow(RangeError);
  });

  it('as a script it is what was typed, and bash can read it', () => {
    const script = bashScript(recording);
    execFileSync('bash', ['-n'], { input: script });
    const commands = script.split('\n').filter((line) => line && !line.startsWith('#'));
    expect(commands).toEqual([...COMMANDS.slice(0, 3), 'printf "a\\tb"', "base64 -d > '/root/notes.txt' <<'END_OF_FILE'", 'YnJvdWdodAo=', 'END_OF_FILE']);
    expect(script).toContain('# inside: touch /inside');
    expect(script).toContain('# only in Stowage: edit f');
  });

  it('as an asciicast it is what the terminal showed, in its time', () => {
    const [header, ...events] = asciicast(recording, 'A title').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(header).toMatchObject({ version: 2, width: 90, height: 20, title: 'A title' });
    let time = 0;
    for (const event of events as [number, string, string][]) {
      expect(event[0]).toBeGreaterThanOrEqual(time);
      [time] = event;
    }
    expect((events as [number, string, string][]).map(([, , data]) => data).join('')).toContain('a\tb');
  });

  it('as a report it has commands and what they printed', () => {
    const report = markdownReport(recording, 'A title');
    expect(report).toContain('```console\n$ docker volume create data\ndata\n```');
    expect(report).toContain('## 4. `touch /inside`\n\n(inside `docker run -it --name box busybox`)');
    expect(report).toContain('`/root/notes.txt` is brought from outside');
  });
});
