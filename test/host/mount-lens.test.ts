// The lens: what it says of a typed line is what the engine does with that very line.

import { describe, expect, it } from 'vitest';
import { createHost } from '../../src/host/create-host.ts';
import { mountNotes } from '../../src/host/mount-lens.ts';
import { commandOf } from '../../src/host/typed-words.ts';

const host = createHost({ seed: 3, startTime: 1_700_000_000_000 });
host.run('docker volume create data; docker run --rm -v data:/x busybox touch /x/a; docker volume create notes-data; mkdir /root/conf; echo x > /root/file');
host.openTerminal({ columns: 200, rows: 30 });
host.advanceTo(host.now + 100, 1_000_000);

function type(line: string) {
  host.type(1, `\x15${line}`);
  host.advanceTo(host.now + 500, 10_000_000);
  return host.terminal(1).line;
}
const notes = (line: string) => {
  const edited = type(line)!;
  return host.look((machine) => mountNotes(machine, edited));
};
const kinds = (line: string): string[] => notes(line).map(({ kind }) => kind);

describe('the line that is edited', () => {
  it('is known while it is edited, with its directory and variables', () => {
    const line = type('docker run -v $HOME/conf:/c busybox')!;
    expect([line.text, line.directory, line.variable('HOME')]).toEqual(['docker run -v $HOME/conf:/c busybox', '/root', '/root']);
    expect(commandOf(line)).toEqual(['docker', 'run', '-v', '/root/conf:/c', 'busybox']);
    host.type(1, '\x15sleep 5\r');
    host.advanceTo(host.now + 50, 1_000_000);
    expect(host.terminal(1).line).toBeUndefined();
    host.advanceTo(host.now + 6_000, 1_000_000);
  });

  it('is read as the shell reads it, unfinished quotes too', () => {
    expect(commandOf(type('cd / && docker run -v "$(pwd)/a b:/c" -v $(date):/d {x,y}')!)).toEqual(['docker', 'run', '-v', '/root/a b:/c', '-v', '…:/d', 'x', 'y']);
    expect(commandOf(type('docker run -v "data:/x')!)).toEqual(['docker', 'run', '-v', 'data:/x']);
    expect(commandOf(type('echo docker run')!)).toBeUndefined();
  });
});

describe('the lens', () => {
  it('tells volumes, new ones and binds apart', () => {
    expect(notes('docker run -v data:/d -v fresh:/app/data -v ./conf:/c:ro myapp')).toMatchObject([
      { kind: 'volume', text: 'the volume data, with 1 name in it' },
      { kind: 'volume', text: 'a new volume fresh', effect: 'takes in README of the image' },
      { kind: 'bind', text: 'the host directory /root/conf', readonly: true },
    ]);
    expect(notes('docker container create -itv ~/file:/f --volume=/anon --tmpfs /run:size=4m busybox')).toMatchObject([
      { kind: 'bind', text: 'the host file /root/file' }, { kind: 'anonymous' }, { kind: 'tmpfs' },
    ]);
  });

  it('says what is hidden, and what a missing source becomes', () => {
    expect(notes('docker run -v /srv/no:/app/data --mount type=bind,src=/srv/no,dst=/x myapp')).toMatchObject([
      { kind: 'bind', text: '/srv/no on the host, not there: an empty directory is made', effect: 'hides README of the image' },
      { kind: 'refused', text: expect.stringContaining('bind source path does not exist: /srv/no') as string },
    ]);
    expect(notes('docker run --mount type=volume,src=data,dst=/app/data,ro myapp')).toMatchObject([{ kind: 'volume', readonly: true, effect: 'hides README of the image' }]);
  });

  it('sees slips', () => {
    expect(notes('docker run -v note-data:/d busybox')[0]?.warning).toBe('not notes-data, which is there');
    expect(notes('docker run -v conf:/d busybox')[0]?.warning).toBe('not the directory conf here: that is ./conf');
    expect(kinds('docker run -v a/b:/d busybox')).toEqual(['refused']);
    expect(kinds('docker run -v data:/d -v fresh:/d busybox')).toEqual(['volume', 'refused']);
    expect(notes('docker run -v data:/d -v /d busybox')[1]?.text).toBe('nothing: something else is mounted at /d');
  });

  it('does not cry too early, and keeps still elsewhere', () => {
    for (const line of ['docker run -v da', 'docker run -v data:', 'docker run -v data:/', 'docker run --mount src=data']) expect(kinds(line), line).toEqual(['unfinished']);
    for (const line of ['docker ps -v', 'ls -v data:/x', 'docker run', 'docker run busybox sh -c "x -v data:/x"', 'docker volume create data']) expect(kinds(line), line).toEqual([]);
  });

  it('refuses what the command refuses, in the same words, and nothing else', () => {
    const lines = ['-v data:/', '-v data:rel', '-v :/x', '-v a:b:c:d', '-v data:/x:zz', '--mount dst=/x,typ=bind', '--mount type=bind,dst=/x', '--mount type=tmpfs,src=a,dst=/x', '--tmpfs rel', '-v x:/x', '-v ~/no:/x', '--mount src=data,dst=/x', '--tmpfs /x', '-v /anon', '-v data:/x:ro'];
    for (const flags of lines) {
      const [note] = notes(`docker create --pull never ${flags} busybox`);
      const { exit, stderr } = host.run(`docker create --pull never ${flags} busybox`);
      expect(note?.kind === 'refused', flags).toBe(exit !== 0);
      if (exit !== 0) expect(stderr, flags).toContain(note!.text.replace('refused: ', '').replace(/…/g, ''));
    }
  });
});
