// Trees as tar and back, changes of a layer, and docker cp's view of a container.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Stream } from '../../../src/api/engine-client.ts';
import { concat, decode, encode, type Bytes } from '../../../src/base/bytes.ts';
import { TarReader } from '../../../src/base/archive/tar-reader.ts';
import { Gzip } from '../../../src/base/archive/gzip.ts';
import { layerDigest, tarTree } from '../../../src/engine/archive/tar-tree.ts';
import { openRoot } from '../../../src/engine/archive/container-view.ts';
import { untar } from '../../../src/engine/archive/untar.ts';
import { copyTree } from '../../../src/engine/archive/copy-tree.ts';
import { S_IFCHR } from '../../../src/kernel/stat.ts';
import { bootLab, type Lab } from '../boot.ts';

let lab: Lab;
beforeEach(() => {
  lab = bootLab();
});

const streamOf = (...parts: Bytes[]): Stream<Bytes> => ({ *next() { return parts.shift(); }, close() {} });
const names = (bytes: Bytes) => [...new TarReader().push(bytes)].flatMap(({ header }) => (header ? [`${header.type} ${header.name}${header.linkname ? ` -> ${header.linkname}` : ''}`] : []));
const read = (content: Stream<Bytes>) => lab.run((function* () {
  const parts: Bytes[] = [];
  for (let part = yield* content.next(); part; part = yield* content.next()) parts.push(part);
  return concat(parts);
})());
const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
};

function makeTree(): void {
  const { sys } = lab;
  sys.mkdir('/srv/t', 0o755);
  sys.mkdir('/srv/t/b', 0o750);
  sys.writeFile('/srv/t/b/file', 'content\n', 0o640);
  sys.chown('/srv/t/b/file', 1000, 33);
  sys.link('/srv/t/b/file', '/srv/t/hard');
  sys.symlink('b/file', '/srv/t/a-link');
  sys.mknod('/srv/t/gone', S_IFCHR, 0);
  sys.mkdir('/srv/t/opaque', 0o755);
  sys.setxattr('/srv/t/opaque', 'trusted.overlay.opaque', encode('y'));
}

describe('a layer', () => {
  it('is written sorted, with links and whiteouts', () => {
    makeTree();
    expect(names(concat([...tarTree(lab.sys, '/srv/t', { layer: true })]))).toEqual([
      'symlink a-link -> b/file', 'directory b/', 'file b/file', 'file .wh.gone', 'link hard -> b/file', 'directory opaque/', 'file opaque/.wh..wh..opq',
    ]);
  });

  it.each([[false], [true]])('comes back the same (gzip %s)', (gzip) => {
    makeTree();
    const whole = concat([...tarTree(lab.sys, '/srv/t', { layer: true })]);
    const packer = new Gzip();
    const bytes = gzip ? concat([packer.push(whole), packer.end()]) : whole;
    lab.sys.mkdir('/srv/back', 0o755);
    const view = openRoot(lab.sys, '/srv/back');
    lab.run(untar(view.sys, '/', streamOf(bytes.subarray(0, 700), bytes.subarray(700)), { layer: true }));
    view.close();
    expect(layerDigest(lab.sys, '/srv/back')).toBe(layerDigest(lab.sys, '/srv/t'));
    expect(lab.sys.stat('/srv/back/b/file')).toMatchObject({ uid: 1000, gid: 33, nlink: 2, size: 8 });
  });

  it('is copied whole', () => {
    makeTree();
    lab.sys.mkdir('/srv/copy', 0o755);
    copyTree(lab.sys, '/srv/t', '/srv/copy');
    expect(layerDigest(lab.sys, '/srv/copy')).toBe(layerDigest(lab.sys, '/srv/t'));
  });

  it('cannot lead out of its root', () => {
    const { sys } = lab;
    sys.mkdir('/srv/evil', 0o755);
    sys.symlink('/srv', '/srv/evil/etc');
    sys.writeFile('/srv/evil/etc/x', 'payload');
    const bytes = concat([...tarTree(sys, '/srv/evil')]).slice();
    sys.mkdir('/srv/jail', 0o755);
    const view = openRoot(sys, '/srv/jail');
    lab.run(untar(view.sys, '/', streamOf(bytes)));
    view.close();
    expect(sys.readdir('/srv/jail').map(({ name }) => name)).toEqual(['etc']);
  });

  it.each([[encode('junk\n'), 'unexpected EOF'], [new Uint8Array(1024).fill(7), 'archive/tar: invalid tar header']])('must be an archive', (bytes, message) => {
    lab.sys.mkdir('/srv/x', 0o755);
    expect(refusal(() => lab.run(untar(lab.sys, '/srv/x', streamOf(bytes as Bytes))))).toBe(message);
  });
});

it('tells what a container changed', () => {
  const { id } = lab.docker(['put', '/app/data/README', 'mine'], { name: 'box' });
  expect(lab.run(lab.engine.containerDiff(id))).toEqual([{ Kind: 0, Path: '/app' }, { Kind: 0, Path: '/app/data' }, { Kind: 0, Path: '/app/data/README' }]);
  lab.docker(['rm', '/etc/group'], { name: 'box2' });
  expect(lab.run(lab.engine.containerDiff('box2'))).toEqual([{ Kind: 0, Path: '/etc' }, { Kind: 2, Path: '/etc/group' }]);
});

describe('docker cp', () => {
  const get = (path: string) => lab.run(lab.engine.copyFromContainer('box', path));
  beforeEach(() => {
    lab.docker(['put', '/tmp/f', 'text'], { name: 'box', host: { Binds: ['vol:/data', 'other:/ro:ro'], Tmpfs: { '/scratch': '' } } });
  });

  it('reads files, directories and links', () => {
    expect(names(read(get('/tmp/f').content))).toEqual(['file f']);
    expect(names(read(get('/app').content))).toEqual(['directory app/', 'directory app/data/', 'file app/data/README']);
    expect(names(read(get('/app/.').content))).toEqual(['directory ./', 'directory ./data/', 'file ./data/README']);
    expect(get('/tmp').stat).toMatchObject({ name: 'tmp', mode: 0x80000000 + 0x100000 + 0o777 });
    expect(get('etc/mtab').stat.linkTarget).toBe('/proc/mounts');
  });

  it.each([
    ['/nofile', 'Could not find the file /nofile in container box'],
    ['/etc/passwd/', 'lstat /etc/passwd/: not a directory'],
    ['/etc/passwd/x', 'lstat /etc/passwd/x: not a directory'],
    ['/dev/null', 'Could not find the file /dev/null in container box'],
  ])('refuses %s', (path, message) => {
    expect(refusal(() => get(path))).toBe(message);
  });

  const put = (path: string, options = {}) => {
    lab.sys.mkdir('/srv/src', 0o755);
    lab.sys.writeFile('/srv/src/new', 'new\n');
    lab.sys.chown('/srv/src/new', 1000, 1000);
    return lab.run(lab.engine.copyToContainer('box', path, streamOf(...tarTree(lab.sys, '/srv/src')), options));
  };

  it('writes into the layer and into volumes, keeping owners', () => {
    put('/tmp');
    expect(lab.docker(['stat', '/x'], { host: { Binds: ['/srv/src/new:/x'] } }).stdout).toMatch(/1000:1000/);
    expect(names(read(get('/tmp/new').content))).toEqual(['file new']);
    lab.run(lab.engine.copyToContainer('box', '/data', streamOf(...tarTree(lab.sys, '/srv/src')), {}));
    expect(decode(lab.sys.readFile('/var/lib/docker/volumes/vol/_data/new'))).toBe('new\n');
  });

  it.each([
    ['/ro', 'mounted volume is marked read-only'],
    ['/etc/passwd', 'extraction point is not a directory'],
    ['/no/such', 'Could not find the file /no/such in container box'],
  ])('refuses to write to %s', (path, message) => {
    expect(refusal(() => put(path))).toBe(message);
  });
});

it('exports the root without what is mounted', () => {
  lab.docker(['put', '/data/v', 'x'], { name: 'box', host: { Binds: ['vol:/data'] } });
  const list = names(read(lab.run(lab.engine.containerExport('box'))));
  expect(list).toEqual(expect.arrayContaining(['directory data/', 'file app/data/README', 'file .dockerenv']));
  expect(list).not.toContain('file data/v');
});
