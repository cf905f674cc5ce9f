// `docker system events`.

import type { EventMessage } from '../../../api/system.ts';
import { command, noArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { filter, inspectFormat, string } from '../../flags/values.ts';
import { dateTime } from '../../go.ts';
import { timestamp } from '../../opts/timestamp.ts';
import { compile, execute } from '../../template/execute.ts';
import { refusing } from '../../formatter/table.ts';
import { typed } from '../../template/typed.ts';

function line(event: EventMessage): string {
  const nanos = String(event.timeNano % 1e9).padStart(9, '0');
  const attributes = Object.entries(event.Actor.Attributes ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`);
  return `${dateTime(event.time * 1000)}.${nanos}Z ${event.Type} ${event.Action} ${event.Actor.ID}${attributes.length ? ` (${attributes.join(', ')})` : ''}\n`;
}

export const events = command({
  name: 'events', usage: '[OPTIONS]', short: 'Get real time events from the server', fullNames: 'docker system events, docker events', args: noArgs,
  flags: {
    filter: filter('f', 'Filter output based on conditions provided'),
    format: inspectFormat(''),
    since: string('', 'Show all events created since timestamp'),
    until: string('', 'Stream events until this timestamp'),
  },
  *run(cli, f) {
    const source = f.format === 'json' ? '{{json .}}' : f.format;
    let template: ReturnType<typeof compile> | undefined;
    try {
      template = source ? refusing('parsing format', () => compile(source)) : undefined;
      const parsed = template;
      if (parsed) refusing('parsing format', () => execute(parsed, typed('events.Message', {}, true)));
    } catch (error) {
      throw error instanceof CliError ? new CliError(error.message.replace(/^parsing format/, 'Error parsing format'), 64) : error;
    }
    const now = cli.sys.now();
    const stream = yield* cli.engine.events({
      ...(f.since && { since: timestamp(f.since, now) }), ...(f.until && { until: timestamp(f.until, now) }), ...(Object.keys(f.filter).length && { filters: f.filter }),
    });
    try {
      for (let event = yield* stream.next(); event; event = yield* stream.next()) {
        const each = event;
        yield* cli.out(template ? refusing('', () => execute(template, typed('events.Message', each))) + '\n' : line(each));
      }
    } finally {
      stream.close();
    }
  },
});
