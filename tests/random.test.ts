import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Opcode } from "../assembly/generated/opcodes.js";
import { normal } from "../bindings/common/random/normal.js";
import { philox, Random } from "../bindings/common/random/philox.js";
import { expectUniform } from "./support/chiSquare.js";
import { testEngine } from "./support/engine.js";
import { runInstruction } from "./support/instruction.js";

const engine = await testEngine();

/** A stream as it stands in memory. */
function streamAt(seed: number, number: number, position: number): Uint32Array {
  return Uint32Array.of(seed, number, position, Math.floor(position / 2 ** 32));
}

function draw(opcode: Opcode, count: number, stream: Uint32Array, scalars: number[] = []): Float32Array {
  const y = new Float32Array(count);
  return runInstruction(engine, opcode, { y, stream }, { sizes: [count], scalars }).y;
}

const sizes = [1, 2, 3, 4, 5, 7, 8, 17, 31, 32, 33, 67];
const positions = [0, 1, 2, 3, 4, 5, 4 * 2 ** 32 - 6, 2 ** 52 + 1]; // the last but one carries into the second word

const known = suite("Philox4x32-10 gives the known answers of Random123");
const answers: [counter: number[], key: [number, number], words: number[]][] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [Array(4).fill(0xffffffff), [0xffffffff, 0xffffffff], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];
for (const [counter, key, words] of answers) {
  known(`counter ${counter.map((word) => word.toString(16))}`, () => {
    const block = Uint32Array.from(counter);
    philox(block, ...key);
    assert.equal([...block], words);
  });
}
known("of counter 0, the kernel's bits", () => {
  const bits = draw(Opcode.bits, 128, streamAt(0, 0, 0));
  const words = [0, 1, 2, 3].map((w) =>
    bits.slice(32 * w, 32 * w + 32).reduce((word, bit, i) => word + bit * 2 ** i, 0),
  );
  assert.equal(words, answers[0]![2]);
});
known.run();

const same = suite("kernels draw what the host draws, bit for bit, between guard words");
for (const position of positions) {
  same(`from position ${position}`, () => {
    for (const n of sizes) {
      const stream = streamAt(0xdeadbeef, 7, position);
      const random = new Random(0xdeadbeef, 7, position);
      assert.equal(
        draw(Opcode.uniform, n, stream, [0, 1]),
        Float32Array.from({ length: n }, () => random.uniform()),
      );
      const [low, high] = [Math.fround(-0.3), Math.fround(1.7)];
      random.position = position;
      const expected = Float32Array.from({ length: n }, () => random.uniform(low, high));
      assert.equal(draw(Opcode.uniform, n, stream, [low, high]), expected);
      random.position = position;
      const words = Array.from({ length: Math.ceil(n / 32) }, () => random.word());
      const bits = Float32Array.from({ length: n }, (_, i) => (words[i >>> 5]! >>> (i & 31)) & 1);
      assert.equal(draw(Opcode.bits, n, stream), bits);
    }
  });
}
for (const n of [0, ...sizes, 1000]) {
  same(`permutation of ${n}, and the stream behind it`, () => {
    for (const position of [0, 3]) {
      const random = new Random(5, n, position);
      const operands = { y: new Float32Array(n), next: new Uint32Array(4), stream: streamAt(5, n, position) };
      const { y, next } = runInstruction(engine, Opcode.permutation, operands, { sizes: [n] });
      assert.equal([...y], [...random.permutation(n)]);
      assert.equal(next, streamAt(5, n, random.position));
    }
  });
}
same("a permutation so long that words are passed over: those that would make an exchange likelier", () => {
  const n = 200_000;
  const random = new Random(5, n, 3);
  const operands = { y: new Float32Array(n), next: new Uint32Array(4), stream: streamAt(5, n, 3) };
  const { y, next } = runInstruction(engine, Opcode.permutation, operands, { sizes: [n] });
  // By hand, from the words alone.
  const words = new Random(5, n, 3);
  const expected = Float32Array.from({ length: n }, (_, i) => i);
  let passed = 0;
  for (let i = n - 1; i > 0; --i) {
    let word = words.word();
    for (; word >= 2 ** 32 - (2 ** 32 % (i + 1)); ++passed) word = words.word();
    const j = word % (i + 1);
    [expected[i], expected[j]] = [expected[j]!, expected[i]!];
  }
  assert.ok(passed > 0, "with this seed, words are passed over");
  assert.ok(Buffer.compare(Buffer.from(y.buffer), Buffer.from(expected.buffer)) === 0, "the order is another");
  assert.equal(next, streamAt(5, n, words.position));
  assert.equal(Float32Array.from(random.permutation(n)), expected);
  assert.is(random.position, words.position);
});
same("advance gives the stream behind, over the carry", () => {
  for (const position of positions) {
    const operands = { next: new Uint32Array(4), stream: streamAt(1, 2, position) };
    const { next } = runInstruction(engine, Opcode.advance, operands, { sizes: [13] });
    assert.equal(next, streamAt(1, 2, position + 13));
  }
});
same.run();

const entering = suite("a stream entered anywhere gives the same numbers");
for (const [name, opcode, scalars] of [
  ["uniform", Opcode.uniform, [2, 5]],
  ["normal", Opcode.normal, [1, 3]],
] as const) {
  entering(name, () => {
    const all = draw(opcode, 67, streamAt(3, 4, 0), [...scalars]);
    for (let from = 0; from < 20; ++from) {
      for (const n of [1, 2, 3, 4, 5, 17]) {
        assert.equal(draw(opcode, n, streamAt(3, 4, from), [...scalars]), all.slice(from, from + n));
      }
    }
  });
}
entering.run();

/** Box–Muller in f64 on the words the kernel uses. */
function normals(random: Random, count: number): Float64Array {
  const y = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    const [even, odd] = [random.word(), random.word()];
    const u = Math.fround(Math.fround(even) * 2 ** -32 + 2 ** -33);
    const angle = 2 * Math.PI * ((odd >>> 8) / 2 ** 24);
    const radius = Math.sqrt(-2 * Math.log(u));
    y[i] = radius * Math.cos(angle);
    if (i + 1 < count) y[i + 1] = radius * Math.sin(angle);
  }
  return y;
}

const distributions = suite("distributions");
const N = 200_000;
distributions("normal equals Box–Muller in f64", () => {
  const y = draw(Opcode.normal, N, streamAt(11, 0, 0), [0, 1]);
  normals(new Random(11, 0), N).forEach((expected, i) => {
    const error = Math.abs(y[i]! - expected);
    if (error > Math.abs(expected) * 4 * 2 ** -24 + 1e-14)
      throw new Error(`number ${i} is ${y[i]}, and must be ${expected}`);
  });
});
distributions("normal has mean 0, variance 1, skewness 0, kurtosis 3, and no correlation with its neighbour", () => {
  const y = draw(Opcode.normal, N, streamAt(12, 0, 0), [0, 1]);
  const moment = (f: (v: number, i: number) => number): number => y.reduce((sum, v, i) => sum + f(v, i), 0) / N;
  const within = (actual: number, expected: number, variance: number): void =>
    assert.ok(Math.abs(actual - expected) < 4 * Math.sqrt(variance / N), `${actual} is too far from ${expected}`);
  within(
    moment((v) => v),
    0,
    1,
  );
  within(
    moment((v) => v ** 2),
    1,
    2,
  );
  within(
    moment((v) => v ** 3),
    0,
    15,
  );
  within(
    moment((v) => v ** 4),
    3,
    96,
  );
  within(
    moment((v, i) => v * (y[i + 1] ?? 0)),
    0,
    1,
  );
  within(
    moment((v) => Number(Math.abs(v) > 3)),
    0.0026998,
    0.0026925,
  );
});
distributions("normal(random) has the moments, the parts and the tails of N(0, 1)", () => {
  const random = new Random(17);
  const y = Float64Array.from({ length: N }, () => normal(random));
  const within = (what: string, f: (v: number, i: number) => number, expected: number, variance: number): void => {
    const mean = y.reduce((sum, v, i) => sum + f(v, i), 0) / N;
    assert.ok(Math.abs(mean - expected) < 4 * Math.sqrt(variance / N), `${what} is ${mean}, and must be ${expected}`);
  };
  within("the mean", (v) => v, 0, 1);
  within("the variance", (v) => v ** 2, 1, 2);
  within("the skewness", (v) => v ** 3, 0, 15);
  within("the kurtosis", (v) => v ** 4, 3, 96);
  within("the correlation of neighbours", (v, i) => v * (y[i + 1] ?? 0), 0, 1);
  // P(|v| > z), from tables
  const tails = {
    0.5: 0.617075,
    1: 0.317311,
    1.5: 0.133614,
    2: 0.0455003,
    2.5: 0.0124193,
    3: 0.0026998,
    3.5: 0.000465258,
  };
  for (const [z, p] of Object.entries(tails)) {
    within(`the part beyond ±${z}`, (v) => Number(Math.abs(v) > Number(z)), p, p * (1 - p));
  }
  assert.ok(y.some((v) => v > 4) && y.some((v) => v < -4), "12 are expected beyond ±4");
});
distributions("normal(random) fills 100 bins of equal probability evenly", () => {
  // Φ by Simpson's rule, in steps fine enough for ten digits
  const density = (v: number): number => Math.exp((-v * v) / 2) / Math.sqrt(2 * Math.PI);
  const cumulative = (v: number): number => {
    const h = v / 200;
    let sum = density(0) + density(v);
    for (let i = 1; i < 200; ++i) sum += (i % 2 ? 4 : 2) * density(i * h);
    return 0.5 + (sum * h) / 3;
  };
  const random = new Random(18);
  const counts = Array<number>(100).fill(0);
  for (let i = 0; i < N; ++i) ++counts[Math.min(99, Math.floor(100 * cumulative(normal(random))))]!;
  expectUniform(counts);
});
distributions("normal(random) goes on where the stream stands", () => {
  const random = new Random(19);
  for (let i = 0; i < 100; ++i) {
    const again = new Random(19, 0, random.position);
    assert.is(normal(random), normal(again));
    assert.is(random.position, again.position);
  }
});
distributions("normal takes mean and deviation", () => {
  const standard = draw(Opcode.normal, 67, streamAt(13, 0, 0), [0, 1]);
  const y = draw(Opcode.normal, 67, streamAt(13, 0, 0), [5, 0.25]);
  assert.equal(
    y,
    standard.map((v) => Math.fround(v * 0.25) + 5),
  );
});

distributions("uniform fills 100 bins evenly, and stays in [0, 1)", () => {
  const counts = Array<number>(100).fill(0);
  for (const u of draw(Opcode.uniform, N, streamAt(14, 0, 0), [0, 1])) ++counts[Math.floor(u * 100)]!;
  assert.is(counts.length, 100);
  expectUniform(counts);
});
distributions("bits: all 256 bytes are equally likely", () => {
  const bits = draw(Opcode.bits, N, streamAt(15, 0, 0));
  const counts = Array<number>(256).fill(0);
  for (let i = 0; i < N; i += 8) ++counts[bits.subarray(i, i + 8).reduce((byte, bit) => 2 * byte + bit, 0)]!;
  expectUniform(counts);
});
distributions("permutation: all 24 orders of four are equally likely", () => {
  const counts = new Map<string, number>();
  let stream = streamAt(16, 0, 0);
  for (let i = 0; i < 2400; ++i) {
    const operands = { y: new Float32Array(4), next: stream, stream };
    const drawn = runInstruction(engine, Opcode.permutation, operands, { sizes: [4] });
    stream = drawn.next;
    counts.set(String(drawn.y), (counts.get(String(drawn.y)) ?? 0) + 1);
  }
  assert.is(counts.size, 24);
  expectUniform([...counts.values()]);
});
distributions.run();
