// env: run a program in a changed environment, or show it.

import { replace } from '../lib/execute.ts';
import { reason } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const env: Tool = {
  gnu: '+i,ignore-environment 0,null u:,unset: C:,chdir: S:,split-string: v,debug', busybox: '+i 0 u:', usageStatus: 125,
  *run(io, options) {
    const { sys } = io;
    const variables: Record<string, string> = options.has('i') || options.operands[0] === '-' ? {} : { ...sys.env };
    for (const name of options.values('u')) delete variables[name];
    const words = [...options.values('S').flatMap((text) => text.trim().split(/\s+/)), ...options.operands];
    if (words[0] === '-') words.shift();
    while (words[0]?.includes('=') && !words[0].startsWith('=')) {
      const [word] = words.splice(0, 1);
      const at = word!.indexOf('=');
      variables[word!.slice(0, at)] = word!.slice(at + 1);
    }
    const directory = options.value('C');
    if (directory !== undefined) {
      try {
        sys.chdir(directory);
      } catch (error) {
        io.die(`cannot change directory to ${quote(directory)}: ${reason(error)}`, 125);
      }
    }
    if (!words.length) {
      for (const [name, value] of Object.entries(variables)) io.out(`${name}=${value}${options.has('0') ? '\0' : '\n'}`);
      return 0;
    }
    return yield* replace(io, words, variables, '');
  },
};

export const printenv: Tool = {
  gnu: '+0,null', usageStatus: 2,
  *run(io, options) {
    const { operands } = options;
    const end = options.has('0') ? '\0' : '\n';
    if (!operands.length) for (const [name, value] of Object.entries(io.sys.env)) io.out(`${name}=${value}${end}`);
    for (const name of operands) {
      const value = io.sys.env[name];
      if (value === undefined) io.status = 1;
      else io.out(value + end);
    }
  },
};
