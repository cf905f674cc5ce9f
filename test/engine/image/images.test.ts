// Images of a daemon: names, lists, history, removal and its conflicts, pull, save and load, builds of both kinds.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Stream } from '../../../src/api/engine-client.ts';
import type { JsonMessage } from '../../../src/api/image.ts';
import { concat, decode, encode, type Bytes } from '../../../src/base/bytes.ts';
import { encodeHeader, TAR_END, tarPadding } from '../../../src/base/archive/tar-header.ts';
import type { Task } from '../../../src/base/task.ts';
import { bootLab, type Lab } from '../boot.ts';

let lab: Lab;
beforeEach(() => {
  lab = bootLab();
});

const all = <T>(task: Task<Stream<T>>): T[] => lab.run((function* () {
  const stream = yield* task;
  const items: T[] = [];
  for (let item = yield* stream.next(); item !== undefined; item = yield* stream.next()) items.push(item);
  return items;
})());
const streamOf = (...parts: Bytes[]): Stream<Bytes> => ({ *next() { return parts.shift(); }, close() {} });
const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
};
const list = (options = {}) => lab.run(lab.engine.imageList(options)).flatMap(({ RepoTags }) => (RepoTags.length ? RepoTags : ['<none>'])).sort();
const remove = (name: string, force = false) => lab.run(lab.engine.imageRemove(name, { force }));
const shape = (items: { Untagged?: string; Deleted?: string }[]) => items.map(({ Untagged }) => Untagged ?? 'deleted');
const inspect = (name: string) => lab.run(lab.engine.imageInspect(name));

describe('a fresh host', () => {
  it('has busybox and myapp, and lays them out', () => {
    expect(list()).toEqual(['busybox:latest', 'myapp:latest', 'toy:latest']);
    expect(list({ all: true })).toEqual(['<none>', '<none>', '<none>', 'busybox:latest', 'myapp:latest', 'toy:latest']);
    const history = lab.run(lab.engine.imageHistory('myapp'));
    expect(history.map(({ CreatedBy, Size }) => [CreatedBy.replace(/[0-9a-f]{64}/, 'SUM'), Size])).toEqual([
      ['/bin/sh -c #(nop)  CMD ["/app/myapp"]', 0], ['/bin/sh -c #(nop) WORKDIR /app', 0], ['/bin/sh -c #(nop) COPY file:SUM in /app/data/README ', 23],
      ['/bin/sh -c #(nop) COPY file:SUM in /app/myapp ', 198], ['', 2063904],
    ]);
    expect(inspect('myapp').RootFS.Layers).toHaveLength(3);
    expect(Object.keys(inspect('busybox'))).toEqual(['Id', 'RepoTags', 'RepoDigests', 'Parent', 'Comment', 'Created', 'DockerVersion', 'Author', 'Architecture', 'Os', 'Size', 'GraphDriver', 'RootFS', 'Metadata', 'Config']);
    expect(lab.sys.stat(`${inspect('busybox').GraphDriver.Data!['UpperDir']}/bin/ls`)).toMatchObject({ nlink: 281, size: 2063232 });
  });

  it('finds images by name and by id', () => {
    const { Id } = inspect('busybox');
    for (const name of ['busybox:latest', 'docker.io/library/busybox', Id, Id.slice(7), Id.slice(7, 19), Id.slice(0, 20)]) expect(inspect(name).Id).toBe(Id);
    expect(refusal(() => inspect('nope'))).toBe('No such image: nope:latest');
    expect(refusal(() => inspect('nope:1'))).toBe('No such image: nope:1');
    expect(refusal(() => inspect('Bad'))).toBe('invalid reference format: repository name (library/Bad) must be lowercase');
  });

  it('filters lists', () => {
    lab.run(lab.engine.imageTag('busybox', 'bb:1'));
    expect(list({ filters: { reference: ['bb'] } })).toEqual(['bb:1']);
    expect(list({ filters: { reference: ['b*:*'] } })).toEqual(['bb:1', 'busybox:latest']);
    expect(list({ filters: { dangling: ['true'] } })).toEqual([]);
    expect(list({ filters: { since: ['busybox'] } })).toEqual(['myapp:latest', 'toy:latest']);
    expect(refusal(() => list({ filters: { 'label!': ['x'] } }))).toBe("invalid filter 'label!'");
    expect(refusal(() => list({ filters: { until: ['5x'] } }))).toBe('failed to parse value as time or duration: "5x"');
  });
});

describe('removal', () => {
  it('takes one name of several, then everything', () => {
    lab.run(lab.engine.imageTag('myapp', 'other:2'));
    expect(shape(remove('other:2'))).toEqual(['other:2']);
    expect(shape(remove('myapp'))).toEqual(['myapp:latest', 'deleted', 'deleted', 'deleted', 'deleted', 'deleted', 'deleted']);
    expect(shape(remove('busybox'))).toEqual(['busybox:latest', 'deleted', 'deleted']);
    expect(lab.sys.readdir('/var/lib/docker/overlay2').map(({ name }) => name)).toHaveLength(2);
  });

  it('is stopped by containers and children', () => {
    const { id } = lab.docker(['true'], { name: 'box' });
    const image = inspect('toy').Id;
    expect(refusal(() => remove('toy'))).toBe(`conflict: unable to remove repository reference "toy" (must force) - container ${id.slice(0, 12)} is using its referenced image ${image.slice(7, 19)}`);
    expect(refusal(() => remove(image))).toBe(`conflict: unable to delete ${image.slice(7, 19)} (must be forced) - image is being used by stopped container ${id.slice(0, 12)}`);
    expect(refusal(() => remove(inspect('busybox').Id, true))).toMatch(/\(cannot be forced\) - image has dependent child images$/);
    expect(shape(remove('toy', true))).toEqual(['toy:latest', 'deleted']);
    expect(lab.run(lab.engine.containerInspect('box')).Image).toBe(image);
    lab.run(lab.engine.containerRemove('box'));
    expect(lab.sys.can(`/var/lib/docker/image/overlay2/imagedb/content/sha256/${image.slice(7)}`, '')).toBe(false);
  });

  it('prunes what has no name', () => {
    lab.docker(['put', '/x', 'y'], { name: 'box' });
    const { Id } = lab.run(lab.engine.containerCommit('box', {}));
    lab.run(lab.engine.containerRemove('box'));
    const report = lab.run(lab.engine.imagesPrune());
    expect(report.ImagesDeleted?.[0]).toEqual({ Deleted: Id });
    expect(report).toMatchObject({ SpaceReclaimed: 2 });
    expect(refusal(() => lab.run(lab.engine.imagesPrune({ color: ['red'] })))).toBe("invalid filter 'color'");
  });
});

describe('pull', () => {
  it('brings an image of the catalogue, once', () => {
    const before = lab.clock.now;
    const messages = all<JsonMessage>(lab.engine.imagePull('alpine'));
    const status = messages.map((message) => message.status);
    expect(status.slice(0, 2)).toEqual(['Pulling from library/alpine', 'Pulling fs layer']);
    expect(status.at(-1)).toBe('Status: Downloaded newer image for alpine:latest');
    expect(messages.filter((message) => message.status === 'Downloading').every((message) => message.progressDetail!.total! > 0)).toBe(true);
    expect(lab.clock.now - before).toBeGreaterThan(300);
    expect(inspect('alpine').RepoDigests[0]).toMatch(/^alpine@sha256:[0-9a-f]{64}$/);
    expect(all<JsonMessage>(lab.engine.imagePull('alpine')).at(-1)!.status).toBe('Status: Image is up to date for alpine:latest');
    expect(shape(remove('alpine'))[1]).toMatch(/^alpine@sha256:/);
  });

  it.each([
    ['nope', "pull access denied for nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied"],
    ['alpine:nope', 'manifest for alpine:nope not found: manifest unknown: manifest unknown'],
  ])('refuses %s', (name, message) => {
    expect(refusal(() => all(lab.engine.imagePull(name)))).toBe(message);
  });
});

it('saves and loads', () => {
  lab.docker(['put', '/extra', 'data'], { name: 'box' });
  lab.run(lab.engine.containerCommit('box', { reference: 'extra:1' }));
  const before = inspect('extra:1');
  const archive = concat(all(lab.engine.imageSave(['extra:1'])));
  lab.run(lab.engine.containerRemove('box'));
  remove('extra:1');
  remove('toy');
  expect(all<JsonMessage>(lab.engine.imageLoad(streamOf(archive), { quiet: true }))).toEqual([{ stream: 'Loaded image: extra:1\n' }]);
  expect(inspect('extra:1')).toMatchObject({ Id: before.Id, RootFS: before.RootFS, Size: before.Size });
  expect(all<JsonMessage>(lab.engine.imageLoad(streamOf(encode('junk\n'))))).toEqual([{ error: 'unexpected EOF', errorDetail: { message: 'unexpected EOF' } }]);
  expect(refusal(() => all(lab.engine.imageSave(['nope:1'])))).toBe('reference does not exist');
  expect(lab.sys.readdir('/var/lib/docker/tmp')).toEqual([]);
});

describe('build', () => {
  const contextOf = (files: Record<string, string>) => streamOf(...Object.entries(files).flatMap(([name, text]) => {
    const data = encode(text);
    return [encodeHeader({ name, type: 'file', mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', size: data.length, mtime: 1_700_000_000, linkname: '', major: 0, minor: 0 }), data, tarPadding(data.length)];
  }), TAR_END);
  const build = (version: '1' | '2', files: Record<string, string>, more = {}) => {
    const messages = all<JsonMessage>(lab.engine.imageBuild(contextOf(files), {
      dockerfile: 'Dockerfile', tags: ['built'], buildArgs: {}, labels: {}, target: '', noCache: false, pull: false, quiet: false, remove: true, forceRemove: false, version, ...more,
    }));
    const error = messages.find((message) => message.error)?.error;
    const text = messages.map((message) => message.stream ?? '').join('');
    return { text, error, id: messages.map((message) => (message.aux as { ID?: string } | undefined)?.ID).find(Boolean) };
  };
  const DOCKERFILE = 'FROM toy\nRUN ["put", "/made", "by RUN"]\nCOPY note /notes/\nENV A=1\nCMD ["cat", "/notes/note"]\n';
  const FILES = { Dockerfile: DOCKERFILE, note: 'remember\n' };

  it.each(['1', '2'] as const)('runs, copies and caches (builder %s)', (version) => {
    const first = build(version, FILES);
    expect(first.error).toBeUndefined();
    expect(lab.docker([], { config: { Image: 'built', Cmd: [] } }).stdout).toBe('remember\n');
    expect(lab.docker(['cat', '/made'], { config: { Image: 'built' } }).stdout).toBe('by RUN\n');
    const again = build(version, FILES);
    expect(again.id).toBe(first.id);
    expect(again.text.match(/Using cache|CACHED/g)).toHaveLength(version === '1' ? 4 : 2);
    const changed = build(version, { ...FILES, note: 'other\n' });
    expect(changed.text.match(/Using cache|#\d+ \[\d\/\d\] RUN[^]*?CACHED/g)).toHaveLength(1);
    expect(lab.run(lab.engine.containerList({ all: true })).filter(({ Names }) => !Names[0])).toEqual([]);
    expect(lab.sys.readdir('/var/lib/docker/tmp')).toEqual([]);
  });

  it('keeps what RUN writes after VOLUME only under BuildKit', () => {
    const files = { Dockerfile: 'FROM toy\nVOLUME /app/data\nRUN ["put", "/app/data/late", "x"]\n' };
    build('1', files);
    const ls = () => lab.docker(['ls', '/app/data'], { config: { Image: 'built' } }).stdout;
    expect(ls()).toBe('README\n');
    build('2', files);
    expect(ls()).toBe('README\nlate\n');
  });

  it('leaves earlier stages behind', () => {
    const files = { Dockerfile: 'FROM toy AS tools\nRUN ["put", "/out", "result"]\nFROM scratch\nCOPY --from=tools /out /result\n' };
    build('2', files);
    expect(lab.run(lab.engine.imageHistory('built')).map(({ CreatedBy }) => CreatedBy)).toEqual(['COPY /out /result # buildkit']);
    expect(inspect('built').Size).toBe(7);
  });

  it('says what went wrong, each in its own way', () => {
    expect(build('1', { Dockerfile: 'FROM toy\nRUN ["exit", "3"]\n' }).error).toBe("The command 'exit 3' returned a non-zero code: 3");
    expect(build('2', { Dockerfile: 'FROM toy\nRUN ["exit", "3"]\n' }).error).toBe('process "exit 3" did not complete successfully: exit code: 3');
    expect(build('1', { Dockerfile: 'FROM toy\nCOPY nofile /x\n' }).error).toBe('COPY failed: file not found in build context or excluded by .dockerignore: stat nofile: file does not exist');
    expect(build('2', { Dockerfile: 'FROM toy\nCOPY nofile /x\n' }).error).toMatch(/^failed to compute cache key: failed to calculate checksum of ref \S+: "\/nofile": not found$/);
    expect(refusal(() => build('1', { Dockerfile: 'RUN x\n' }))).toBe('no build stage in current context');
    expect(refusal(() => build('1', { Dockerfile: '' }))).toBe('the Dockerfile (Dockerfile) cannot be empty');
    expect(build('2', {}).error).toBe('failed to read dockerfile: open Dockerfile: no such file or directory');
  });

  it('keeps a cache that can be pruned', () => {
    build('2', FILES);
    const records = lab.run(lab.engine.diskUsage()).BuildCache;
    expect(records.filter(({ Shared }) => Shared).map(({ Size }) => Size)).toEqual([0, 7, 9]);
    expect(records.filter(({ Shared }) => !Shared).map(({ Type }) => Type)).toEqual(['source.local', 'source.local', 'source.local']);
    // What the image shares stays, the sources go.
    expect(lab.run(lab.engine.buildCachePrune({})).Records!.map(({ Type }) => Type)).toEqual(['source.local', 'source.local', 'source.local']);
    remove('built');
    expect(lab.run(lab.engine.buildCachePrune({}))).toMatchObject({ SpaceReclaimed: 16 });
    expect(decode(encode('ok'))).toBe('ok');
  });
});
