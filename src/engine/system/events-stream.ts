// `docker events`: what was kept since a time, then what happens, until a time.

import type { EngineClient, Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { EventMessage } from '../../api/system.ts';
import type { Task } from '../../base/task.ts';
import { parseTime } from '../clock-text.ts';
import type { EngineContext } from '../engine-context.ts';
import { FilterArgs } from '../filters.ts';

/** @throws invalidParameter */
export function eventsStream(context: EngineContext, { since, until, filters }: Parameters<EngineClient['events']>[0]): Stream<EventMessage> {
  const { events, sys } = context;
  // Keys that it does not know are let pass.
  const args = new FilterArgs(filters, Object.keys(filters ?? {}));
  const from = timeOf(since);
  const to = timeOf(until);
  if (from !== undefined && to !== undefined && from > to) {
    throw new ApiError('invalidParameter', `\`since\` time (${Math.floor(from / 1000)}) cannot be after \`until\` time (${Math.floor(to / 1000)})`);
  }
  let at = from === undefined ? events.end : events.start;
  let closed = false;
  const keep = (event: EventMessage) => {
    const time = event.timeNano / 1e6;
    return time >= (from ?? -Infinity) && time <= (to ?? Infinity) && matches(event, args);
  };
  return {
    *next(): Task<EventMessage | undefined> {
      for (;;) {
        if (closed) return undefined;
        at = Math.max(at, events.start);
        while (at < events.end) {
          const event = events.at(at++)!;
          if (keep(event)) return event;
        }
        if (to !== undefined && sys.now() >= to) return undefined;
        yield* events.changed.wait(to);
      }
    },
    close() {
      closed = true;
      events.changed.wakeAll();
    },
  };
}

function timeOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const time = parseTime(text);
  if (time === undefined) throw new ApiError('invalidParameter', `failed to parse value as time or duration: "${text}"`);
  return time;
}

/** As daemon/events.Filter. An object is named by its id or its name. */
function matches(event: EventMessage, args: FilterArgs): boolean {
  const { ID, Attributes } = event.Actor;
  const named = (type: string) => {
    if (!args.has(type)) return true;
    if (event.Type !== type) {
      // Volumes and networks name the container of their event.
      return type === 'container' && args.values(type).some((value) => !!Attributes['container']?.startsWith(value));
    }
    return args.values(type).some((value) => ID.startsWith(value) || Attributes['name'] === value || ID === value);
  };
  const image = () => !args.has('image') || args.values('image').some((value) => [ID, Attributes['name'], Attributes['image']].some((name) => name === value || withoutTag(name ?? '') === value));
  return (!args.has('event') || args.values('event').some((value) => event.Action === value || event.Action.split(':')[0] === value))
    && args.exact('type', event.Type) && args.exact('scope', event.scope)
    && named('container') && named('volume') && named('network') && named('daemon') && image()
    && args.labels(Attributes);
}

const withoutTag = (name: string) => name.replace(/:[^/:]*$/, '');
