/** Stories and questions in plain English: what is read, what is refused, and what the model in checkpoints/ answers. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../../bindings/load.js";
import { naturalLogarithm } from "../../bindings/common/naturalLogarithm.js";
import { Random } from "../../bindings/common/random/philox.js";
import { UnsureError } from "../../bindings/metrics/unsureError.js";
import { models, type EndToEndMemoryNetwork } from "../../bindings/models.js";
import { askStory, type StoryReply } from "../../bindings/systems/endToEndMemoryNetwork/reader/askStory.js";
import { readStory } from "../../bindings/systems/endToEndMemoryNetwork/reader/readStory.js";
import { storyCalibrationIn } from "../../bindings/systems/endToEndMemoryNetwork/reader/storyCalibration.js";
import { StoryError } from "../../bindings/systems/endToEndMemoryNetwork/reader/storyError.js";
import { babiQuestions } from "../../bindings/tasks/babi/babiStory.js";
import { babiTasks } from "../../bindings/tasks/babi/babiTasks.js";
import { parseBabiTasks } from "../../bindings/tasks/babi/parseBabi.js";
import type { BabiQuestion } from "../../bindings/tasks/babi/story.js";
import { answerFrom } from "../support/babiReader.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const file = new URL("../../checkpoints/stories.safetensors", import.meta.url);
const checkpoint = loadCheckpoint(new Uint8Array(readFileSync(file)), { file: "stories.safetensors", models });
const model = checkpoint.model as EndToEndMemoryNetwork;

/** A story as one would write it. */
const written = (story: BabiQuestion["story"]): string =>
  story.map((words) => `${capital(words.join(" "))}.`).join(" ");
const capital = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}`;
const asked = ({ question }: BabiQuestion): string => `${capital(question.join(" "))}?`;

const logarithm = suite("naturalLogarithm");
logarithm("is that of Math, to the last bits", () => {
  const random = new Random(1);
  for (let i = 0; i < 10_000; ++i) {
    const x = random.uniform() * 10 ** random.integer(-300, 300);
    const truth = Math.log(x);
    assert.ok(Math.abs(naturalLogarithm(x) - truth) <= 5e-16 * Math.max(1, Math.abs(truth)), String(x));
  }
  assert.equal([1, 0, Infinity, -1].map(naturalLogarithm), [0, -Infinity, Infinity, NaN]);
  assert.ok(Math.abs(naturalLogarithm(5e-324) - Math.log(5e-324)) < 1e-12);
});
logarithm.run();

const reading = suite("readStory");
for (const [i, task] of babiTasks.entries()) {
  reading(`${task}: reads its stories and questions, word for word`, () => {
    for (const question of babiQuestions(new Random(201, i), task, 300)) {
      const read = () => readStory(model, written(question.story), asked(question));
      // Of a story that is longer than the memory what was forgotten may count.
      if (question.story.length > model.options.slots && thrownOrUndefined(read) instanceof StoryError) continue;
      const { sentences, question: found } = read();
      assert.equal(
        sentences.map(({ words }) => words),
        question.story,
      );
      assert.equal(found.words, question.question);
    }
  });
}

function thrownOrUndefined(run: () => unknown): unknown {
  try {
    return void run();
  } catch (error) {
    return error;
  }
}

const MARY = "Mary went to the kitchen. John moved to the garden.";
const MILK = `${MARY} Mary took the milk there.`;
for (const [story, question, message, words] of [
  ["", "Where is Mary?", /^The story is empty, and must have sentences/, []],
  [" \n ", "Where is Mary?", /^The story is empty/, []],
  ["... !?", "Where is Mary?", /^The story is "\.\.\. !\?", and has no sentence$/, []],
  [MARY, "", /^The question is "", and must be one sentence/, []],
  [MARY, "Where is Mary? Where is John?", /must be one sentence/, []],
  [MARY, "Who am I?", /^The question "Who am I\?" has "am", "i", which the model does not know$/, ["am", "i"]],
  [
    MARY,
    "Who is Mary?",
    /^The question "Who is Mary\?" is of no kind that the model has learned/,
    ["who", "is", "mary"],
  ],
  [MARY, "Where is the kitchen?", /is of no kind that the model has learned/, ["where", "is", "the", "kitchen"]],
  [MARY, "Where is Daniel?", /is about "daniel", and the story tells nothing of it$/, ["daniel"]],
  [MARY, "Where is the milk?", /is about "milk", and the story tells nothing of it$/, ["milk"]],
  [MARY, "Where is Peter?", /has "peter", which the model does not know$/, ["peter"]],
  ["Mary flew to the kitchen.", "Where is Mary?", /^Sentence 1, "Mary flew to the kitchen\.", has "flew"/, ["flew"]],
  [
    `${MARY} The milk went to John.`,
    "Where is Mary?",
    /^Sentence 3, .* is of no kind that/,
    "the milk went to john".split(" "),
  ],
  [
    `${MARY} Jason is hungry.`,
    "Where is Mary?",
    /^Sentence 3, .* not seen with this question and the sentences before$/,
    ["jason", "is", "hungry"],
  ],
  [
    "John took the milk there. Mary went to the hallway.",
    "Where is the milk?",
    /^The story does not tell where John is, who had the milk last: "John took the milk there\."$/,
    ["milk"],
  ],
  [MILK, "What is John carrying?", /is about "john", and the story tells nothing that answers$/, ["john"]],
  [
    "Then he went to the garden. Mary went to the hallway.",
    "Where is Mary?",
    /^Sentence 1, .* does not come after one that tells who "he" is$/,
    ["he"],
  ],
  ["Mary went to the hall. ".repeat(3), "Where is Mary?", /has "hall", which/, ["hall"]],
  [
    "Mary went to the kitchen.\n".repeat(10_000),
    "What is Mary carrying?",
    /nothing that answers|of which the model remembers the last 50/,
    [],
  ],
  [
    `${"Mary went to the kitchen. ".repeat(9_999)}Mary took the milk there.`,
    "What is Mary carrying?",
    /^The story has 10000 sentences, of which the model remembers the last 50, .* all count: leave out/,
    [],
  ],
  [
    `John went to the garden. ${"Mary went to the kitchen. ".repeat(60)}`,
    "Where is John?",
    /is about "john", and the story tells nothing of it/,
    ["john"],
  ],
] as const) {
  reading(`refuses ${JSON.stringify(question)} of ${JSON.stringify(story.slice(0, 40))}`, () => {
    const error = thrownBy(() => readStory(model, story, question)) as StoryError;
    assert.instance(error, StoryError);
    assert.match(error.message, message);
    assert.equal(error.words, words);
    assert.ok(error.message.length < 500);
  });
}

const folder = process.env["TAPEHEAD_DATA"];
(folder ? reading : reading.skip)(
  "reads the data set's own stories, where they are told as its own generators tell them",
  () => {
    const text = gunzipSync(readFileSync(`${folder}/babi/en-test.txt.gz`)).toString();
    for (const { number, name, questions } of parseBabiTasks(text)) {
      const short = questions.filter(({ story }) => story.length <= model.options.slots);
      const errors = short.map((question) =>
        thrownOrUndefined(() => readStory(model, written(question.story), asked(question))),
      );
      const refused = errors.filter((error) => error !== undefined);
      assert.ok(
        refused.every((error) => error instanceof StoryError),
        name,
      );
      // There objects are where they are also before somebody who goes to another place was seen anywhere.
      assert.ok(
        refused.length <= (number === 3 ? 0.25 : 0.01) * short.length,
        `${name}: ${refused.length}, ${refused[0]}`,
      );
    }
  },
);
reading.run();

const engine = await testEngine();
const calibration = storyCalibrationIn(checkpoint.metadata)!;
const answering = suite("askStory with the model in checkpoints/");
const ask = (story: string, question: string): StoryReply => askStory(engine, model, story, question, { calibration });

for (const [story, question, answer] of [
  [MARY, "Where is Mary?", "kitchen"],
  [MARY, "where is john", "garden"],
  [`${MILK} Mary went back to the hallway.`, "Where is the milk?", "hallway"],
  [MILK, "Is Mary in the office?", "no"],
  [MILK, "Is Mary in the kitchen?", "yes"],
  [
    "The office is north of the kitchen. The garden is south of the kitchen.",
    "What is north of the kitchen?",
    "office",
  ],
  ["Mary and John went to the office. Then they moved to the park.", "Where is John?", "park"],
] as const) {
  answering(`${question} of ${JSON.stringify(story)}`, () => {
    const reply = ask(story, question);
    assert.is(reply.answer, answer);
    assert.ok(reply.confidence! >= 0.98);
    assert.is(reply.sentences.join(" "), story);
    assert.equal(
      reply.attention.map(({ length }) => length),
      Array(model.options.hops).fill(reply.sentences.length),
    );
    assert.is(reply.forgotten, 0);
  });
}

answering("what is answered of fresh stories is right, and three quarters of all are answered", () => {
  let [all, given, right] = [0, 0, 0];
  for (const [i, task] of babiTasks.entries()) {
    for (const question of babiQuestions(new Random(202, i), task, 100)) {
      ++all;
      const reply = thrownOrReply(() => ask(written(question.story), asked(question)));
      if (!reply) continue;
      ++given;
      right += Number(reply.answer === question.answer);
    }
  }
  assert.ok(right / given > 0.97, `${right} of ${given} are right`);
  assert.ok(given / all > 0.75, `${given} of ${all} are answered`);
});

function thrownOrReply(run: () => StoryReply): StoryReply | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof StoryError || error instanceof UnsureError) return undefined;
    throw error;
  }
}

answering("stories without a sentence that the answer needs are refused, or what they tell is answered", () => {
  const counts = { refused: 0, right: 0, wrong: 0 };
  for (const [i, task] of babiTasks.entries()) {
    for (const question of babiQuestions(new Random(203, i), task, 100)) {
      const { story: all, support } = question;
      const left = support[new Random(all.length).integer(0, support.length - 1)];
      const story = all.filter((_, place) => place !== left);
      const truth = story.length ? answerFrom({ ...question, story }) : undefined;
      const reply = thrownOrReply(() => ask(written(story), asked(question)));
      if (truth === undefined) assert.is(reply, undefined, `${written(story)} ${asked(question)} ${reply?.answer}`);
      if (reply) ++counts[reply.answer === truth ? "right" : "wrong"];
      else ++counts.refused;
    }
  }
  const { right, wrong } = counts;
  assert.ok(right > 200 && right / (right + wrong) > 0.97, JSON.stringify(counts));
});

answering("10,000 sentences: the last move counts, and it is right", () => {
  const story = `${"Mary went to the kitchen. John moved to the garden. ".repeat(5000)}Mary moved to the office.`;
  const reply = thrownOrReply(() => ask(story, "Where is Mary?"));
  if (reply) assert.equal([reply.answer, reply.forgotten], ["office", 10_001 - model.options.slots]);
});

answering("an answer that is not sure enough is refused, with what it would have been", () => {
  const story = "The office is north of the kitchen. The garden is south of the kitchen.";
  const error = thrownBy(() =>
    askStory(engine, model, story, "What is north of the kitchen?", { calibration, least: 1 }),
  ) as UnsureError;
  assert.instance(error, UnsureError);
  assert.is(error.guess!.answer, "office");
  assert.match(error.message, /^Cannot answer "What is north of the kitchen\?": its likeliest reading is "office"/);
  assert.is(askStory(engine, model, story, "What is north of the kitchen?").confidence, null);
});
answering.run();
