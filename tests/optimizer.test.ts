import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Status } from "../assembly/machine.js";
import { Opcode } from "../assembly/generated/opcodes.js";
import { Random } from "../bindings/common/random/philox.js";
import { array } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { runInstruction } from "./support/instruction.js";

const engine = await testEngine();
const sizes = [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 32, 33, 67];

function floats(random: Random, size: number, low = -2, high = 2): Float32Array {
  return Float32Array.from({ length: size }, () => random.uniform(low, high));
}

const expectClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, rtol = 1e-6, atol = 1e-7): void =>
  close(array([], Array.from(actual)), array([], Array.from(expected)), { rtol, atol });

interface Rule {
  opcode: Opcode;
  scalars: number[];
  stateSize(n: number): number;
  /** One step in f64, in place. */
  step(p: Float64Array, state: Float64Array, g: Float64Array, rate: number): void;
}

const [decay, momentum, epsilon] = [0.95, 0.9, 1e-4].map(Math.fround) as [number, number, number];
const [beta1, beta2, tiny] = [0.9, 0.999, 1e-8].map(Math.fround) as [number, number, number];

const adam = (weightDecay: number): Rule => ({
  opcode: Opcode.adam,
  scalars: [beta1, beta2, tiny, weightDecay],
  stateSize: (n) => 2 * n + 1,
  step(p, state, g, rate) {
    const n = p.length;
    const t = ++state[2 * n]!;
    for (let i = 0; i < n; ++i) {
      const m = (state[i] = beta1 * state[i]! + (1 - beta1) * g[i]!);
      const v = (state[n + i] = beta2 * state[n + i]! + (1 - beta2) * g[i]! ** 2);
      const change = m / (1 - beta1 ** t) / (Math.sqrt(v / (1 - beta2 ** t)) + tiny);
      p[i] = p[i]! - rate * (change + weightDecay * p[i]!);
    }
  },
});

const rules: Record<string, Rule> = {
  sgd: {
    opcode: Opcode.sgd,
    scalars: [momentum],
    stateSize: (n) => n,
    step(p, v, g, rate) {
      for (let i = 0; i < p.length; ++i) {
        v[i] = momentum * v[i]! + g[i]!;
        p[i] = p[i]! - rate * v[i]!;
      }
    },
  },
  rmsProp: {
    opcode: Opcode.rmsProp,
    scalars: [decay, momentum, epsilon],
    stateSize: (n) => 3 * n,
    step(p, state, gradient, rate) {
      const n = p.length;
      for (let i = 0; i < n; ++i) {
        const g = gradient[i]!;
        const square = (state[i] = decay * state[i]! + (1 - decay) * g ** 2);
        const mean = (state[n + i] = decay * state[n + i]! + (1 - decay) * g);
        const d = (state[2 * n + i] =
          momentum * state[2 * n + i]! - (rate * g) / Math.sqrt(square - mean ** 2 + epsilon));
        p[i] = p[i]! + d;
      }
    },
  },
  adam: adam(0),
  "adam with weight decay": adam(Math.fround(0.1)),
};

const optimizers = suite("an optimizer equals its formula in f64, between guard words");
for (const [name, { opcode, scalars, stateSize, step }] of Object.entries(rules)) {
  for (const n of sizes) {
    optimizers(`${name}, ${n} parameters, 20 steps`, () => {
      const random = new Random(n, 1);
      let p = floats(random, n);
      let state: Float32Array = new Float32Array(stateSize(n));
      const expected = Float64Array.from(p);
      const expectedState = new Float64Array(state.length);
      for (let t = 1; t <= 20; ++t) {
        const g = floats(random, n);
        const rate = Float32Array.of(0.02 / t);
        const before = { p, state, g, rate };
        const after = runInstruction(engine, opcode, before, { sizes: [n], scalars });
        step(expected, expectedState, Float64Array.from(g), rate[0]!);
        expectClose(after.p, expected, 1e-5, 1e-5);
        expectClose(after.state, expectedState, 1e-5, 1e-5);
        assert.equal(after.g, g);
        assert.equal(after.rate, rate);
        ({ p, state } = after);
      }
    });
  }
}
optimizers("rmsProp stays finite where rounding takes n below m²", () => {
  let p: Float32Array = new Float32Array(5);
  let state: Float32Array = new Float32Array(15);
  const g = Float32Array.of(1e4, -3e5, 7e6, 1e8, 3e9);
  for (let t = 0; t < 2000; ++t) {
    const operands = { p, state, g, rate: Float32Array.of(1e-3) };
    ({ p, state } = runInstruction(engine, Opcode.rmsProp, operands, { sizes: [5], scalars: rules.rmsProp!.scalars }));
  }
  assert.ok([...p, ...state].every(Number.isFinite));
});
optimizers("adam's first step is the learning rate, whatever the gradient", () => {
  const operands = {
    p: new Float32Array(5),
    state: new Float32Array(11),
    g: Float32Array.of(1e-3, -4, 1e9, -1e-4, 7),
    rate: Float32Array.of(0.5),
  };
  const { p } = runInstruction(engine, Opcode.adam, operands, { sizes: [5], scalars: rules.adam!.scalars });
  expectClose(p, [-0.5, 0.5, -0.5, 0.5, -0.5], 2e-4); // epsilon beside 1e-4
});
optimizers("adam corrects nothing any more after very many steps, and counts on", () => {
  const [p, g, rate] = [Float32Array.of(0), Float32Array.of(1), Float32Array.of(1)];
  const run = (t: number): { p: Float32Array; state: Float32Array } =>
    runInstruction(
      engine,
      Opcode.adam,
      { p, state: Float32Array.of(1, 1, t), g, rate },
      { sizes: [1], scalars: rules.adam!.scalars },
    );
  expectClose(run(1e6).p, [-1]);
  assert.is(run(1e6).state[2], 1e6 + 1);
  assert.is(run(2 ** 24).state[2], 2 ** 24);
});
optimizers.run();

const clipping = suite("clipping");
for (const n of sizes) {
  clipping(`clipByValue limits each of ${n} gradients`, () => {
    const g = floats(new Random(n, 2), n, -30, 30);
    const after = runInstruction(engine, Opcode.clipByValue, { g }, { sizes: [n], scalars: [10] });
    assert.equal(
      [...after.g],
      [...g].map((v) => Math.min(Math.max(v, -10), 10)),
    );
  });

  clipping(`globalNorm and clipByNorm, ${n} gradients`, () => {
    const g = floats(new Random(n, 3), n);
    const expected = Math.sqrt(g.reduce((sum, v) => sum + v * v, 0));
    const { norm } = runInstruction(engine, Opcode.globalNorm, { norm: new Float32Array(1), g }, { sizes: [n] });
    assert.is(norm[0], Math.fround(expected));
    const clip = (maximum: number): Float32Array =>
      runInstruction(engine, Opcode.clipByNorm, { g, norm }, { sizes: [n], scalars: [maximum] }).g;
    expectClose(
      clip(expected / 4),
      g.map((v) => v / 4),
    );
    assert.equal(clip(norm[0]!), g);
    assert.equal(clip(expected * 2), g);
  });
}
clipping("clipByValue keeps NaN", () => {
  const { g } = runInstruction(
    engine,
    Opcode.clipByValue,
    { g: Float32Array.of(NaN, Infinity, -Infinity, 1, NaN) },
    { sizes: [5], scalars: [2] },
  );
  assert.equal([...g], [NaN, 2, -2, 1, NaN]);
});
clipping("globalNorm of numbers whose squares no f32 holds", () => {
  for (const size of [1e30, 1e-30]) {
    const operands = { norm: new Float32Array(1), g: new Float32Array(9).fill(size) };
    expectClose(runInstruction(engine, Opcode.globalNorm, operands, { sizes: [9] }).norm, [3 * size], 1e-7, 0);
  }
});
clipping.run();

const sums = suite("sumBlocks adds in the order of the blocks");
for (const n of sizes) {
  for (const blocks of [1, 2, 3, 5]) {
    sums(`${blocks} blocks of ${n}`, () => {
      const stride = n + 3;
      const g = floats(new Random(n, 4), blocks * stride, -1, 1);
      const expected = g.slice();
      for (let b = 1; b < blocks; ++b) for (let i = 0; i < n; ++i) expected[i]! += g[b * stride + i]!; // rounds to f32
      const after = runInstruction(engine, Opcode.sumBlocks, { g }, { sizes: [stride, blocks, n] });
      assert.equal(after.g, expected);
    });
  }
}
sums.run();

const finite = suite("expectFinite finds NaN and ±∞ wherever they are");
for (const n of [1, 2, 3, 4, 5, 8, 11]) {
  finite(`among ${n}`, () => {
    const status = (x: Float32Array): Status =>
      runInstruction(engine, Opcode.expectFinite, { x }, { sizes: [n] }).status;
    const x = floats(new Random(n, 5), n, -3e38, 3e38);
    x[0] = 1e-40;
    assert.is(status(x), Status.done);
    for (let i = 0; i < n; ++i) {
      for (const bad of [NaN, Infinity, -Infinity])
        assert.is(status(x.with(i, bad)), Status.notFinite, `${bad} at ${i}`);
    }
  });
}
finite.run();
