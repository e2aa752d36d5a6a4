/** What all tasks of the paper on Adaptive Computation Time have in common. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../../bindings/common/random/philox.js";
import { additionTask, logicTask, parityTask, sortTask, textTask } from "../../bindings/tasks.js";
import type { GenerateOptions, Task } from "../../bindings/tasks/task.js";
import { train } from "../../bindings/training/train.js";
import { answered, drawn, sequencesOf } from "../support/answered.js";
import { uniform } from "../support/array.js";
import { testEngine } from "../support/engine.js";
import { judgeBits, judgeClasses, judged, type Judge } from "../support/taskAnswers.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const text = "The paper suggests enforcing a minimum gap between values.";

interface Row {
  readonly task: Task;
  readonly again: (options: never) => { readonly options: unknown };
  readonly judge: Judge;
}

const rows: Record<string, Row> = {
  parity: { task: parityTask({ bits: 16, seed: 3 }), again: parityTask, judge: judgeBits },
  logic: { task: logicTask({ maxLength: 5, maxGates: 4, seed: 3 }), again: logicTask, judge: judgeBits },
  addition: { task: additionTask({ minLength: 2, maxDigits: 3, seed: 3 }), again: additionTask, judge: judgeClasses },
  sort: { task: sortTask({ maxLength: 6, seed: 3 }), again: sortTask, judge: judgeClasses },
  text: {
    task: textTask({ text, length: 12, seed: 3 }),
    again: (options: object) => textTask({ ...options, text }),
    judge: judgeClasses,
  },
};

for (const [name, { task, again, judge }] of Object.entries(rows)) {
  const own = suite(name);
  own("has its name, and options that make it again", () => {
    assert.is(task.name, name);
    assert.is(task.seed, 3);
    const options = JSON.parse(JSON.stringify(task.options)) as never;
    assert.equal(options, task.options);
    assert.equal(again(options).options, task.options);
  });
  own("the same stream gives the same sequences, and another gives others", () => {
    assert.equal(sequencesOf(drawn(task, 9, {}, new Random(7))), sequencesOf(drawn(task, 9, {}, new Random(7))));
    assert.not.equal(sequencesOf(drawn(task, 9, {}, new Random(7))), sequencesOf(drawn(task, 9, {}, new Random(8))));
  });
  own("a stream that is entered where another stood goes on as that", () => {
    const random = new Random(7);
    const batch = drawn(task, 9, {}, random);
    const resumed = new Random(7, 0, random.position);
    for (let i = 0; i < 3; ++i) {
      task.generate(random, 5, batch);
      assert.equal(sequencesOf(batch), sequencesOf(drawn(task, 5, {}, resumed)));
      assert.is(random.position, resumed.position);
    }
  });
  own("a batch that held longer sequences holds nothing of them", () => {
    const batch = drawn(task, 20);
    const shorter = { length: 2 };
    task.generate(new Random(5), 4, batch, shorter);
    const fresh = drawn(task, 4, shorter, new Random(5));
    assert.equal(sequencesOf(batch), sequencesOf(fresh));
  });
  own("loss and metrics are those of plain loops, whatever stands in the padding", () => {
    const batch = drawn(task, 7);
    const logits = uniform(new Random(4), [batch.time, 7, task.outputSize], -3, 3);
    batch.mask.forEach((due, cell) => {
      if (!due && cell < batch.time * 7) logits.data.fill(NaN, cell * task.outputSize, (cell + 1) * task.outputSize);
    });
    const expected = judged(batch, logits, task.outputSize, judge);
    const actual = answered(engine, task, batch, logits);
    assert.ok(Math.abs(actual["loss"]! - expected.loss) < 1e-5 * expected.loss);
    if (name === "text") return; // it has measures of its own, and a test of them
    assert.is(Object.keys(task.metrics)[0], "sequenceError");
    assert.is(actual["sequenceError"], expected.wrong.filter((count) => count > 0).length);
    assert.is("bitError" in task.metrics, judge === judgeBits);
    if (judge === judgeBits)
      assert.is(
        actual["bitError"],
        expected.wrong.reduce((a, b) => a + b),
      );
  });
  own("a right answer is no error, and NaN is one wherever an answer is due", () => {
    const batch = drawn(task, 7);
    const logits = uniform(new Random(4), [batch.time, 7, task.outputSize], -3, 3);
    const { targetSize, outputSize } = task;
    const classes = outputSize / targetSize;
    for (let cell = 0; cell < batch.time * 7; ++cell) {
      for (let i = 0; i < targetSize; ++i) {
        const target = batch.targets[cell * targetSize + i]!;
        if (judge === judgeBits) logits.data[cell * outputSize + i] = target ? 5 : -5;
        else logits.data[cell * outputSize + i * classes + target] = 5;
      }
    }
    const [error] = Object.keys(task.metrics).slice(name === "text" ? 1 : 0);
    assert.is(answered(engine, task, batch, logits)[error!], 0);
    const due = sequencesOf(batch).filter((sequence) => sequence.due.includes(true)).length;
    logits.data.fill(NaN);
    assert.is(answered(engine, task, batch, logits)[error!], due);
  });
  own("trains: a model of its sizes", async () => {
    const { inputSize, outputSize } = task;
    const sizes = { inputSize, outputSize, hiddenSize: 5, slots: 5, width: 3, seed: 1 };
    const options = { steps: 3, batch: 4, evaluate: { every: 3, sequences: 5, length: 2, difficulty: 1 } };
    const model = new NeuralTuringMachine(sizes);
    for await (const { loss, evaluation } of train(engine, model, task, options)) {
      assert.ok(loss > 0);
      if (evaluation) assert.ok(evaluation.loss > 0);
    }
  });
  own.run();
}

const resuming = suite("resuming with another text");
resuming("is refused", async () => {
  const task = textTask({ text, length: 12 });
  const { inputSize, outputSize } = task;
  const model = new NeuralTuringMachine({ inputSize, outputSize, hiddenSize: 5, slots: 5, width: 3, seed: 1 });
  const training = train(engine, model, task, { steps: 1, batch: 2 });
  for await (const _ of training);
  const resume = training.checkpoint();
  const other = textTask({ text: [...text].reverse().join(""), length: 12 });
  const { message } = thrownBy(() => train(engine, model, other, { batch: 2, resume }));
  assert.match(message, /Cannot resume: the checkpoint's task is .*"crc32":\d+.*, and must be/);
  for await (const { step } of train(engine, model, task, { batch: 2, steps: 2, resume })) assert.is(step, 2);
});
resuming.run();

const errors = suite("errors say what was attempted, what is, and what must be");
const random = new Random(1);
const generated = (task: Task, count: number, options?: GenerateOptions) => () => drawn(task, count, options, random);
const [parity, logic, addition, sort] = [parityTask(), logicTask(), additionTask(), sortTask()] as const;
const letters = textTask({ text, length: 12 });
const cases: [what: string, f: () => unknown, type: typeof RangeError, message: RegExp][] = [
  [
    "parity of no bits",
    () => parityTask({ bits: 0 }),
    RangeError,
    /^parityTask: bits is 0, and must be a whole number from 1/,
  ],
  ["a seed that is none", () => parityTask({ seed: -1 }), RangeError, /^parityTask: seed is -1, and must be/],
  [
    "an option that is unknown",
    () => parityTask({ length: 1 } as never),
    TypeError,
    /^parityTask has no option "length"; it has bits, seed$/,
  ],
  [
    "parity of more entries than there are",
    generated(parity, 1, { length: 65 }),
    RangeError,
    /^parityTask: length is 65, and must be a whole number from 1 to 64$/,
  ],
  [
    "no sequences of parity",
    generated(parity, 0),
    RangeError,
    /^parityTask: count is 0, and must be a whole number from 1 to 65536$/,
  ],
  ["logic of no gates", () => logicTask({ maxGates: 0 }), RangeError, /^logicTask: maxGates is 0/],
  [
    "logic whose shortest is longer than its longest",
    () => logicTask({ minLength: 3, maxLength: 2 }),
    RangeError,
    /^logicTask: minLength is 3, and must be at most maxLength, which is 2$/,
  ],
  [
    "logic of half a vector",
    generated(logic, 1, { length: 0.5 }),
    RangeError,
    /^logicTask: length is 0.5, and must be a whole number/,
  ],
  [
    "logic of more gates than there is room for",
    generated(logic, 1, { difficulty: 11 }),
    RangeError,
    /^logicTask: difficulty is 11, and must be a whole number from 1 to 10$/,
  ],
  ["no sequences of logic", generated(logic, 0), RangeError, /^logicTask: count is 0/],
  [
    "addition of more numbers than its sums have room for",
    () => additionTask({ maxLength: 11 }),
    RangeError,
    /^additionTask: maxLength is 11, and must be a whole number from 1 to 10$/,
  ],
  [
    "addition of more digits than are exact",
    () => additionTask({ maxDigits: 15 }),
    RangeError,
    /^additionTask: maxDigits is 15, and must be a whole number from 1 to 14$/,
  ],
  [
    "addition whose shortest is longer than its longest",
    () => additionTask({ minLength: 6 }),
    RangeError,
    /^additionTask: minLength is 6, and must be at most maxLength, which is 5$/,
  ],
  [
    "addition of a length its sums have no room for",
    generated(addition, 1, { length: 11 }),
    RangeError,
    /^additionTask: length is 11, and must be a whole number from 1 to 10$/,
  ],
  [
    "addition of more digits than there is room for",
    generated(addition, 1, { difficulty: 6 }),
    RangeError,
    /^additionTask: difficulty is 6, and must be a whole number from 1 to 5$/,
  ],
  ["no sequences of addition", generated(addition, 0), RangeError, /^additionTask: count is 0/],
  [
    "sort whose shortest is longer than its longest",
    () => sortTask({ maxLength: 1 }),
    RangeError,
    /^sortTask: minLength is 2, and must be at most maxLength, which is 1$/,
  ],
  [
    "sort of more numbers than there are answers",
    generated(sort, 1, { length: 16 }),
    RangeError,
    /^sortTask: length is 16, and must be a whole number from 1 to 15$/,
  ],
  ["no sequences of sort", generated(sort, 0), RangeError, /^sortTask: count is 0/],
  ["no text", () => textTask({} as never), TypeError, /^textTask needs the option "text"$/],
  [
    "a text that is none",
    () => textTask({ text: 5 as never }),
    RangeError,
    /^textTask: text is 5, and must be a string or a Uint8Array$/,
  ],
  [
    "a text that is too short",
    () => textTask({ text: "short" }),
    RangeError,
    /^textTask: the text has 5 characters, and must have at least 501, the length and one to follow$/,
  ],
  [
    "a text with a character that its alphabet lacks",
    () => textTask({ text: "abc", length: 1, alphabet: "ab" }),
    RangeError,
    /^textTask: the text holds "c", which its alphabet lacks$/,
  ],
  [
    "an alphabet with a character twice",
    () => textTask({ text: "abc", length: 1, alphabet: "abca" }),
    RangeError,
    /^textTask: alphabet is "abca", and must be a string in which no character is twice, or null$/,
  ],
  [
    "an empty alphabet",
    () => textTask({ text: "abc", length: 1, alphabet: "" }),
    RangeError,
    /^textTask: alphabet is "", and must be/,
  ],
  [
    "an alphabet for bytes",
    () => textTask({ text: new Uint8Array(9), length: 1, alphabet: "ab" }),
    RangeError,
    /^textTask: alphabet is "ab", and must be null for a text of bytes$/,
  ],
  [
    "a text of another checksum",
    () => textTask({ text: "123456789", length: 1, crc32: 7 }),
    RangeError,
    /^textTask: the text's CRC-32 is 3421780262, and must be 7: it is another text$/,
  ],
  [
    "a checksum that is none",
    () => textTask({ text, length: 1, crc32: -7 }),
    RangeError,
    /^textTask: crc32 is -7, and must be a whole number/,
  ],
  [
    "a stretch longer than the text",
    generated(letters, 1, { length: text.length }),
    RangeError,
    /^textTask: length is 58, and must be a whole number from 1 to 57$/,
  ],
  ["no sequences of text", generated(letters, 0), RangeError, /^textTask: count is 0/],
];
for (const [what, f, type, message] of cases) {
  errors(what, () => {
    const error = thrownBy(f);
    assert.is(error.constructor, type);
    assert.match(error.message, message);
  });
}
errors.run();
