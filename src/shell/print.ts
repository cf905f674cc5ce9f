// Commands written out as bash writes them: for `type`, `declare -f`, `jobs` and BASH_COMMAND.

import type { List, Node, Pipeline, Redirect, Simple, Test, Word } from './syntax.ts';

function words(list: readonly Word[]): string {
  return list.map((word) => word.text).join(' ');
}

function redirectText(redirect: Redirect): string {
  const fd = redirect.variable !== undefined ? `{${redirect.variable}}` : (redirect.fd ?? '');
  if (redirect.delimiter !== undefined) return `${fd}${redirect.operator}${redirect.delimiter}`;
  const tight = redirect.operator === '>&' || redirect.operator === '<&';
  return `${fd}${redirect.operator}${tight ? '' : ' '}${redirect.target.text}`;
}

function withRedirects(text: string, redirects: readonly Redirect[]): string {
  const here = redirects.filter((redirect) => redirect.delimiter !== undefined);
  const bodies = here.map((redirect) => `\n${redirect.body}${redirect.delimiter!.replace(/['"\\]/g, '')}\n`).join('');
  return [text, ...redirects.map(redirectText)].filter(Boolean).join(' ') + bodies;
}

function simple(node: Simple): string {
  return withRedirects([...node.assignments.map((assignment) => assignment.text), ...node.words.map((word) => word.text)].join(' '), node.redirects);
}

function test(node: Test): string {
  switch (node.op) {
    case 'unary': return `${node.operator} ${node.operand.text}`;
    case 'binary': return `${node.left.text} ${node.operator} ${node.right.text}`;
    case '!': return `! ${test(node.operand)}`;
    case '(': return `( ${test(node.operand)} )`;
    default: return node.operands.map(test).join(` ${node.op} `);
  }
}

const pad = (depth: number): string => '    '.repeat(depth);

/** Statements one below the other, `;` between them, indented; the last without. */
function block(list: List, depth: number): string {
  return list.items.map((item, i) => {
    const text = print(item.node, depth);
    const last = i === list.items.length - 1;
    return `${pad(depth)}${text}${item.background ? ' &' : last ? '' : ';'}`;
  }).join('\n');
}

const ended = (list: List, depth: number): string => {
  const text = block(list, depth);
  return text.endsWith(' &') ? text : `${text};`;
};

function inline(list: List, depth: number): string {
  return list.items.map((item, i) => print(item.node, depth) + (item.background ? ' & ' : i === list.items.length - 1 ? '' : '; ')).join('').trimEnd();
}

export function printPipeline(node: Pipeline, depth = 0): string {
  const prefix = `${node.time === 'no' ? '' : node.time === 'posix' ? 'time -p ' : 'time '}${node.negated ? '! ' : ''}`;
  return prefix + node.nodes.map((each, i) => print(each, depth) + (i < node.stderr.length ? (node.stderr[i] ? ' 2>&1 | ' : ' | ') : '')).join('');
}

function print(node: Node, depth: number): string {
  return node.kind === 'simple' ? simple(node) : withRedirects(compound(node, depth), node.redirects);
}

function compound(node: Exclude<Node, Simple>, depth: number): string {
  switch (node.kind) {
    case 'pipeline':
      return printPipeline(node, depth);
    case 'and-or':
      return node.nodes.map((each, i) => print(each, depth) + (i < node.operators.length ? ` ${node.operators[i]} ` : '')).join('');
    case 'if': {
      const clauses = node.clauses.map((clause, i) => `${i ? `${pad(depth)}elif` : 'if'} ${inline(clause.test, depth)}; then\n${ended(clause.body, depth + 1)}\n`);
      // bash writes `elif` as an `if` within `else`.
      if (clauses.length > 1) {
        const [first, ...rest] = node.clauses;
        const nested: Node = { ...node, redirects: [], clauses: rest };
        return `if ${inline(first!.test, depth)}; then\n${ended(first!.body, depth + 1)}\n${pad(depth)}else\n${pad(depth + 1)}${compound(nested, depth + 1)};\n${pad(depth)}fi`;
      }
      return `${clauses.join('')}${node.otherwise ? `${pad(depth)}else\n${ended(node.otherwise, depth + 1)}\n` : ''}${pad(depth)}fi`;
    }
    case 'for':
    case 'select':
      return `${node.kind} ${node.name} in ${node.words ? words(node.words) : '"$@"'};\n${pad(depth)}do\n${ended(node.body, depth + 1)}\n${pad(depth)}done`;
    case 'arithmetic-for':
      return `for ((${node.parts.map((part) => part?.text.trim() ?? '1').join('; ')}))\n${pad(depth)}do\n${ended(node.body, depth + 1)}\n${pad(depth)}done`;
    case 'while':
      return `${node.until ? 'until' : 'while'} ${inline(node.test, depth)}; do\n${ended(node.body, depth + 1)}\n${pad(depth)}done`;
    case 'subshell':
      return `( ${depth ? block(node.body, depth).trimStart() : inline(node.body, depth)} )`;
    case 'group':
      return depth ? `{ \n${block(node.body, depth + 1)}\n${pad(depth)}}` : `{ ${inline(node.body, depth)}; }`;
    case 'case': {
      const items = node.items.map((item) => `${pad(depth + 1)}${item.patterns.map((pattern) => pattern.text).join(' | ')})\n${item.body.items.length ? `${block(item.body, depth + 2)}\n` : ''}${pad(depth + 1)}${item.terminator}\n`);
      return `case ${node.word.text} in \n${items.join('')}${pad(depth)}esac`;
    }
    case 'test':
      return `[[ ${test(node.test)} ]]`;
    case 'arithmetic':
      return `((${node.expression.text}))`;
    case 'function':
      return printFunction(node.name, node.body, depth);
    case 'coproc':
      return `coproc ${node.name} ${print(node.body, depth)}`;
  }
}

/** On one line as far as bash does it. */
export function printNode(node: Node): string {
  return print(node, 0);
}

/** `f () \n{ \n    …\n}` */
export function printFunction(name: string, body: Node, depth = 0): string {
  const inner = body.kind === 'group' ? block(body.body, depth + 1) : `${pad(depth + 1)}${print({ ...body, redirects: [] }, depth + 1)}`;
  return `${depth ? 'function ' : ''}${name} () \n${pad(depth)}{ \n${inner}\n${withRedirects(`${pad(depth)}}`, body.redirects)}`;
}
