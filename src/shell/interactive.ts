// The conversation of an interactive shell: prompt, line, command, prompt.

import type { Task } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import { expandHistory } from './history-expansion.ts';
import { notify } from './job-text.ts';
import type { LineReader } from './line-reader.ts';
import { endsInBackslash } from './line-source.ts';
import { parse } from './parse.ts';
import { prompt } from './prompt.ts';
import type { Shell } from './shell.ts';
import { toText } from './text.ts';
import { Failure } from './unwind.ts';

const BANNER = "\n\nBusyBox v1.38.0 (Debian 1:1.38.0-3+b1) built-in shell (ash)\nEnter 'help' for a list of built-in commands.\n\n";

/** Until `exit` or the end of input. @returns the status to end with */
export function* converse(sh: Shell, reader: LineReader): Task<number> {
  const bash = sh.dialect.name === 'bash';
  if (bash) loadHistory(sh);
  else yield* sh.out(BANNER);
  for (;;) {
    yield* notify(sh);
    const before = sh.vars.get('PROMPT_COMMAND');
    if (bash && before) yield* sh.runText(before);
    sh.sys.markLine(0);
    const text = yield* readCommand(sh, reader);
    if (text === 'interrupted') {
      sh.status = 130;
      continue;
    }
    if (text === 'eof') {
      const stopped = [...sh.jobs.table.values()].some((job) => job.state === 'Stopped');
      if (stopped && !sh.exitWarned) {
        sh.exitWarned = true;
        yield* sh.complain(bash ? 'exit\nThere are stopped jobs.\n' : 'You have stopped jobs.\n');
        continue;
      }
      if (bash) yield* sh.complain(sh.login ? 'logout\n' : 'exit\n');
      else yield* sh.complain('\n');
      sh.sys.markLine(0, 'exit');
      break;
    }
    if (!text.trim()) continue;
    sh.sys.markLine(0, text.trimEnd());
    sh.commandNumber++;
    const warned = sh.exitWarned;
    yield* sh.runText(text);
    if (warned) sh.exitWarned = false;
    if (sh.exited !== undefined) break;
  }
  if (bash) saveHistory(sh);
  return sh.exited ?? (yield* sh.traps.exit(sh.status));
}

/** One complete command, over as many lines as it takes. */
function* readCommand(sh: Shell, reader: LineReader): Task<string | 'eof' | 'interrupted'> {
  let text = '';
  for (;;) {
    const answer = yield* reader.readLine(yield* prompt(sh, text ? 'PS2' : 'PS1'), text !== '');
    if (answer === 'interrupted') {
      yield* sh.complain('\n');
      return answer;
    }
    if (answer === 'eof') {
      if (!text) return answer;
      remember(sh, text);
      return text;
    }
    let { line } = answer;
    if (sh.dialect.name === 'bash' && sh.options.histexpand) {
      try {
        const expanded = expandHistory(sh, line);
        if (expanded.changed) yield* sh.complain(`${expanded.line}\n`);
        ({ line } = expanded);
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown;
        yield* sh.report(thrown);
        return '';
      }
    }
    text += `${line}\n`;
    if (sh.options.verbose) yield* sh.complain(`${line}\n`);
    if (endsInBackslash(text)) continue;
    const { failure, openHereDocument } = parse(text, sh.dialect.name, 1, sh.extendedPatterns);
    if (!failure?.incomplete && !openHereDocument) break;
  }
  remember(sh, text);
  return text;
}

function remember(sh: Shell, text: string): void {
  const line = text.replace(/\n$/, '');
  if (!line.trim()) return;
  const control = sh.vars.get('HISTCONTROL') ?? '';
  if (/ignore(space|both)/.test(control) && line.startsWith(' ')) return;
  if (/ignore(dups|both)/.test(control) && sh.history.at(-1) === line) return;
  sh.history.push(line);
  sh.onHistory?.(line);
}

function loadHistory(sh: Shell): void {
  const file = sh.vars.get('HISTFILE');
  if (!file) return;
  try {
    sh.history.push(...toText(sh.sys.readFile(file)).split('\n').filter(Boolean));
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}

function saveHistory(sh: Shell): void {
  const file = sh.vars.get('HISTFILE');
  if (!file || !sh.history.length) return;
  try {
    sh.sys.writeFile(file, `${sh.history.slice(-Number(sh.vars.get('HISTFILESIZE') ?? 500)).join('\n')}\n`, 0o600);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}
