/** The twenty tasks of stories and questions: reading their files, and drawing stories like them. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { babiQuestions, babiStory } from "../../bindings/tasks/babi/babiStory.js";
import { babiTasks, type BabiTask } from "../../bindings/tasks/babi/babiTasks.js";
import { parseBabi, parseBabiTasks, type BabiTaskQuestions } from "../../bindings/tasks/babi/parseBabi.js";
import { wordsOf, type BabiQuestion } from "../../bindings/tasks/babi/story.js";
import { answerFrom, answerFromSupport, impossibleIn } from "../support/babiReader.js";
import { expectUniform } from "../support/chiSquare.js";
import { thrownBy } from "../support/thrown.js";

const words = suite("wordsOf");
for (const [text, expected] of [
  ["John went to the hallway.", "john went to the hallway"],
  ["Where is the milk?", "where is the milk"],
  ["  Where\tis \n the milk ?  ", "where is the milk"],
  ["Stop! Sandra, Mary and JOHN are here...", "stop sandra mary and john are here"],
  ["john,mary", "john mary"],
  ["Mary's half-eaten apple; (red)", "mary's half-eaten apple; (red)"],
  ["ÄPFEL von Zoë\u00a0und Łukasz", "äpfel von zoë und łukasz"],
  ["room 42", "room 42"],
  ["", ""],
  [" ?!., ", ""],
] as const) {
  words(`of ${JSON.stringify(text)}`, () => assert.equal(wordsOf(text), expected ? expected.split(" ") : []));
}
words("are of strings only", () => {
  for (const bad of [undefined, null, 7, ["a"]] as never[]) {
    const error = thrownBy(() => wordsOf(bad));
    assert.instance(error, TypeError);
    assert.match(error.message, /^wordsOf: the text is .+, and must be a string$/);
  }
});
words.run();

const said = (...sentences: string[]): string[][] => sentences.map((sentence) => sentence.split(" "));

const parsing = suite("parseBabi");
const sample = [
  "1 Mary moved to the bathroom.",
  "2 John went to the hallway.",
  "3 Where is Mary? \tBathroom\t1",
  "4 Daniel got the milk there.",
  "5 What is Daniel carrying?\tmilk,apple\t4 2",
  "1 The box fits inside the chest.",
  "2 Does the box fit in the chest?\tyes\t",
];
const expected: BabiQuestion[] = [
  {
    story: said("mary moved to the bathroom", "john went to the hallway"),
    question: ["where", "is", "mary"],
    answer: "bathroom",
    support: [0],
  },
  {
    story: said("mary moved to the bathroom", "john went to the hallway", "daniel got the milk there"),
    question: ["what", "is", "daniel", "carrying"],
    answer: "milk,apple",
    support: [2, 1],
  },
  {
    story: said("the box fits inside the chest"),
    question: ["does", "the", "box", "fit", "in", "the", "chest"],
    answer: "yes",
    support: [],
  },
];
parsing("stories up to each question, answers in lower case, and indices of sentences without the questions", () => {
  assert.equal(parseBabi(sample.join("\n")), expected);
});
parsing("ends of lines of any host, empty lines and a byte order mark", () => {
  assert.equal(parseBabi(`\ufeff${sample.join("\r\n")}\r\n`), expected);
  assert.equal(parseBabi(`\n\n${sample.join("\n \n")}\n\n`), expected);
});
parsing("nothing of nothing", () => assert.equal(parseBabi(" \n"), []));
parsing("reads back what is written of drawn stories", () => {
  for (const task of babiTasks) {
    const drawn = [1, 2, 3].map((seed) => babiStory(new Random(seed), task));
    assert.equal(parseBabi(drawn.map(written).join("")), drawn.flat(), task);
  }
});

/** A story as the data set's files have it. */
function written(questions: readonly BabiQuestion[]): string {
  const lines: string[] = [];
  const ids: number[] = [];
  for (const { story, question, answer, support } of questions) {
    for (const sentence of story.slice(ids.length)) ids.push(lines.push(`${lines.length + 1} ${sentence.join(" ")}.`));
    lines.push(`${lines.length + 1} ${question.join(" ")}?\t${answer}\t${support.map((i) => ids[i]).join(" ")}`);
  }
  return `${lines.join("\n")}\n`;
}

const told = "1 Mary ran.\n";
for (const [text, message] of [
  ["Mary ran.", 'line 1 is "Mary ran.", and must be a number and a sentence or question'],
  ["\n1\n", 'line 2 is "1", and must be a number and a sentence or question'],
  ["-1 Mary ran.", 'line 1 is "-1 Mary ran.", and must be a number and a sentence or question'],
  ["1 .", 'line 1 is "1 .", and must have words'],
  ["2 Mary ran.", "line 1 has ID 2, and must have 1, which opens a story"],
  [`${told}3 John ran.`, "line 2 has ID 3, and must have 2, the next one, or 1, which opens a story"],
  [`${told}0 John ran.`, "line 2 has ID 0, and must have 2, the next one, or 1, which opens a story"],
  [
    `${told}2 Where is Mary?`,
    "line 2 asks something, and must have the answer and the IDs of sentences after it, each after a tab",
  ],
  [
    `${told}2 Who?\tmary`,
    "line 2 has 2 parts between tabs, and must have 3: question, answer and the IDs of sentences",
  ],
  [
    `${told}2 Who?\tmary\t1\t1`,
    "line 2 has 4 parts between tabs, and must have 3: question, answer and the IDs of sentences",
  ],
  [`${told}2 ?\tmary\t1`, 'line 2 asks "?", and must have words in front of the answer'],
  ["1 Who?\tmary\t", "line 1 asks something, and must come after a sentence of its story"],
  [`${told}2 Who?\t\t1`, 'line 2 has the answer "", and must have a word, or several with commas between them'],
  [
    `${told}2 Who?\tmary ann\t1`,
    'line 2 has the answer "mary ann", and must have a word, or several with commas between them',
  ],
  [
    `${told}2 Who?\tmary,,ann\t1`,
    'line 2 has the answer "mary,,ann", and must have a word, or several with commas between them',
  ],
  [`${told}2 Who?\tmary\t2`, 'line 2 is answered by "2", and must be so by IDs of sentences before it'],
  [`${told}2 Who?\tmary\t1 x`, 'line 2 is answered by "x", and must be so by IDs of sentences before it'],
  [`${told}2 Who?\tmary\t1,0`, 'line 2 is answered by "1,0", and must be so by IDs of sentences before it'],
  [
    `${told}2 Who?\tmary\t1\n3 Who ran?\tmary\t2`,
    'line 3 is answered by "2", and must be so by IDs of sentences before it',
  ],
  [told, "line 1 is the last of its story, and must be followed by a question, or it would be lost"],
  [
    `${told}2 John ran.\n1 Ann ran.\n2 Who?\tann\t1`,
    "line 2 is the last of its story, and must be followed by a question, or it would be lost",
  ],
  ["## qa1_facts\n1 Mary ran.", "line 1 opens a task, and must be read by parseBabiTasks"],
] as const) {
  parsing(`refuses ${JSON.stringify(text)}`, () => {
    const error = thrownBy(() => parseBabi(text));
    assert.instance(error, SyntaxError);
    assert.is(error.message, `parseBabi: ${message}`);
  });
}
parsing("refuses what is no text", () => {
  for (const parse of [parseBabi, parseBabiTasks]) {
    const error = thrownBy(() => parse(new Uint8Array(3) as never));
    assert.instance(error, TypeError);
    assert.is(error.message, `${parse.name}: the text is an array, and must be a string`);
  }
});
parsing("tasks by name and number, whatever their order", () => {
  const text = `## qa20_agents-motivations\n${sample.slice(5).join("\n")}\n\n## qa1_single \n${sample.slice(0, 5).join("\n")}\n`;
  assert.equal(parseBabiTasks(text), [
    { number: 20, name: "agents-motivations", questions: expected.slice(2) },
    { number: 1, name: "single", questions: expected.slice(0, 2) },
  ]);
  assert.equal(parseBabiTasks(""), []);
});
for (const [text, message] of [
  [told, 'line 1 is "1 Mary ran.", and must open a task, as in "## qa1_single-supporting-fact"'],
  ["## facts\n", 'line 1 is "## facts", and must open a task, as in "## qa1_single-supporting-fact"'],
  ["## qa0_facts\n", 'line 1 is "## qa0_facts", and must open a task, as in "## qa1_single-supporting-fact"'],
  ["## qa1_facts\n", "line 1 opens task 1, in which is nothing, and must be followed by a story"],
  [`## qa1_facts\n${told}2 Who?\tmary\t1\n## qa1_more\n`, "line 4 opens task 1, as line 1 does, and must open another"],
  [`\n## qa1_facts\n${told}2 Who?\tmary\t7`, 'line 4 is answered by "7", and must be so by IDs of sentences before it'],
] as const) {
  parsing(`of tasks refuses ${JSON.stringify(text)}`, () => {
    const error = thrownBy(() => parseBabiTasks(text));
    assert.instance(error, SyntaxError);
    assert.is(error.message, `parseBabiTasks: ${message}`);
  });
}
parsing.run();

const count = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** Tasks in which some of the sentences that answer a question could be missed: of somebody's objects all are given. */
const GENEROUS: readonly BabiTask[] = ["counting", "lists-sets"];

/** Tasks of people that walk about in a house. */
const HOUSES: readonly BabiTask[] = [
  "single-supporting-fact",
  "two-supporting-facts",
  "three-supporting-facts",
  "three-arg-relations",
  "yes-no-questions",
  "counting",
  "lists-sets",
  "basic-coreference",
  "conjunction",
  "compound-coreference",
  "agents-motivations",
];

/** What holds of the support in single tasks, though it could be answered by others. */
const CHOICES: Partial<Record<BabiTask, (question: BabiQuestion) => boolean>> = {
  // Since the object was got, it was in the hands of the one person whose moves are in it.
  "three-supporting-facts": ({ story, question, support: [, , before] }) =>
    story.findLastIndex((words) => words.includes(question[3]!) && /got|grabbed|took|picked/.test(words[1]!)) < before!,
  // The one of the same animal that was called so last.
  "basic-induction": ({ story, question, support: [own, other] }) =>
    other ===
    story.findLastIndex((words) => words[0] !== question[3] && words[2] === "a" && words[3] === story[own!]![3]),
};

/** Mean number of sentences that were told before a question, and of those since the last that answers it. */
function lengthsOf(questions: readonly BabiQuestion[]): [told: number, since: number] {
  const mean = (of: (question: BabiQuestion) => number): number =>
    questions.reduce((sum, question) => sum + of(question), 0) / questions.length;
  return [mean(({ story }) => story.length), mean(({ story, support }) => story.length - Math.max(...support))];
}

const sentencesOf = (questions: readonly BabiQuestion[]): Set<string> =>
  new Set(questions.flatMap(({ story }) => story.map((sentence) => sentence.join(" "))));
const askedOf = (questions: readonly BabiQuestion[]): Set<string> =>
  new Set(questions.map(({ question }) => question.join(" ")));

/** Whether the sentences of the support say the answer, and not without any of them. */
function expectSupport(question: BabiQuestion, canMiss: boolean): void {
  const { story, support, answer } = question;
  assert.is(new Set(support).size, support.length);
  assert.ok(support.length && support.every((i) => Number.isInteger(i) && i >= 0 && i < story.length));
  assert.is(answerFromSupport(question), answer, JSON.stringify(question));
  if (canMiss) return;
  for (const i of support) {
    const others = support.filter((other) => other !== i);
    assert.is.not(answerFromSupport({ ...question, support: others }), answer, JSON.stringify({ ...question, i }));
  }
}

const drawing = suite("stories of our own");
for (const task of babiTasks) {
  const questions = babiQuestions(new Random(101), task, 1000);
  drawing(`${task}: the words of the story say the answer`, () => {
    for (const question of questions) assert.is(answerFrom(question), question.answer, JSON.stringify(question));
  });
  drawing(`${task}: so do the sentences of the support, and not without any of them`, () => {
    for (const question of questions) {
      expectSupport(question, GENEROUS.includes(task));
      assert.ok(CHOICES[task]?.(question) ?? true, JSON.stringify(question));
    }
  });
  if (HOUSES.includes(task)) {
    drawing(`${task}: everything that is told can be`, () => {
      for (const { story } of questions) assert.is(impossibleIn(story), undefined, JSON.stringify(story));
    });
  }
  drawing(`${task}: no answer is right most of the time`, () => {
    const shares = Object.values(count(questions.map(({ answer }) => answer))).map((n) => n / questions.length);
    assert.ok(shares.length > 1 && Math.max(...shares) < 0.68, shares.join());
  });
  drawing(`${task}: the same stream draws the same, another others, and one that is entered goes on`, () => {
    const draw = (random: Random): BabiQuestion[] => babiStory(random, task);
    assert.equal(draw(new Random(7)), draw(new Random(7)));
    assert.not.equal(draw(new Random(7)), draw(new Random(8)));
    const random = new Random(7);
    draw(random);
    assert.equal(draw(new Random(7, 0, random.position)), draw(random));
  });
}
for (const task of ["yes-no-questions", "positional-reasoning", "size-reasoning"] as const) {
  drawing(`${task}: yes and no are as likely`, () => {
    const { yes, no } = count(babiQuestions(new Random(102), task, 4000).map(({ answer }) => answer));
    assert.is(yes! + no!, 4000);
    assert.ok(Math.abs(yes! / 4000 - 0.5) < 0.03, `${yes} are yes`);
  });
}
/** Tasks whose answers are as likely, with how many there are. Only first questions are drawn one by one. */
const uniform: Partial<Record<BabiTask, number>> = {
  "single-supporting-fact": 6,
  "two-supporting-facts": 6,
  "three-supporting-facts": 6,
  "two-arg-relations": 6,
  "basic-coreference": 6,
  conjunction: 6,
  "compound-coreference": 6,
  "time-reasoning": 6,
  "basic-deduction": 4,
  "basic-induction": 4,
};
for (const [task, answers] of Object.entries(uniform) as [BabiTask, number][]) {
  drawing(`${task}: all answers are as likely`, () => {
    const random = new Random(103);
    const first = Array.from({ length: 1000 }, () => babiStory(random, task)[0]!.answer);
    const counts = Object.values(count(first));
    assert.is(counts.length, answers);
    expectUniform(counts);
  });
}
drawing("basic-induction: every animal has one colour, and every colour one animal", () => {
  for (const { story } of babiQuestions(new Random(104), "basic-induction", 300)) {
    const animals = new Map(story.flatMap(([who, , a, animal]) => (a === "a" ? [[who, animal] as const] : [])));
    const coloured = story.filter(({ length }) => length === 3).map(([who, , colour]) => [animals.get(who), colour]);
    const pairs = new Set(coloured.map((pair) => pair.join()));
    for (const side of [0, 1]) assert.is(new Set(coloured.map((pair) => pair[side])).size, pairs.size);
  }
});
drawing(
  "path-finding: rooms that are not told to be so are not next to each other, so that no other way is as short",
  () => {
    const steps: Record<string, readonly [number, number]> = {
      north: [0, 1],
      south: [0, -1],
      east: [1, 0],
      west: [-1, 0],
    };
    for (const { story } of babiQuestions(new Random(105), "path-finding", 300)) {
      const cells = new Map<string, readonly [number, number]>([[story[0]![1]!, [0, 0]]]);
      for (let round = 0; round < story.length; ++round) {
        for (const [, a, , direction, , , b] of story) {
          const [dx, dy] = steps[direction!]!;
          const [atA, atB] = [cells.get(a!), cells.get(b!)];
          if (atB) cells.set(a!, [atB[0] + dx, atB[1] + dy]);
          else if (atA) cells.set(b!, [atA[0] - dx, atA[1] - dy]);
        }
      }
      const all = [...cells.values()];
      const beside = all.flatMap((a, i) =>
        all.slice(0, i).filter((b) => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) < 2),
      );
      assert.equal([all.length, beside.length], [6, 5]);
    }
  },
);
drawing("nobody is afraid of their own kind, and places that somebody is either in are two", () => {
  const fears = [...sentencesOf(babiQuestions(new Random(107), "basic-deduction", 1000))].filter((sentence) =>
    sentence.includes("afraid"),
  );
  assert.is(fears.length, 4 * 3);
  assert.ok(fears.every((sentence) => !/^(\w+) are afraid of \1$/.test(sentence)));
  const rumours = [...sentencesOf(babiQuestions(new Random(108), "indefinite-knowledge", 1000))];
  assert.ok(rumours.every((sentence) => !/ the (\w+) or the \1$/.test(sentence)));
});
drawing("size-reasoning: no sentence compares the two that are asked for", () => {
  const things = /box of chocolates|chocolate|box|suitcase|container|chest/g;
  const pairOf = (words: readonly string[]): string => words.join(" ").match(things)!.sort().join();
  for (const { story, question } of babiQuestions(new Random(109), "size-reasoning", 1000)) {
    assert.is(story.map(pairOf).includes(pairOf(question)), false);
  }
});

/** Percent of questions whose last sentence was told so many sentences ago, from 1, in the data set's 10,000 of a task. */
const AGES: Partial<Record<BabiTask, readonly number[]>> = {
  "single-supporting-fact": [45, 29, 13, 9, 4],
  "two-supporting-facts": [42, 26, 16, 10, 6],
  "three-supporting-facts": [40, 25, 16, 11, 8], // of 1,000
  "three-arg-relations": [43, 22, 15, 11, 8],
  "yes-no-questions": [37, 29, 16, 12, 7],
  counting: [44, 26, 14, 10, 6],
  "lists-sets": [36, 28, 16, 13, 7],
  "simple-negation": [46, 29, 14, 8, 4],
  "indefinite-knowledge": [45, 29, 14, 8, 4],
  "basic-coreference": [65, 0, 28, 0, 7],
  conjunction: [72, 24, 4],
  "compound-coreference": [92, 0, 8],
};
for (const [task, shares] of Object.entries(AGES) as [BabiTask, readonly number[]][]) {
  drawing(`${task}: what was told of late is asked for, as often as in the data set`, () => {
    const questions = babiQuestions(new Random(110), task, 4000);
    const ages = count(questions.map(({ story, support }) => String(story.length - Math.max(...support))));
    assert.equal(
      Object.keys(ages).filter((age) => !shares[Number(age) - 1]),
      [],
    );
    for (const [i, share] of shares.entries()) {
      const own = (ages[i + 1] ?? 0) / 40;
      assert.ok(Math.abs(own - share) < 6, `${own.toFixed(1)}% ask after ${i + 1}, and ${share}% there`);
    }
  });
}

/** Parts of questions with a property. */
const shareOf = <T>(all: readonly T[], has: (each: T) => boolean): number => all.filter(has).length / all.length;

/** Of task 4: whether the answer begins the sentence that tells it, and whether it is the place of both sentences. */
const answersFirst = ({ story, answer, support }: BabiQuestion): boolean => story[support[0]!]![1] === answer;
const answersMiddle = ({ story, answer }: BabiQuestion): boolean =>
  story.every((sentence) => sentence.includes(answer));
/** Of tasks 2 and 3: whether somebody holds the object that is asked for. */
const asksHeld = ({ story, support }: BabiQuestion): boolean => /got|grabbed|took|picked/.test(story[support[0]!]![1]!);

drawing(
  "two-arg-relations: the answer begins the sentence that tells it, and a third of the time is the middle place",
  () => {
    const questions = babiQuestions(new Random(111), "two-arg-relations", 4000);
    assert.ok(questions.every(answersFirst));
    const middle = shareOf(questions, answersMiddle);
    assert.ok(Math.abs(middle - 1 / 3) < 0.025, String(middle));
    const straight = shareOf(questions, ({ question }) => question[2] !== "the"); // "what is north of the office"
    assert.ok(Math.abs(straight - 1 / 2) < 0.025, String(straight));
  },
);
for (const [task, share] of [
  ["two-supporting-facts", 0.31],
  ["three-supporting-facts", 0.21],
] as const) {
  drawing(
    `${task}: as often as in the data set somebody holds the object that is asked for, and has carried it`,
    () => {
      const questions = babiQuestions(new Random(112), task, 4000);
      const held = shareOf(questions, asksHeld);
      assert.ok(Math.abs(held - share) < 0.05, String(held));
      assert.ok(questions.filter(asksHeld).every(({ support: [got, moved] }) => moved! > got!));
      assert.ok(questions.every(({ story, support }) => story.length - support[0]! <= 5));
    },
  );
}
drawing("as many questions as in the data set: one, four, five, eight, or up to twelve", () => {
  const counts: Partial<Record<BabiTask, number>> = {
    "two-arg-relations": 1,
    "basic-deduction": 4,
    "basic-induction": 1,
    "positional-reasoning": 8,
    "path-finding": 1,
  };
  const random = new Random(106);
  for (const task of babiTasks) {
    for (let i = 0; i < 20; ++i) {
      const { length } = babiStory(random, task);
      if (task === "agents-motivations") assert.ok(length >= 9 && length <= 12, String(length));
      else assert.is(length, counts[task] ?? 5, task);
    }
  }
});
drawing("so many questions are the first of stories that are drawn one after the other", () => {
  const random = new Random(3);
  const stories = Array.from({ length: 3 }, () => babiStory(random, "counting")).flat();
  for (const length of [0, 1, 5, 12]) {
    assert.equal(babiQuestions(new Random(3), "counting", length), stories.slice(0, length));
  }
});
drawing("refuses tasks that there are not, and what is no count", () => {
  for (const bad of ["sorting", "toString", "", 1, undefined] as never[]) {
    const error = thrownBy(() => babiStory(new Random(1), bad));
    assert.instance(error, RangeError);
    assert.match(
      error.message,
      /^babiStory: the task is .*, and must be one of single-supporting-fact, .*, agents-mot/,
    );
  }
  for (const bad of [-1, 1.5, NaN, "7"] as never[]) {
    const error = thrownBy(() => babiQuestions(new Random(1), "counting", bad));
    assert.match(error.message, /^babiQuestions: the count is .*, and must be a whole number from 0 /);
  }
});

/** Of the first story of seed 1: the last sentences before the first question, and that with its answer and support. */
const golden: Record<BabiTask, readonly string[]> = {
  "single-supporting-fact": [
    "john travelled to the bedroom",
    "daniel went back to the office",
    "where is daniel? office 1 of 2",
  ],
  "two-supporting-facts": [
    "john went to the hallway",
    "mary got the apple there",
    "mary discarded the apple there",
    "where is the apple? bathroom 5 2 of 6",
  ],
  "three-supporting-facts": [
    "daniel went to the bedroom",
    "daniel travelled to the office",
    "daniel moved to the kitchen",
    "where was the milk before the kitchen? office 46 49 48 of 50",
  ],
  "two-arg-relations": [
    "the garden is south of the hallway",
    "the office is north of the hallway",
    "what is the hallway north of? garden 0 of 2",
  ],
  "three-arg-relations": [
    "bill went to the office",
    "mary went to the kitchen",
    "mary gave the apple to fred",
    "who did mary give the apple to? fred 17 of 18",
  ],
  "yes-no-questions": [
    "daniel went back to the office",
    "daniel travelled to the kitchen",
    "is daniel in the hallway? no 1 of 2",
  ],
  counting: [
    "john went to the hallway",
    "mary got the apple there",
    "mary discarded the apple there",
    "how many objects is mary carrying? none 4 5 of 6",
  ],
  "lists-sets": [
    "john went to the hallway",
    "mary got the apple there",
    "mary discarded the apple there",
    "what is mary carrying? nothing 4 5 of 6",
  ],
  "simple-negation": [
    "john is no longer in the garden",
    "daniel is no longer in the office",
    "is john in the garden? no 0 of 2",
  ],
  "indefinite-knowledge": [
    "fred is either in the school or the park",
    "julie travelled to the kitchen",
    "is fred in the cinema? no 0 of 2",
  ],
  "basic-coreference": [
    "mary travelled to the kitchen",
    "following that she journeyed to the office",
    "where is mary? office 0 1 of 2",
  ],
  conjunction: [
    "mary and sandra travelled to the kitchen",
    "john and mary journeyed to the hallway",
    "where is sandra? kitchen 0 of 2",
  ],
  "compound-coreference": [
    "mary and sandra travelled to the kitchen",
    "following that they journeyed to the office",
    "where is mary? office 0 1 of 2",
  ],
  "time-reasoning": [
    "yesterday fred travelled to the park",
    "mary journeyed to the kitchen this morning",
    "this morning julie moved to the park",
    "where was julie before the office? park 1 5 of 6",
  ],
  "basic-deduction": [
    "mice are afraid of cats",
    "cats are afraid of wolves",
    "gertrude is a mouse",
    "what is jessica afraid of? cat 0 5 of 8",
  ],
  "basic-induction": [
    "bernhard is white",
    "bernhard is a swan",
    "brian is gray",
    "what color is lily? gray 4 3 8 of 9",
  ],
  "positional-reasoning": [
    "the yellow square is above the pink rectangle",
    "the pink rectangle is to the left of the red sphere",
    "is the red sphere to the left of the yellow square? no 1 0 of 2",
  ],
  "size-reasoning": [
    "the chocolate fits inside the box",
    "the chocolate fits inside the box",
    "the box of chocolates is bigger than the chocolate",
    "does the chocolate fit in the suitcase? yes 0 3 of 5",
  ],
  "path-finding": [
    "the garden is south of the hallway",
    "the garden is west of the bathroom",
    "the office is east of the bedroom",
    "how do you go from the garden to the kitchen? n,n 2 1 of 5",
  ],
  "agents-motivations": ["jason is hungry", "where will jason go? kitchen 0 of 1"],
};
for (const task of babiTasks) {
  drawing(`${task}: the first question of seed 1`, () => {
    const { story, question, answer, support } = babiStory(new Random(1), task)[0]!;
    const [asked, ...sentences] = [...golden[task]].reverse();
    assert.equal(
      story.slice(-3).map((sentence) => sentence.join(" ")),
      sentences.reverse(),
    );
    assert.is(`${question.join(" ")}? ${answer} ${support.join(" ")} of ${story.length}`, asked);
  });
}
drawing.run();

const folder = process.env["TAPEHEAD_DATA"];
const real = suite("the data set");
const parts: Record<string, readonly BabiTaskQuestions[]> = {};
const partOf = (part: string): readonly BabiTaskQuestions[] =>
  (parts[part] ??= parseBabiTasks(gunzipSync(readFileSync(`${folder}/babi/en-${part}.txt.gz`)).toString()));

/** What is right of the answers that words give: elsewhere all of it. Task 5 asks for the last gift but one, twice. */
const RIGHT: Partial<Record<BabiTask, number>> = { "three-arg-relations": 0.998 };

for (const part of ["train", "test"]) {
  (folder ? real : real.skip)(`${part}: twenty tasks of 1,000 questions`, () => {
    const tasks = partOf(part);
    assert.equal(
      tasks.map(({ number, name }) => `${number} ${name}`),
      babiTasks.map((name, i) => `${i + 1} ${name}`),
    );
    for (const { questions } of tasks) assert.is(questions.length, 1000);
  });
  for (const task of babiTasks) {
    (folder ? real : real.skip)(`${part}: ${task}: words say the answers, and those of the support do`, () => {
      const { questions } = partOf(part).find(({ name }) => name === task)!;
      const right = questions.filter((question) => answerFrom(question) === question.answer).length;
      assert.is(right / questions.length, RIGHT[task] ?? 1);
      for (const question of questions) {
        expectSupport(question, GENEROUS.includes(task));
        assert.ok(CHOICES[task]?.(question) ?? true, JSON.stringify(question));
        if (HOUSES.includes(task)) assert.is(impossibleIn(question.story), undefined, JSON.stringify(question));
      }
    });
  }
}
for (const task of babiTasks) {
  (folder ? real : real.skip)(`${task}: our own stories have its sentences, words and questions`, () => {
    const theirs = ["train", "test"].flatMap((part) => partOf(part).find(({ name }) => name === task)!.questions);
    const ours = babiQuestions(new Random(101), task, 2000);
    const known = sentencesOf(theirs);
    const sentences = [...sentencesOf(ours)];
    const share = sentences.filter((sentence) => known.has(sentence)).length / sentences.length;
    assert.ok(share > 0.95, `${share} of the sentences are in the data set`);
    assert.equal([...askedOf(ours)].sort(), [...askedOf(theirs)].sort());
    const vocabulary = (all: Set<string>): string[] => [...new Set([...all].flatMap((each) => each.split(" ")))].sort();
    assert.equal(vocabulary(new Set(sentences)), vocabulary(known));
    for (const [i, of] of lengthsOf(theirs).entries()) {
      const own = lengthsOf(ours)[i]!;
      assert.ok(own > of * 0.8 && own < of * 1.25, `${own} sentences, and ${of} there`);
    }
    if (task === "two-arg-relations") {
      assert.ok(theirs.every(answersFirst));
      assert.ok(Math.abs(shareOf(theirs, answersMiddle) - shareOf(ours, answersMiddle)) < 0.04);
    }
    if (/^(two|three)-supporting-facts$/.test(task)) {
      assert.ok(Math.abs(shareOf(theirs, asksHeld) - shareOf(ours, asksHeld)) < 0.05);
    }
    // Lists of three are too rare for all orders to come.
    const answers = (all: readonly BabiQuestion[]): string[] =>
      Object.keys(count(all.map(({ answer }) => answer))).filter((answer) => answer.split(",").length < 3);
    assert.equal(answers(ours).sort(), answers(theirs).sort());
  });
}
real.run();
