// Attaching, following and detaching: what clients of a running container get, and what they cannot hold up.
import { beforeEach, expect, it } from 'vitest';
import { decode, encode } from '../../src/base/bytes.ts';
import type { AttachedStream, LogChunk, Stream } from '../../src/api/engine-client.ts';
import type { Task } from '../../src/base/task.ts';
import { bootLab, type Lab } from './boot.ts';

let lab: Lab;
beforeEach(() => {
  lab = bootLab();
});

function* all(stream: Stream<LogChunk>): Task<string> {
  let text = '';
  for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) text += decode(chunk.data);
  return text;
}

it('follows logs to the end, even of a container that removes itself', () => {
  const { id } = lab.docker(['serve'], { detach: true, remove: true });
  const text = lab.run((function* () {
    const logs = yield* lab.engine.containerLogs(id, { stdout: true, stderr: true, follow: true });
    const first = decode((yield* logs.next())!.data);
    yield* lab.engine.containerStop(id);
    return first + (yield* all(logs));
  })());
  expect(text).toBe('ready\nbye\n');
  lab.pass(1);
  expect(lab.run(lab.engine.containerList({ all: true }))).toEqual([]);
});

it('gives every client the same output, from where it came in', () => {
  const { id } = lab.docker(['serve'], { detach: true });
  const [live, whole] = lab.run((function* () {
    const options = { stdout: true, stderr: true, stream: true };
    const one = yield* lab.engine.containerAttach(id, options);
    const two = yield* lab.engine.containerAttach(id, { ...options, logs: true });
    yield* lab.engine.containerStop(id);
    return [yield* all(one), yield* all(two)];
  })());
  expect([live, whole]).toEqual(['bye\n', 'ready\nbye\n']);
});

it('leaves a container alone when the detach keys are typed', () => {
  const { id } = lab.docker(['cat'], { detach: true, config: { Tty: true, OpenStdin: true } });
  const text = lab.run((function* () {
    const stream: AttachedStream = yield* lab.engine.containerAttach(id, { stdin: true, stdout: true, stream: true });
    yield* stream.write(encode('ab\r'));
    const first = decode((yield* stream.next())!.data);
    yield* stream.write(Uint8Array.of(16, 17));
    return first + (yield* all(stream));
  })());
  expect(text).toContain('ab');
  expect(lab.run(lab.engine.containerInspect(id)).State.Running).toBe(true);
  expect(lab.events().map(({ Action }) => Action)).toContain('detach');
});

it('does not wait for a client that was killed where it read', () => {
  const { id } = lab.docker(['cat'], { detach: true, config: { OpenStdin: true } });
  const feeder = lab.run(lab.engine.containerAttach(id, { stdin: true, stream: true }));
  const client = lab.sys.newProcess({ descriptors: 'none' });
  client.run(function* () {
    const stream = yield* lab.engine.containerAttach(id, { stdout: true, stream: true });
    yield* all(stream);
    return 0;
  });
  lab.pass(1);
  lab.sys.kill(client.pid, 'SIGKILL');
  lab.pass(1);
  const block = new Uint8Array(40_000).fill(120);
  lab.run((function* () {
    for (let i = 0; i < 10; i++) yield* feeder.write(block);
  })());
  lab.run(lab.engine.containerKill(id));
  expect(lab.run(lab.engine.containerInspect(id)).State.ExitCode).toBe(137);
});

it('goes on with a stop whose client is gone', () => {
  const { id } = lab.docker(['sleep', '1000'], { detach: true });
  const client = lab.sys.newProcess({ descriptors: 'none' });
  client.run(function* () {
    yield* lab.engine.containerStop(id, { timeout: 2 });
    return 0;
  });
  lab.pass(500);
  lab.sys.kill(client.pid, 'SIGKILL');
  lab.pass(2000);
  expect(lab.run(lab.engine.containerInspect(id)).State).toMatchObject({ Status: 'exited', ExitCode: 137 });
});
