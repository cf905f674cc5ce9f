// Inspecting objects: a JSON list, or a template for each (docker/cli's inspect package).

import type { Task } from '../base/task.ts';
import type { Cli } from './cli.ts';
import { CliError, errorText } from './errors.ts';
import { compileFormat } from './formatter/table.ts';
import { execute } from './template/execute.ts';
import { TemplateError } from './template/parse.ts';
import { typed } from './template/typed.ts';
import { untyped } from './template/value.ts';

/** An object as the engine gave it, and the Go type its templates see. */
export interface Inspected {
  readonly type: string;
  readonly json: unknown;
  /** Templates fall back to the plain JSON (all but `volume inspect`). */
  readonly raw?: boolean;
}

/** @throws CliError: 64 for a bad template, 1 when something was not found */
export function* inspect(cli: Cli, names: readonly string[], format: string, get: (name: string) => Task<Inspected>): Task<number> {
  const template = format && format !== 'json' ? compileFormat(format, 64) : undefined;
  const errors: string[] = [];
  const found: unknown[] = [];
  let out = '';
  for (const name of names) {
    try {
      const { type, json, raw = true } = yield* get(name);
      if (!template) {
        found.push(json);
        continue;
      }
      try {
        out += execute(template, typed(type, json)) + '\n';
      } catch (error) {
        if (!raw || !(error instanceof TemplateError)) throw error;
        out += execute(template, untyped(json), { strict: true }) + '\n';
      }
    } catch (error) {
      errors.push(error instanceof TemplateError ? `template parsing error: ${error.message}` : errorText(error));
    }
  }
  if (template) yield* cli.out(out || '\n');
  else yield* cli.out((found.length && format !== 'json' ? JSON.stringify(found, null, 4) : JSON.stringify(found)) + '\n');
  if (errors.length) throw new CliError(errors.join('\n'));
  return 0;
}
