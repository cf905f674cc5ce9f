// What a snapshot tells of layers: which are there, what was copied up from them, what a mount hides.

import { describe, expect, it } from 'vitest';
import { createHost } from '../../src/host/create-host.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';

function hostAfter(commands: string) {
  const host = createHost(SIM_OPTIONS);
  for (const command of commands.split('\n').map((line) => line.trim()).filter(Boolean)) host.run(command);
  return host;
}

describe('a snapshot', () => {
  it('has each image layer once, and containers standing on them', () => {
    const { layers, containers } = hostAfter('docker create --name aa notes\ndocker create --name bb busybox\ndocker create --name cc myapp').snapshot();
    const base = layers.find((layer) => layer.images.includes('busybox'))!;
    expect(base).toMatchObject({ createdBy: '' });
    expect(base.parent).toBeUndefined();
    expect(new Set(layers.map(({ id }) => id)).size).toBe(layers.length);
    for (const { layers: own } of containers) expect(own[0]).toBe(base.id);
    const notes = layers.find((layer) => layer.images.includes('notes'))!;
    expect(notes).toMatchObject({ parent: base.id, size: 1_721_012, total: 4, files: ['usr/local/bin/add', 'usr/local/bin/list', 'usr/local/bin/notes', 'usr/local/bin/sqlite3'] });
    expect(notes.createdBy).toContain('COPY bin');
    expect(containers[0]!.layers).toEqual([base.id, notes.id]);
  });

  it('tells what was copied up and deleted from what was made', () => {
    const { containers, layers } = hostAfter(`
      docker run --name aa myapp sh -c 'echo x >> /app/data/README; echo y > /new; rm /app/myapp; mkdir /made; touch /etc/passwd'
    `).snapshot();
    const files = new Map(containers[0]!.layer.files.map((file) => [file.path, file]));
    const from = (path: string): string | undefined => layers.find((layer) => layer.id === files.get(path)?.below)?.files.join();
    expect(from('app/data/README')).toBe('app/data/README');
    expect(files.get('app/myapp')).toMatchObject({ kind: 'whiteout' });
    expect(from('app/myapp')).toContain('app/myapp');
    expect(files.get('new')!.below).toBeUndefined();
    expect(files.get('made')).toMatchObject({ kind: 'directory' });
  });

  it('names what a mount hides, in the layers and in another mount', () => {
    const { containers } = hostAfter(`
      mkdir -p /srv/site/assets; touch /srv/site/assets/logo /srv/over
      docker create --name aa -v /srv/site:/app -v /srv/over:/etc/passwd -v cache:/app/assets --tmpfs /nothing myapp
    `).snapshot();
    expect(containers[0]!.hidden.toSorted((a, b) => (a.destination < b.destination ? -1 : 1))).toEqual([
      { destination: '/app', names: ['data/', 'myapp'], total: 2 },
      { destination: '/app/assets', names: ['logo'], total: 1, inside: '/app' },
      { destination: '/etc/passwd', names: ['passwd'], total: 1 },
    ]);
  });

  it('looks at what changes anew each time', () => {
    const host = hostAfter('docker run -d --name aa --tmpfs /run busybox sleep 1000');
    expect(host.snapshot().containers[0]!.tmpfs).toEqual([{ destination: '/run', listing: { files: [], total: 0 } }]);
    host.run('docker exec aa touch /run/f');
    expect(host.snapshot().containers[0]!.tmpfs[0]!.listing.total).toBe(1);
    host.run('docker restart -t 0 aa');
    expect(host.snapshot().containers[0]!.tmpfs[0]!.listing.total).toBe(0);
    host.run('docker exec aa touch /mark');
    // The mount point lies in the layer too.
    expect(host.snapshot().containers[0]!.layer.total).toBe(2);
  });
});
