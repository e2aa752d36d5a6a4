import { suite } from "uvu";
import * as assert from "uvu/assert";
import { naturalExponential } from "../../bindings/common/naturalExponential.js";
import { dirichlet } from "../../bindings/common/random/dirichlet.js";
import { logGamma } from "../../bindings/common/random/gamma.js";
import { Random } from "../../bindings/common/random/philox.js";

const numbers = suite("numbers that a search draws");

numbers("naturalExponential is eˣ to 1e-15 of it, and 0 and ∞ beyond doubles", () => {
  for (let x = -700; x < 709; x += 0.618) {
    assert.ok(Math.abs(naturalExponential(x) / Math.exp(x) - 1) < 1e-15, `${x}`);
  }
  assert.equal([0, -Infinity, -800, 800, Infinity, NaN].map(naturalExponential), [1, 0, 0, Infinity, Infinity, NaN]);
  assert.ok(naturalExponential(-740) > 0 && naturalExponential(-740) < 1e-320);
});

/** Mean, and mean square, of what is drawn. */
function momentsOf(draw: () => number, count: number): [number, number] {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < count; ++i) {
    const x = draw();
    sum += x;
    squares += x * x;
  }
  return [sum / count, squares / count];
}

numbers("gamma numbers of shape α have mean α and mean square α (α + 1)", () => {
  for (const shape of [0.1, 0.5, 1, 1.5, 4, 30]) {
    const random = new Random(1);
    const [mean, square] = momentsOf(() => Math.exp(logGamma(random, shape)), 40_000);
    const n = 40_000;
    assert.ok(Math.abs(mean - shape) < 5 * Math.sqrt(shape / n), `${shape}: ${mean}`);
    const fourth = shape * (shape + 1) * (shape + 2) * (shape + 3);
    const deviation = Math.sqrt((fourth - (shape * (shape + 1)) ** 2) / n);
    assert.ok(Math.abs(square - shape * (shape + 1)) < 5 * deviation, `${shape}: ${square}`);
  }
});

numbers("gamma numbers of shape 1 are exponential: a share e⁻ˣ is above x", () => {
  const random = new Random(2);
  const drawn = Array.from({ length: 20_000 }, () => Math.exp(logGamma(random, 1)));
  for (const x of [0.1, 0.5, 1, 2, 4]) {
    const share = drawn.filter((y) => y > x).length / drawn.length;
    assert.ok(Math.abs(share - Math.exp(-x)) < 0.016, `${x}: ${share}`);
  }
});

numbers("Dirichlet shares sum to 1, with mean 1/k and variance (k − 1) / (k² (kα + 1))", () => {
  const k = 5;
  for (const concentration of [0.03, 0.3, 1, 10]) {
    const random = new Random(3);
    const [sums, squares] = [new Float64Array(k), new Float64Array(k)];
    const n = 20_000;
    for (let i = 0; i < n; ++i) {
      const shares = dirichlet(random, k, concentration);
      assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-12);
      shares.forEach((share, j) => {
        assert.ok(share >= 0);
        sums[j]! += share / n;
        squares[j]! += share ** 2 / n;
      });
    }
    const variance = (k - 1) / (k ** 2 * (k * concentration + 1));
    for (let j = 0; j < k; ++j) {
      assert.ok(Math.abs(sums[j]! - 1 / k) < 5 * Math.sqrt(variance / n), `${concentration}: ${sums[j]}`);
      assert.ok(Math.abs(squares[j]! - sums[j]! ** 2 - variance) < 0.05 * variance, `${concentration}`);
    }
  }
});

numbers("Dirichlet shares of a concentration near 0 are those of one, and never NaN", () => {
  const random = new Random(4);
  for (let i = 0; i < 200; ++i) {
    const shares = dirichlet(random, 4, 1e-6);
    assert.ok(Math.max(...shares) > 0.999);
  }
});

numbers.run();
