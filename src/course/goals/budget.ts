// How long an expression may think: every turn of its loops is counted, so that a stranger's goal cannot go on for ever.

/** Turns of one evaluation: two loops inside each other over everything on a host of 200 objects. */
const TURNS = 50_000;
const DEEPEST = 3;
/** A quantifier inside a quantified group takes time without bound on the wrong text. */
const EXPLOSIVE = /\([^()]*[+*}|][^()]*\)[+*{]/;
/** Lines, any number: bounded, since no dot is a line's end. */
const LINES = /\((?:\?:)?\.[*+](?:\\n|\n)\)[*+]/g;

let left = 0;

export class OverBudget extends Error {}

export function refill(): void {
  left = TURNS;
}

function spend(): void {
  if (left-- <= 0) throw new OverBudget('this condition takes too long');
}

/** What is used of the parser's nodes. */
interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly meta: { readonly alternate?: Node; readonly macro?: { readonly args?: unknown } };
  readonly checkedType?: unknown;
  evaluate(evaluator: unknown, node: Node, context: unknown): unknown;
}

interface Loop {
  readonly iterable: unknown;
  step: Pick<Node, 'evaluate' | 'checkedType'>;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value && 'meta' in value;

/** Make a checked expression count its turns. @throws Error when it could never be bounded */
export function bound(value: unknown, depth = 0): void {
  if (Array.isArray(value)) return value.forEach((each) => bound(each, depth));
  if (!isNode(value)) return;
  const { alternate, macro } = value.meta;
  if (alternate) return bound(alternate, depth);
  if (macro) return bound(macro.args, depth);
  if (value.op === 'comprehension') {
    if (depth === DEEPEST) throw new Error(`loops (exists, all, filter, map) may stand ${DEEPEST} deep inside each other`);
    const loop = value.args as Loop;
    bound(loop.iterable, depth);
    bound(loop.step, depth + 1);
    const step = loop.step as Node;
    loop.step = {
      checkedType: step.checkedType,
      evaluate(evaluator: unknown, _: unknown, context: unknown) {
        spend();
        return step.evaluate(evaluator, step, context);
      },
    };
    return;
  }
  if (value.op === 'rcall' && Array.isArray(value.args) && value.args[0] === 'matches') checkPattern(value.args);
  bound(value.args, depth);
}

function checkPattern(call: readonly unknown[]): void {
  const pattern = (call[2] as readonly unknown[])[0];
  const text = isNode(pattern) && pattern.op === 'value' ? String(pattern.args) : undefined;
  if (text === undefined) throw new Error('the pattern of matches must be written out');
  if (text.length > 200 || EXPLOSIVE.test(text.replace(LINES, ''))) throw new Error('the pattern of matches is too long, or repeats a group that repeats');
}
