// chmod: change file modes.

import { parseMode, type ModeChange } from '../../base/mode-change.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import { isDirectory, isSymlink, type Stat } from '../../kernel/stat.ts';
import { reason } from '../lib/messages.ts';
import { modeText, octalMode } from '../lib/mode.ts';
import { joinPath } from '../lib/path.ts';
import { quote, quoteAlways } from '../lib/quote.ts';
import { parseOptions } from '../lib/options.ts';
import type { Tool } from '../lib/tool.ts';

const GNU = 'c,changes f,silent,quiet v,verbose R,recursive reference: h,no-dereference dereference H L P preserve-root no-preserve-root';
const BUSYBOX = 'R v c f';

export const chmod: Tool = {
  gnu: null,
  busybox: null,
  *run(io, raw) {
    const { sys, gnu } = io;
    // A mode like `-x` looks like an option.
    const args = [...raw.operands];
    const stop = args.indexOf('--');
    const at = args.findIndex((arg, i) => /^-[rwxXstugoa,+=]/.test(arg) && !/^-[A-Zcfvh]/.test(arg) && (stop < 0 || i < stop));
    let mode: string | undefined;
    if (at >= 0) {
      mode = args[at]!;
      args.splice(at, 1);
    }
    const o = parseOptions(io, args, gnu ? GNU : BUSYBOX);
    const files = [...o.operands];
    const reference = o.value('reference');
    if (mode === undefined && reference === undefined) mode = files.shift();
    if (gnu && (mode === undefined ? reference === undefined : false)) io.usage('missing operand');
    if (gnu && !files.length) io.usage(mode === undefined || at >= 0 ? 'missing operand' : `missing operand after ${quote(mode)}`);
    if (!gnu && (mode === undefined || !files.length)) io.usage();
    let change: ModeChange | undefined;
    if (reference !== undefined) {
      try {
        const { mode } = sys.stat(reference);
        change = () => mode & 0o7777;
      } catch (error) {
        io.die(`failed to get attributes of ${quoteAlways(reference)}: ${reason(error)}`);
      }
    } else {
      change = parseMode(mode!, sys.umask(), gnu);
      if (!change) {
        if (gnu) io.usage(`invalid mode: ${quote(mode!)}`);
        io.die(`invalid mode '${mode!}'`);
      }
    }
    const silent = gnu && o.has('f');
    for (const path of files) yield* apply(path, true);

    function fail(text: string): void {
      if (silent) io.status = 1;
      else io.fail(text);
    }

    function* apply(path: string, named: boolean): Task<void> {
      yield* io.relieve();
      let own: Stat;
      let stat: Stat;
      try {
        own = sys.lstat(path);
      } catch (error) {
        fail(gnu ? `cannot access ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
        if (gnu && o.has('v')) io.out(`${quoteAlways(path)} could not be accessed\n`);
        return;
      }
      if (isSymlink(own.mode) && (!named || o.has('h'))) return;
      try {
        stat = sys.stat(path);
      } catch (error) {
        fail(gnu ? (error instanceof KernelError && error.errno === 'ENOENT' ? `cannot operate on dangling symlink ${quoteAlways(path)}` : `cannot access ${quoteAlways(path)}: ${reason(error)}`) : `${path}: ${reason(error)}`);
        if (gnu && o.has('v')) io.out(`${quoteAlways(path)} could not be accessed\n`);
        return;
      }
      const before = stat.mode & 0o7777;
      const after = change!(stat.mode);
      try {
        sys.chmod(path, after);
        const show = (bits: number) => `${octalMode(bits)} (${modeText(bits).slice(1)})`;
        if (gnu) {
          if (before !== after && o.has('v', 'c')) io.out(`mode of ${quoteAlways(path)} changed from ${show(before)} to ${show(after)}\n`);
          else if (o.has('v')) io.out(`mode of ${quoteAlways(path)} retained as ${show(before)}\n`);
        } else if (o.has('v') || (o.has('c') && before !== after)) io.out(`mode of '${path}' changed to ${show(after)}\n`);
      } catch (error) {
        fail(gnu ? `changing permissions of ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
        if (!gnu && o.has('R') && isDirectory(stat.mode) && !isSymlink(own.mode)) {
          // The walk says it again and stays out.
          fail(`${path}: ${reason(error)}`);
          return;
        }
        if (gnu && o.has('v')) io.out(`failed to change mode of ${quoteAlways(path)} from ${octalMode(before)} (${modeText(before).slice(1)}) to ${octalMode(after)} (${modeText(after).slice(1)})\n`);
      }
      if (!o.has('R') || !isDirectory(stat.mode) || (isSymlink(own.mode) && !gnu)) return;
      let names: string[];
      try {
        names = sys.readdir(path).map((entry) => entry.name);
      } catch (error) {
        fail(gnu ? `cannot read directory ${quoteAlways(path)}: ${reason(error)}` : `${path}: ${reason(error)}`);
        return;
      }
      for (const name of names) yield* apply(joinPath(path, name), false);
    }
  },
};
