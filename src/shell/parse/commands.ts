// Commands of the unbash parser as the shell's own, each dialect refusing what it lacks.

import * as unbash from 'unbash';
import type { DialectName } from '../dialect.ts';
import { SyntaxFailure } from '../syntax-failure.ts';
import type { ArrayElement, Assignment, CaseItem, List, Node, Part, Redirect, Source, Statement, Test, Word } from '../syntax.ts';
import { parse } from '../parse.ts';
import { unescapeHere, WordConverter } from './words.ts';

const NO_REDIRECTS: readonly Redirect[] = [];

export class Converter extends WordConverter {
  constructor(source: Source, dialect: DialectName, extended = true) {
    super(source, dialect, extended);
  }

  protected override derive(source: Source): Converter {
    return new Converter(source, this.dialect);
  }

  script(script: unbash.ParsedScript): List {
    this.check(script.errors);
    return this.statements(script.commands);
  }

  protected override statements(commands: readonly unbash.Statement[]): List {
    return { items: commands.map((command): Statement => ({ node: this.node(command.command), background: command.background ?? false, pos: command.pos, end: command.end })) };
  }

  protected list(list: unbash.CompoundList): List {
    return this.statements(list.commands);
  }

  node(node: unbash.Statement['command'] | unbash.Function['body'] | unbash.Coproc['body'], redirects: readonly Redirect[] = NO_REDIRECTS): Node {
    const base = { line: this.line(node.pos), redirects };
    switch (node.type) {
      case 'Command':
        return this.simple(node);
      case 'Redirected':
        return this.node(node.command, node.redirects.map((redirect) => this.redirect(redirect)));
      case 'Pipeline': {
        if (this.dialect === 'ash') {
          const stderr = node.operators.indexOf('|&');
          if (stderr >= 0) this.refuse(node.commands[stderr]!.end, 'unexpected "&"');
          if (!node.commands.length && !node.prefixes.some((prefix) => prefix.type === 'Time')) this.refuse(node.end, 'unexpected end of file');
        }
        const time = node.prefixes.find((prefix) => prefix.type === 'Time');
        const nodes = node.commands.map((command) => this.node(command));
        if (time && this.dialect === 'ash') {
          // There `time` is a program, not a word of the grammar.
          const words = [this.word('time'), ...(time.posix ? [this.word('-p')] : [])];
          const [head] = nodes;
          if (!head) nodes.push({ ...base, kind: 'simple', assignments: [], words });
          else if (head.kind === 'simple') nodes[0] = { ...head, words: [...words, ...head.words] };
        }
        return {
          ...base, kind: 'pipeline', nodes,
          stderr: node.operators.map((operator) => operator === '|&'),
          negated: node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1,
          time: time && this.dialect === 'bash' ? (time.posix ? 'posix' : 'bash') : 'no',
        };
      }
      case 'AndOr':
        return { ...base, kind: 'and-or', nodes: node.commands.map((command) => this.node(command)), operators: node.operators };
      case 'If':
        return {
          ...base, kind: 'if',
          clauses: [node, ...node.elif].map((clause) => ({ test: this.list(clause.clause), body: this.list(clause.then) })),
          otherwise: node.else && this.list(node.else),
        };
      case 'For':
      case 'Select':
        if (node.type === 'Select') this.ashRefuses(node.body.pos, 'unexpected "do"');
        else if (!/^[A-Za-z_]\w*$/.test(node.name.text)) this.ashRefuses(node.name.pos, 'bad for loop variable');
        return { ...base, kind: node.type === 'For' ? 'for' : 'select', name: node.name.text, words: node.wordlist && this.words(node.wordlist), body: this.list(node.body) };
      case 'ArithmeticFor': {
        this.ashRefuses(node.pos, 'bad for loop variable');
        const part = (expression: unbash.ArithmeticExpression | undefined) => expression && this.arithmetic(this.source.text.slice(expression.pos, expression.end), expression.pos);
        return { ...base, kind: 'arithmetic-for', parts: [part(node.initialize), part(node.test), part(node.update)], body: this.list(node.body) };
      }
      case 'While':
        return { ...base, kind: 'while', until: node.kind === 'until', test: this.list(node.clause), body: this.list(node.body) };
      case 'Subshell':
      case 'BraceGroup':
        return { ...base, kind: node.type === 'Subshell' ? 'subshell' : 'group', body: this.list(node.body) };
      case 'CompoundList':
        return { ...base, kind: 'group', body: this.list(node) };
      case 'Case':
        return {
          ...base, kind: 'case', word: this.convert(node.word),
          items: node.items.map((item): CaseItem => {
            if (item.terminator && item.terminator !== ';;') this.ashRefuses(item.body.end, 'unexpected "&"');
            return { patterns: item.pattern.map((pattern) => this.convert(pattern, { braces: false })), body: this.list(item.body), terminator: item.terminator ?? ';;' };
          }),
        };
      case 'TestCommand':
        return { ...base, kind: 'test', test: this.extendedly(() => this.test(node.expression)) };
      case 'ArithmeticCommand':
        if (this.dialect === 'ash') {
          const { list, failure } = parse(node.body, 'ash', base.line);
          if (failure) throw new SyntaxFailure(node.pos, failure.message, failure);
          const inner: Node = { ...base, redirects: NO_REDIRECTS, kind: 'subshell', body: list };
          return { ...base, kind: 'subshell', body: { items: [{ node: inner, background: false, pos: node.pos, end: node.end }] } };
        }
        return { ...base, kind: 'arithmetic', expression: this.arithmetic(node.body, node.pos + 2) };
      case 'Function':
        return { ...base, kind: 'function', name: node.name.value, body: this.node(node.body) };
      case 'Coproc':
        this.ashRefuses(node.pos, 'unexpected "{"');
        return { ...base, kind: 'coproc', name: node.name?.text ?? 'COPROC', body: this.node(node.body) };
    }
  }

  protected simple(node: unbash.Command): Node {
    const assignments: Assignment[] = [];
    const words: Word[] = node.name ? [...this.words([node.name])] : [];
    const redirects: Redirect[] = [];
    for (const item of node.prefix) {
      if (item.type === 'Assignment') assignments.push(this.assignment(item));
      else redirects.push(this.redirect(item));
    }
    for (const item of node.suffix) {
      if (item.type === 'Assignment') words.push(this.assignmentWord(item));
      else if (item.type === 'Word') words.push(...this.words([item]));
      else redirects.push(this.redirect(item));
    }
    // A parenthesis behind the last word, and no more: the parser does not mind.
    const last = node.suffix.at(-1) ?? node.name;
    if (last && /^[ \t]*\(\s*$/.test(this.source.text.slice(last.end))) this.check([{ message: this.dialect === 'ash' ? 'unterminated substitution' : 'expected redirect target', pos: this.source.text.trimEnd().length }]);
    return { kind: 'simple', line: this.line(node.pos), assignments, words, redirects: redirects.length ? redirects : NO_REDIRECTS };
  }

  protected assignmentWord(node: unbash.Assignment): Word {
    const assignment = this.assignment(node);
    const head = node.text.slice(0, node.value.pos - node.pos);
    const value = assignment.value?.parts ?? [{ type: 'literal', quoted: false, text: this.source.text.slice(node.value.pos, node.value.end) } as const];
    const parts: Part[] = [{ type: 'literal', quoted: false, text: head }, ...value];
    return { text: node.text, parts, literal: undefined, assignment };
  }

  protected assignment(node: unbash.Assignment): Assignment {
    const { value } = node;
    if (value.type === 'ArrayValue') this.ashRefuses(value.pos, 'unexpected "("');
    return {
      name: node.name,
      index: node.index && this.convert(node.index, { braces: false }),
      append: node.append ?? false,
      value: value.type === 'Word' ? this.convert(value, { braces: false, colons: true }) : undefined,
      elements: value.type === 'ArrayValue' ? value.elements.flatMap((element) => this.element(element)) : undefined,
      text: node.text,
    };
  }

  protected element(word: unbash.Word): ArrayElement[] {
    if (word.text.startsWith('[')) {
      const assignment = this.assignmentText(`x${word.text}`);
      if (assignment?.index && assignment.value) return [{ index: assignment.index, append: assignment.append, word: assignment.value }];
    }
    return this.words([word]).map((element) => ({ index: undefined, append: false, word: element }));
  }

  assignmentText(text: string): Assignment | undefined {
    const inner = new Converter({ text, line: this.source.line }, this.dialect);
    const script = unbash.parse(text);
    const command = script.commands[0]?.command;
    if (script.errors || script.commands.length !== 1 || command?.type !== 'Command' || command.name || command.prefix.length !== 1) return undefined;
    const [first] = command.prefix;
    return first?.type === 'Assignment' ? inner.assignment(first) : undefined;
  }

  protected redirect(node: unbash.Redirection): Redirect {
    const { descriptor } = node;
    const fd = descriptor?.type === 'FileDescriptor' ? descriptor.value : undefined;
    const variable = descriptor?.type === 'FileDescriptorVariable' ? descriptor.name : undefined;
    if (node.type !== 'HereDoc') {
      return { operator: node.operator, fd, variable, target: node.target ? this.convert(node.target) : { text: '', parts: [], literal: '' } };
    }
    const delimiter = node.delimiter?.value ?? '';
    if (!node.closing) this.openHereDocument = { line: this.line(node.pos), delimiter };
    const strip = (text: string) => (node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text);
    const { body } = node;
    let target: Word;
    if (node.delimiter?.quoted) target = { text: body.text, parts: [], literal: strip(body.text) };
    else if (node.operator === '<<-') target = this.hereText(strip(body.text));
    else target = { text: body.text, parts: body.parts ? this.parts(body.parts, true, true) : [{ type: 'literal', quoted: true, text: unescapeHere(body.text) }] };
    return { operator: node.operator, fd, variable, target, delimiter: node.delimiter?.text ?? '', body: body.text };
  }

  protected test(node: unbash.TestExpression): Test {
    switch (node.type) {
      case 'TestUnary':
        return { op: 'unary', operator: node.operator, operand: this.convert(node.operand, { braces: false }) };
      case 'TestBinary':
        return { op: 'binary', operator: node.operator, left: this.convert(node.left, { braces: false }), right: this.convert(node.right, { braces: false }) };
      case 'TestLogical':
        return { op: node.operator, operands: node.operands.map((operand) => this.test(operand)) };
      case 'TestNot':
        return node.negations.length % 2 ? { op: '!', operand: this.test(node.operand) } : this.test(node.operand);
      case 'TestGroup':
        return { op: '(', operand: this.test(node.expression) };
    }
  }
}
