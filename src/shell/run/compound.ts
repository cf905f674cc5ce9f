// Compound commands: groups, conditions, loops, `case`, `[[ ]]`, `(( ))`, function definitions.

import type { Task } from '../../base/task.ts';
import { expandArithmetic, expandFields, expandPattern, expandString } from '../expand/word.ts';
import { matches } from '../expand/pattern.ts';
import type { Shell } from '../shell.ts';
import type { List, Node } from '../syntax.ts';
import { toText } from '../text.ts';
import { Failure, Unwind } from '../unwind.ts';
import { between, runList } from './list.ts';
import { runCoprocess, runSubshell } from './pipeline.ts';
import { runTest } from './test-command.ts';
import { traceArithmetic, traceText } from './trace.ts';

type Compound = Exclude<Node, { kind: 'simple' | 'pipeline' | 'and-or' }>;
type Of<K extends Node['kind']> = Extract<Node, { kind: K }>;

export function* runCompound(sh: Shell, node: Compound, tail: boolean): Task<number> {
  switch (node.kind) {
    case 'group':
      return yield* runList(sh, node.body, tail);
    case 'subshell':
      return yield* runSubshell(sh, node.body, tail);
    case 'if':
      for (const clause of node.clauses) {
        if ((yield* condition(sh, clause.test)) === 0) return yield* runList(sh, clause.body, tail);
      }
      return node.otherwise ? yield* runList(sh, node.otherwise, tail) : 0;
    case 'while':
      return yield* runWhile(sh, node);
    case 'for':
      return yield* runFor(sh, node);
    case 'select':
      return yield* runSelect(sh, node);
    case 'arithmetic-for':
      return yield* runArithmeticFor(sh, node);
    case 'case':
      return yield* runCase(sh, node, tail);
    case 'test':
      return yield* runTest(sh, node.test);
    case 'arithmetic':
      sh.command = `((${node.expression.text}))`;
      if (sh.options.xtrace) yield* traceArithmetic(sh, node.expression.text);
      try {
        return (yield* expandArithmetic(sh, node.expression)) ? 0 : 1;
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown;
        yield* sh.report(new Failure(`((: ${thrown.message}`));
        return 1;
      }
    case 'function': {
      if (sh.dialect.name === 'ash' && sh.dialect.special.has(node.name)) throw new Failure(`${node.name}: is a special builtin`, 2, 'shell');
      sh.functions.set(node.name, { name: node.name, body: node.body, source: sh.source ?? sh.name });
      return 0;
    }
    case 'coproc':
      return yield* runCoprocess(sh, node.name, node.body);
  }
}

/** Run a list whose failure is an answer. */
function* condition(sh: Shell, list: List): Task<number> {
  sh.conditional++;
  try {
    return yield* runList(sh, list, false);
  } finally {
    sh.conditional--;
  }
}

/** Run a loop's body. @returns whether to go on */
function* body(sh: Shell, list: List): Task<boolean> {
  sh.loops++;
  try {
    sh.status = yield* runList(sh, list, false);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof Unwind) || (thrown.kind !== 'break' && thrown.kind !== 'continue')) throw thrown;
    sh.status = thrown.status;
    if (thrown.levels > 1 && sh.loops > 1) {
      thrown.levels--;
      throw thrown;
    }
    return thrown.kind === 'continue';
  } finally {
    sh.loops--;
  }
}

function* runWhile(sh: Shell, node: Of<'while'>): Task<number> {
  let status = 0;
  for (;;) {
    let go: boolean;
    sh.loops++;
    try {
      go = ((yield* condition(sh, node.test)) === 0) !== node.until;
    } catch (thrown) {
      if (!(thrown instanceof Unwind) || thrown.levels > 1) throw thrown;
      if (thrown.kind === 'continue') continue;
      if (thrown.kind !== 'break') throw thrown;
      return thrown.status;
    } finally {
      sh.loops--;
    }
    if (!go) return status;
    const more = yield* body(sh, node.body);
    ({ status } = sh);
    if (!more) return status;
  }
}

function* runFor(sh: Shell, node: Of<'for' | 'select'>): Task<number> {
  sh.line = node.line;
  if (!/^[A-Za-z_]\w*$/.test(node.name)) throw new Failure(`\`${node.name}': not a valid identifier`, 1);
  const values = node.words ? yield* expandFields(sh, node.words) : [...sh.args];
  let status = 0;
  for (const value of values) {
    sh.line = node.line;
    if (sh.dialect.name === 'bash') {
      sh.command = `for ${node.name} in ${node.words?.map((word) => word.text).join(' ') ?? '"$@"'}`;
      if (sh.traps.actions.size) yield* sh.traps.fire('DEBUG');
      if (sh.options.xtrace) yield* traceText(sh, sh.command);
    }
    sh.vars.set(node.name, value);
    const more = yield* body(sh, node.body);
    ({ status } = sh);
    if (!more) break;
    if (sh.interrupted) yield* between(sh);
  }
  return status;
}

function* runSelect(sh: Shell, node: Of<'for' | 'select'>): Task<number> {
  const values = node.words ? yield* expandFields(sh, node.words) : [...sh.args];
  if (!values.length) return 0;
  const width = String(values.length).length;
  const menu = values.map((value, i) => `${String(i + 1).padStart(width)}) ${value}\n`).join('');
  let status = 0;
  let show = true;
  for (;;) {
    yield* sh.complain((show ? menu : '') + (sh.vars.get('PS3') ?? '#? '));
    let line = '';
    for (;;) {
      const bytes = yield* sh.sys.read(0, 1);
      if (!bytes.length && !line) {
        yield* sh.out('\n');
        return 1;
      }
      if (!bytes.length || bytes[0] === 10) break;
      line += toText(bytes);
    }
    show = line === '';
    if (show) continue;
    sh.vars.set('REPLY', line);
    sh.vars.set(node.name, /^\s*\d+\s*$/.test(line) ? (values[Number(line) - 1] ?? '') : '');
    const more = yield* body(sh, node.body);
    ({ status } = sh);
    if (!more) return status;
  }
}

function* runArithmeticFor(sh: Shell, node: Of<'arithmetic-for'>): Task<number> {
  const [initialize, test, update] = node.parts;
  const step = function* (part: typeof test): Task<number | bigint> {
    if (!part) return 1;
    if (sh.options.xtrace) yield* traceArithmetic(sh, part.text);
    return yield* expandArithmetic(sh, part);
  };
  sh.line = node.line;
  yield* step(initialize);
  let status = 0;
  while (yield* step(test)) {
    const more = yield* body(sh, node.body);
    ({ status } = sh);
    if (!more) break;
    yield* step(update);
    yield* between(sh);
  }
  return status;
}

function* runCase(sh: Shell, node: Of<'case'>, tail: boolean): Task<number> {
  sh.line = node.line;
  if (sh.options.xtrace && sh.dialect.name === 'bash') yield* traceText(sh, `case ${node.word.text} in`);
  const value = yield* expandString(sh, node.word);
  const ignoreCase = sh.shopt.has('nocasematch');
  let status = 0;
  let run = false;
  for (const item of node.items) {
    for (const pattern of run ? [] : item.patterns) {
      run = matches(yield* expandPattern(sh, pattern), value, sh.dialect.name === 'bash', ignoreCase);
      if (run) break;
    }
    if (!run) continue;
    status = item.body.items.length ? yield* runList(sh, item.body, tail && item.terminator === ';;') : 0;
    if (item.terminator === ';;') return status;
    run = item.terminator === ';&';
  }
  return status;
}
