// Files of `--env-file` and `--label-file`, and names without a value (docker/cli's kvfile).

import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';

/** @param lookup for names without `=`; without it those given stay as they are, and those in files do not count. @throws CliError */
export function* readKeyValues(cli: Cli, files: readonly string[], given: readonly string[], lookup?: Readonly<Record<string, string>>): Task<string[]> {
  const all: string[] = [];
  for (const file of files) {
    const bad = (message: string): never => {
      throw new CliError(`invalid env file (${file}): ${message}`);
    };
    let bytes: Uint8Array;
    try {
      bytes = yield* cli.readFile(file);
    } catch (error) {
      if (error instanceof CliError && error.message.startsWith('read ')) return bad(error.message);
      throw error;
    }
    let line = 0;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for (let from = 0; from < bytes.length; ) {
      line++;
      const end = bytes.indexOf(10, from);
      const raw = bytes.subarray(from, end < 0 ? bytes.length : end);
      from = end < 0 ? bytes.length : end + 1;
      let text = '';
      try {
        text = decoder.decode(raw).replace(/\r$/, '').trimStart();
      } catch {
        bad(`invalid utf8 bytes at line ${line}: [${[...raw].join(' ')}]`);
      }
      if (!text || text.startsWith('#')) continue;
      const at = text.indexOf('=');
      const name = at < 0 ? text : text.slice(0, at);
      if (/\s/.test(name)) bad(`variable '${name}' contains whitespaces`);
      if (!name) bad(`no variable name on line '${text}'`);
      if (at >= 0) all.push(text);
      else if (lookup && Object.hasOwn(lookup, name)) all.push(`${name}=${lookup[name]}`);
    }
  }
  return [...all, ...given.map((text) => (lookup && !text.includes('=') && Object.hasOwn(lookup, text) ? `${text}=${lookup[text]}` : text))];
}
