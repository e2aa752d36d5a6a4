/** What a value of an option must be; returns what is wrong with it, or undefined. */
export type Check<T> = ((value: unknown) => string | undefined) & { readonly type?: T };

export function whole(least: number, { odd = false, most = 0x7fff_ffff } = {}): Check<number> {
  return (value) => {
    const right = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    if (right && !(odd && (value as number) % 2 === 0)) return undefined;
    return `${odd ? "an odd" : "a whole"} number from ${least} to ${most}`;
  };
}

export function positive({ orInfinity = false } = {}): Check<number> {
  return (value) => {
    if (typeof value === "number" && value > 0 && (orInfinity || value < Infinity)) return undefined;
    return `a number above 0${orInfinity ? ", or Infinity" : ""}`;
  };
}

/** A number from low to high; the upper bound itself is excluded when `below` is set. */
export function between(low: number, high: number, { below = false } = {}): Check<number> {
  return (value) => {
    if (typeof value === "number" && value >= low && (below ? value < high : value <= high)) return undefined;
    return `a number from ${low} to ${below ? "below " : ""}${high}`;
  };
}

export function oneOf<const Values extends readonly string[]>(...values: Values): Check<Values[number]> {
  return (value) => (values.includes(value as string) ? undefined : values.map((v) => `"${v}"`).join(" or "));
}

type Rules = { readonly [name: string]: readonly [default_: unknown, check: Check<unknown>] };
type Checked<R extends Rules> = { readonly [K in keyof R]: NonNullable<R[K][1]["type"]> };

/**
 * Fills in defaults and checks every option. A default of undefined means that the option must be given.
 * @throws TypeError when an option is unknown or missing, RangeError when its value is not allowed.
 */
export function checkOptions<const R extends Rules>(owner: string, options: object, rules: R): Checked<R> {
  for (const name of Object.keys(options)) {
    if (name in rules) continue;
    throw new TypeError(`${owner} has no option "${name}"; it has ${Object.keys(rules).join(", ")}`);
  }
  const checked: Record<string, unknown> = {};
  for (const [name, [fallback, check]] of Object.entries(rules)) {
    const given = (options as Record<string, unknown>)[name];
    const value = given ?? fallback;
    if (value === undefined) throw new TypeError(`${owner} needs the option "${name}"`);
    const wanted = check(value);
    if (wanted) throw new RangeError(`${owner}: ${name} is ${String(value)}, and must be ${wanted}`);
    checked[name] = value;
  }
  return checked as Checked<R>;
}
