// find: walk directory trees and do something with what is found.

import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { FindParser, type FindState } from '../lib/find-expression.ts';
import { reason } from '../lib/messages.ts';
import { baseName, joinPath } from '../lib/path.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const find: Tool = {
  gnu: null,
  busybox: null,
  *run(io, o) {
    const { sys, gnu } = io;
    const words = [...o.operands];
    const state: FindState = { follow: 'P', depthFirst: false, minDepth: 0, maxDepth: Infinity, oneFileSystem: false, prune: false, quit: false };
    while (/^-[PLH]$|^-O\d$|^--$/.test(words[0] ?? '')) {
      const word = words.shift()!;
      if (/^-[PLH]$/.test(word)) state.follow = word[1] as 'P';
    }
    const starts: string[] = [];
    while (words.length && !/^(-.|[!(,]$)/s.test(words[0]!)) starts.push(words.shift()!);
    if (gnu && /^-?-(help|version)$/.test(words[0] ?? '')) io.notSimulated(words[0]!);
    const parser = new FindParser(io, words, state);
    const test = parser.parse();
    if (gnu && sys.isatty(0)) warnOfPositions();
    for (const start of starts.length ? starts : ['.']) {
      if (state.quit) break;
      yield* walk(start, start, 0, undefined);
    }
    yield* parser.actions.finish();

    function fail(path: string, error: unknown): void {
      io.fail(gnu ? `${quote(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
    }

    function* walk(path: string, start: string, depth: number, device: number | undefined): Task<void> {
      yield* io.relieve();
      let stat: Stat;
      try {
        const follow = state.follow === 'L' || (state.follow === 'H' && depth === 0);
        stat = sys.lstat(path);
        if (follow && isSymlink(stat.mode)) {
          try {
            stat = sys.stat(path);
          } catch (error) {
            if (!(error instanceof KernelError)) throw error;
            if (error.errno === 'ELOOP') throw error;
          }
        }
      } catch (error) {
        fail(path, error);
        return;
      }
      const entry = { path, name: baseName(path), depth, start, stat };
      state.prune = false;
      if (!state.depthFirst && depth >= state.minDepth) yield* test(entry);
      if (state.quit) return;
      const crosses = state.oneFileSystem && device !== undefined && stat.dev !== device;
      if (isDirectory(stat.mode) && depth < state.maxDepth && !(state.prune && !state.depthFirst) && !crosses) {
        let names: string[] = [];
        try {
          names = sys.readdir(path).map((found) => found.name);
        } catch (error) {
          fail(path, error);
        }
        for (const name of names) {
          yield* walk(joinPath(path, name), start, depth + 1, device ?? stat.dev);
          if (state.quit) return;
        }
      }
      if (state.depthFirst && depth >= state.minDepth) yield* test(entry);
    }

    /** Said only when a person listens. */
    function warnOfPositions(): void {
      const late = words.findIndex((word, i) => /^-(maxdepth|mindepth|depth|xdev|mount)$/.test(word) && words.slice(0, i).some((earlier) => /^-[a-z]/.test(earlier) && !/^-(maxdepth|mindepth|depth|xdev|mount|not)$/.test(earlier)));
      if (late < 0) return;
      const before = words.slice(0, late).find((word) => /^-[a-z]/.test(word) && !/^-(maxdepth|mindepth|depth|xdev|mount)$/.test(word))!;
      io.warn(`warning: you have specified the global option ${words[late]!} after the argument ${before}, but global options are not positional, i.e., ${words[late]!} affects tests specified before it as well as those specified after it.  Please specify global options before other arguments.`);
    }
  },
};
