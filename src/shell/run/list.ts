// Lists of commands, and the dispatch by kind of command.

import type { Task } from '../../base/task.ts';
import type { Shell } from '../shell.ts';
import type { List, Node } from '../syntax.ts';
import { Failure, Unwind } from '../unwind.ts';
import { runCompound } from './compound.ts';
import { runPipeline, runBackground } from './pipeline.ts';
import { withRedirects } from './redirect.ts';
import { runSimple } from './simple.ts';

/** Run the commands in order. With `tail`, the last may take the place of the process. @returns the last status */
export function* runList(sh: Shell, list: List, tail: boolean): Task<number> {
  const { items } = list;
  const last = items.length - 1;
  if (sh.options.noexec && !sh.interactive) return sh.status;
  for (let i = 0; i <= last; i++) {
    const { node, background } = items[i]!;
    if (background) sh.status = yield* runBackground(sh, node);
    else sh.status = yield* runNode(sh, node, tail && i === last);
  }
  return sh.status;
}

/** Between two commands: let others run, take signals, notice Ctrl-C. */
export function* between(sh: Shell): Task<void> {
  yield* sh.sys.step();
  if (sh.traps.pending) yield* sh.traps.run();
  if (sh.interrupted) throw new Unwind('interrupt', 130);
}

/** @returns the status, which `$?` has too. Failures are printed here unless they end more than the command. */
export function* runNode(sh: Shell, node: Node, tail: boolean): Task<number> {
  yield* between(sh);
  try {
    switch (node.kind) {
      case 'simple':
        return finish(sh, yield* runSimple(sh, node, tail)) ?? (yield* failed(sh));
      case 'pipeline':
        return yield* runPipeline(sh, node, tail);
      case 'and-or': {
        let status = 0;
        for (const [i, each] of node.nodes.entries()) {
          const operator = node.operators[i - 1];
          if (operator && (operator === '&&') !== (status === 0)) continue;
          const last = i === node.nodes.length - 1;
          if (last) status = yield* runNode(sh, each, tail);
          else {
            sh.conditional++;
            try {
              status = yield* runNode(sh, each, false);
            } finally {
              sh.conditional--;
            }
          }
          sh.status = status;
        }
        return status;
      }
      case 'test':
      case 'arithmetic':
      case 'subshell':
        sh.line = node.line;
        return finish(sh, yield* withRedirects(sh, node.redirects, () => runCompound(sh, node, tail && !node.redirects.length))) ?? (yield* failed(sh));
      default:
        // bash gives its place up only at the end of a list; ash wherever nothing is left to do.
        return (sh.status = node.redirects.length ? yield* withRedirects(sh, node.redirects, () => runCompound(sh, node, false)) : yield* runCompound(sh, node, tail && sh.dialect.name === 'ash'));
    }
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return yield* settleFailure(sh, thrown);
  }
}

/** Set `$?`; undefined when the failure counts for `set -e` and the ERR trap. */
function finish(sh: Shell, status: number): number | undefined {
  sh.status = status;
  return status === 0 || sh.conditional > 0 ? status : undefined;
}

/** What follows a command that failed where nothing looks at its status. */
export function* failed(sh: Shell): Task<number> {
  const { status } = sh;
  if (sh.traps.actions.size) yield* sh.traps.fire('ERR');
  if (sh.options.errexit) throw new Unwind('exit', status);
  return status;
}

/** Print a failure, and end what it ends. */
export function* settleFailure(sh: Shell, failure: Failure, command?: string): Task<number> {
  yield* sh.report(failure, command);
  sh.status = failure.status;
  sh.pipeStatus = [String(failure.status)];
  if (failure.scope === 'command') return finish(sh, failure.status) ?? (yield* failed(sh));
  // An interactive shell drops the line only; ash knows no such difference in scripts.
  throw failure.scope === 'shell' && !sh.interactive ? new Unwind('exit', failure.status) : new Unwind('line', failure.status);
}
