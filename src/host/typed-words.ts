// The words of a line that is being typed, as the shell would make them, without running anything for it.

import type { EditedLine } from '../kernel/syscalls.ts';
import { parse } from '../shell/parse.ts';
import type { List, Node, Part, Simple, Word } from '../shell/syntax.ts';

/** Stands where something would have to be run to know. */
export const UNKNOWN = '…';

/** The `docker` command at the cursor, or else the last one; undefined when there is none. */
export function commandOf(line: EditedLine): readonly string[] | undefined {
  const { text, cursor } = line;
  if (!text.includes('docker')) return undefined;
  const commands: { readonly words: readonly string[]; readonly pos: number }[] = [];
  for (const close of ['', '"', "'", ')', '")']) {
    const { list, failure } = parse(text + close, 'bash');
    if (failure) continue;
    collect(list, (node, pos) => {
      const words = node.words.flatMap((word) => valuesOf(line, word));
      const at = words.findIndex((word) => word === 'docker');
      if (at >= 0 && (at === 0 || words[0] === 'sudo')) commands.push({ words: words.slice(at), pos });
    });
    break;
  }
  return (commands.findLast(({ pos }) => pos <= cursor) ?? commands[0])?.words;
}

function collect(list: List, visit: (node: Simple, pos: number) => void): void {
  const each = (node: Node, pos: number): void => {
    if (node.kind === 'simple') visit(node, pos);
    else if (node.kind === 'pipeline' || node.kind === 'and-or') for (const child of node.nodes) each(child, pos);
    else if (node.kind === 'group' || node.kind === 'subshell' || node.kind === 'for' || node.kind === 'while') collect(node.body, visit);
  };
  for (const { node, pos } of list.items) each(node, pos);
}

function valuesOf(line: EditedLine, word: Word): string[] {
  if (word.literal !== undefined) return [word.literal];
  if (word.braces) return word.braces.flatMap((each) => valuesOf(line, each));
  return [word.parts.map((part) => valueOf(line, part)).join('')];
}

function valueOf(line: EditedLine, part: Part): string {
  switch (part.type) {
    case 'literal':
      return part.text;
    case 'tilde':
      return part.text === '~' ? line.variable('HOME') ?? part.text : part.text;
    case 'parameter':
      return part.prefix || part.index || part.operation ? UNKNOWN : line.variable(part.name) ?? '';
    case 'command': {
      const [only] = part.list.items;
      return part.list.items.length === 1 && only?.node.kind === 'simple' && only.node.words.length === 1 && only.node.words[0]!.literal === 'pwd' ? line.directory : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}
