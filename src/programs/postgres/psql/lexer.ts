// psql's reading of its input: where a statement ends, what is still open, and which variables are put in.

export interface LexState {
  /** What has been read of the statement so far, variables put in. */
  text: string;
  /** What is open: `'`, `"`, `$tag$`, `/*`, or nothing. */
  open: string;
  depth: number;
  parens: number;
  /** BEGIN … END of a body in SQL. */
  bodies: number;
}

export const freshState = (): LexState => ({ text: '', open: '', depth: 0, parens: 0, bodies: 0 });

export type Step =
  /** A whole statement. */
  | { readonly kind: 'statement'; readonly text: string }
  /** A backslash command: the rest of the line is its own. */
  | { readonly kind: 'command'; readonly at: number }
  | { readonly kind: 'more' };

/**
 * Read on in `line` from `at`, to the end of a statement, to a backslash or to the end of the line.
 * @returns what came, and where it ended
 */
export function lex(state: LexState, line: string, at: number, variables: ReadonlyMap<string, string>): { readonly step: Step; readonly at: number } {
  for (let i = at; i < line.length;) {
    const rest = line.slice(i);
    if (state.open) {
      i += within(state, rest);
      continue;
    }
    const character = line[i]!;
    const variable = character === ':' && line[i - 1] !== ':' ? /^:(?:'(\w+)'|"(\w+)"|(\w+))/.exec(rest) : null;
    const value = variable && variables.get((variable[1] ?? variable[2] ?? variable[3])!);
    if (variable && value !== undefined && value !== null) {
      state.text += variable[1] ? `'${value.replaceAll("'", "''")}'` : variable[2] ? `"${value.replaceAll('"', '""')}"` : value;
      i += variable[0].length;
      continue;
    }
    if (rest.startsWith('--')) {
      // A comment is sent along inside of a statement only.
      if (state.text.trim()) state.text += rest;
      i = line.length;
      continue;
    }
    if (rest.startsWith('/*')) {
      state.open = '/*';
      state.depth = 1;
      state.text += '/*';
      i += 2;
      continue;
    }
    const dollar = character === '$' && !/\w$/.test(state.text) ? /^\$(?:[A-Za-z_]\w*)?\$/.exec(rest) : null;
    if (dollar || character === "'" || character === '"') {
      state.open = dollar ? dollar[0] : character === "'" && /(^|\W)[eE]$/.test(state.text) ? "e'" : character;
      state.text += dollar ? dollar[0] : character;
      i += dollar ? dollar[0].length : 1;
      continue;
    }
    if (character === '\\') return { step: { kind: 'command', at: i + 1 }, at: i + 1 };
    if (character === '(' || character === ')') state.parens = Math.max(0, state.parens + (character === '(' ? 1 : -1));
    if (character === ';' && state.parens === 0 && state.bodies === 0) {
      const text = `${state.text};`;
      Object.assign(state, freshState());
      return { step: { kind: 'statement', text }, at: i + 1 };
    }
    const word = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (word && !/\w$/.test(state.text)) {
      const lower = word.toLowerCase();
      if (/^\s*create\b[\s\S]*\b(function|procedure)\b/i.test(state.text)) {
        if (lower === 'begin' && /\batomic\s*$/i.test(line.slice(i + 5, i + 15).trim() || 'atomic') || state.bodies && lower === 'case') state.bodies++;
        else if (lower === 'end' && state.bodies) state.bodies--;
      }
      state.text += word;
      i += word.length;
      continue;
    }
    if (state.text || !/\s/.test(character)) state.text += character;
    i++;
  }
  if (state.text.trim()) state.text += '\n';
  return { step: { kind: 'more' }, at: line.length };
}

/** Inside of something open. @returns how many characters were read */
function within(state: LexState, rest: string): number {
  if (state.open === '/*') {
    const mark = /\/\*|\*\//.exec(rest);
    const end = mark ? mark.index + 2 : rest.length;
    state.text += rest.slice(0, end);
    if (mark) state.depth += mark[0] === '/*' ? 1 : -1;
    if (!state.depth) state.open = '';
    return end;
  }
  const closing = state.open === "e'" ? "'" : state.open;
  if (state.open === "e'") {
    const part = /^(?:\\[\s\S]|[^'\\])*/.exec(rest)![0];
    state.text += part + (rest[part.length] ?? '');
    if (rest[part.length] === "'") state.open = '';
    return Math.min(rest.length, part.length + 1);
  }
  const end = rest.indexOf(closing);
  if (end < 0) {
    state.text += rest;
    return rest.length;
  }
  state.text += rest.slice(0, end + closing.length);
  state.open = '';
  return end + closing.length;
}

/** The middle of the prompt: what is open. */
export const promptMark = ({ text, open, parens }: LexState): string =>
  open === '/*' ? '*' : open.endsWith("'") ? "'" : open === '"' ? '"' : open ? '$' : parens ? '(' : text ? '-' : '=';
