// The grammar of awk as a tree.

import type { Regex } from '../regex.ts';
import type { Cell } from './values.ts';

export type Expression =
  | { readonly type: 'constant'; readonly value: number | string }
  | { readonly type: 'regex'; readonly regex: Regex }
  | Target
  | { readonly type: 'group'; readonly items: readonly Expression[] }
  | { readonly type: 'assign'; readonly operator: string; readonly target: Target; readonly value: Expression }
  | { readonly type: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly type: 'and' | 'or' | 'concat'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'match'; readonly negated: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'compare' | 'arithmetic'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'in'; readonly key: Expression; readonly array: Name }
  | { readonly type: 'not' | 'minus' | 'plus'; readonly operand: Expression }
  | { readonly type: 'step'; readonly prefix: boolean; readonly by: number; readonly target: Target }
  | { readonly type: 'getline'; readonly from: 'main' | 'file' | 'command'; readonly source?: Expression; readonly target?: Target | undefined }
  | { readonly type: 'builtin'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly type: 'call'; readonly fn: UserFunction; readonly args: readonly Expression[] };

/** A variable: a global's cell, or the place of a local in its frame. */
export type Name = { readonly type: 'name'; readonly cell: Cell | number; readonly text: string };
export type Target = Name | { readonly type: 'element'; readonly array: Name; readonly key: Expression } | { readonly type: 'field'; readonly index: Expression };

export type Statement =
  | { readonly type: 'block'; readonly body: readonly Statement[] }
  | { readonly type: 'expression'; readonly value: Expression }
  | { readonly type: 'print' | 'printf'; readonly args: readonly Expression[]; readonly redirect?: '>' | '>>' | '|' | undefined; readonly to?: Expression | undefined }
  | { readonly type: 'if'; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly type: 'while'; readonly test: Expression; readonly body: Statement }
  | { readonly type: 'do'; readonly test: Expression; readonly body: Statement }
  | { readonly type: 'for'; readonly init: Statement | undefined; readonly test: Expression | undefined; readonly step: Statement | undefined; readonly body: Statement }
  | { readonly type: 'each'; readonly variable: Target; readonly array: Name; readonly body: Statement }
  | { readonly type: 'delete'; readonly array: Name; readonly key: Expression | undefined }
  | { readonly type: 'exit' | 'return'; readonly value: Expression | undefined }
  | { readonly type: 'next' | 'nextfile' | 'break' | 'continue' };

export interface UserFunction {
  readonly name: string;
  parameters: readonly string[];
  body: Statement | undefined;
  /** The line of the first call, for those never defined. */
  line: number;
}

export interface Rule {
  readonly kind: 'BEGIN' | 'END' | 'main';
  readonly pattern: Expression | undefined;
  /** End of a range pattern. */
  readonly until: Expression | undefined;
  readonly body: Statement | undefined;
  active: boolean;
}

export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly globals: Map<string, Cell>;
}

/** The builtin functions, and how many arguments they take. */
export const BUILTINS: Readonly<Record<string, readonly [number, number]>> = {
  length: [0, 1], substr: [2, 3], index: [2, 2], split: [2, 3], sub: [2, 3], gsub: [2, 3], match: [2, 3], sprintf: [1, Infinity], sin: [1, 1], cos: [1, 1], atan2: [2, 2], exp: [1, 1], log: [1, 1],
  sqrt: [1, 1], int: [1, 1], rand: [0, 0], srand: [0, 1], tolower: [1, 1], toupper: [1, 1], system: [1, 1], close: [1, 2], fflush: [0, 1], systime: [0, 0], strftime: [0, 3], mktime: [1, 1],
  gensub: [3, 4], and: [2, 2], or: [2, 2], xor: [2, 2], lshift: [2, 2], rshift: [2, 2], compl: [1, 1],
};
