// The one adapter to the unbash parser: text in, the shell's own tree out, each dialect refusing what it lacks.

import * as unbash from 'unbash';
import { expandBraces } from './expand/brace.ts';
import type { DialectName } from './dialect.ts';
import { SyntaxFailure, syntaxFailure, type Finding } from './syntax-error.ts';
import type { Arithmetic, ArrayElement, Assignment, CaseItem, List, Node, Parameter, ParameterOperation, Part, Redirect, Source, Statement, Test, Word } from './syntax.ts';

export interface Parsed {
  readonly list: List;
  /** Set when the text is wrong: `list` then holds the complete lines before the mistake. */
  readonly failure: SyntaxFailure | undefined;
  /** A here-document ran into the end of the text: the line it began on and its delimiter. */
  readonly openHereDocument: { readonly line: number; readonly delimiter: string } | undefined;
}

const NO_REDIRECTS: readonly Redirect[] = [];
const cache = new Map<string, Parsed>();
const CACHE_SIZE = 1000;

/** Parse a whole text. `line` is the number of its first line; `extended` patterns (`@(a|b)`) are an option of bash. */
export function parse(text: string, dialect: DialectName, line = 1, extended = false): Parsed {
  extended ||= /\bshopt -s\b.*extglob|-O extglob/.test(text);
  const key = `${dialect} ${line} ${extended} ${text}`;
  const known = cache.get(key);
  if (known) return known;
  const parsed = parseAnew(text, dialect, line, extended);
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!);
  cache.set(key, parsed);
  return parsed;
}

/** Stands for an apostrophe in `"${x:-don't}"`, which the parser would take for a quote. */
const APOSTROPHE = '\ue000';

/** Apostrophes inside `"${x:-…}"` are ordinary letters. */
function protectApostrophes(text: string): string {
  if (!/"[^]*\$\{[^]*'/.test(text)) return text;
  const modes: string[] = [];
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    const mode = modes.at(-1);
    out += c === "'" && mode === '${' && modes.at(-2) === '"' && /\$\{\w+:?[-=+?][^{}]*$/.test(out) ? APOSTROPHE : c;
    if (c === '\\' && i + 1 < text.length) out += text[++i];
    else if (c === "'" && mode !== '"' && !(mode === '${' && modes.at(-2) === '"')) {
      const end = text.indexOf("'", i + 1);
      if (end < 0) return text;
      out += text.slice(i + 1, end + 1);
      i = end;
    } else if (c === '"') {
      if (mode === '"') modes.pop();
      else modes.push('"');
    } else if (c === '$' && (text[i + 1] === '{' || text[i + 1] === '(')) {
      modes.push(c + text[i + 1]);
      out += text[++i];
    } else if ((c === '}' && mode === '${') || (c === ')' && mode === '$(')) modes.pop();
    else if (c === '(' && mode === '$(') modes.push('$(');
  }
  return out;
}

function parseAnew(text: string, dialect: DialectName, line: number, extended: boolean): Parsed {
  text = protectApostrophes(text);
  const converter = new Converter({ text, line }, dialect, extended);
  try {
    const list = converter.script(unbash.parse(text));
    return { list, failure: undefined, openHereDocument: converter.openHereDocument };
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure)) throw failure;
    return { list: completeLines(text, dialect, line, failure.position, extended), failure, openHereDocument: undefined };
  }
}

/** Both shells run line after line: what stands whole before the line of a mistake does run. */
function completeLines(text: string, dialect: DialectName, line: number, position: number, extended: boolean): List {
  const { commands } = unbash.parse(text);
  let broken = commands.findLastIndex((command) => command.pos <= position);
  const last = commands[broken];
  if (last && last.end <= position && text.slice(last.end, position).includes('\n')) broken++;
  for (; broken > 0; broken--) {
    const before = commands[broken - 1]!;
    const newline = text.indexOf('\n', before.end);
    if (newline < 0 || newline >= (commands[broken]?.pos ?? position)) continue;
    // A here-document may lie between them.
    const whole = parse(text.slice(0, commands[broken]?.pos ?? newline), dialect, line, extended);
    if (!whole.failure) return whole.list;
  }
  return { items: [] };
}

/** The parts of a text that is expanded like the inside of double quotes, without quotes meaning anything. */
export function parseHereText(text: string, dialect: DialectName, line = 1): Word {
  return new Converter({ text, line }, dialect).hereText(text);
}

/** One word from its text: for brace expansion, array elements and completion. */
export function parseWord(text: string, dialect: DialectName): Word {
  return new Converter({ text, line: 1 }, dialect).word(text);
}

/** `name=value` or `name[index]=value` or `name=(…)` from text; undefined when it is no assignment. */
export function parseAssignment(text: string, dialect: DialectName): Assignment | undefined {
  return new Converter({ text, line: 1 }, dialect).assignmentText(text);
}

/** A command line with its aliases replaced, as the shell's reader does. */
export function expandAliases(text: string, aliases: ReadonlyMap<string, string>): string {
  const edits: { pos: number; end: number; value: string }[] = [];
  const replace = (word: unbash.Word | undefined): boolean => {
    if (!word || word.parts || !aliases.has(word.text)) return false;
    const value = aliasValue(word.text, aliases, new Set());
    edits.push({ pos: word.pos, end: word.end, value });
    return /[ \t]$/.test(value);
  };
  const visit = (node: unbash.SyntaxNode): void => {
    if (node.type === 'Command') {
      let next = replace(node.name);
      for (const item of node.suffix) {
        if (!next || item.type !== 'Word') break;
        next = replace(item);
      }
    }
    unbash.forEachChild(node, visit);
  };
  visit(unbash.parse(text));
  edits.sort((a, b) => b.pos - a.pos);
  return edits.reduce((result, { pos, end, value }) => result.slice(0, pos) + value + result.slice(end), text);
}

function aliasValue(name: string, aliases: ReadonlyMap<string, string>, seen: Set<string>): string {
  const value = aliases.get(name)!;
  seen.add(name);
  const first = /^\s*([^\s;&|()<>]+)/.exec(value)?.[1];
  return first !== undefined && aliases.has(first) && !seen.has(first) ? value.replace(first, () => aliasValue(first, aliases, seen)) : value;
}

const isMagic = /[*?[\]\\]/;

class Converter {
  readonly #source: Source;
  readonly #dialect: DialectName;
  readonly #newlines: number[] = [];
  /** Where patterns may be extended: by option, in `[[ ]]` and within `${ }`. */
  #extended: boolean;
  openHereDocument: Parsed['openHereDocument'];

  constructor(source: Source, dialect: DialectName, extended = true) {
    this.#source = source;
    this.#dialect = dialect;
    this.#extended = extended;
    for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) this.#newlines.push(at);
  }

  #line(position: number): number {
    const { length } = this.#newlines;
    if (!length) return this.#source.line;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#newlines[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return this.#source.line + low;
  }

  #refuse(position: number, message: string): never {
    throw new SyntaxFailure(position, message);
  }

  #ashRefuses(position: number, message: string): void {
    if (this.#dialect === 'ash') this.#refuse(position, message);
  }

  script(script: unbash.ParsedScript): List {
    this.#check(script.errors);
    return this.#statements(script.commands);
  }

  #check(errors: readonly Finding[] | undefined): void {
    if (errors?.length) throw syntaxFailure(this.#dialect, this.#source.text, errors, this.#source.line);
  }

  #statements(commands: readonly unbash.Statement[]): List {
    return { items: commands.map((command): Statement => ({ node: this.node(command.command), background: command.background ?? false, pos: command.pos, end: command.end })) };
  }

  #list(list: unbash.CompoundList): List {
    return this.#statements(list.commands);
  }

  node(node: unbash.Statement['command'] | unbash.Function['body'] | unbash.Coproc['body'], redirects: readonly Redirect[] = NO_REDIRECTS): Node {
    const base = { line: this.#line(node.pos), redirects };
    switch (node.type) {
      case 'Command':
        return this.#simple(node);
      case 'Redirected':
        return this.node(node.command, node.redirects.map((redirect) => this.#redirect(redirect)));
      case 'Pipeline': {
        if (this.#dialect === 'ash') {
          const stderr = node.operators.indexOf('|&');
          if (stderr >= 0) this.#refuse(node.commands[stderr]!.end, 'unexpected "&"');
          if (!node.commands.length && !node.prefixes.some((prefix) => prefix.type === 'Time')) this.#refuse(node.end, 'unexpected end of file');
        }
        const time = node.prefixes.find((prefix) => prefix.type === 'Time');
        const nodes = node.commands.map((command) => this.node(command));
        if (time && this.#dialect === 'ash') {
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
          time: time && this.#dialect === 'bash' ? (time.posix ? 'posix' : 'bash') : 'no',
        };
      }
      case 'AndOr':
        return { ...base, kind: 'and-or', nodes: node.commands.map((command) => this.node(command)), operators: node.operators };
      case 'If':
        return {
          ...base, kind: 'if',
          clauses: [node, ...node.elif].map((clause) => ({ test: this.#list(clause.clause), body: this.#list(clause.then) })),
          otherwise: node.else && this.#list(node.else),
        };
      case 'For':
      case 'Select':
        if (node.type === 'Select') this.#ashRefuses(node.body.pos, 'unexpected "do"');
        else if (!/^[A-Za-z_]\w*$/.test(node.name.text)) this.#ashRefuses(node.name.pos, 'bad for loop variable');
        return { ...base, kind: node.type === 'For' ? 'for' : 'select', name: node.name.text, words: node.wordlist && this.#words(node.wordlist), body: this.#list(node.body) };
      case 'ArithmeticFor': {
        this.#ashRefuses(node.pos, 'bad for loop variable');
        const part = (expression: unbash.ArithmeticExpression | undefined) => expression && this.#arithmetic(this.#source.text.slice(expression.pos, expression.end), expression.pos);
        return { ...base, kind: 'arithmetic-for', parts: [part(node.initialize), part(node.test), part(node.update)], body: this.#list(node.body) };
      }
      case 'While':
        return { ...base, kind: 'while', until: node.kind === 'until', test: this.#list(node.clause), body: this.#list(node.body) };
      case 'Subshell':
      case 'BraceGroup':
        return { ...base, kind: node.type === 'Subshell' ? 'subshell' : 'group', body: this.#list(node.body) };
      case 'CompoundList':
        return { ...base, kind: 'group', body: this.#list(node) };
      case 'Case':
        return {
          ...base, kind: 'case', word: this.#word(node.word),
          items: node.items.map((item): CaseItem => {
            if (item.terminator && item.terminator !== ';;') this.#ashRefuses(item.body.end, 'unexpected "&"');
            return { patterns: item.pattern.map((pattern) => this.#word(pattern, { braces: false })), body: this.#list(item.body), terminator: item.terminator ?? ';;' };
          }),
        };
      case 'TestCommand':
        return { ...base, kind: 'test', test: this.#extendedly(() => this.#test(node.expression)) };
      case 'ArithmeticCommand':
        if (this.#dialect === 'ash') {
          const { list, failure } = parse(node.body, 'ash', base.line);
          if (failure) throw new SyntaxFailure(node.pos, failure.message, failure);
          const inner: Node = { ...base, redirects: NO_REDIRECTS, kind: 'subshell', body: list };
          return { ...base, kind: 'subshell', body: { items: [{ node: inner, background: false, pos: node.pos, end: node.end }] } };
        }
        return { ...base, kind: 'arithmetic', expression: this.#arithmetic(node.body, node.pos + 2) };
      case 'Function':
        return { ...base, kind: 'function', name: node.name.value, body: this.node(node.body) };
      case 'Coproc':
        this.#ashRefuses(node.pos, 'unexpected "{"');
        return { ...base, kind: 'coproc', name: node.name?.text ?? 'COPROC', body: this.node(node.body) };
    }
  }

  #simple(node: unbash.Command): Node {
    const assignments: Assignment[] = [];
    const words: Word[] = node.name ? [...this.#words([node.name])] : [];
    const redirects: Redirect[] = [];
    for (const item of node.prefix) {
      if (item.type === 'Assignment') assignments.push(this.#assignment(item));
      else redirects.push(this.#redirect(item));
    }
    for (const item of node.suffix) {
      if (item.type === 'Assignment') words.push(this.#assignmentWord(item));
      else if (item.type === 'Word') words.push(...this.#words([item]));
      else redirects.push(this.#redirect(item));
    }
    return { kind: 'simple', line: this.#line(node.pos), assignments, words, redirects: redirects.length ? redirects : NO_REDIRECTS };
  }

  #assignmentWord(node: unbash.Assignment): Word {
    const assignment = this.#assignment(node);
    const head = node.text.slice(0, node.value.pos - node.pos);
    const value = assignment.value?.parts ?? [{ type: 'literal', quoted: false, text: this.#source.text.slice(node.value.pos, node.value.end) } as const];
    const parts: Part[] = [{ type: 'literal', quoted: false, text: head }, ...value];
    return { text: node.text, parts, literal: undefined, assignment };
  }

  #assignment(node: unbash.Assignment): Assignment {
    const { value } = node;
    if (value.type === 'ArrayValue') this.#ashRefuses(value.pos, 'unexpected "("');
    return {
      name: node.name,
      index: node.index && this.#word(node.index, { braces: false }),
      append: node.append ?? false,
      value: value.type === 'Word' ? this.#word(value, { braces: false, colons: true }) : undefined,
      elements: value.type === 'ArrayValue' ? value.elements.flatMap((element) => this.#element(element)) : undefined,
      text: node.text,
    };
  }

  #element(word: unbash.Word): ArrayElement[] {
    if (word.text.startsWith('[')) {
      const assignment = this.assignmentText(`x${word.text}`);
      if (assignment?.index && assignment.value) return [{ index: assignment.index, append: assignment.append, word: assignment.value }];
    }
    return this.#words([word]).map((element) => ({ index: undefined, append: false, word: element }));
  }

  assignmentText(text: string): Assignment | undefined {
    const inner = new Converter({ text, line: this.#source.line }, this.#dialect);
    const script = unbash.parse(text);
    const command = script.commands[0]?.command;
    if (script.errors || script.commands.length !== 1 || command?.type !== 'Command' || command.name || command.prefix.length !== 1) return undefined;
    const [first] = command.prefix;
    return first?.type === 'Assignment' ? inner.#assignment(first) : undefined;
  }

  #redirect(node: unbash.Redirection): Redirect {
    const { descriptor } = node;
    const fd = descriptor?.type === 'FileDescriptor' ? descriptor.value : undefined;
    const variable = descriptor?.type === 'FileDescriptorVariable' ? descriptor.name : undefined;
    if (node.type !== 'HereDoc') {
      return { operator: node.operator, fd, variable, target: node.target ? this.#word(node.target) : { text: '', parts: [], literal: '' } };
    }
    const delimiter = node.delimiter?.value ?? '';
    if (!node.closing) this.openHereDocument = { line: this.#line(node.pos), delimiter };
    const strip = (text: string) => (node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text);
    const { body } = node;
    let target: Word;
    if (node.delimiter?.quoted) target = { text: body.text, parts: [], literal: strip(body.text) };
    else if (node.operator === '<<-') target = this.hereText(strip(body.text));
    else target = { text: body.text, parts: body.parts ? this.#parts(body.parts, true, true) : [{ type: 'literal', quoted: true, text: unescapeHere(body.text) }] };
    return { operator: node.operator, fd, variable, target, delimiter: node.delimiter?.text ?? '', body: body.text };
  }

  hereText(text: string): Word {
    // A delimiter that no line of the text can be.
    let mark = 'E';
    while (text.includes(mark)) mark += 'E';
    const script = unbash.parse(`:<<${mark}\n${text}\n${mark}`);
    const command = script.commands[0]?.command;
    const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
    if (script.errors || redirect?.type !== 'HereDoc') throw syntaxFailure(this.#dialect, text, script.errors ?? [{ message: 'unterminated', pos: 0 }], this.#source.line);
    const inner = new Converter({ text: `:<<${mark}\n${text}\n${mark}`, line: this.#source.line - 1 }, this.#dialect);
    const { body } = redirect;
    const parts = body.parts ? inner.#parts(body.parts, true, true) : [{ type: 'literal', quoted: true, text: unescapeHere(body.text) } as const];
    const last = parts.at(-1);
    // The newline before the delimiter is ours.
    if (last?.type === 'literal') parts[parts.length - 1] = { ...last, text: last.text.replace(/\n$/, '') };
    const literal = parts.every((part) => part.type === 'literal') ? parts.map((part) => part.text).join('') : undefined;
    return { text, parts, literal };
  }

  word(text: string): Word {
    const script = unbash.parse(`: ${text}`);
    const command = script.commands[0]?.command;
    const argument = command?.type === 'Command' ? command.suffix[0] : undefined;
    if (script.errors || argument?.type !== 'Word') return { text, parts: [{ type: 'literal', quoted: false, text }], literal: isMagic.test(text) ? undefined : text };
    return new Converter({ text: `: ${text}`, line: this.#source.line }, this.#dialect).#word(argument, { braces: false });
  }

  #words(words: readonly unbash.Word[]): Word[] {
    return words.map((word) => this.#word(word));
  }

  #word(word: unbash.Word, { braces = true, colons = false, quoted = false } = {}): Word {
    const { text } = word;
    const { parts } = word;
    if (!parts && quoted) return { text, parts: text ? [{ type: 'literal', quoted, text: unescapeDouble(text) }] : [], literal: unescapeDouble(text) };
    if (!parts && !text.includes('\\') && text[0] !== '~' && !(colons && text.includes('~'))) {
      return { text, parts: text ? [{ type: 'literal', quoted: false, text }] : [], literal: text };
    }
    if (braces && this.#dialect === 'bash' && parts?.some((part) => part.type === 'BraceExpansion')) {
      const texts = expandBraces(text);
      if (texts.length !== 1 || texts[0] !== text) return { text, parts: [], braces: texts.filter((each) => each !== '').map((each) => this.word(each)) };
    }
    const converted = parts ? this.#parts(parts, quoted, false) : this.#literal(text);
    if (!quoted) tildes(converted, colons);
    return { text, parts: converted, literal: plain(converted) };
  }

  /** Unquoted source text: backslashes quote. */
  #literal(text: string): Part[] {
    if (!text.includes('\\')) return [{ type: 'literal', quoted: false, text }];
    const parts: Part[] = [];
    for (const match of text.matchAll(/\\([^]?)|[^\\]+/g)) {
      const [all, escaped] = match;
      if (escaped === undefined) parts.push({ type: 'literal', quoted: false, text: all });
      else if (escaped !== '\n') parts.push({ type: 'literal', quoted: true, text: escaped || '\\' });
    }
    return parts;
  }

  #parts(parts: readonly unbash.WordPart[], quoted: boolean, here: boolean): Part[] {
    const out: Part[] = [];
    for (const part of parts) this.#part(part, quoted, here, out);
    return out;
  }

  #part(part: unbash.WordPart, quoted: boolean, here: boolean, out: Part[]): void {
    const literal = (text: string, isQuoted: boolean) => void out.push({ type: 'literal', quoted: isQuoted, text });
    switch (part.type) {
      case 'Literal':
        if (!quoted) out.push(...this.#literal(part.text));
        else literal(here ? unescapeHere(part.text) : unescapeDouble(part.text), true);
        return;
      case 'SingleQuoted':
        // Inside double quotes an apostrophe is itself.
        if (quoted) out.push(...this.hereText(part.text).parts);
        else literal(part.value, true);
        return;
      case 'AnsiCQuoted':
        literal(quoted ? part.text : part.value, true);
        return;
      case 'LocaleString':
      case 'DoubleQuoted':
        if (part.type === 'LocaleString' && this.#dialect === 'ash') literal('$', quoted);
        if (!part.parts.length) literal('', true);
        for (const child of part.parts) this.#part(child, true, false, out);
        return;
      case 'Glob':
        if (!part.parts) return literal(part.text, quoted);
        literal('[', quoted);
        out.push(...this.#parts(part.parts, quoted, here));
        return literal(']', quoted);
      case 'ExtendedGlob':
        this.#ashRefuses(part.pos + 1, 'unexpected "("');
        if (!this.#extended && !quoted) throw new SyntaxFailure(part.pos + 1, 'syntax error near unexpected token `(\'', { echo: true });
        literal(`${part.operator}(`, quoted);
        if (part.parts) out.push(...this.#parts(part.parts, quoted, here));
        else literal(part.pattern, quoted);
        return literal(')', quoted);
      case 'BraceExpansion':
        if (!part.parts) return literal(part.text, quoted);
        literal('{', quoted);
        out.push(...this.#parts(part.parts, quoted, here));
        return literal('}', quoted);
      case 'SimpleExpansion':
        out.push({ type: 'parameter', quoted, text: part.text, name: part.text.slice(1), prefix: undefined, index: undefined, operation: undefined });
        return;
      case 'ParameterExpansion':
        out.push(this.#extendedly(() => this.#parameter(part, quoted)));
        return;
      case 'CommandExpansion': {
        const list = this.#nested(part.script, part.pos);
        out.push(part.text.startsWith('${') ? { type: 'command', quoted, list, here: part.text[2] === '|' ? 'reply' : 'output' } : { type: 'command', quoted, list });
        return;
      }
      case 'ArithmeticExpansion': {
        const body = part.text.startsWith('$[') ? part.text.slice(2, -1) : part.text.slice(3, -2);
        out.push({ type: 'arithmetic', quoted, expression: this.#arithmetic(body, part.pos + 3) });
        return;
      }
      case 'ProcessSubstitution':
        out.push({ type: 'process', quoted: false, direction: part.operator, list: this.#nested(part.script, part.pos) });
    }
  }

  #extendedly<T>(convert: () => T): T {
    const saved = this.#extended;
    this.#extended = true;
    try {
      return convert();
    } finally {
      this.#extended = saved;
    }
  }

  #nested(script: unbash.ParsedScript | undefined, position: number): List {
    if (!script) return { items: [] };
    const inner = script.source === undefined ? this : new Converter({ text: script.source, line: this.#line(position) }, this.#dialect);
    if (script.errors?.length) {
      const [first] = script.errors;
      // A command substitution that is cut short by its own parenthesis.
      if (first && first.pos >= script.end && inner === this) inner.#check([{ message: "unexpected token ')'", pos: script.end }]);
      inner.#check(script.errors);
    }
    const list = inner.#statements(script.commands);
    if (inner !== this) this.openHereDocument ??= inner.openHereDocument;
    return list;
  }

  #parameter(part: unbash.ParameterExpansionPart, quoted: boolean): Parameter {
    const { operation } = part;
    let converted: ParameterOperation | undefined;
    const bad = (): ParameterOperation => {
      this.#ashRefuses(part.pos, 'bad substitution');
      return { operator: 'bad' };
    };
    if (part.index || part.prefix === '!') bad();
    if (!/^([A-Za-z_]\w*|\d+|[@*#?$!-])$/.test(part.parameter)) converted = bad();
    else if (operation) {
      switch (operation.type) {
        case 'Default':
          converted = { operator: operation.operator, word: this.#word(operation.operand, { braces: false, quoted }) };
          break;
        case 'Remove':
          converted = { operator: operation.operator, word: this.#word(operation.operand, { braces: false }) };
          break;
        case 'Replace': {
          let word = this.#word(operation.pattern, { braces: false });
          const anchor = operation.operator[1];
          // There `#` and `%` are letters of the pattern.
          const literally = this.#dialect === 'ash' && (anchor === '#' || anchor === '%');
          if (literally) word = { text: anchor + word.text, parts: [{ type: 'literal', quoted: true, text: anchor }, ...word.parts] };
          converted = { operator: literally ? '/' : operation.operator, word, replacement: this.#word(operation.replacement, { braces: false }) };
          break;
        }
        case 'Slice':
          converted = { operator: ':', offset: this.#arithmetic(operation.offset.text, operation.offset.pos), length: operation.length && this.#arithmetic(operation.length.text, operation.length.pos) };
          break;
        case 'CaseModification':
          bad();
          converted = { operator: operation.operator, word: operation.operand && this.#word(operation.operand, { braces: false }) };
          break;
        case 'Transform':
          bad();
          converted = /^[UuLQEPAKak]$/.test(operation.operand.text) ? { operator: `@${operation.operand.text}` } : { operator: 'bad' };
          break;
        case 'Names':
          converted = { operator: `names${operation.operator}` };
          break;
        case 'Unknown':
          converted = bad();
      }
    }
    return { type: 'parameter', quoted, text: part.text, name: part.parameter, prefix: part.prefix, index: part.index && this.#word(part.index, { braces: false }), operation: converted };
  }

  #arithmetic(text: string, position: number): Arithmetic {
    const bare = text.includes('"') ? text.replaceAll('"', '') : text;
    if (!/[$`\\]/.test(bare)) return { text: bare, word: undefined };
    const word = new Converter({ text: bare, line: this.#line(position) }, this.#dialect).hereText(bare);
    return { text: bare, word: word.literal === undefined ? word : undefined };
  }

  #test(node: unbash.TestExpression): Test {
    switch (node.type) {
      case 'TestUnary':
        return { op: 'unary', operator: node.operator, operand: this.#word(node.operand, { braces: false }) };
      case 'TestBinary':
        return { op: 'binary', operator: node.operator, left: this.#word(node.left, { braces: false }), right: this.#word(node.right, { braces: false }) };
      case 'TestLogical':
        return { op: node.operator, operands: node.operands.map((operand) => this.#test(operand)) };
      case 'TestNot':
        return node.negations.length % 2 ? { op: '!', operand: this.#test(node.operand) } : this.#test(node.operand);
      case 'TestGroup':
        return { op: '(', operand: this.#test(node.expression) };
    }
  }
}

const unescapeDouble = (text: string): string => plainDouble(text.includes(APOSTROPHE) ? text.replaceAll(APOSTROPHE, "'") : text);
const plainDouble = (text: string): string => (text.includes('\\') ? text.replace(/\\([$`"\\\n}])/g, (_, c: string) => (c === '\n' ? '' : c)) : text);
const unescapeHere = (text: string): string => (text.includes('\\') ? text.replace(/\\([$`\\\n])/g, (_, c: string) => (c === '\n' ? '' : c)) : text);

/** Cut `~user` off the start of unquoted text, and after `:` (and the first `=`) in assignments. */
function tildes(parts: Part[], colons: boolean): void {
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.type !== 'literal' || part.quoted || !part.text.includes('~')) continue;
    const pattern = colons ? /(^|:)(~[^/:]*)/ : /(^)(~[^/]*)/;
    const match = pattern.exec(part.text);
    if (!match || (match[1] === '' && i > 0)) continue;
    const at = match.index + match[1]!.length;
    const after = at + match[2]!.length;
    // `~"user"` and `~$user` are no tilde prefixes.
    if (after === part.text.length && i + 1 < parts.length) continue;
    const text = (value: string): Part[] => (value ? [{ type: 'literal', quoted: false, text: value }] : []);
    const replaced: Part[] = [...text(part.text.slice(0, at)), { type: 'tilde', quoted: false, text: match[2]! }, ...text(part.text.slice(after))];
    parts.splice(i, 1, ...replaced);
    if (!colons) return;
    i += replaced.length - (part.text.slice(after) ? 2 : 1);
  }
}

function plain(parts: readonly Part[]): string | undefined {
  let value = '';
  for (const part of parts) {
    if (part.type !== 'literal' || (!part.quoted && isMagic.test(part.text))) return undefined;
    value += part.text;
  }
  // An unquoted empty word is no word; that is for the expansion to see.
  return value === '' && !parts.length ? undefined : value;
}
