// CEL, with the functions that goals may call: parsed once, bounded, and without a way out of the world it is given.

import { Environment } from '@marcbachmann/cel-js';
import { functions } from './functions.ts';
import type { World } from './world.ts';

const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 };

/** CEL functions take no context, so the world they look at is set around each evaluation. */
let current: World | undefined;
const environment = new Environment({ unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false, limits: LIMITS });
environment.registerVariable('probe', 'map');
for (const [signature, run] of Object.entries(functions)) {
  environment.registerFunction(signature, (...args: string[]) => toCel(run(current!, ...args)));
}

type Parsed = ReturnType<typeof environment.parse>;
const parsed = new Map<string, Parsed>();

function parse(expression: string): Parsed {
  let found = parsed.get(expression);
  if (!found) parsed.set(expression, (found = environment.parse(expression)));
  return found;
}

/** Why this is not an expression that could be evaluated; undefined when it is. */
export function checkExpression(expression: string): string | undefined {
  try {
    const result = parse(expression).check();
    return result.valid ? undefined : (result.error?.message ?? 'it does not type-check');
  } catch (error) {
    return (error as Error).message;
  }
}

/** @throws Absent when something it names is not there; Error for what CEL finds wrong at run time (a missing field) */
export function evaluate(expression: string, world: World): unknown {
  const before = current;
  current = world;
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
