// Attaching to a container's streams, with what was written before when it is asked for.

import type { AttachedStream, AttachOptions } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { EngineContext } from '../engine-context.ts';
import { readLogs } from '../log/read-logs.ts';
import type { Container } from './container.ts';
import { containerEvent } from './container-event.ts';
import { parseDetachKeys } from './detach-keys.ts';
import { AttachedOutput, attachedStream } from './streams.ts';

/** @throws conflict (paused, restarting), invalidParameter (detach keys) */
export function attachContainer(context: EngineContext, container: Container, options: AttachOptions): AttachedStream {
  const detachKeys = parseDetachKeys(options.detachKeys || undefined);
  if (container.paused) throw new ApiError('conflict', `container ${container.id} is paused, unpause the container before attach`);
  if (container.restarting) throw new ApiError('conflict', `container ${container.id} is restarting, wait until the container is running`);
  const { stdout = false, stderr = false, stdin = false } = options;
  const live = options.stream !== false;
  const output = live ? container.streams.attach(stdout, stderr) : new AttachedOutput();
  if (!live) output.end();
  const { config } = container;
  const stream = attachedStream(container.streams, output, {
    stdin: stdin && config.OpenStdin,
    closeStdin: config.StdinOnce && !config.Tty,
    ...(config.Tty && { detachKeys }),
    onDetach: () => containerEvent(context, container, 'detach'),
  });
  containerEvent(context, container, 'attach');
  if (!options.logs || container.hostConfig.LogConfig.Type === 'none') return stream;
  const history = readLogs(context, container, { stdout, stderr });
  return {
    ...stream,
    *next() {
      return (yield* history.next()) ?? (yield* stream.next());
    },
  };
}
