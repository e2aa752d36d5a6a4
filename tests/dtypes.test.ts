import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { fromHalf, toHalf } from "../bindings/checkpoint/half.js";
import { decodeSafetensors, encodeSafetensors } from "../bindings/checkpoint/safetensors.js";
import { compileModel } from "../bindings/compile.js";
import { factorsOf, quantize, widened } from "../bindings/compiled/int8.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { load } from "../bindings/load.js";
import { Random } from "../bindings/common/random/philox.js";
import { AttentionSeq2Seq } from "../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { train } from "../bindings/training/train.js";
import { generate } from "../bindings/decode.js";
import { testEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const all = Uint16Array.from({ length: 0x1_0000 }, (_, half) => half);
const isNumber = (half: number): boolean => (half & 0x7c00) !== 0x7c00;

/** IEEE 754, word for word. */
function meaning(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(half >> 10) & 31, half & 1023];
  return sign * (exponent ? 2 ** (exponent - 25) * (1024 + fraction) : 2 ** -24 * fraction);
}

const halves = suite("half precision");

halves("every half has its number, and what is no number is NaN", () => {
  const numbers = fromHalf(all);
  for (const half of all) assert.ok(Object.is(numbers[half], isNumber(half) ? meaning(half) : NaN), `${half}`);
});

halves("every half comes back, and what lies between two is the nearer, of equals the even", () => {
  const finite = all.filter(isNumber);
  assert.equal(toHalf("it", fromHalf(finite)), finite);
  for (let half = 0; half < 0x7bff; ++half) {
    const [low, high] = [meaning(half), meaning(half + 1)];
    const middle = (low + high) / 2;
    const quarter = (high - low) / 4;
    const given = Float32Array.of(middle, middle - quarter, middle + quarter, -middle);
    const even = half + (half & 1);
    assert.equal([...toHalf("it", given)], [even, half, half + 1, even | 0x8000], `${half}`);
  }
});

halves("what is too large is refused", () => {
  assert.equal([...toHalf("it", Float32Array.of(65519, -65519))], [0x7bff, 0xfbff]);
  for (const value of [65520, -65520, 3e38]) {
    assert.throws(() => toHalf("it", Float32Array.of(value)), /^it holds -?\d.*, and f16 holds at most 65504$/);
  }
});

halves.run();

const saved = suite("a model saved in half precision");
const task = copyTask({ bits: 4, maxLength: 4, seed: 9 });
const model = new NeuralTuringMachine({ inputSize: 5, outputSize: 4, hiddenSize: 6, slots: 8, width: 4, seed: 2 });

saved("takes half of the bytes, and each parameter is the nearest half", () => {
  const [single, half] = [save(model, { task }), save(model, { task, dtype: "f16" })];
  assert.ok(Math.abs(single.length - half.length - 2 * model.parameterCount) <= 16); // headers have other digits
  assert.equal(load(half).parameters.values, fromHalf(toHalf("it", model.parameters.values)));
  assert.equal(save(load(half), { task, dtype: "f16" }), half);
});

saved("is no file to go on training from, and has no other types", async () => {
  const training = train(engine, new NeuralTuringMachine(model.options), task, { batch: 2, steps: 1 });
  const record = training.checkpoint();
  const { loadCheckpoint } = await import("../bindings/load.js");
  const { training: state } = loadCheckpoint(record);
  assert.throws(() => save(model, { training: state!, dtype: "f16" }), /leave dtype out/);
  assert.throws(() => save(model, { dtype: "int8" as "f16" }), /save: dtype is "int8", and must be "f32" or "f16"/);
});

saved("a parameter that is too large for it is named", () => {
  const large = new NeuralTuringMachine(model.options);
  large.parameters.set(large.parameters.values.map((_, i) => (i ? 0 : 7e4)));
  assert.throws(() => save(large, { dtype: "f16" }), /^save: "[\w.]+" holds 70000, and f16/);
});

saved("infinity in a file is refused", () => {
  const { tensors, metadata } = decodeSafetensors(save(model));
  const { crc32: _, ...rest } = metadata;
  const infinite = new Map(
    [...tensors].map(([name, { shape, data }]) => [name, { shape, data: new Uint16Array(data.length).fill(0x7c00) }]),
  );
  const file = encodeSafetensors({ tensors: infinite, metadata: rest });
  assert.match(thrownBy(() => load(file)).message, /holds numbers that are not finite/);
});

saved.run();

const whole = suite("weights as whole numbers");

whole("each is the nearest multiple of its row's factor, and the largest of a row is exact", () => {
  const random = new Random(4);
  const weights = Float32Array.from({ length: 60 }, (_, i) => random.uniform(-1, 1) * 10 ** Math.floor(i / 12));
  const { numbers, factors } = quantize(weights, 5);
  const back = widened({ numbers, factors });
  for (let row = 0; row < 5; ++row) {
    const own = numbers.subarray(row * 12, (row + 1) * 12);
    assert.is(Math.max(...own.map(Math.abs)), 127);
    for (let i = row * 12; i < (row + 1) * 12; ++i) {
      assert.ok(Math.abs(back[i]! - weights[i]!) <= 0.5001 * factors[row]!, `${i}`);
    }
  }
});

whole("rows of zeros and of what is next to nothing are zeros", () => {
  const { numbers, factors } = quantize(Float32Array.of(0, 0, 1e-45, -1e-45), 2);
  assert.equal([...widened({ numbers, factors })].map(Math.abs), [0, 0, 0, 0]);
});

whole.run();

const compiled = suite("a compiled model in fewer bytes");
const letters = [..."abcdefgh"];
const seq2seq = new AttentionSeq2Seq({ sourceSymbols: letters, targetSymbols: letters, hiddenSize: 24, seed: 5 });

for (const dtype of ["f16", "int8"] as const) {
  compiled(`${dtype}: runs as the model does whose weights were rounded alike`, () => {
    const [single, small] = [compileModel(seq2seq), compileModel(seq2seq, { dtype })];
    assert.ok(small.length < single.length - (dtype === "f16" ? 1.9 : 2.7) * seq2seq.parameterCount);
    const loaded = loadCompiled(small);
    const rounded = new AttentionSeq2Seq(seq2seq.options);
    rounded.parameters.set(Float32Array.from(loaded.parameters.flatMap(({ values }) => [...values])));
    assert.is(loaded.parameterCount, seq2seq.parameterCount);
    const source = [..."abcabc"].map((symbol) => seq2seq.source.numberOf(symbol)!);
    const [{ choices, score }] = generate(loaded, engine, [source], { limit: 9 }) as [ReturnType<typeof generate>[0]];
    const [expected] = rounded.run(engine, ["abcabc"], { limit: 9 });
    assert.is(score, expected!.score);
    assert.ok(choices.length > 0);
  });
}

compiled("biases keep every bit in int8", () => {
  const loaded = loadCompiled(compileModel(seq2seq, { dtype: "int8" }));
  for (const parameter of seq2seq.parameters.parameters) {
    if (parameter.shape.length > 1) continue;
    const { values } = loaded.parameters.find(({ path }) => path === parameter.path)!;
    assert.equal(values, seq2seq.parameters.valuesOf(parameter), parameter.path);
  }
});

compiled("whole numbers without their factors, and factors that are no numbers, are refused", () => {
  const { tensors, metadata } = decodeSafetensors(compileModel(seq2seq, { dtype: "int8" }), "it", {
    F32: [4, (buffer) => new Float32Array(buffer)],
    I32: [4, (buffer) => new Int32Array(buffer)],
    I8: [1, (buffer) => new Int8Array(buffer)],
  });
  const { crc32: _, ...rest } = metadata;
  const name = factorsOf(seq2seq.parameters.parameters.find(({ shape }) => shape.length > 1)!.path);
  const { shape, data } = tensors.get(name)!;
  const refusedWith = (factors: Float32Array<ArrayBuffer> | undefined): void => {
    const changed = new Map(tensors);
    if (factors) changed.set(name, { shape: [factors.length], data: factors });
    else changed.delete(name);
    const file = encodeSafetensors({ tensors: changed, metadata: rest });
    assert.match(thrownBy(() => loadCompiled(file)).message, /it has no "factors of|not finite/);
  };
  refusedWith(undefined);
  refusedWith(Float32Array.from(data).subarray(1));
  refusedWith(Float32Array.from(data, () => NaN));
  refusedWith(Float32Array.from(data, () => 3e38));
  assert.is(shape.length, 1);
});

compiled("a type that there is not is refused", () => {
  assert.throws(
    () => compileModel(seq2seq, { dtype: "int4" as "int8" }),
    /dtype is "int4", and must be "f32" or "f16"/,
  );
});

compiled.run();
