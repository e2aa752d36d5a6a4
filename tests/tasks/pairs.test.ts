import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Vocabulary } from "../../bindings/common/vocabulary.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { fillPairs, pairLayout } from "../../bindings/tasks/fillPairs.js";
import { pairsTask, type Pair, type PairsTaskOptions } from "../../bindings/tasks/pairs.js";
import { thrownBy } from "../support/thrown.js";

const pairs: readonly Pair[] = Array.from({ length: 400 }, (_, i): Pair => {
  const word = Array.from({ length: 1 + (i % 20) }, (_, k) => "abc"[(i + k) % 3]!);
  return [word, word.slice(0, 1 + (i % 3)).map((letter) => letter.toUpperCase())];
});

const suiteOf = suite("pairsTask");

suiteOf("sources, what came before and targets stand where they belong", () => {
  const batch = new Batch(pairLayout);
  fillPairs(batch, [
    [[1, 2, 3], [4]],
    [[5], [6, 7]],
  ]);
  assert.equal(batch.dimensions, { source: 3, time: 3 });
  const fields = Object.fromEntries(
    batch.fields.map(({ name, data, time, size }) => [name, [...data.subarray(0, time * size * 2)]]),
  );
  assert.equal(fields, {
    source: [1, 5, 2, 0, 3, 0],
    inside: [1, 1, 1, 0, 1, 0],
    lengths: [3, 1],
    previous: [0, 0, 4, 6, 0, 7],
    targets: [4, 6, 0, 7, 0, 0],
    mask: [1, 1, 1, 1, 0, 1],
  });
  fillPairs(batch, [[[9], []]]); // smaller than before: nothing of it is left
  assert.equal(
    batch.fields.map(({ data, time }) => [...data.subarray(0, time)]),
    [[9], [1], [1], [0], [0], [1]],
  );
});

suiteOf("a batch's sources are of like length, and over many batches every pair comes", () => {
  const task = pairsTask({ pairs, bucket: 40 });
  const random = new Random(1);
  const batch = new Batch(pairLayout);
  const seen = new Set<string>();
  for (let i = 0; i < 300; ++i) {
    task.generate(random, 16, batch);
    const lengths = batch.block("lengths").subarray(0, 16);
    assert.ok(Math.max(...lengths) - Math.min(...lengths) <= 3, String(lengths));
    for (let row = 0; row < 16; ++row) {
      const numbers = Array.from({ length: lengths[row]! }, (_, t) => batch.block("source")[t * 16 + row]);
      seen.add(String(numbers));
    }
  }
  assert.is(seen.size, new Set(pairs.map(([source]) => String(source))).size);
});

suiteOf("its options make the same task of the same pairs only", () => {
  const task = pairsTask({ pairs, name: "letters", seed: 3 });
  assert.is(task.name, "letters");
  assert.equal(task.sourceSymbols, ["a", "b", "c"]);
  assert.equal(task.targetSymbols, ["A", "B", "C"]);
  assert.equal(pairsTask({ ...task.options, pairs }).options, task.options);
  const others = [...pairs.slice(1), pairs[0]!];
  assert.match(thrownBy(() => pairsTask({ ...task.options, pairs: others })).message, /CRC-32 is \d+, and must be \d+/);
});

suiteOf("refuses what are no pairs", () => {
  const refused: readonly (readonly [PairsTaskOptions, RegExp])[] = [
    [{ pairs: [] }, /must be an array of pairs, at least one/],
    [{ pairs: "ab" as never }, /pairs is "ab", and must be an array of pairs/],
    [{ pairs: [[[], ["A"]]] }, /pair 0 must be two arrays of symbols, the first not empty/],
    [{ pairs: [[["a"], "A" as never]] }, /pair 0 must be two arrays/],
    [{ pairs: [[["a"], ["A"]]], targetSymbols: ["B"] }, /target 0 holds "A", which is not in its vocabulary/],
    [{ pairs, bucket: 0 }, /bucket is 0/],
    [{ pairs, sourceSymbols: ["a", ""] }, /sourceSymbols is/],
  ];
  for (const [options, message] of refused) assert.match(thrownBy(() => pairsTask(options)).message, message);
  assert.match(thrownBy(() => fillPairs(new Batch(pairLayout), [])).message, /number of pairs is 0/);
  assert.match(thrownBy(() => fillPairs(new Batch(pairLayout), [[[], []]])).message, /source 0 is empty/);
});

suiteOf("a vocabulary counts from 1, and knows what it does not have", () => {
  const vocabulary = new Vocabulary(["x", "yy"]);
  assert.is(vocabulary.size, 3);
  assert.is(vocabulary.numberOf("yy"), 2);
  assert.is(vocabulary.numberOf("y"), undefined);
  assert.is(vocabulary.symbolOf(1), "x");
  assert.match(thrownBy(() => vocabulary.symbolOf(0)).message, /has no symbol 0/);
});

suiteOf.run();
