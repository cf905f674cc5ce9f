// Words of the unbash parser as the shell's own: quoting, expansions, here-documents.

import * as unbash from 'unbash';
import type { DialectName } from '../dialect.ts';
import { expandBraces } from '../expand/brace.ts';
import { syntaxFailure, type Finding } from '../syntax-error.ts';
import { SyntaxFailure } from '../syntax-failure.ts';
import type { Arithmetic, List, Parameter, ParameterOperation, Part, Source, Word } from '../syntax.ts';
import { APOSTROPHE } from './apostrophes.ts';

const isMagic = /[*?[\]\\]/;

export abstract class WordConverter {
  protected readonly source: Source;
  protected readonly dialect: DialectName;
  readonly #newlines: number[] = [];
  /** Where patterns may be extended: by option, in `[[ ]]` and within `${ }`. */
  protected extended: boolean;
  /** Whether what is converted stands within `${ }`. */
  protected braced = false;
  /** A here-document that ran into the end of the text. */
  openHereDocument: { readonly line: number; readonly delimiter: string } | undefined;

  constructor(source: Source, dialect: DialectName, extended: boolean) {
    this.source = source;
    this.dialect = dialect;
    this.extended = extended;
    for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) this.#newlines.push(at);
  }

  /** A converter for another text. */
  protected abstract derive(source: Source): WordConverter;
  protected abstract statements(commands: readonly unbash.Statement[]): List;

  protected line(position: number): number {
    const { length } = this.#newlines;
    if (!length) return this.source.line;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#newlines[middle]! < position) low = middle + 1;
      else high = middle;
    }
    return this.source.line + low;
  }

  protected refuse(position: number, message: string): never {
    throw new SyntaxFailure(position, message);
  }

  protected ashRefuses(position: number, message: string): void {
    if (this.dialect === 'ash') this.refuse(position, message);
  }

  protected check(errors: readonly Finding[] | undefined): void {
    if (errors?.length) throw syntaxFailure(this.dialect, this.source.text, errors, this.source.line);
  }

  hereText(text: string): Word {
    // A delimiter that no line of the text can be.
    let mark = 'E';
    while (text.includes(mark)) mark += 'E';
    const script = unbash.parse(`:<<${mark}\n${text}\n${mark}`);
    const command = script.commands[0]?.command;
    const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
    if (script.errors || redirect?.type !== 'HereDoc') throw syntaxFailure(this.dialect, text, script.errors ?? [{ message: 'unterminated', pos: 0 }], this.source.line);
    const inner = this.derive({ text: `:<<${mark}\n${text}\n${mark}`, line: this.source.line - 1 });
    const { body } = redirect;
    const parts = body.parts ? inner.parts(body.parts, true, true) : [{ type: 'literal', quoted: true, text: unescapeHere(body.text) } as const];
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
    return this.derive({ text: `: ${text}`, line: this.source.line }).convert(argument, { braces: false });
  }

  protected words(words: readonly unbash.Word[]): Word[] {
    return words.map((word) => this.convert(word));
  }

  protected convert(word: unbash.Word, { braces = true, colons = false, quoted = false } = {}): Word {
    const { text } = word;
    const { parts } = word;
    if (!parts && quoted) return { text, parts: text ? [{ type: 'literal', quoted, text: this.unescapeDouble(text) }] : [], literal: this.unescapeDouble(text) };
    if (!parts && !text.includes('\\') && !text.includes('~')) {
      return { text, parts: text ? [{ type: 'literal', quoted: false, text }] : [], literal: text };
    }
    if (braces && this.dialect === 'bash' && parts?.some((part) => part.type === 'BraceExpansion')) {
      const texts = expandBraces(text);
      if (texts.length !== 1 || texts[0] !== text) return { text, parts: [], braces: texts.filter((each) => each !== '').map((each) => this.word(each)) };
    }
    const converted = parts ? this.parts(parts, quoted, false) : this.literal(text);
    if (!quoted) tildes(converted, colons, this.dialect === 'bash');
    return { text, parts: converted, literal: plain(converted) };
  }

  /** Unquoted source text: backslashes quote. */
  protected literal(text: string): Part[] {
    if (!text.includes('\\')) return [{ type: 'literal', quoted: false, text }];
    const parts: Part[] = [];
    for (const match of text.matchAll(/\\([^]?)|[^\\]+/g)) {
      const [all, escaped] = match;
      if (escaped === undefined) parts.push({ type: 'literal', quoted: false, text: all });
      else if (escaped !== '\n') parts.push({ type: 'literal', quoted: true, text: escaped || '\\' });
    }
    return parts;
  }

  protected parts(parts: readonly unbash.WordPart[], quoted: boolean, here: boolean): Part[] {
    const out: Part[] = [];
    for (const part of parts) this.part(part, quoted, here, out);
    return out;
  }

  protected part(part: unbash.WordPart, quoted: boolean, here: boolean, out: Part[]): void {
    const literal = (text: string, isQuoted: boolean) => void out.push({ type: 'literal', quoted: isQuoted, text });
    switch (part.type) {
      case 'Literal':
        if (!quoted) out.push(...this.literal(part.text));
        else literal(here ? unescapeHere(part.text) : this.unescapeDouble(part.text), true);
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
        if (part.type === 'LocaleString' && this.dialect === 'ash') literal('$', quoted);
        if (!part.parts.length) literal('', true);
        for (const child of part.parts) this.part(child, true, false, out);
        return;
      case 'Glob':
        if (!part.parts) return literal(part.text, quoted);
        literal('[', quoted);
        out.push(...this.parts(part.parts, quoted, here));
        return literal(']', quoted);
      case 'ExtendedGlob':
        this.ashRefuses(part.pos + 1, 'unexpected "("');
        if (!this.extended && !quoted) throw new SyntaxFailure(part.pos + 1, 'syntax error near unexpected token `(\'', { echo: true });
        literal(`${part.operator}(`, quoted);
        if (part.parts) out.push(...this.parts(part.parts, quoted, here));
        else literal(part.pattern, quoted);
        return literal(')', quoted);
      case 'BraceExpansion':
        if (!part.parts) return literal(part.text, quoted);
        literal('{', quoted);
        out.push(...this.parts(part.parts, quoted, here));
        return literal('}', quoted);
      case 'SimpleExpansion':
        out.push({ type: 'parameter', quoted, text: part.text, name: part.text.slice(1), prefix: undefined, index: undefined, operation: undefined });
        return;
      case 'ParameterExpansion':
        out.push(this.extendedly(() => this.parameter(part, quoted), true));
        return;
      case 'CommandExpansion': {
        const list = this.nested(part.script, part.pos);
        out.push(part.text.startsWith('${') ? { type: 'command', quoted, list, here: part.text[2] === '|' ? 'reply' : 'output' } : { type: 'command', quoted, list });
        return;
      }
      case 'ArithmeticExpansion': {
        const body = part.text.startsWith('$[') ? part.text.slice(2, -1) : part.text.slice(3, -2);
        out.push({ type: 'arithmetic', quoted, expression: this.arithmetic(body, part.pos + 3) });
        return;
      }
      case 'ProcessSubstitution':
        out.push({ type: 'process', quoted: false, direction: part.operator, list: this.nested(part.script, part.pos) });
    }
  }

  /** Inside `${…}` a backslash takes its meaning from a brace, too. */
  protected unescapeDouble(text: string): string {
    const plain = text.includes(APOSTROPHE) ? text.replaceAll(APOSTROPHE, "'") : text;
    return plain.includes('\\') ? plain.replace(this.braced ? /\\([$`"\\\n}])/g : /\\([$`"\\\n])/g, (_, c: string) => (c === '\n' ? '' : c)) : plain;
  }

  protected extendedly<T>(convert: () => T, inBraces = this.braced): T {
    const { extended, braced } = this;
    this.extended = true;
    this.braced = inBraces;
    try {
      return convert();
    } finally {
      this.extended = extended;
      this.braced = braced;
    }
  }

  protected nested(script: unbash.ParsedScript | undefined, position: number): List {
    if (!script) return { items: [] };
    const inner = script.source === undefined ? this : this.derive({ text: script.source, line: this.line(position) });
    if (script.errors?.length) {
      const [first] = script.errors;
      // A command substitution that is cut short by its own parenthesis.
      if (first && first.pos >= script.end && inner === this) inner.check([{ message: "unexpected token ')'", pos: script.end }]);
      inner.check(script.errors);
    }
    const { braced } = inner;
    inner.braced = false;
    const list = inner.statements(script.commands);
    inner.braced = braced;
    if (inner !== this) this.openHereDocument ??= inner.openHereDocument;
    return list;
  }

  protected parameter(part: unbash.ParameterExpansionPart, quoted: boolean): Parameter {
    const { operation } = part;
    let converted: ParameterOperation | undefined;
    const bash = this.dialect === 'bash';
    const bad = (): ParameterOperation => ({ operator: 'bad' });
    if (!bash && (part.index || part.prefix === '!')) converted = bad();
    else
    if (!/^([A-Za-z_]\w*|\d+|[@*#?$!-])$/.test(part.parameter)) converted = bad();
    else if (operation) {
      switch (operation.type) {
        case 'Default':
          converted = { operator: operation.operator, word: this.convert(operation.operand, { braces: false, quoted }) };
          break;
        case 'Remove':
          converted = { operator: operation.operator, word: this.convert(operation.operand, { braces: false }) };
          break;
        case 'Replace': {
          let word = this.convert(operation.pattern, { braces: false });
          const anchor = operation.operator[1];
          // There `#` and `%` are letters of the pattern.
          const literally = this.dialect === 'ash' && (anchor === '#' || anchor === '%');
          if (literally) word = { text: anchor + word.text, parts: [{ type: 'literal', quoted: true, text: anchor }, ...word.parts] };
          converted = { operator: literally ? '/' : operation.operator, word, replacement: this.convert(operation.replacement, { braces: false }) };
          break;
        }
        case 'Slice':
          converted = { operator: ':', offset: this.arithmetic(operation.offset.text, operation.offset.pos), length: operation.length && this.arithmetic(operation.length.text, operation.length.pos) };
          break;
        case 'CaseModification':
          converted = !bash ? bad() : { operator: operation.operator, word: operation.operand && this.convert(operation.operand, { braces: false }) };
          break;
        case 'Transform':
          converted = bash && /^[UuLQEPAKak]$/.test(operation.operand.text) ? { operator: `@${operation.operand.text}` } : { operator: 'bad' };
          break;
        case 'Names':
          converted = { operator: `names${operation.operator}` };
          break;
        case 'Unknown':
          converted = bad();
      }
    }
    return { type: 'parameter', quoted, text: part.text, name: part.parameter, prefix: part.prefix, index: part.index && this.convert(part.index, { braces: false }), operation: converted };
  }

  protected arithmetic(text: string, position: number): Arithmetic {
    const bare = text.includes('"') ? text.replaceAll('"', '') : text;
    if (!/[$`\\]/.test(bare)) return { text: bare, word: undefined };
    const word = this.derive({ text: bare, line: this.line(position) }).hereText(bare);
    return { text: bare, word: word.literal === undefined ? word : undefined };
  }
}

export const unescapeHere = (text: string): string => (text.includes('\\') ? text.replace(/\\([$`\\\n])/g, (_, c: string) => (c === '\n' ? '' : c)) : text);

/** Cut `~user` off the start of unquoted text, and after `:` (and the first `=`) in assignments, for bash also in words that look like one. */
function tildes(parts: Part[], assigned: boolean, bash: boolean): void {
  const name = bash && !assigned && parts[0]?.type === 'literal' && !parts[0].quoted ? (/^[A-Za-z_]\w*\+?=/.exec(parts[0].text)?.[0] ?? '') : '';
  const colons = assigned || name !== '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.type !== 'literal' || part.quoted || !part.text.includes('~')) continue;
    const before = i ? '' : name;
    const pattern = colons ? /(^|:)(~[^/:]*)/ : bash ? /(^)(~[^/:]*)/ : /(^)(~[^/]*)/;
    const match = pattern.exec(part.text.slice(before.length));
    if (!match || (match[1] === '' && i > 0)) continue;
    const at = before.length + match.index + match[1]!.length;
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
