import * as fc from "fast-check";

/** Something that must hold for all values of a generator, in one area of the library. */
export interface Property {
  readonly name: string;
  /** How many cheap cases one of these is worth. */
  readonly cost: number;
  make(onCase: () => void): fc.IRawProperty<unknown>;
}

/** A property. What it holds for must not depend on what ran before. */
export function property<T>(
  name: string,
  values: fc.Arbitrary<T>,
  holds: (value: T) => void | Promise<void>,
  { cost = 1 } = {},
): Property {
  const make = (onCase: () => void): fc.IRawProperty<unknown> =>
    fc.asyncProperty(values, async (value) => {
      onCase();
      await holds(value);
    });
  return { name, cost, make };
}

export interface Run {
  readonly seed: number;
  readonly cases: number;
  /** Where fast-check's shrinking ended, to see a failing case again. */
  readonly path?: string | undefined;
  readonly onCase?: () => void;
}

/** Runs a property. Resolves to what went wrong, with seed and path, or to undefined. */
export async function check({ name, make }: Property, { seed, cases, path, onCase }: Run): Promise<string | undefined> {
  const options = { seed, numRuns: cases, ...(path !== undefined && { path }) };
  const details = await fc.check(make(onCase ?? (() => undefined)) as fc.IAsyncProperty<unknown>, options);
  if (!details.failed) return undefined;
  const replay = `npm run fuzz -- --only "${name}" --seed ${details.seed} --path "${details.counterexamplePath}"`;
  const error = details.errorInstance as Error | undefined;
  const cause = error?.cause instanceof Error ? `\n${error.cause.stack}` : "";
  return `${name} fails for ${fc.stringify(details.counterexample).slice(0, 2000)}\n${error?.stack ?? error}${cause}\nReplay: ${replay}`;
}
