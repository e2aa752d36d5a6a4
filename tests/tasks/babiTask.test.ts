import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { babiTask, type BabiTaskOptions } from "../../bindings/tasks/babi/babiTask.js";
import { fillPassages, passageLayout } from "../../bindings/tasks/babi/fillPassages.js";
import { fillStories, storyLayout } from "../../bindings/tasks/babi/fillStories.js";
import { noisyTimes } from "../../bindings/tasks/babi/noisyTimes.js";
import type { BabiQuestion } from "../../bindings/tasks/babi/story.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { thrownBy } from "../support/thrown.js";

const QUESTION: BabiQuestion = {
  story: [
    ["john", "took", "the", "milk"],
    ["john", "left"],
  ],
  question: ["who", "left"],
  answer: "john",
  support: [1],
};
const symbols = ["john", "took", "the", "milk", "left", "who"];

/** What a task draws into a batch with all fields: the first question. */
function drawn(options: BabiTaskOptions, step?: number): Record<string, number[]> {
  const task = babiTask(options);
  const batch = new Batch(storyLayout({ slots: task.slots, words: task.words, times: true }));
  task.generate(new Random(1), 1, batch, step === undefined ? {} : { step });
  return Object.fromEntries(batch.fields.map(({ name, data, size }) => [name, Array.from(data.subarray(0, size))]));
}

const tasks = suite("babiTask");
tasks("slot i holds the i-th latest sentence, and behind its words its time word", () => {
  assert.equal(drawn({ questions: [QUESTION], symbols, slots: 3 }), {
    story: [...[0, 4, -1, -1, 6], ...[0, 1, 2, 3, 7], ...[-1, -1, -1, -1, -1]],
    question: [5, 4, -1, -1],
    answer: [0],
    support: [1, 0, 0],
    linear: [0],
  });
});

tasks("of a story that is longer than the memory it has the latest sentences", () => {
  const { story, support } = drawn({ questions: [QUESTION], symbols, slots: 1 });
  assert.equal(story, [0, 4, -1, -1, 6]);
  assert.equal(support, [1]);
});

tasks("without time words a batch has none, and fields that its layout has not are left out", () => {
  const { support: _s, linear: _l, ...layout } = storyLayout({ slots: 2, words: 2 });
  const batch = new Batch(layout);
  const numbered = { story: [[3], [1, 0]], question: [2], answer: 1, support: [0] };
  fillStories(batch, [numbered], { slots: 2, words: 2, symbols: 4 });
  assert.equal(Array.from(batch.block("story").subarray(0, 4)), [1, 0, 3, -1]);
});

tasks("supporting facts are told in their order, as slots, as many as are asked for", () => {
  const story = [[0], [1], [2], [3]];
  const batch = new Batch(storyLayout({ slots: 5, words: 1, facts: 2 }));
  const asked = [[3, 0], [1, 2, 0], [2], []].map((support) => ({ story, question: [0], answer: 0, support }));
  fillStories(batch, asked, { slots: 5, words: 1, symbols: 4 });
  assert.equal(Array.from(batch.block("facts").subarray(0, 8)), [0, 3, 2, 1, 1, -1, -1, -1]);
  assert.is("facts" in storyLayout({ slots: 5, words: 1 }), false);
});

/** The fields of a batch by name, as far as they reach. */
const fieldsOf = (batch: Batch): Record<string, number[]> =>
  Object.fromEntries(
    batch.fields.map(({ name, data, time, size }) => [name, Array.from(data.subarray(0, time * batch.count * size))]),
  );

const PASSAGES = [
  { story: [[5, 6], [7], [8, 9, 9]], question: [1, 2], answer: 3, support: [2, 0, 1] },
  { story: [[4]], question: [1], answer: 2, support: [] },
];

tasks("a passage is the words of a story one behind the other, and where its sentences end", () => {
  const batch = new Batch(passageLayout({ facts: 2 }));
  fillPassages(batch, PASSAGES);
  assert.equal(batch.dimensions, { sentences: 3, asked: 2, words: 6 });
  assert.equal(fieldsOf(batch), {
    text: [5, 4, 6, -1, 7, -1, 8, -1, 9, -1, 9, -1],
    ends: [1, 0, 2, -1, 5, -1],
    told: [1, 1, 1, 0, 1, 0],
    count: [3, 1],
    question: [1, 1, 2, -1],
    questionEnd: [1, 0],
    answer: [3, 2],
    facts: [...[0, 1], ...[0, 0], ...[0, 1], ...[0, 0], ...[1, 0], ...[0, 0]],
  });
});

tasks("sentences of a passage have places of their own where they are asked for, and nothing of a batch before", () => {
  const batch = new Batch(passageLayout({ words: 3 }));
  fillPassages(batch, PASSAGES);
  fillPassages(batch, PASSAGES.slice(0, 1));
  const { sentences, told, facts } = fieldsOf(batch);
  assert.equal(sentences, [...[5, 6, -1], ...[7, -1, -1], ...[8, 9, 9]]);
  assert.equal([told, facts], [[1, 1, 1], undefined]);
  for (const [changed, message] of [
    [{ story: [] }, /^fillPassages: sentences of question 1 is 0, and must be a whole number from 1/],
    [{ story: [[]] }, /^fillPassages: words of a sentence of question 1 is 0/],
    [{ question: [] }, /^fillPassages: words of question 1 is 0/],
  ] as const) {
    const error = thrownBy(() => fillPassages(batch, [PASSAGES[0]!, { ...PASSAGES[1]!, ...changed }]));
    assert.match(error.message, message);
  }
});

tasks("questions of a bucket are about as long, and each is as probable as any other", () => {
  const of = (length: number): BabiQuestion => ({
    story: [Array<string>(length).fill("a")],
    question: ["q"],
    answer: `${length}`.padStart(2, "0"),
    support: [0],
  });
  const questions = Array.from({ length: 16 }, (_, i) => of(i + 1));
  const task = babiTask({ questions, bucket: 64 });
  const batch = new Batch(passageLayout({}));
  const random = new Random(5);
  const drawn = Array<number>(16).fill(0);
  let widest = 0;
  for (let i = 0; i < 1000; ++i) {
    task.generate(random, 4, batch, { step: 1 });
    const answers = Array.from(batch.block("answer").subarray(0, 4));
    for (const answer of answers) drawn[answer]! += 1;
    widest = Math.max(widest, Math.max(...answers) - Math.min(...answers));
  }
  assert.ok(widest < 10, String(widest));
  for (const count of drawn) assert.ok(Math.abs(count - 250) < 5 * Math.sqrt(250 * 4), drawn.join()); // of 4 at once
});

tasks("only training is linear and has noise, up to its step", () => {
  const options = { questions: [QUESTION], symbols, slots: 9, linearSteps: 2, timeNoise: 1 };
  assert.equal(
    [1, 2, 3, undefined].map((step) => drawn(options, step)["linear"]),
    [[1], [1], [0], [0]],
  );
  assert.equal(drawn(options)["story"]!.slice(0, 10), [0, 4, -1, -1, 6, 0, 1, 2, 3, 7]);
});

tasks("times with noise fall from the oldest sentence to the latest, and stay in the memory", () => {
  const random = new Random(3);
  const most = new Set<number>();
  for (let i = 0; i < 500; ++i) {
    const times = noisyTimes(random, 10, { noise: 0.3, most: 12 });
    assert.is(times.length, 10);
    times.forEach((time, place) => assert.ok(time >= 0 && time < 12 && (!place || time <= times[place - 1]!)));
    most.add(times[0]!);
  }
  assert.equal(
    [...most].sort((a, b) => a - b),
    [9, 10, 11],
  );
  assert.equal(noisyTimes(random, 4, { noise: 0, most: 9 }), [3, 2, 1, 0]);
});

tasks("generated questions are the same for a seed, and evaluation has its own", () => {
  const options = { tasks: [1, 20], count: 30, seed: 4 };
  const task = babiTask(options);
  assert.is(task.size, 60);
  assert.equal(babiTask({ ...task.options }).options, task.options);
  assert.equal(drawn(options, 1), drawn(options, 1));
  assert.not.equal(drawn({ ...options, timeNoise: 0 }, 1)["story"], drawn(options)["story"]);
});

tasks("says what is wrong with its options and questions", () => {
  const error = (options: object): Error => thrownBy(() => babiTask(options));
  assert.match(error({ questions: [] }).message, /^babiTask: questions is .+, and must be an array, not empty$/);
  assert.match(error({ tasks: [21] }).message, /tasks is .+, and must be a list of numbers from 1 to 20, each above/);
  assert.match(error({ tasks: [2, 1] }).message, /each above the one before$/);
  assert.is(
    error({ questions: [QUESTION], tasks: [1] }).message,
    "babiTask: there are questions and tasks, and must be one of them",
  );
  assert.match(
    error({ questions: [{ ...QUESTION, story: "no" }] }).message,
    /^babiTask: question 0 is .+ and must be an/,
  );
  assert.is(
    error({ questions: [{ ...QUESTION, story: [] }] }).message,
    "babiTask: question 0: the story has no sentence, and must have at least one",
  );
  assert.is(
    error({ questions: [QUESTION], symbols: symbols.slice(1) }).message,
    'babiTask: question 0: sentence 1\'s word "john" is not in the vocabulary, which has 5 words',
  );
  assert.is(
    error({ questions: [QUESTION], words: 3 }).message,
    "babiTask: question 0: sentence 1 has 4 words, and must have 1 to 3",
  );
  assert.match(error({ questions: [QUESTION], slots: 0 }).message, /^babiTask: slots is 0, and must be a whole number/);
});
tasks.run();
