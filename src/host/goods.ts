// Goods that are loaded from outside while a host runs: what has come to this page or process, and handing it to a machine.

import { Depot, type Goods } from '../engine/image/depot.ts';
import { encode } from '../base/bytes.ts';
import type { Program } from '../kernel/program.ts';
import type { Machine } from './boot/machine.ts';

/** What is at hand, by name: made when it is first used. The same for all hosts. */
const AT_HAND = new Map<string, () => Goods>();
const made = new Map<string, Goods>();

/** Something has been loaded; `make` may be slow, it is called when a host first wants it. */
export function stock(name: string, make: () => Goods): void {
  AT_HAND.set(name, make);
}

export const isAtHand = (name: string): boolean => AT_HAND.has(name);

function goodsOf(name: string): Goods {
  const goods = made.get(name) ?? AT_HAND.get(name)?.();
  // A replay needs what the host had: whoever restores one sees to it first.
  if (!goods) throw new RangeError(`${name} must be loaded before this host can be restored`);
  made.set(name, goods);
  return goods;
}

const depots = new WeakMap<object, Depot>();

/** The depot of a machine's engine. */
export const depotOf = (machine: Machine): Depot => depots.get(machine.init)!;

/** A new one, for an engine that starts. */
export function depotFor(machine: Machine): Depot {
  const depot = new Depot();
  depots.set(machine.init, depot);
  return depot;
}

/** @param problem instead of the goods: why they do not come */
export function deliver(machine: Machine, name: string, problem?: string): void {
  const goods = problem === undefined ? goodsOf(name) : undefined;
  for (const [key, program] of Object.entries(goods?.programs ?? {})) if (!machine.registry.get(key)) machine.registry.register(key, program);
  depotOf(machine).deliver(name, goods, problem);
}

/** A program of some goods in an image that comes without them: they are brought when it is first run. */
export const lateProgram = (machine: Machine, goods: string, key: string): Program => function* (sys, argv) {
  const depot = depotOf(machine), problem = yield* depot.obtain(goods);
  if (problem === undefined) return yield* depot.get(goods)!.programs[key]!(sys, argv);
  yield* sys.write(2, encode(`${problem || `stowage: ${key} is loaded when it is first used, and the network did not bring it`}\n`));
  return 69;
};
