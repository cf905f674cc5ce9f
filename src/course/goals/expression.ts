// CEL, with the functions that goals may call: parsed once, bounded, and without a way out of the world it is given.

import { Environment } from '@marcbachmann/cel-js';
import { bound, OverBudget, refill } from './budget.ts';
import { functions } from './functions.ts';
import type { World } from './world.ts';

const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 };

/** CEL functions take no context, so the world they look at is set around each evaluation. */
let current: World | undefined;
/** What functions have answered about a world: goals ask the same things again and again. */
const answered = new WeakMap<World, Map<string, unknown>>();
const MOST_QUESTIONS = 2_000;
const environment = new Environment({ unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false, limits: LIMITS });
environment.registerVariable('probe', 'map');
for (const [signature, run] of Object.entries(functions)) {
  environment.registerFunction(signature, (...args: string[]) => {
    const world = current!;
    let known = answered.get(world);
    if (!known) answered.set(world, (known = new Map()));
    const question = JSON.stringify([signature, ...args]);
    if (!known.has(question)) {
      if (known.size >= MOST_QUESTIONS) throw new OverBudget('this condition asks too much');
      known.set(question, toCel(run(world, ...args)));
    }
    return known.get(question);
  });
}

type Parsed = ReturnType<typeof environment.parse>;
const parsed = new Map<string, Parsed>();

/** @throws Error when it is no expression, or has no bounds */
function parse(expression: string): Parsed {
  let found = parsed.get(expression);
  if (found) return found;
  found = environment.parse(expression);
  const { valid, error } = found.check();
  if (!valid) throw error ?? new Error('it does not type-check');
  bound(found.ast);
  parsed.set(expression, found);
  return found;
}

/** Why this is not an expression that could be evaluated; undefined when it is. */
export function checkExpression(expression: string): string | undefined {
  try {
    parse(expression);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** @throws Absent when something it names is not there; Error for what CEL finds wrong at run time (a missing field) */
export function evaluate(expression: string, world: World): unknown {
  const before = current;
  current = world;
  refill();
  try {
    return parse(expression)({ probe: toCel(world.probe ?? { stdout: '', stderr: '', exit: -1 }) });
  } finally {
    current = before;
  }
}

/** Whole numbers are `int` in CEL; everything else stays as it is. */
export function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined).map(([key, held]) => [key, toCel(held)]));
  return value;
}
