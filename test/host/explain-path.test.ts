// Asking any path: who serves it, what it hides, who else sees it, where a write goes; and the completion of what is typed.

import { describe, expect, it } from 'vitest';
import { completeReference } from '../../src/host/complete-path.ts';
import { createHost } from '../../src/host/create-host.ts';
import { explainPath } from '../../src/host/explain-path.ts';

const host = createHost({ seed: 4, startTime: 1_700_000_000_000 });
host.run('docker run -d --name web -v data:/data -v /srv/web:/srv:ro --tmpfs /mem -v /root/over:/app/data myapp && docker run -d --name other -v data:/d:ro busybox sleep 1000000');
host.run(`docker exec web sh -c 'echo hi > /data/f; chown 1:1 /data/f; echo m > /mem/f; echo more >> /app/myapp; rm /bin/true; head -c 40 /dev/zero > /data/bin; ln -s /data/f /link'; echo index > /srv/web/index`);
const ask = (reference: string) => host.look((machine) => explainPath(machine, reference));
const complete = (text: string) => host.look((machine) => completeReference(machine, text));

describe('a path', () => {
  it('in a volume: served, seen and lying on the host', () => {
    expect(ask('web:/data/../data/f')).toMatchObject({
      reference: 'web:/data/f', destination: '/data', volume: { name: 'data', anonymous: false },
      found: { from: { kind: 'volume', name: 'data' }, content: 'hi\n', owner: 'daemon', hostPath: '/var/lib/docker/volumes/data/_data/f' },
      seenBy: [{ container: 'other', path: '/d/f', running: true, readonly: true }],
      write: 'A write goes to /var/lib/docker/volumes/data/_data/f on the host.',
    });
    expect(ask('web:/data/bin').found?.hex).toMatch(/^00000000 {2}00 00/);
    expect(ask('web:/data').found).toMatchObject({ kind: 'directory', entries: ['bin', 'f'], total: 2 });
    expect(ask('/var/lib/docker/volumes/data/_data/f').seenBy.map(({ container }) => container)).toEqual(['web', 'other']);
    expect(ask('web:/link').found?.from).toEqual({ kind: 'volume', name: 'data' });
  });

  it('in layers: copied up, shared, deleted, hidden', () => {
    expect(ask('web:/app/myapp')).toMatchObject({ found: { from: { kind: 'writable-layer' } }, hidden: [{ from: { kind: 'image-layer' }, kind: 'file' }] });
    expect(ask('other:/bin/true')).toMatchObject({ found: { from: { kind: 'image-layer', index: 0 } }, write: expect.stringContaining('copied up first') as string });
    expect(ask('web:/bin/true')).toMatchObject({ absence: 'web has deleted it: a whiteout in its writable layer hides what the image has there.', hidden: [{ from: { kind: 'image-layer' } }] });
    expect(ask('web:/app/data/README')).toMatchObject({ hidden: [{ kind: 'file', size: 23 }] });
    expect(ask('web:/app/data')).toMatchObject({ found: { from: { kind: 'bind' } }, hidden: [{ kind: 'directory' }] });
    expect(ask('web:/etc/hosts').found?.from).toMatchObject({ kind: 'bind' });
    expect(ask('web:/proc/version').found?.from).toEqual({ kind: 'kernel', filesystem: 'proc' });
  });

  it('that may not be written, or is not there', () => {
    expect(ask('web:/srv/index').write).toBe('A write is refused (Read-only file system): the mount at /srv is read-only.');
    expect(ask('web:/data/new').write).toBe('A write here would go to the volume data: /var/lib/docker/volumes/data/_data/new on the host.');
    expect(ask('web:/data/a/b').write).toBe('A write here would go to the volume data: /var/lib/docker/volumes/data/_data/a/b on the host, once its directory is made (mkdir -p /data/a).');
    expect(ask('web:/mem/new').write).toBe('A write here would go to memory, to no disk.');
    expect(ask('web:/data/f/x').write).toBe('Nothing can be made here: /data/f is not a directory.');
    expect(ask('wbe:/x').problem).toBe('There is no container wbe. There are: other, web.');
    expect(ask('web').problem).toContain('web:/data/f');
  });

  it('in a stopped container', () => {
    const stopped = createHost({ seed: 4, startTime: 1_700_000_000_000 });
    stopped.run('docker run -d --name web -v data:/data --tmpfs /mem busybox sleep 1000000; docker exec web sh -c "echo a > /data/f; echo b > /mem/f; echo c > /f; rm /bin/true; ln -s /data/f /link"; docker stop web');
    const at = (reference: string) => stopped.look((machine) => explainPath(machine, reference));
    expect([at('web:/data/f'), at('web:/f'), at('web:/link'), at('web:/bin/sh')].map(({ found }) => found?.from.kind)).toEqual(['volume', 'writable-layer', 'volume', 'image-layer']);
    expect(at('web:/mem/f').absence).toBe('web does not run: its memory at /mem is gone until it starts, empty then.');
    expect(at('web:/bin/true').found).toBeUndefined();
  });

  it('is completed while it is typed', () => {
    expect(complete('')).toEqual(['other:/', 'web:/', '/']);
    expect(complete('w')).toEqual(['web:/']);
    expect(complete('web:/da')).toEqual(['web:/data/']);
    expect(complete('web:/data/')).toEqual(['web:/data/bin', 'web:/data/f']);
    expect(complete('/srv/w')).toEqual(['/srv/web/']);
    expect(complete('nope:/x')).toEqual([]);
  });
});
