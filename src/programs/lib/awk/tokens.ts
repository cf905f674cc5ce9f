// The words of an awk program.

export interface Token {
  readonly type: 'number' | 'string' | 'regex' | 'function' | 'name' | 'builtin' | 'keyword' | 'op' | 'newline' | 'end' | 'bad';
  readonly text: string;
  readonly line: number;
}

const KEYWORDS = new Set('BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(' '));
const OPERATOR = /(?:\*\*=|\*\*|\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|>>|&&|\|\||[{}()[\];,+\-*/%^!><|?:~$=])/y;

/** @param builtins names of functions of the language */
export function tokens(source: string, builtins: ReadonlySet<string>, mawk: boolean): Token[] {
  const list: Token[] = [];
  let line = 1;
  let at = 0;
  const push = (type: Token['type'], text: string): void => void list.push({ type, text, line });
  /** Whether `/` here is a division: after what is a value. */
  const operand = (): boolean => {
    const last = list.at(-1);
    return last !== undefined && (['number', 'string', 'regex', 'name', 'builtin'].includes(last.type) || last.type === 'op' && /^(?:\)|\]|\$|\+\+|--)$/.test(last.text));
  };
  while (at < source.length) {
    const character = source[at]!;
    const rest = source.slice(at);
    const blank = /^(?:[ \t\r]+|\\\r?\n)/.exec(rest);
    if (blank) {
      if (blank[0].startsWith('\\')) line++;
      at += blank[0].length;
    } else if (character === '\n') {
      push('newline', '\n');
      line++;
      at++;
    } else if (character === '#') at += /^[^\n]*/.exec(rest)![0].length;
    else if (character === '"') {
      const found = /^"((?:\\[^]|[^"\\\n])*)"/.exec(rest);
      if (!found) {
        push('bad', `runaway string constant ${rest.split('\n')[0]} ...`);
        return list;
      }
      push('string', unescape(found[1]!, !mawk));
      line += found[0].split('\n').length - 1;
      at += found[0].length;
    } else if (character === '/' && !operand()) {
      const found = /^\/((?:\\[^\n]|\[\^?\]?(?:\[:\w+:\]|\\[^\n]|[^\]\\\n])*\]|[^/\\\n[])*)\//.exec(rest) ?? /^\/((?:\\[^\n]|[^/\\\n])*)\//.exec(rest);
      if (!found) {
        push('bad', `runaway regular expression ${rest.split('\n')[0]} ...`);
        return list;
      }
      push('regex', found[1]!.replace(/\\\//g, '/'));
      at += found[0].length;
    } else {
      const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest);
      const word = /^[A-Za-z_]\w*/.exec(rest);
      OPERATOR.lastIndex = at;
      const operator = OPERATOR.exec(source);
      const text = number?.[0] ?? word?.[0] ?? operator?.[0];
      if (text === undefined || mawk && (text === '**' || text === '**=')) {
        if (text) {
          push('op', '*');
          push('op', '*');
          at += 2;
          continue;
        }
        push('bad', `unexpected character '${character}'`);
        return list;
      }
      if (number) push('number', text);
      else if (word) push(KEYWORDS.has(text) ? 'keyword' : builtins.has(text) ? 'builtin' : source[at + text.length] === '(' ? 'function' : 'name', text === 'func' ? 'function' : text);
      else push('op', text.replace('**', '^'));
      at += text.length;
    }
  }
  push('newline', '\n');
  return list;
}

/** Escapes in strings; what is unknown keeps its backslash. */
/** @param slash `\/` is a slash; mawk keeps the backslash */
export function unescape(text: string, slash = false): string {
  return text.replace(/\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|\n|.)/g, (whole, escape: string) => {
    if (/^[0-7]/.test(escape)) return String.fromCharCode(parseInt(escape, 8) & 255);
    if (escape.length > 1) return String.fromCharCode(parseInt(escape.slice(1), 16));
    return ({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\u0007', '"': '"', '\\': '\\', ...(slash ? { '/': '/' } : {}), '\n': '' } as Record<string, string>)[escape] ?? whole;
  });
}
