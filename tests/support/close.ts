import type { NDArray } from "./array.js";

/** Throws at the first element that is further from `expected` than atol + rtol·|expected|. NaN equals NaN. */
export function close(actual: NDArray, expected: NDArray, { rtol = 1e-5, atol = 1e-6 } = {}): void {
  if (actual.data.length !== expected.data.length) {
    throw new Error(`has ${actual.data.length} elements, and must have ${expected.data.length}`);
  }
  expected.data.forEach((e, i) => {
    const a = actual.data[i]!;
    const same = Object.is(a, e) || a === e || (Number.isNaN(a) && Number.isNaN(e));
    if (!same && !(Math.abs(a - e) <= atol + rtol * Math.abs(e))) {
      throw new Error(`element ${i} is ${a}, and must be ${e} within ${atol} + ${rtol}·|${e}|`);
    }
  });
}
