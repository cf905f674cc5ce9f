// The docker command against a fake engine: texts, streams and exit statuses.

import { expect, test } from 'vitest';
import type { ContainerCreateRequest } from '../../src/api/container.ts';
import type { EngineClient, LogChunk } from '../../src/api/engine-client.ts';
import { ApiError } from '../../src/api/errors.ts';
import { encode } from '../../src/base/bytes.ts';
import { WaitQueue } from '../../src/base/task.ts';
import { runDocker } from './fake-system.ts';

const ID = 'ab'.repeat(32);

/** An engine whose containers print what is given and exit. */
function containers(options: { output?: LogChunk[]; status?: number; fails?: Partial<Record<'create' | 'start', ApiError>> } = {}) {
  const seen: { requests: ContainerCreateRequest[]; stdin: string; calls: string[] } = { requests: [], stdin: '', calls: [] };
  const engine: Partial<EngineClient> = {
    *containerCreate(request) {
      seen.requests.push(request);
      if (options.fails?.create) throw options.fails.create;
      return { Id: ID, Warnings: [] };
    },
    *containerStart() {
      seen.calls.push('start');
      if (options.fails?.start) throw options.fails.start;
    },
    *containerAttach() {
      seen.calls.push('attach');
      const chunks = [...(options.output ?? [])];
      const closed = new WaitQueue();
      let open = true;
      return {
        *next() {
          if (chunks.length) return chunks.shift();
          if (seen.requests[0]?.Config.OpenStdin) yield* closed.until(() => !open);
          return undefined;
        },
        *write(data) {
          seen.stdin += new TextDecoder().decode(data);
        },
        closeWrite() {
          open = false;
          closed.wakeAll();
        },
        close() {},
      };
    },
    *containerWait(_, condition) {
      seen.calls.push(`wait ${condition}`);
      return { *wait() {
        return { StatusCode: options.status ?? 0 };
      } };
    },
  };
  return { engine, seen };
}
const out = (text: string): LogChunk => ({ stream: 'stdout', data: encode(text) });

test('run in the foreground joins the streams and takes the exit status', () => {
  const { engine, seen } = containers({ output: [out('hi\n'), { stream: 'stderr', data: encode('oops\n') }], status: 3 });
  expect(runDocker(engine, ['run', '--rm', '-v', 'vol:/data', 'busybox', 'sh', '-c', 'x'])).toEqual({ stdout: 'hi\n', stderr: 'oops\n', exit: 3 });
  expect(seen.calls).toEqual(['attach', 'wait removed', 'start']);
  expect(seen.requests[0]).toMatchObject({ Config: { Image: 'busybox', Cmd: ['sh', '-c', 'x'], Volumes: null }, HostConfig: { Binds: ['vol:/data'], AutoRemove: true } });
});

test('run passes standard input on', () => {
  const { engine, seen } = containers({ output: [out('got it\n')] });
  expect(runDocker(engine, ['run', '-i', 'busybox', 'cat'], { stdin: 'hello\n' }).stdout).toBe('got it\n');
  expect(seen.stdin).toBe('hello\n');
  expect(runDocker(engine, ['run', '-it', 'busybox'])).toEqual({ stdout: '', stderr: 'the input device is not a TTY\n', exit: 1 });
});

test('run -d prints the id', () => {
  const { engine, seen } = containers();
  expect(runDocker(engine, ['run', '-d', '--cidfile', 'cid', 'busybox'])).toEqual({ stdout: ID + '\n', stderr: '', exit: 0 });
  expect(seen.calls).toEqual(['wait next-exit', 'start']);
});

test('refusals of run and create', () => {
  const hint = "\n\nRun 'docker run --help' for more information\n";
  const refused = containers({ fails: { create: new ApiError('invalidParameter', 'Duplicate mount point: /data') } }).engine;
  expect(runDocker(refused, ['run', 'busybox'])).toEqual({ stdout: '', stderr: `docker: Error response from daemon: Duplicate mount point: /data${hint}`, exit: 125 });
  expect(runDocker(refused, ['create', 'busybox'])).toEqual({ stdout: '', stderr: 'Error response from daemon: Duplicate mount point: /data\n', exit: 1 });
  const status = (text: string) => runDocker(containers({ fails: { start: new ApiError('system', text) } }).engine, ['run', 'busybox']).exit;
  expect([status('exec: "x": executable file not found in $PATH'), status('exec: "/etc": permission denied'), status('not a directory')]).toEqual([127, 126, 125]);
  expect(runDocker(refused, ['run', '--gpus', 'all', 'busybox'])).toEqual({ stdout: '', stderr: 'docker: run --gpus is not simulated here\n', exit: 125 });
  expect(runDocker(refused, ['run', '--volum', 'x'])).toEqual({ stdout: '', stderr: `unknown flag: --volum\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]${hint}`, exit: 125 });
});

test('a missing image is pulled first', () => {
  const { engine } = containers({ fails: { create: new ApiError('notFound', 'No such image: nope:latest') } });
  const result = runDocker({ ...engine, *imagePull() {
    throw new ApiError('notFound', 'pull access denied for nope');
  } }, ['run', 'nope']);
  expect(result.stderr).toBe("Unable to find image 'nope:latest' locally\ndocker: Error response from daemon: pull access denied for nope\n\nRun 'docker run --help' for more information\n");
  expect(result.exit).toBe(125);
});

test('Ctrl-C: passed to the container, or the end of other commands', () => {
  const killed: string[] = [];
  const ended = new WaitQueue();
  const { engine } = containers();
  const waiting: Partial<EngineClient> = {
    ...engine,
    *containerAttach() {
      return { *next() {
        yield* ended.until(() => killed.length > 0);
        return undefined;
      }, *write() {}, closeWrite() {}, close() {} };
    },
    *containerKill(_, signal) {
      killed.push(signal!);
      ended.wakeAll();
    },
  };
  expect(runDocker(waiting, ['run', 'busybox'], { onIdle: (signal) => (signal('SIGINT'), true) }).exit).toBe(0);
  expect(killed).toEqual(['INT']);
  const events: Partial<EngineClient> = { *events() {
    return { *next() {
      yield* new WaitQueue().until(() => false);
      return undefined;
    }, close() {} };
  } };
  expect(runDocker(events, ['events'], { onIdle: (signal) => (signal('SIGINT'), true) }).exit).toBe(130);
});

test('prompts take only y', () => {
  const engine: Partial<EngineClient> = { *volumesPrune() {
    return { VolumesDeleted: ['v1'], SpaceReclaimed: 2000 };
  } };
  const prompt = 'WARNING! This will remove anonymous local volumes not used by at least one container.\nAre you sure you want to continue? [y/N] ';
  expect(runDocker(engine, ['volume', 'prune'], { stdin: 'n\n' })).toEqual({ stdout: prompt, stderr: '', exit: 0 });
  expect(runDocker(engine, ['volume', 'prune'], { stdin: 'y\n' }).stdout).toBe(`${prompt}Deleted Volumes:\nv1\n\nTotal reclaimed space: 2kB\n`);
});

test('tables, JSON and templates of volumes', () => {
  const volume = (Name: string, Labels: Record<string, string> | null = null) => ({ CreatedAt: '', Driver: 'local', Labels, Mountpoint: `/v/${Name}`, Name, Options: null, Scope: 'local' });
  const engine: Partial<EngineClient> = { *volumeList() {
    return { Volumes: [volume('v10', { a: '<b>' }), volume('v2')], Warnings: null };
  } };
  expect(runDocker(engine, ['volume', 'ls']).stdout).toBe('DRIVER    VOLUME NAME\nlocal     v2\nlocal     v10\n');
  expect(runDocker(engine, ['volume', 'ls', '--format', 'table {{.Name}}\t{{.Label "a"}}']).stdout).toBe('VOLUME NAME   a\nv2            \nv10           <b>\n');
  expect(runDocker(engine, ['volume', 'ls', '--format', 'json']).stdout.split('\n')[1]).toContain('"Labels":"a=\\u003cb\\u003e"');
  expect(runDocker(engine, ['volume', 'ls', '--format', '{{.Nope}}'])).toMatchObject({ exit: 1, stderr: 'template parsing error: template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type *formatter.volumeContext\n' });
});

test('completion, as cobra and for bash', () => {
  const engine: Partial<EngineClient> = { *volumeList() {
    return { Volumes: [{ CreatedAt: '', Driver: 'local', Labels: null, Mountpoint: '', Name: 'web-data', Options: null, Scope: 'local' }], Warnings: null };
  } };
  expect(runDocker(engine, ['__complete', 'volume', 'r']).stdout).toBe('rm\tRemove one or more volumes\n:4\n');
  expect(runDocker(engine, ['__complete', 'volume', 'rm', 'w']).stdout).toBe('web-data\n:4\n');
  expect(runDocker(engine, ['__complete', 'volume', 'rm', '--f']).stdout).toBe('--force\tForce the removal of one or more volumes\n:4\n');
  expect(runDocker(engine, ['__complete', 'cp', '']).stdout).toBe(':0\n');
  expect(runDocker(engine, ['__complete-bash'], { env: { COMP_LINE: 'docker volume inspect w', COMP_POINT: '23' } }).stdout).toBe('web-data\n');
});

test('wrong usage', () => {
  expect(runDocker({}, ['vol', 'ls'])).toEqual({ stdout: '', stderr: "docker: unknown command: docker vol\n\nRun 'docker --help' for more information\n", exit: 1 });
  expect(runDocker({}, ['volume', 'lst']).stderr).toBe("docker: unknown command: docker volume lst\n\nUsage:  docker volume COMMAND\n\nRun 'docker volume --help' for more information\n");
  expect(runDocker({}, ['volume', 'create', 'a', 'b'])).toMatchObject({ exit: 1, stderr: expect.stringContaining("SRun 'docker volume create --help' for more information") });
  expect(runDocker({}, ['volume']).stderr).toContain('Usage:  docker volume COMMAND\n\nManage volumes\n\nCommands:\n  create      Create a volume\n');
  expect(runDocker({}, ['-H', 'tcp://x:1', 'ps'])).toEqual({ stdout: '', stderr: 'Cannot connect to the Docker daemon at tcp://x:1. Is the docker daemon running?\n', exit: 1 });
});
