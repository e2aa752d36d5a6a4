/** Exact decimal number: units / 10^places. Sums and comparisons round nothing. */
export interface Decimal {
  readonly units: bigint;
  /** Digits behind the point, not negative. */
  readonly places: number;
}

/** Bound of exponents: 1e400 has 401 digits. */
const MOST_EXPONENT = 400;

/** 10^places, in whole numbers. */
const power = (places: number): bigint => BigInt(`1${"0".repeat(places)}`);
const unitsAt = ({ units, places }: Decimal, at: number): bigint => units * power(at - places);

/** Decimal of a plain number, such as "-12.50" or "1.4e4"; undefined for any other text. */
export function decimalOf(text: string): Decimal | undefined {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?$/i.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (!whole && !fraction) return undefined;
  const shift = Number(exponent);
  if (Math.abs(shift) > MOST_EXPONENT) return undefined;
  const units = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  const places = fraction.length - shift;
  return places < 0 ? { units: units * power(-places), places: 0 } : { units, places };
}

/** Whole number. */
export const whole = (value: number | bigint): Decimal => ({ units: BigInt(value), places: 0 });

/** −1, 0 or 1 for less, equal or greater. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const places = Math.max(a.places, b.places);
  const difference = unitsAt(a, places) - unitsAt(b, places);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** a + b, with the digits behind the point of the longer. */
export function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { units: unitsAt(a, places) + unitsAt(b, places), places };
}

/** −a. */
export const negative = ({ units, places }: Decimal): Decimal => ({ units: -units, places });

/** a · b. */
export const times = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, places: a.places + b.places });

/** Digits of a quotient behind those of the dividend. */
const QUOTIENT_DIGITS = 12;

/** a / count: exact where it ends within 12 more digits, else rounded half away from 0 to the last of them. */
export function dividedBy({ units, places }: Decimal, count: number): Decimal {
  const scaled = units * power(QUOTIENT_DIGITS);
  const half = BigInt(count) / 2n;
  const rounded = (scaled < 0n ? scaled - half : scaled + half) / BigInt(count);
  return trimmed({ units: rounded, places: places + QUOTIENT_DIGITS });
}

/** The same number without zeros at the end of its fraction. */
export function trimmed({ units, places }: Decimal): Decimal {
  let [rest, left] = [units, places];
  while (left > 0 && rest % 10n === 0n) {
    rest /= 10n;
    --left;
  }
  return { units: rest, places: left };
}

/** Plain digits: "-1234.50". */
export function digitsOf({ units, places }: Decimal): string {
  const sign = units < 0n ? "-" : "";
  const digits = String(units < 0n ? -units : units).padStart(places + 1, "0");
  const point = digits.length - places;
  return `${sign}${digits.slice(0, point)}${places ? `.${digits.slice(point)}` : ""}`;
}

/** Nearest double. */
export const numberOf = (decimal: Decimal): number => Number(digitsOf(decimal));
