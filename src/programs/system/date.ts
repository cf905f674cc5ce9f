// date: the time, in UTC.

import { parseDate } from '../lib/date-parse.ts';
import { eachLine } from '../lib/lines.ts';
import { reason } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import { civil, strftime, timegm } from '../lib/time-format.ts';
import type { Tool } from '../lib/tool.ts';

const ISO: Readonly<Record<string, string>> = { date: '%F', hours: '%FT%H%:z', minutes: '%FT%H:%M%:z', seconds: '%FT%T%:z', ns: '%FT%T,%N%:z' };

export const date: Tool = {
  gnu: 'd:,date: f:,file: I::,iso-8601:: R,rfc-email rfc-3339: r:,reference: s:,set: u,utc,universal debug resolution',
  busybox: 'd:,date: I:: R,rfc-2822 r:,reference: s:,set: u,utc,universal D:',
  *run(io, options) {
    const { sys, gnu } = io;
    const formats: string[] = [];
    let setting = options.value('s');
    for (const operand of options.operands) {
      if (operand.startsWith('+')) {
        if (formats.length) {
          if (gnu) io.usage(`extra operand ${quote(operand)}`);
          io.die(`invalid date '${operand}'`);
        }
        formats.push(operand.slice(1));
      } else setting = operand;
    }
    const read = (text: string): number => {
      const time = gnu ? parseDate(text, sys.now()) : plainDate(text, sys.now());
      return time ?? io.die(gnu ? `invalid date ${quote(text)}` : `invalid date '${text}'`);
    };
    const iso = options.given.findLast(({ key }) => key === 'I');
    const wanted = iso?.value ?? 'date';
    const unit = Object.keys(ISO).find((name) => name.startsWith(wanted));
    if (iso && !unit) io.usage(gnu ? `invalid argument ${quote(wanted)} for ${quote('--iso-8601')}` : undefined);
    const rfc = options.value('rfc-3339');
    let format = formats[0] ?? (iso ? ISO[unit!]! : options.has('R') ? '%a, %d %b %Y %T +0000' : rfc ? { date: '%F', ns: '%F %T.%N%:z' }[rfc] ?? '%F %T%:z' : '%a %b %e %H:%M:%S %Z %Y');
    if (!gnu) format = format.replace(/%N/g, '%%N');
    if (options.has('f')) {
      yield* eachLine(io, [options.value('f')!], (line) => io.out(`${strftime(format, read(line))}\n`));
      return;
    }
    let time = sys.now();
    const reference = options.value('r');
    if (reference !== undefined) {
      try {
        time = sys.stat(reference).mtime;
      } catch (error) {
        io.die(gnu ? `${reference}: ${reason(error)}` : `${reference}: ${reason(error)}`);
      }
    }
    const text = options.value('d');
    if (text !== undefined) time = read(text);
    if (setting !== undefined) {
      time = read(setting);
      io.fail(gnu ? 'cannot set date: Operation not permitted' : "can't set date: Operation not permitted");
    }
    io.out(`${strftime(format, time)}\n`);
  },
};

/** The forms that BusyBox reads. */
function plainDate(text: string, now: number): number | undefined {
  const today = civil(now);
  const epoch = /^@(-?\d+)$/.exec(text);
  if (epoch) return Number(epoch[1]) * 1000;
  const full = /^(?:(\d{4})-(\d\d?)-(\d\d?)[ T]?)?(?:(\d\d?):(\d\d)(?::(\d\d))?)?(?: (?:UTC|GMT|Z|\+0000))?$/.exec(text);
  const digits = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d{4}|\d\d)?(?:\.(\d\d))?$/.exec(text);
  if (digits) {
    const [, month, day, hour, minute, year = String(today.year), second = '0'] = digits;
    return timegm(Number(year) + (year.length === 2 ? 2000 : 0), Number(month), Number(day), Number(hour), Number(minute), Number(second)) * 1000;
  }
  if (!full || !text.trim()) return undefined;
  const [, year = today.year, month = today.month, day = today.day, hour = '0', minute = '0', second = '0'] = full;
  if (Number(month) > 12 || Number(day) > 31 || Number(hour) > 24) return undefined;
  return timegm(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)) * 1000;
}
