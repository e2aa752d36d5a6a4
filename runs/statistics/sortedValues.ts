import { shown } from "../../bindings/common/shown.js";

/**
 * The values in ascending order, as a copy. What is computed from it has the same bits in whatever order they come:
 * the sign of a zero is dropped, since −0 and 0 would otherwise stay in the order given.
 *
 * @throws TypeError unless it is a list; RangeError when it is empty, a value is not finite, or the values span so much
 * that sums of their differences overflow.
 */
export function sortedValues(owner: string, values: ArrayLike<number>): Float64Array {
  if (typeof values !== "object" || values === null || !Number.isInteger(values.length))
    throw new TypeError(`${owner}: the values are ${shown(values)}, and must be an array of numbers`);
  const { length } = values;
  if (length === 0) throw new RangeError(`${owner}: there are no values, and there must be one or more`);
  const sorted = new Float64Array(length);
  let isSorted = true;
  for (let i = 0; i < length; ++i) {
    const value = values[i]!;
    if (!Number.isFinite(value))
      throw new RangeError(`${owner}: value ${i} is ${shown(value)}, and must be a finite number`);
    sorted[i] = value + 0;
    if (i > 0 && sorted[i - 1]! > sorted[i]!) isSorted = false;
  }
  if (!isSorted) sorted.sort();
  const [least, most] = [sorted[0]!, sorted[length - 1]!];
  if (!Number.isFinite((most - least) * length))
    throw new RangeError(`${owner}: the values span from ${least} to ${most}, and must span less than 1.8e308 / count`);
  return sorted;
}
