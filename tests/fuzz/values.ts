import * as fc from "fast-check";

/**
 * Numbers at which checks break. Those between are left out: a size of ten million is allowed, and takes all the
 * memory that it asks for.
 */
export const numbers = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 0.5, -1.5, 1e-300, 1e-46, 1e-20, 0.9999999999, 1e39, 1e300),
  fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 31), Number.MIN_VALUE),
);

/** Anything that JavaScript can put in the place of something else. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: numbers },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(undefined, null, true, false, "", "8", "lstm", "Infinity", 3n) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      Symbol("s"),
      () => 1,
      () => Symbol("s"),
      Object.create(null),
      { toString: null, valueOf: null },
      { length: 2 ** 53 },
      { length: -1 },
      { length: "3" },
      JSON.parse(`{"__proto__":{"slots":1}}`),
      new Proxy({}, {}),
      new Date(NaN),
      /x/,
      new Map(),
      Promise.resolve(),
      new DataView(new ArrayBuffer(12)),
      new SharedArrayBuffer(16),
      new Array(3),
      new Float32Array(3),
      new BigInt64Array(3),
      globalThis,
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .anything({
        withBigInt: true,
        withNullPrototype: true,
        withObjectString: true,
        withSparseArray: true,
        maxDepth: 2,
      })
      .map(tamed),
  },
);

/** See `numbers`. */
function tamed(value: unknown): unknown {
  if (typeof value === "number" && Math.abs(value) > 64 && Math.abs(value) < 2 ** 31) return value % 64;
  return value;
}

/** Options that are right but for one or two, or are no options at all. */
export function options<T extends object>(right: T, more: readonly string[] = []): fc.Arbitrary<unknown> {
  const names = [...Object.keys(right), ...more, "toString", "__proto__", "unknown"];
  const changes = fc.array(fc.tuple(fc.constantFrom(...names), anything), { maxLength: 2 });
  const changed = changes.map((list) => {
    const made = { ...right } as Record<string, unknown>;
    for (const [name, value] of list) {
      Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return made;
  });
  return fc.oneof({ weight: 9, arbitrary: changed }, { weight: 1, arbitrary: anything });
}
