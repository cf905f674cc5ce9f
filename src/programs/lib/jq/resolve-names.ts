// Which names of a jq program are in reach.

import type { Node, Pattern, Token } from './syntax.ts';

/** Names in reach: `f/1`, `$x`, `*label`. */
export type Scope = ReadonlySet<string>;

/** Names that a pattern binds. */
function bound(pattern: Pattern): string[] {
  if (pattern.type === 'var') return [pattern.name];
  if (pattern.type === 'array') return pattern.items.flatMap(bound);
  return pattern.entries.flatMap(({ variable, value }) => [...(variable ? [variable] : []), ...(value ? bound(value) : [])]);
}

/** Call `complain` for each function, variable and label that is used but not in reach. */
export function resolveNames(node: Node, scope: Scope, complain: (name: string, place: Token) => void, places: ReadonlyMap<Node, Token>): void {
  const place = (): Token => places.get(node) ?? { type: 'end', text: '', start: 0, end: 1 };
  const go = (child: Node | undefined, inner: Scope = scope): void => {
    if (child) resolveNames(child, inner, complain, places);
  };
  const plus = (names: readonly string[]): Scope => new Set([...scope, ...names]);
  switch (node.type) {
    case 'call':
      if (!scope.has(`${node.name}/${node.args.length}`)) complain(`${node.name}/${node.args.length}`, place());
      return node.args.forEach((arg) => go(arg));
    case 'var': return scope.has(`$${node.name}`) ? undefined : complain(`$${node.name}`, place());
    case 'break': return scope.has(`*${node.name}`) ? undefined : complain(`$*label-${node.name}`, place());
    case 'label': return go(node.body, plus([`*${node.name}`]));
    case 'def': {
      const { name, parameters, body } = node.definition;
      const self = `${name}/${parameters.length}`;
      go(body, plus([self, ...parameters.flatMap((text) => (text.startsWith('$') ? [text, `${text.slice(1)}/0`] : [`${text}/0`]))]));
      return go(node.body, plus([self]));
    }
    case 'as': case 'reduce': case 'foreach': {
      go(node.source);
      const inner = plus(node.patterns.flatMap(bound).map((name) => `$${name}`));
      if (node.type === 'as') return go(node.body, inner);
      go(node.init);
      go(node.update, inner);
      return go(node.extract, inner);
    }
    case 'string': return node.parts.forEach((part) => typeof part === 'string' || go(part));
    case 'object': return node.entries.forEach(({ key, value }) => {
      go(key);
      go(value);
    });
    case 'index': go(node.term); return go(node.key);
    case 'slice': go(node.term); go(node.from); return go(node.to);
    case 'iterate': return go(node.term);
    case 'array': return go(node.body);
    case 'negate': case 'try': go(node.body); return go(node.handler);
    case 'pipe': case 'comma': case 'and': case 'or': case 'alternative': case 'binary': case 'update': go(node.left); return go(node.right);
    case 'if': go(node.condition); go(node.consequent); return go(node.otherwise);
    default: return undefined;
  }
}
