/** What the modules of Kurach et al. 2016, section 4.3, do with whole numbers below m; READ and WRITE need a memory. */
export const MODULE_NAMES = [
  "READ",
  "ZERO",
  "ONE",
  "TWO",
  "INC",
  "ADD",
  "SUB",
  "DEC",
  "LESS-THAN",
  "LESS-OR-EQUAL-THAN",
  "EQUALITY-TEST",
  "MIN",
  "MAX",
  "WRITE",
] as const;

export function moduleValue(name: string, a: number, b: number, m: number): number {
  const values: Readonly<Record<string, number>> = {
    ZERO: 0,
    ONE: 1 % m,
    TWO: 2 % m,
    INC: (a + 1) % m,
    ADD: (a + b) % m,
    SUB: (a - b + m) % m,
    DEC: (a - 1 + m) % m,
    "LESS-THAN": Number(a < b) % m,
    "LESS-OR-EQUAL-THAN": Number(a <= b) % m,
    "EQUALITY-TEST": Number(a === b) % m,
    MIN: Math.min(a, b),
    MAX: Math.max(a, b),
  };
  const value = values[name];
  if (value === undefined) throw new RangeError(`${name} is no module of numbers alone`);
  return value;
}
