import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import {
  added,
  bitsOf,
  drawExample,
  leastLeaves,
  merged,
  PROBLEMS,
  reversed,
  searched,
  sizesOf,
  sorted,
} from "../../bindings/systems/hierarchicalAttentiveMemory/treeProblems.js";
import { treeLayout } from "../../bindings/systems/hierarchicalAttentiveMemory/treeLayout.js";
import { treeTask } from "../../bindings/systems/hierarchicalAttentiveMemory/treeTask.js";
import { RecurrentNetwork } from "../../bindings/systems/recurrentNetwork/recurrentNetwork.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { train } from "../../bindings/training/train.js";
import { testEngine } from "../support/engine.js";

const trees = suite("treeTask");

trees("examples are what their problems say", () => {
  assert.equal(bitsOf(6, 4), [0, 1, 1, 0]);
  assert.equal(reversed([1, 2], 2), {
    input: [
      [0, 1],
      [1, 0],
    ],
    target: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  });
  // Keys 1, 0, 1 with values 0, 1, 1: of equal keys the first stays first.
  assert.equal(sorted([2, 1, 3], 2).target, [
    [0, 1, 0],
    [1, 0, 0],
    [1, 1, 0],
    [0, 0, 1],
  ]);
  assert.equal(searched([1, 2, 3], 1, 2), {
    input: [
      [0, 1, 0],
      [1, 0, 0],
      [1, 1, 0],
      [1, 0, 1],
    ],
    target: [null, [0, 0]],
  });
  const items = [30, 10, 20].map((priority, value) => ({ priority, value: value & 1 }));
  assert.equal(merged(items, 2, 2), {
    input: [
      [10 / 300, 1],
      [30 / 300, 0],
      [20 / 300, 0],
    ],
    target: [
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 1],
    ],
  });
  // 1 + 3 = 4, the lowest bit first, in every second access.
  const bit = (value: number): (number[] | null)[] => [null, [value, 0]];
  assert.equal(added([1, 0], [1, 1]).target, [...bit(0), ...bit(0), ...bit(1), null, [0, 1]]);
});

trees("instructions of a data structure are answered by it", () => {
  for (const problem of ["stack", "queue", "priority-queue"] as const) {
    const { input, target } = drawExample(new Random(3), problem, 40, 6);
    const held: number[][] = [];
    let pops = 0;
    input.forEach(([push, pop, ...bits], t) => {
      assert.is(push! + pop!, 1);
      if (push) {
        assert.is(target[t], null);
        held.push(bits);
        const priorities = held.map((each) => each.slice(0, 3).join());
        if (problem === "priority-queue") assert.is(new Set(priorities).size, held.length);
        return;
      }
      ++pops;
      if (problem === "priority-queue") held.sort((a, b) => (a.join() < b.join() ? -1 : 1));
      const taken = problem === "queue" ? held.shift()! : held.pop()!;
      assert.equal(target[t], problem === "priority-queue" ? taken.slice(3) : taken);
    });
    assert.ok(pops > 10);
    assert.is(input.at(-1)![1], 1, "the last is POP");
  }
});

trees("a batch has what leaves hold, and of a raw memory the instructions", () => {
  for (const problem of PROBLEMS) {
    const task = treeTask({ problem, bits: 4, maxLength: 8, seed: 2 });
    const { inputSize, outputSize } = sizesOf(problem, 4);
    assert.equal([task.inputSize, task.outputSize, task.leaves], [inputSize, outputSize, 8]);
    const batch = new Batch(treeLayout(task));
    task.generate(new Random(1), 5, batch, { length: 6 });
    assert.equal([...batch.block("depth").subarray(0, 5)], [3, 3, 3, 3, 3]);
    if (task.raw) assert.is(batch.time, 6);
    else assert.equal([...batch.block("used").subarray(0, 8)], [1, 1, 1, 1, 1, 1, 0, 0]);
    const sequences = new Batch({
      x: ["time", "batch", inputSize],
      targets: ["time", "batch", outputSize],
      mask: ["time", "batch"],
      inside: ["time", "batch"],
    });
    task.generate(new Random(1), 5, sequences, { length: 6 });
    assert.is(sequences.time, batch.time + (task.raw ? 0 : 6), "others read the leaves before they answer");
    const wanted = (of: Batch): number[] => [...of.targets.subarray(0, of.time * 5 * outputSize)].filter(Boolean);
    assert.is(wanted(sequences).length, wanted(batch).length);
  }
});

trees("the part of search's examples that is asked for has at most four different keys", () => {
  const options = { problem: "search", maxLength: 32, minLength: 32, seed: 2 } as const;
  const drawn = (fewKeys: number): { few: number; rows: number[] } => {
    const task = treeTask({ ...options, fewKeys });
    const batch = new Batch(treeLayout(task));
    task.generate(new Random(1), 200, batch);
    const rows = [...batch.block("x").subarray(0, 200 * 32 * task.inputSize)];
    const few = Array.from({ length: 200 }, (_, i) => {
      const keys = Array.from({ length: 31 }, (_, leaf) => {
        const at = (i * 32 + leaf) * task.inputSize;
        return parseInt(rows.slice(at, at + 5).join(""), 2);
      });
      assert.equal(
        keys,
        keys.toSorted((a, b) => a - b),
      );
      const query = (i * 32 + 31) * task.inputSize;
      assert.ok(
        keys.includes(parseInt(rows.slice(query, query + 5).join(""), 2)),
        "the key that is asked for is there",
      );
      return new Set(keys).size <= 4;
    });
    return { few: few.filter(Boolean).length, rows };
  };
  assert.is(drawn(0).few, 0);
  assert.is(drawn(1).few, 200);
  assert.ok(Math.abs(drawn(0.5).few - 100) < 30, `${drawn(0.5).few}`);
  assert.not.ok("fewKeys" in treeTask(options).options);
  assert.is(treeTask({ ...options, fewKeys: 0.5 }).options["fewKeys"], 0.5);
  assert.throws(() => treeTask({ problem: "sort", fewKeys: 0.5 }), /fewKeys is 0.5, and must be 0, since the problem/);
});

trees("with a curriculum the tree begins small and doubles", () => {
  for (const problem of PROBLEMS) {
    const task = treeTask({ problem, maxLength: 16, curriculum: 3, curriculumError: 0.1 });
    const { curriculum } = task;
    const first = Math.max(2, leastLeaves(problem));
    let progress = curriculum!.first;
    assert.is(2 ** progress[0]!, first, problem);
    const batch = new Batch(treeLayout(task));
    task.generate(new Random(1), 20, batch, { progress });
    assert.ok(
      batch
        .block("depth")
        .subarray(0, 20)
        .every((depth) => 2 ** depth === first),
    );
    for (let step = 0; step < 1000; ++step) progress = curriculum!.next(progress, { bitError: 0.2 });
    assert.is(2 ** progress[0]!, first, "not while there are errors");
    for (let step = 0; step < 1000; ++step) progress = curriculum!.next(progress, { bitError: 0 });
    assert.is(progress[0], 4, "and no further than the whole tree");
  }
});

trees("other models learn it, too", async () => {
  const engine = await testEngine();
  const task = treeTask({ bits: 4, maxLength: 4 });
  const { inputSize, outputSize } = task;
  const model = new RecurrentNetwork({ inputSize, outputSize, hiddenSize: 4 });
  for await (const { loss, sequenceError, bitError } of train(engine, model, task, { steps: 2 })) {
    assert.ok(loss > 0 && sequenceError <= 1 && bitError < 1);
  }
});

trees.run();
