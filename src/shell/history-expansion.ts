// `!!`, `!$`, `!42`, `!make` and `^old^new` on a line just typed (bash, interactive).

import type { Shell } from './shell.ts';
import { Failure } from './unwind.ts';

const words = (line: string): string[] => line.match(/(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+/g) ?? [];

/** @returns the line with history put in, and whether any was. @throws Failure 'event not found' */
export function expandHistory(sh: Shell, line: string): { line: string; changed: boolean } {
  const { history } = sh;
  const quick = /^\^([^^]*)\^([^^]*)\^?(.*)$/.exec(line);
  if (quick) {
    const last = history.at(-1) ?? '';
    if (!last.includes(quick[1]!)) throw new Failure(`:s${quick[0]}: substitution failed`);
    return { line: last.replace(quick[1]!, () => quick[2]!) + quick[3]!, changed: true };
  }
  if (!line.includes('!')) return { line, changed: false };
  let out = '';
  let changed = false;
  let single = false;
  for (let i = 0; i < line.length; ) {
    const c = line[i]!;
    if (c === "'" ) single = !single;
    if (c === '\\' && !single) {
      out += line.slice(i, i + 2);
      i += 2;
      continue;
    }
    const rest = line.slice(i + 1);
    if (c !== '!' || single || rest === '' || /^[\s=("]/.test(rest) || /[[{$]$/.test(out)) {
      out += c;
      i++;
      continue;
    }
    const match = /^(!|\$|\^|\*|-?\d+|\?[^?]*\??|[^\s!:;&|()<>"']+)(?::([$^*]|\d+))?/.exec(rest);
    if (!match) {
      out += c;
      i++;
      continue;
    }
    const [all, event = '', word] = match;
    const designator = '$^*'.includes(event) ? event : word;
    let found: string | undefined;
    if (event === '!' || '$^*'.includes(event)) found = history.at(-1);
    else if (/^\d+$/.test(event)) found = history[Number(event) - 1];
    else if (/^-\d+$/.test(event)) found = history.at(Number(event));
    else if (event[0] === '?') found = history.findLast((each) => each.includes(event.replace(/\?/g, '')));
    else found = history.findLast((each) => each.startsWith(event));
    if (found === undefined) throw new Failure(`!${event}: event not found`);
    const parts = words(found);
    out += designator === undefined ? found : designator === '$' ? (parts.at(-1) ?? '') : designator === '^' ? (parts[1] ?? '') : designator === '*' ? parts.slice(1).join(' ') : (parts[Number(designator)] ?? '');
    changed = true;
    i += 1 + all.length;
  }
  return { line: out, changed };
}
