/** The four tasks of the NTM paper beside copy: what is drawn is read back from the inputs alone. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { associativeRecallTask } from "../../bindings/tasks/associativeRecall.js";
import { dynamicNgramsTask } from "../../bindings/tasks/dynamicNgrams.js";
import { prioritySortTask } from "../../bindings/tasks/prioritySort.js";
import { repeatCopyTask } from "../../bindings/tasks/repeatCopy.js";
import { train } from "../../bindings/training/train.js";
import { draw } from "../support/drawn.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const repeat = suite("repeat copy");

repeat("wants all that is in front of the delimiter as often as the count says, then the marker", () => {
  const task = repeatCopyTask({ bits: 5, maxLength: 4, minRepeats: 2, maxRepeats: 6 });
  const seen = new Set<string>();
  for (const { inputs, targets, mask, length } of draw(task, 3, {}, 1, 80)) {
    const delimiter = inputs.findIndex((row) => row[5] === 1);
    const vectors = inputs.slice(0, delimiter).map((row) => row.slice(0, 5));
    const scaled = inputs[delimiter + 1]![6]!;
    const count = Math.round(scaled * Math.sqrt((25 - 1) / 12) + 4); // of 2 to 6: mean 4, variance 2
    seen.add(`${vectors.length} ${count}`);
    const copies = Array.from({ length: count }).flatMap(() => vectors.map((row) => [...row, 0]));
    const answer = delimiter + 2;
    assert.equal(targets.slice(answer), [...copies, [0, 0, 0, 0, 0, 1]]);
    assert.is(length, answer + copies.length + 1);
    assert.equal(mask, [...new Array<number>(answer).fill(0), ...new Array<number>(copies.length + 1).fill(1)]);
    assert.equal(targets.slice(0, answer).flat().filter(Boolean), []);
    assert.equal(inputs.slice(answer).flat().filter(Boolean), []);
    assert.equal(inputs.flatMap((row) => row.slice(6)).filter(Boolean).length, scaled ? 1 : 0);
  }
  assert.is(seen.size, 4 * 5, "every length with every count");
});

repeat("has the count's scale of training also beyond its range", () => {
  const task = repeatCopyTask();
  const [{ inputs, targets }] = draw(task, 1, { length: 3, repeats: 20 }) as [ReturnType<typeof draw>[0]];
  assert.ok(Math.abs(inputs[4]![9]! - (20 - 5.5) / 2.8722813) < 1e-6);
  assert.is(targets.length, 3 + 2 + 60 + 1);
});

repeat("a fixed count is scaled to 0, and not to NaN", () => {
  const [{ inputs }] = draw(repeatCopyTask({ minRepeats: 3, maxRepeats: 3 }), 1) as [ReturnType<typeof draw>[0]];
  assert.ok(inputs.flat().every(Number.isFinite));
});
repeat.run();

const recall = suite("associative recall");

recall("wants the item behind the one that is asked for", () => {
  const task = associativeRecallTask({ bits: 6, itemLength: 3, minItems: 2, maxItems: 6 });
  const seen = new Set<string>();
  for (const { inputs, targets, mask } of draw(task, 4, {}, 2, 60)) {
    const query = inputs.findIndex((row) => row[7] === 1);
    const end = inputs.findLastIndex((row) => row[7] === 1);
    assert.is(end, query + 4);
    const bits = (from: number): string =>
      inputs
        .slice(from, from + 3)
        .map((row) => row.slice(0, 6).join(""))
        .join();
    const starts = inputs.flatMap((row, step) => (row[6] === 1 ? [step] : []));
    assert.equal(
      starts,
      Array.from({ length: query / 4 }, (_, item) => 4 * item),
    );
    const items = starts.map((start) => bits(start + 1));
    const asked = items.indexOf(bits(query + 1));
    assert.ok(asked >= 0 && asked < items.length - 1);
    seen.add(`${items.length} ${asked}`);
    const wanted = targets
      .slice(end + 1)
      .map((row) => row.join(""))
      .join();
    assert.is(wanted, items[asked + 1]);
    assert.equal(mask, [...new Array<number>(end + 1).fill(0), 1, 1, 1]);
    assert.equal(
      inputs
        .slice(end + 1)
        .flat()
        .filter(Boolean),
      [],
    );
    assert.equal(
      targets
        .slice(0, end + 1)
        .flat()
        .filter(Boolean),
      [],
    );
  }
  assert.is(seen.size, 1 + 2 + 3 + 4 + 5, "every item but the last of every number of them");
});
recall.run();

const ngrams = suite("dynamic N-grams");

ngrams("wants the next bit, and knows what the best predictor says of it", () => {
  const task = dynamicNgramsTask({ context: 2, length: 60 });
  for (const { inputs, targets, mask } of draw(task, 20)) {
    const bits = [...inputs.map(([bit]) => bit!), targets.at(-1)![0]!];
    assert.is(bits.length, 60);
    targets.forEach(([bit, probability], step) => {
      const next = step + 1;
      assert.is(bit, bits[next]);
      assert.is(mask[step], Number(next >= 2));
      if (next < 2) return assert.is(probability, 1);
      let [same, all] = [0, 0]; // what followed this context before
      for (let t = 2; t < next; ++t) {
        if (bits[t - 2] !== bits[next - 2] || bits[t - 1] !== bits[next - 1]) continue;
        ++all;
        if (bits[t] === bit) ++same;
      }
      assert.is(probability, Math.fround((same + 0.5) / (all + 1)));
    });
  }
});

ngrams("the best predictor needs 127.5 bits for the 195 that can be predicted", () => {
  const drawn = draw(dynamicNgramsTask(), 4000, {}, 3);
  const bits = drawn.map(({ targets, mask }) =>
    targets.reduce((sum, [, probability], step) => sum - mask[step]! * Math.log2(probability!), 0),
  );
  const mean = bits.reduce((a, b) => a + b, 0) / bits.length;
  assert.ok(Math.abs(mean - 127.5) < 3, String(mean)); // their mean deviates by 0.6, and that of the 2,000 behind 127.5 by 0.8
});

ngrams("its metrics are those bits, and the model's cross-entropy in bits", async () => {
  const task = dynamicNgramsTask({ length: 30, seed: 5 });
  const model = new NeuralTuringMachine({ inputSize: 1, outputSize: 1, hiddenSize: 4, slots: 5, width: 3, seed: 1 });
  const engine = await testEngine();
  for await (const { loss, bits, optimalBits } of train(engine, model, task, { batch: 10, steps: 1 })) {
    assert.ok(Math.abs(bits - loss / Math.LN2) < 1e-4);
    const expected = draw(task, 10, {}, 5).map(({ targets, mask }) =>
      targets.reduce((sum, [, probability], step) => sum - mask[step]! * Math.log2(probability!), 0),
    );
    assert.ok(Math.abs(optimalBits - expected.reduce((a, b) => a + b, 0) / 10) < 1e-3);
    assert.ok(bits > optimalBits);
  }
  engine.dispose();
});

ngrams("contexts are followed by a 1 as often as Beta(1/2, 1/2) says", () => {
  // A table of one context of one bit is seen so often that its frequency is its probability.
  const task = dynamicNgramsTask({ context: 1, length: 1000 });
  const shares = draw(task, 400, {}, 7).flatMap(({ inputs }) => {
    const after = [
      [0, 0],
      [0, 0],
    ] as [number[], number[]];
    for (let t = 1; t < inputs.length; ++t) ++after[inputs[t - 1]![0]! as 0 | 1][inputs[t]![0]!]!;
    return after.filter(([a, b]) => a! + b! > 300).map(([zeros, ones]) => ones! / (zeros! + ones!));
  });
  const below = (x: number): number => shares.filter((share) => share < x).length / shares.length;
  for (const x of [0.1, 0.25, 0.75]) {
    const expected = (2 / Math.PI) * Math.asin(Math.sqrt(x));
    assert.ok(Math.abs(below(x) - expected) < 0.09, `${below(x)} of the shares are below ${x}, not ${expected}`);
  }
});
ngrams.run();

const sort = suite("priority sort");

sort("wants the vectors of highest priority, the highest first", () => {
  const task = prioritySortTask({ bits: 8, vectors: 9, wanted: 6 });
  for (const { inputs, targets, mask } of draw(task, 30)) {
    const given = inputs.slice(0, 9);
    assert.ok(given.every((row) => row[8]! >= -1 && row[8]! < 1 && row[9] === 0));
    assert.equal(inputs[9], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    const sorted = [...given].sort((a, b) => b[8]! - a[8]!).slice(0, 6);
    assert.equal(
      targets.slice(10),
      sorted.map((row) => row.slice(0, 8)),
    );
    assert.equal(mask, [...new Array<number>(10).fill(0), 1, 1, 1, 1, 1, 1]);
    assert.equal(inputs.slice(10).flat().filter(Boolean), []);
  }
});
sort.run();

const tasks = [repeatCopyTask(), associativeRecallTask(), dynamicNgramsTask(), prioritySortTask()];
const all = suite("tasks of the NTM paper");

for (const task of tasks) {
  all(`${task.name}: a stream gives the same sequences again, and another stream others`, () => {
    assert.equal(draw(task, 3), draw(task, 3));
    assert.not.equal(draw(task, 3), draw(task, 3, {}, 2));
    for (const { inputs, length } of draw(task, 3)) assert.is(length, inputs.length);
  });
}

const refused: readonly (readonly [make: () => unknown, message: RegExp])[] = [
  [
    () => repeatCopyTask({ minRepeats: 3, maxRepeats: 2 }),
    /minRepeats is 3, and must be at most maxRepeats, which is 2/,
  ],
  [() => repeatCopyTask({ minLength: 9, maxLength: 2 }), /minLength is 9, and must be at most maxLength/],
  [() => associativeRecallTask({ minItems: 1 }), /minItems is 1, and must be a whole number from 2/],
  [() => associativeRecallTask({ minItems: 7 }), /minItems is 7, and must be at most maxItems, which is 6/],
  [() => dynamicNgramsTask({ length: 5 }), /length is 5, and must be a whole number from 6/],
  [() => dynamicNgramsTask({ context: 17 }), /context is 17, and must be a whole number from 1 to 16/],
  [() => prioritySortTask({ vectors: 5 }), /wanted is 16, and must be at most vectors, which is 5/],
  [() => prioritySortTask({ vectorz: 5 } as never), /no option "vectorz"; it has bits, vectors/],
  [() => draw(prioritySortTask(), 0), /count is 0, and must be a whole number from 1/],
];
for (const [make, message] of refused)
  all(`refused: ${message.source}`, () => assert.match(thrownBy(make).message, message));
all.run();
