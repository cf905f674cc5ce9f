// `docker compose events`.

import { byProject, label } from '../../compose/labels.ts';
import { CliError } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import { dateTime } from '../../go.ts';
import { timestamp } from '../../opts/timestamp.ts';
import { goJson } from '../../compose/field-order.ts';
import { verb } from './verb.ts';

export const events = verb({
  name: 'events', usage: '[OPTIONS] [SERVICE...]', short: 'Receive real time events from containers',
  flags: {
    json: bool('', 'Output events as a stream of json objects'),
    since: string('', 'Show all events created since timestamp'),
    until: string('', 'Stream events until this timestamp'),
  },
  *run(session, f, args) {
    const { cli } = session;
    const { name } = yield* session.named();
    const now = cli.sys.now();
    const stream = yield* cli.engine.events({ filters: byProject(name), ...(f.since && { since: timestamp(f.since, now) }), ...(f.until && { until: timestamp(f.until, now) }) });
    try {
      for (let event = yield* stream.next(); event; event = yield* stream.next()) {
        const labels = event.Actor.Attributes ?? {};
        const service = labels[label('service')] ?? '';
        if (event.Type !== 'container' || labels[label('oneoff')] === 'True' || (args.length && !args.includes(service))) continue;
        const attributes = Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith(label(''))).toSorted(([a], [b]) => (a < b ? -1 : 1)));
        const nanos = String(event.timeNano % 1e9).padStart(9, '0');
        const { Action: action, Actor: { ID: id } } = event;
        const text = Object.entries(attributes).map(([key, value]) => `${key}=${value}`).join(', ');
        yield* cli.out(f.json
          ? `${goJson({ action, attributes, id, service, time: `${dateTime(event.time * 1000)}.${nanos}`.replace(/\.?0+$/, '') + 'Z', type: 'container' })}\n`
          : `${dateTime(event.time * 1000, ' ')}.${nanos.slice(0, 6)} container ${action} ${id} (${text})\n\n`);
      }
    } finally {
      stream.close();
    }
    // The end of what was asked for is an error to it.
    throw new CliError('EOF');
  },
});
