// Line editing for an interactive shell: what `bash` and `ash` read their lines with.

import { shellProgram } from '../programs.ts';
import type { Task } from '../../base/task.ts';
import type { Program } from '../../kernel/program.ts';
import { completionNames } from '../builtins/complete.ts';
import { singleQuote } from '../expand/quote.ts';
import { expandString } from '../expand/word.ts';
import type { LineReader } from '../line-reader.ts';
import { parseWord } from '../parse.ts';
import type { Shell } from '../shell.ts';
import type { CompletionRequest, CompletionSource } from './completion-source.ts';
import { Editor } from './editor.ts';

export function editingReader(sh: Shell): LineReader {
  const editor = new Editor({
    sys: sh.sys,
    fd: 0,
    history: sh.history,
    completion: completionSource(sh),
    bracketedPaste: sh.dialect.name === 'bash',
    *onSignal() {
      if (sh.traps.pending) yield* sh.traps.run();
      sh.interrupted = false;
    },
  });
  return { readLine: (prompt) => editor.readLine(prompt) };
}

export const interactiveBash: Program = shellProgram('bash', editingReader);

function completionSource(sh: Shell): CompletionSource {
  return {
    sys: sh.sys,
    commandNames: () => ['alias', 'keyword', 'function', 'builtin'].flatMap((kind) => completionNames(sh, kind)).concat([...sh.dialect.applets]),
    variableNames: () => sh.vars.names(),
    variable: (name) => sh.vars.get(name),
    programmed: (command, request) => programmed(sh, command, request),
  };
}

/** As bash calls it: `CMD name word previous` with COMP_LINE and COMP_POINT in its environment. */
function* programmed(sh: Shell, command: string, { line, point, word, previous }: CompletionRequest): Task<readonly string[] | undefined> {
  const rule = sh.completions.get(command);
  if (rule?.words !== undefined) return rule.words.split(/[ \t\n]+/).filter(Boolean);
  if (rule?.command === undefined) return undefined;
  const { status, substitutionStatus } = sh;
  const call = [command, word, previous].map(singleQuote).join(' ');
  try {
    const found = yield* expandString(sh, parseWord(`$(COMP_LINE=${singleQuote(line)} COMP_POINT=${point} ${rule.command} ${call} 2>/dev/null </dev/null)`, sh.dialect.name));
    return found.split('\n').filter(Boolean);
  } finally {
    sh.status = status;
    sh.substitutionStatus = substitutionStatus;
  }
}
