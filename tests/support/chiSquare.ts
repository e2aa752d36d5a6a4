import * as assert from "uvu/assert";

/** Whether all counts are of one probability: Σ (observed − expected)² / expected, which is close to its degrees of freedom. */
export function expectUniform(counts: readonly number[]): void {
  const expected = counts.reduce((a, b) => a + b) / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  assert.ok(Math.abs(chiSquare - freedom) < 4 * Math.sqrt(2 * freedom), `χ² is ${chiSquare} at ${freedom} degrees`);
}
