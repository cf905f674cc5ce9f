// The shell's own syntax tree: what the parser adapter yields and the interpreter runs.

/** A text that was parsed, and the line of its first character. */
export interface Source {
  readonly text: string;
  readonly line: number;
}

/** Raw text of an arithmetic expression; `word` when it holds expansions. */
export interface Arithmetic {
  readonly text: string;
  readonly word: Word | undefined;
}

export interface ParameterOperation {
  /** `-` `:-` `=` `:=` `+` `:+` `?` `:?` `#` `##` `%` `%%` `/` `//` `/#` `/%` `:` `^` `^^` `,` `,,` `@`; `names` for `${!p*}`; `bad`. */
  readonly operator: string;
  readonly word?: Word | undefined;
  readonly replacement?: Word | undefined;
  readonly offset?: Arithmetic | undefined;
  readonly length?: Arithmetic | undefined;
}

export interface Parameter {
  readonly type: 'parameter';
  readonly quoted: boolean;
  readonly text: string;
  readonly name: string;
  readonly prefix: '!' | '#' | undefined;
  readonly index: Word | undefined;
  readonly operation: ParameterOperation | undefined;
}

export type Part =
  | { readonly type: 'literal'; readonly quoted: boolean; readonly text: string }
  | { readonly type: 'tilde'; readonly quoted: false; readonly text: string }
  | Parameter
  /** `here` runs in the shell itself: `${ …; }` ('output') and `${| …; }` ('reply'). */
  | { readonly type: 'command'; readonly quoted: boolean; readonly list: List; readonly here?: 'output' | 'reply' }
  | { readonly type: 'arithmetic'; readonly quoted: boolean; readonly expression: Arithmetic }
  | { readonly type: 'process'; readonly quoted: false; readonly direction: '<' | '>'; readonly list: List };

export interface Word {
  /** As written. */
  readonly text: string;
  readonly parts: readonly Part[];
  /** The value, when nothing in it is expanded, split or matched. */
  readonly literal?: string | undefined;
  /** What brace expansion makes of it. */
  readonly braces?: readonly Word[] | undefined;
  /** `name=value` as an argument: what it means to `export` and its kin. */
  readonly assignment?: Assignment | undefined;
}

export interface Assignment {
  readonly name: string;
  readonly index: Word | undefined;
  readonly append: boolean;
  readonly value: Word | undefined;
  readonly elements: readonly ArrayElement[] | undefined;
  readonly text: string;
}

export interface ArrayElement {
  readonly index: Word | undefined;
  readonly append: boolean;
  readonly word: Word;
}

export interface Redirect {
  readonly operator: '>' | '>>' | '<' | '<>' | '<&' | '>&' | '>|' | '&>' | '&>>' | '<<<' | '<<' | '<<-';
  readonly fd: number | undefined;
  /** `{name}>file` */
  readonly variable: string | undefined;
  readonly target: Word;
  /** As written, for printing: the delimiter and the raw text of a here-document. */
  readonly delimiter?: string;
  readonly body?: string;
}

export interface List {
  readonly items: readonly Statement[];
}

export interface Statement {
  readonly node: Node;
  readonly background: boolean;
  readonly pos: number;
  readonly end: number;
}

export interface Base {
  readonly line: number;
  readonly redirects: readonly Redirect[];
}

export interface Simple extends Base {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
}

export interface Pipeline extends Base {
  readonly kind: 'pipeline';
  readonly nodes: readonly Node[];
  /** For each `|`, whether it is `|&`. */
  readonly stderr: readonly boolean[];
  readonly negated: boolean;
  readonly time: 'no' | 'bash' | 'posix';
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: List;
  readonly terminator: ';;' | ';&' | ';;&';
}

export type Test =
  | { readonly op: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly op: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly op: '&&' | '||'; readonly operands: readonly Test[] }
  | { readonly op: '!' | '('; readonly operand: Test };

export type Node =
  | Simple
  | Pipeline
  | (Base & { readonly kind: 'and-or'; readonly nodes: readonly Node[]; readonly operators: readonly ('&&' | '||')[] })
  | (Base & { readonly kind: 'if'; readonly clauses: readonly { readonly test: List; readonly body: List }[]; readonly otherwise: List | undefined })
  | (Base & { readonly kind: 'for' | 'select'; readonly name: string; readonly words: readonly Word[] | undefined; readonly body: List })
  | (Base & { readonly kind: 'arithmetic-for'; readonly parts: readonly (Arithmetic | undefined)[]; readonly body: List })
  | (Base & { readonly kind: 'while'; readonly until: boolean; readonly test: List; readonly body: List })
  | (Base & { readonly kind: 'subshell' | 'group'; readonly body: List })
  | (Base & { readonly kind: 'case'; readonly word: Word; readonly items: readonly CaseItem[] })
  | (Base & { readonly kind: 'test'; readonly test: Test })
  | (Base & { readonly kind: 'arithmetic'; readonly expression: Arithmetic })
  | (Base & { readonly kind: 'function'; readonly name: string; readonly body: Node })
  | (Base & { readonly kind: 'coproc'; readonly name: string; readonly body: Node });
