// Prompts: the backslash escapes of PS1, PS2 and `${x@P}`.

import type { Task } from '../base/task.ts';
import { passwdEntry } from './accounts.ts';
import { expandText } from './expand/word.ts';
import type { Shell } from './shell.ts';
import { Failure } from './unwind.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function clock(ms: number) {
  const day = Math.floor(ms / 86_400_000);
  const seconds = Math.floor(ms / 1000) % 86_400;
  // Civil date from days, as Howard Hinnant's algorithm.
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 2 : mp - 10;
  return { weekday: (day + 4) % 7, month, date: doy - Math.floor((153 * mp + 2) / 5) + 1, year: yoe + era * 400 + (month < 2 ? 1 : 0), hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60 };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** As `strftime(3)` for what prompts and `printf %(…)T` use, in UTC. */
export function formatTime(ms: number, format: string): string {
  const t = clock(ms);
  const fields: Record<string, string> = {
    Y: String(t.year), m: two(t.month + 1), d: two(t.date), e: String(t.date).padStart(2), H: two(t.hour), I: two(t.hour % 12 || 12), M: two(t.minute), S: two(t.second), p: t.hour < 12 ? 'AM' : 'PM',
    a: DAYS[t.weekday]!, b: MONTHS[t.month]!, y: two(t.year % 100), s: String(Math.floor(ms / 1000)), Z: 'UTC', z: '+0000', n: '\n', t: '\t', '%': '%', u: String(t.weekday || 7), w: String(t.weekday),
    F: `${t.year}-${two(t.month + 1)}-${two(t.date)}`, T: `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`, R: `${two(t.hour)}:${two(t.minute)}`, D: `${two(t.month + 1)}/${two(t.date)}/${two(t.year % 100)}`,
  };
  return format.replace(/%(.)/g, (all, c: string) => fields[c] ?? all);
}

function shortened(sh: Shell): string {
  const home = sh.vars.get('HOME');
  if (!home || home === '/') return sh.cwd;
  return sh.cwd === home ? '~' : sh.cwd.startsWith(`${home}/`) ? `~${sh.cwd.slice(home.length)}` : sh.cwd;
}

/** The escapes of a prompt replaced; `\[` and `\]` become \x01 and \x02, as readline has them. */
export function promptText(sh: Shell, text: string): string {
  const { sys } = sh;
  const root = sys.credentials().uid === 0;
  return text.replace(/\\(D\{[^}]*\}|[0-7]{1,3}|[^])/g, (all, c: string) => {
    switch (c[0]) {
      case 'u': return passwdEntry(sys, sys.credentials().uid)?.[0] ?? 'I have no name!';
      case 'h': return sys.hostname().split('.')[0]!;
      case 'H': return sys.hostname();
      case 'w': return shortened(sh);
      case 'W': return shortened(sh) === '~' || sh.cwd === '/' ? shortened(sh) : sh.cwd.slice(sh.cwd.lastIndexOf('/') + 1);
      case '$': return root ? '#' : '$';
      case '[': return '\x01';
      case ']': return '\x02';
      case 'n': return '\n';
      case 'r': return '\r';
      case 'a': return '\x07';
      case 'e': return '\x1b';
      case 't': return formatTime(sys.now(), '%T');
      case 'T': return formatTime(sys.now(), '%I:%M:%S');
      case '@': return formatTime(sys.now(), '%I:%M %p');
      case 'A': return formatTime(sys.now(), '%R');
      case 'd': return formatTime(sys.now(), '%a %b %d');
      case 'D': return formatTime(sys.now(), c.slice(2, -1) || '%T');
      case 's': return sh.name.slice(sh.name.lastIndexOf('/') + 1).replace(/^-/, '');
      case 'v': return sh.dialect.version.split('.').slice(0, 2).join('.');
      case 'V': return sh.dialect.version.split('(')[0]!;
      case 'j': return String(sh.jobs.table.size);
      case 'l': return 'pts/0';
      case '!': return String(sh.history.length + 1);
      case '#': return String(sh.commandNumber);
      case '\\': return '\\';
      default: return /^[0-7]/.test(c) ? String.fromCharCode(parseInt(c, 8)) : all;
    }
  });
}

/** The prompt to show for PS1 or PS2, expanded. */
export function* prompt(sh: Shell, name: 'PS1' | 'PS2' | 'PS4'): Task<string> {
  const text = promptText(sh, sh.vars.get(name) ?? '');
  if (!/[$`]/.test(text) || (sh.dialect.name === 'bash' && !sh.shopt.has('promptvars'))) return text;
  const { status } = sh;
  try {
    return yield* expandText(sh, text);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return text;
  } finally {
    sh.status = status;
  }
}
