// `npm run lessons -- schema`: what a lesson's YAML may hold, as JSON Schema for editors, from the schemas that check it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockSchemas, frontMatterSchema } from '../course/schema.ts';

/** What is used of valibot's schemas. */
interface Schema {
  readonly type: string;
  readonly pipe?: readonly (Schema & { readonly requirement?: unknown })[];
  readonly wrapped?: Schema;
  readonly item?: Schema;
  readonly value?: Schema;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly options?: readonly unknown[];
  readonly requirement?: unknown;
}

type Json = Record<string, unknown>;

function jsonOf(schema: Schema): Json {
  const json = base(schema);
  for (const { type, requirement } of schema.pipe ?? []) {
    if (type === 'non_empty') json['minLength'] = 1;
    else if (type === 'regex') json['pattern'] = (requirement as RegExp).source;
    else if (type === 'integer') json['type'] = 'integer';
    else if (type === 'min_value') json['minimum'] = requirement;
    else if (type === 'max_value') json['maximum'] = requirement;
    else if (type === 'min_length') json['minItems'] = requirement;
  }
  return json;
}

function base({ type, wrapped, item, value, entries = {}, options = [] }: Schema): Json {
  switch (type) {
    case 'optional':
      return jsonOf(wrapped!);
    case 'array':
      return { type: 'array', items: jsonOf(item!) };
    case 'record':
      return { type: 'object', additionalProperties: jsonOf(value!) };
    case 'picklist':
      return { enum: options };
    case 'union':
      return { anyOf: options.map((option) => jsonOf(option as Schema)) };
    case 'strict_object': {
      const required = Object.keys(entries).filter((key) => entries[key]!.type !== 'optional');
      return { type: 'object', properties: Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, jsonOf(entry)])), required, additionalProperties: false };
    }
    default:
      return { type };
  }
}

/** The front matter is the schema itself; the bodies of the blocks are `$defs`, by the language of their fences. */
export function lessonSchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A lesson of Stowage: its front matter. The blocks are in $defs',
    ...jsonOf(frontMatterSchema as unknown as Schema),
    $defs: Object.fromEntries(Object.entries(blockSchemas).map(([kind, schema]) => [kind, jsonOf(schema as unknown as Schema)])),
  };
}

export const SCHEMA_FILE = 'lesson.schema.json';

export function writeSchema(folder: string): string {
  writeFileSync(join(folder, SCHEMA_FILE), `${JSON.stringify(lessonSchema(), null, 2)}\n`);
  return `lessons/${SCHEMA_FILE} is written`;
}
