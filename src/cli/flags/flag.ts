// What a flag is: its type, default and help as data, and how its text becomes a value (the `Value` of pflag).

/** A value that a flag refuses; the parser wraps it in `invalid argument "V" for "--flag" flag: …`. */
export class FlagValueError extends Error {}

export interface Flag<T> {
  /** As the help shows it (`string`, `list`, `bytes`); '' for booleans. */
  readonly type: string;
  readonly usage: string;
  readonly shorthand: string;
  readonly initial: T;
  /** @throws FlagValueError */
  parse(text: string, before: T): T;
  /** What the flag means without a value (`NoOptDefVal`). */
  readonly noValue?: string;
  /** The default as the help shows it; absent for zero values. */
  readonly shown?: string;
  readonly hidden?: boolean;
  /** Warned on use: `Flag --x has been deprecated, …`. */
  readonly deprecated?: string;
  /** Another spelling of that flag. */
  readonly aliasOf?: string;
  /** Values the shell completes. */
  readonly choices?: readonly string[];
  /** What the shell completes its value with. */
  readonly completes?: 'container' | 'volume' | 'image' | 'network' | 'file' | 'env';
  /** The real command has it, this one does not: refused in words of ours when given. */
  readonly notSimulated?: boolean;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a set of flags of any types
export type Flags = Readonly<Record<string, Flag<any>>>;
export type FlagValues<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never };
export type FlagOptions = Pick<Partial<Flag<unknown>>, 'shown' | 'hidden' | 'deprecated' | 'choices' | 'completes' | 'notSimulated'>;

/** The same flags, each refused on use as not simulated. */
export function unsimulated<F extends Flags>(flags: F): F {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, { ...flag, notSimulated: true }])) as unknown as F;
}
