import { shown } from "./shown.js";

/** Check of an option's value: returns what the value must be if it is not that, or else undefined. */
export type Check<T> = ((value: unknown) => string | undefined) & {
  readonly type?: T;
  /** Allowed strings. */
  readonly choices?: readonly string[] | undefined;
};

export function whole(least: number, { odd = false, most = 0x7fff_ffff } = {}): Check<number> {
  return (value) => {
    const right = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    if (right && !(odd && (value as number) % 2 === 0)) return undefined;
    return `${odd ? "an odd" : "a whole"} number from ${least} to ${most}`;
  };
}

/** Kernels compute in single precision, where 1e-50 is 0 and 1e50 is infinite: what counts is the rounded number. */
const rounded = (value: unknown): number => (typeof value === "number" ? Math.fround(value) : NaN);

export function positive({ orInfinity = false } = {}): Check<number> {
  return (value) => {
    if (value === Infinity ? orInfinity : rounded(value) > 0 && rounded(value) < Infinity) return undefined;
    const precision = typeof value === "number" && value > 0 ? " that single precision can hold" : "";
    return `a number above 0${precision}${orInfinity ? ", or Infinity" : ""}`;
  };
}

/** A number from low to high; the upper bound itself is excluded when `below` is set. */
export function between(low: number, high: number, { below = false } = {}): Check<number> {
  return (value) => {
    const number = rounded(value);
    if (number >= low && (below ? number < high : number <= high)) return undefined;
    return low === high ? `${low}` : `a number from ${low} to ${below ? "below " : ""}${high}`;
  };
}

/** A number of any sign. */
export function number(): Check<number> {
  return (value) => (rounded(value) - rounded(value) === 0 ? undefined : "a finite number");
}

/** A number from 0 up. */
export function notNegative(): Check<number> {
  return (value) => (rounded(value) >= 0 && rounded(value) < Infinity ? undefined : "a number from 0 up");
}

/** A list of at most so many numbers of any sign. */
export function numbers({ most }: { readonly most: number }): Check<readonly number[]> {
  const one = number();
  return (value) => {
    if (Array.isArray(value) && value.length <= most && value.every((each) => !one(each))) return undefined;
    return `a list of at most ${most} finite ${most === 1 ? "number" : "numbers"}`;
  };
}

/** Whole numbers from 1, each above the one before. */
export function rising({ most = Infinity } = {}): Check<readonly number[]> {
  return (value) => {
    const isRising =
      Array.isArray(value) &&
      value.length <= most &&
      value.every((each, i) => Number.isSafeInteger(each) && each > (i ? value[i - 1] : 0));
    return isRising
      ? undefined
      : `a list of ${most === Infinity ? "" : `at most ${most} `}whole numbers from 1, each above the one before`;
  };
}

export function flag(): Check<boolean> {
  return (value) => (typeof value === "boolean" ? undefined : "true or false");
}

export function text(): Check<string> {
  return (value) => (typeof value === "string" ? undefined : "a text");
}

export function object(): Check<object> {
  return (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : "an object of options";
}

export function oneOf<const Values extends readonly string[]>(...values: Values): Check<Values[number]> {
  const check = (value: unknown): string | undefined =>
    values.includes(value as string) ? undefined : values.map((v) => `"${v}"`).join(" or ");
  return Object.assign(check, { choices: values });
}

/** One of two kinds of values: text that is no choice of the other is of the first kind. */
export function either<A, B>(one: Check<A>, other: Check<B>): Check<A | B> {
  const check = (value: unknown): string | undefined => {
    const [wanted, instead] = [one(value), other(value)];
    return wanted && instead ? `${wanted}, or ${instead}` : undefined;
  };
  return Object.assign(check, { choices: other.choices });
}

/** A value, or null for none: such options are records, as checksums are. */
export function orNull<T>(one: Check<T>): Check<T | null> {
  return (value) => (value === null ? undefined : one(value));
}

/** What each option defaults to, and must be. */
export type Rules = { readonly [name: string]: readonly [default_: unknown, check: Check<unknown>] };
type Checked<R extends Rules> = { readonly [K in keyof R]: NonNullable<R[K][1]["type"]> };

/** @throws TypeError unless options, if there are any, are an object. */
export function expectOptions<T extends object>(owner: string, options: T): T {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new TypeError(`${owner}: the options are ${shown(options)}, and must be an object`);
}

/**
 * Fills in defaults and checks every option. A default of undefined means that the option must be given.
 * @throws TypeError when an option is unknown or missing, RangeError when its value is not allowed.
 */
export function checkOptions<const R extends Rules>(owner: string, options: object, rules: R): Checked<R> {
  for (const name of Object.keys(expectOptions(owner, options))) {
    if (Object.hasOwn(rules, name)) continue;
    throw new TypeError(`${owner} has no option ${shown(name)}; it has ${Object.keys(rules).join(", ")}`);
  }
  const checked: Record<string, unknown> = {};
  for (const [name, [fallback, check]] of Object.entries(rules)) {
    const given = (options as Record<string, unknown>)[name];
    const value = given ?? fallback;
    if (value === undefined) throw new TypeError(`${owner} needs the option "${name}"`);
    expectValue(`${owner}: ${name}`, value, check);
    checked[name] = value;
  }
  return checked as Checked<R>;
}

/** @throws RangeError unless a value is what it must be. */
export function expectValue(what: string, value: unknown, check: Check<unknown>): void {
  const wanted = check(value);
  if (wanted) throw new RangeError(`${what} is ${shown(value)}, and must be ${wanted}`);
}
