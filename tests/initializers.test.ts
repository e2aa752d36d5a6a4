/** Where parameters start. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { glorot, uniform, zeros } from "../bindings/layers/initializers.js";
import { Random } from "../bindings/common/random/philox.js";

const initializers = suite("initializers");
const N = 60_000;

/** Limits are reached, and no further; mean and variance are those of a uniform distribution. */
function expectUniform(values: Float32Array, limit: number): void {
  const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  assert.ok(most <= Math.fround(limit) && most > 0.999 * limit, `${most}, of ${limit}`);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + b * b, 0) / values.length;
  assert.ok(Math.abs(mean) < (4 * limit) / Math.sqrt(3 * values.length), `a mean of ${mean}`);
  const expected = limit ** 2 / 3;
  assert.ok(Math.abs(variance - expected) < 0.02 * expected, `a variance of ${variance}, not ${expected}`);
}

initializers("zeros are zeros", () => {
  const values = new Float32Array(5).fill(3);
  zeros(values, new Random(1), [5]);
  assert.equal([...values], [0, 0, 0, 0, 0]);
});

initializers("uniform goes from −limit to limit", () => {
  const values = new Float32Array(N);
  uniform(0.3)(values, new Random(2), [N]);
  expectUniform(values, 0.3);
});

for (const [inputs, outputs] of [
  [100, 600],
  [600, 100],
  [240, 250],
] as const) {
  initializers(
    `Glorot's variance of (${inputs}, ${outputs}) is 2 / (inputs + outputs), times the gain's square`,
    () => {
      for (const gain of [1, 0.5, 2]) {
        const values = new Float32Array(inputs * outputs);
        glorot(gain)(values, new Random(3), [inputs, outputs]);
        expectUniform(values, gain * Math.sqrt((3 * 2) / (inputs + outputs)));
      }
    },
  );
}
initializers.run();
