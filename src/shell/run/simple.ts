// Simple commands: assignments, functions, builtins, programs.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { expandIndex } from '../expand/parameter.ts';
import { expandFields, expandString } from '../expand/word.ts';
import { quoteIfNeeded } from '../expand/quote.ts';
import { printNode } from '../print.ts';
import type { Shell, ShellFunction } from '../shell.ts';
import type { Assignment, Node, Redirect, Simple } from '../syntax.ts';
import { Failure, Unwind } from '../unwind.ts';
import type { Builtin } from '../dialect.ts';
import { execute, executionFailure, locate, say, type Located } from './exec.ts';
import { failed, runNode } from './list.ts';
import { launchForeground } from './pipeline.ts';
import { applyRedirects, SavedDescriptors, withRedirects } from './redirect.ts';
import { traceText, traceWords } from './trace.ts';

const NO_ARRAYS: ReadonlyMap<number, Assignment> = new Map();

/** @returns the status. @throws Failure, Unwind */
export function* runSimple(sh: Shell, node: Simple, tail: boolean): Task<number> {
  sh.line = node.line;
  if (sh.traps.actions.size) yield* beforeCommand(sh, node);
  const { assignments, redirects } = node;
  let arrays = NO_ARRAYS;
  let fields: string[];
  const [head] = node.words;
  if (head?.literal !== undefined && sh.dialect.declarations.has(head.literal)) {
    [fields, arrays] = yield* declarationFields(sh, node);
  } else {
    fields = node.words.length === 1 && head!.literal !== undefined ? [head!.literal] : yield* expandFields(sh, node.words);
  }
  const [name] = fields;
  if (name === undefined) {
    sh.substitutionStatus = 0;
    if (redirects.length) {
      const saved = new SavedDescriptors(sh.sys);
      try {
        yield* applyRedirects(sh, redirects, sh.sys, saved);
      } finally {
        saved.restore();
      }
    }
    for (const assignment of assignments) yield* assign(sh, assignment, true);
    sh.pipeStatus = [String(sh.substitutionStatus)];
    sh.lastArgument = '';
    return sh.substitutionStatus;
  }

  const fn = sh.functions.get(name);
  const builtin = fn || sh.disabled.has(name) ? undefined : sh.dialect.builtins.get(name);
  const special = builtin !== undefined && sh.dialect.special.has(name);
  let temporary: [string, string][] | undefined;
  let restore: (() => void) | undefined;
  if (assignments.length) {
    if (special && sh.dialect.name === 'ash') for (const assignment of assignments) yield* assign(sh, assignment, true);
    else {
      temporary = [];
      for (const assignment of assignments) {
        const value = assignment.value ? yield* expandString(sh, assignment.value) : '';
        temporary.push([assignment.name, assignment.append ? (sh.vars.get(assignment.name) ?? '') + value : value]);
      }
      restore = sh.vars.temporarily(temporary);
      if (sh.options.xtrace && sh.dialect.name === 'bash') for (const [each, value] of temporary) yield* traceText(sh, `${each}=${quoteIfNeeded(value)}`);
    }
  }
  const last = fields.at(-1)!;
  try {
    if (sh.options.xtrace) {
      yield* traceWords(sh, fields, sh.dialect.name === 'ash' && temporary ? temporary : []);
      if (name === 'export' || name === 'readonly') for (const field of fields.slice(1)) if (sh.dialect.name === 'bash' && field.includes('=')) yield* traceText(sh, field.replace(/=(.*)/s, (_, value: string) => `=${value && quoteIfNeeded(value)}`));
    }
    let status: number;
    if (name === 'exec' && builtin && fields.length === 1) {
      try {
        yield* applyRedirects(sh, redirects, sh.sys);
      } catch (thrown) {
        throw thrown instanceof Failure && sh.dialect.name === 'ash' ? new Failure(thrown.message, thrown.status, 'shell') : thrown;
      }
      status = 0;
    } else if (fn || builtin) {
      const saved = redirects.length ? new SavedDescriptors(sh.sys) : undefined;
      try {
        if (saved) {
          try {
            yield* applyRedirects(sh, redirects, sh.sys, saved);
          } catch (thrown) {
            throw thrown instanceof Failure && special && sh.dialect.name === 'ash' ? new Failure(thrown.message, thrown.status, 'shell') : thrown;
          }
        }
        if (fn) status = yield* callFunction(sh, fn, fields.slice(1));
        else status = yield* callBuiltin(sh, name, builtin!, fields.slice(1), arrays);
      } finally {
        saved?.restore();
      }
      if (name === 'exec' && fn === undefined) return status;
    } else status = yield* runProgram(sh, node, fields, tail);
    sh.pipeStatus = [String(status)];
    return status;
  } finally {
    restore?.();
    sh.lastArgument = last;
    if (sh.substitutionFds.length) closeSubstitutions(sh);
  }
}

/** The DEBUG trap. */
export function* beforeCommand(sh: Shell, node: Node): Task<void> {
  if (!sh.traps.actions.has('DEBUG') || sh.traps.running) return;
  sh.command = printNode(node);
  yield* sh.traps.fire('DEBUG');
}

function closeSubstitutions(sh: Shell): void {
  for (const fd of sh.substitutionFds) {
    try {
      sh.sys.close(fd);
    } catch (error) {
      if (!(error instanceof KernelError)) throw error;
    }
  }
  sh.substitutionFds = [];
}

/** Arguments of `export`, `declare` …: `name=value` is neither split nor matched. */
function* declarationFields(sh: Shell, node: Simple): Task<[string[], Map<number, Assignment>]> {
  const fields: string[] = [];
  const arrays = new Map<number, Assignment>();
  for (const word of node.words) {
    const { assignment } = word;
    if (!assignment) fields.push(...(yield* expandFields(sh, [word])));
    else if (assignment.elements || assignment.index) {
      arrays.set(fields.length - 1, assignment);
      fields.push(assignment.name);
    } else fields.push(`${assignment.name}${assignment.append ? '+' : ''}=${assignment.value ? yield* expandString(sh, assignment.value) : ''}`);
  }
  return [fields, arrays];
}

/** Perform an assignment. */
export function* assign(sh: Shell, assignment: Assignment, trace = false): Task<void> {
  const { name, append } = assignment;
  if (assignment.elements) {
    if (trace && sh.options.xtrace) yield* traceText(sh, assignment.text);
    return yield* assignArray(sh, assignment);
  }
  const value = assignment.value ? yield* expandString(sh, assignment.value) : '';
  if (assignment.index) sh.vars.setElement(name, yield* expandIndex(sh, name, assignment.index), value, append);
  else if (append) sh.vars.append(name, value);
  else sh.vars.set(name, value);
  if (sh.options.allexport) sh.vars.target(name).exported = true;
  if (trace && sh.options.xtrace) {
    const index = assignment.index ? `[${assignment.index.text}]` : '';
    yield* traceText(sh, `${name}${index}${append ? '+' : ''}=${sh.dialect.name === 'bash' ? (value && quoteIfNeeded(value)) : value}`);
  }
}

/** `name=(…)`, `name+=(…)`. */
export function* assignArray(sh: Shell, assignment: Assignment): Task<void> {
  const { name } = assignment;
  const variable = sh.vars.target(name);
  const pairs: [string | undefined, string, boolean][] = [];
  const isMap = variable.map !== undefined;
  for (const element of assignment.elements!) {
    if (element.index) pairs.push([yield* expandIndex(sh, name, element.index), yield* expandString(sh, element.word), element.append]);
    else for (const value of yield* expandFields(sh, [element.word])) pairs.push([undefined, value, false]);
  }
  if (isMap) {
    if (!assignment.append) variable.map = new Map();
    for (let i = 0; i < pairs.length; i++) {
      const [key, value] = pairs[i]!;
      if (key !== undefined) sh.vars.setElement(name, key, value, pairs[i]![2]);
      else sh.vars.setElement(name, value, pairs[++i]?.[1] ?? '', false);
    }
    return;
  }
  if (!assignment.append) sh.vars.setArray(name, []);
  let index = assignment.append ? (sh.vars.list(name)?.length ?? 0) : 0;
  if (assignment.append) sh.vars.setArray(name, [...(sh.vars.list(name) ?? [])]);
  for (const [key, value, append] of pairs) {
    if (key !== undefined) index = Number(key);
    sh.vars.setElement(name, String(index++), value, append);
  }
}

export function* callFunction(sh: Shell, fn: ShellFunction, args: readonly string[]): Task<number> {
  const { args: before, source } = sh;
  if (sh.functionDepth > 1000) throw new Failure(`${fn.name}: maximum function nesting level exceeded (1000)`, 1, 'line');
  sh.args = args;
  sh.functionDepth++;
  const loops = sh.loops;
  sh.loops = 0;
  sh.callers.unshift({ name: fn.name, line: sh.line, source: fn.source });
  sh.vars.enter();
  try {
    return yield* runNode(sh, fn.body, false);
  } catch (thrown) {
    if (!(thrown instanceof Unwind) || thrown.kind !== 'return') throw thrown;
    return thrown.status;
  } finally {
    if (sh.traps.actions.has('RETURN')) yield* sh.traps.fire('RETURN');
    sh.vars.leave();
    sh.callers.shift();
    sh.functionDepth--;
    sh.loops = loops;
    sh.args = before;
    sh.source = source;
  }
}

/** @returns its status; its complaints are printed here, unless they end more than it */
export function* callBuiltin(sh: Shell, name: string, builtin: Builtin, args: readonly string[], arrays: ReadonlyMap<number, Assignment> = NO_ARRAYS): Task<number> {
  try {
    const result = builtin(sh, args, { name, arrays });
    return typeof result === 'number' ? result : yield* result;
  } catch (thrown) {
    if (thrown instanceof KernelError) {
      if (thrown.errno === 'EINTR') return 128 + 2;
      yield* sh.report(new Failure(`write error: ${thrown.message}`, 1, 'command', sh.dialect.name === 'ash' ? 'short' : 'command'), name);
      return 1;
    }
    if (!(thrown instanceof Failure)) throw thrown;
    yield* sh.report(thrown, name);
    sh.status = thrown.status;
    const fatal = thrown.scope === 'shell' || (thrown.scope === 'command' && sh.dialect.name === 'ash' && sh.dialect.special.has(name) && thrown.status === 2);
    if (fatal) throw sh.interactive ? new Unwind('line', thrown.status) : new Unwind('exit', thrown.status);
    if (thrown.scope === 'line') throw new Unwind('line', thrown.status);
    return thrown.status;
  }
}

function* runProgram(sh: Shell, node: Simple, fields: readonly string[], tail: boolean): Task<number> {
  const name = fields[0]!;
  const { redirects } = node;
  // In the last command of a `-c` text or a subshell there is no shell left to come back to.
  if (tail && !sh.interactive && !sh.traps.actions.size && (sh.dialect.name === 'ash' || sh.subshell || !(sh.jobs.table.size || redirects.length))) {
    yield* applyRedirects(sh, redirects, sh.sys);
    const env = sh.vars.environment();
    return yield* execute(sh, sh.sys, fields, env);
  }
  const located = locate(sh, name);
  // ash redirects itself before it forks: what it says of a program that was killed goes there too.
  if (sh.dialect.name === 'ash' && redirects.length) return yield* withRedirects(sh, redirects, () => startProgram(sh, node, fields, located, []));
  return yield* startProgram(sh, node, fields, located, redirects);
}

function* startProgram(sh: Shell, node: Simple, fields: readonly string[], located: Located | undefined, redirects: readonly Redirect[]): Task<number> {
  const name = fields[0]!;
  const embryo = sh.sys.newProcess();
  try {
    yield* applyRedirects(sh, redirects, embryo.sys);
  } catch (thrown) {
    embryo.abandon();
    throw thrown;
  }
  return yield* launchForeground(sh, embryo, () => printNode(node), () => {
    let failure: { message: string; status: number };
    if (located) {
      const env = sh.vars.environment();
      if (sh.dialect.name === 'bash') env['_'] = located.path;
      try {
        return void embryo.exec(located.path, fields, env);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        if (error.errno === 'ENOEXEC') return void embryo.run((own) => execute(sh, own, fields, env));
        failure = executionFailure(sh, embryo.sys, name, located.path, error);
      }
    } else {
      const { message, status } = sh.dialect.unexecutable(sh, name, 'ENOENT', undefined);
      failure = { message: `${sh.dialect.prefix(sh)}${message}\n`, status };
    }
    embryo.run(function* (own) {
      yield* say(own, failure.message);
      return failure.status;
    });
  });
}

export { failed };
