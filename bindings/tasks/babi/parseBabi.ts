import { shown } from "../../common/shown.js";
import { wordsOf, type BabiQuestion } from "./story.js";

/** Questions of a task, under the name and the number that its file has. */
export interface BabiTaskQuestions {
  readonly number: number;
  readonly name: string;
  readonly questions: BabiQuestion[];
}

/**
 * Questions of a file of the data set, one of its tasks. A line is `ID sentence`, or `ID question<TAB>answer<TAB>IDs` with
 * the IDs of the sentences that answer it; ID 1 opens a story. Weston et al. 2015, arXiv:1502.05698. IDs count questions,
 * too, which are no part of a story here. Lines without anything are passed over.
 *
 * @throws SyntaxError with the number of the line, unless every line is one of these, and every sentence is followed by
 * a question in its story.
 * @throws TypeError unless the text is a string.
 * @example
 * parseBabi("1 Mary went to the hall.\n2 Where is Mary?\thall\t1\n");
 * // [{ story: [["mary", "went", "to", "the", "hall"]], question: ["where", "is", "mary"], answer: "hall", support: [0] }]
 */
export const parseBabi = (text: string): BabiQuestion[] => questionsOf("parseBabi", linesOf("parseBabi", text));

/**
 * Questions of several tasks in one text, each as `parseBabi` reads it after a line `## qaN_name`, as in
 * `## qa1_single-supporting-fact`.
 *
 * @throws SyntaxError with the number of the line, unless the text is made of tasks, each of them once and with questions.
 * @throws TypeError unless the text is a string.
 * @example
 * const [first] = parseBabiTasks("## qa1_single-supporting-fact\n1 Mary went to the hall.\n2 Where is Mary?\thall\t1\n");
 * // { number: 1, name: "single-supporting-fact", questions: [ … ] }
 */
export function parseBabiTasks(text: string): BabiTaskQuestions[] {
  const of = "parseBabiTasks";
  const tasks: { readonly number: number; readonly name: string; readonly line: Line; readonly lines: Line[] }[] = [];
  for (const line of linesOf(of, text)) {
    const heading = /^## *qa([1-9]\d{0,8})_(\S+)\s*$/.exec(line.text);
    const last = tasks.at(-1);
    if (heading) {
      const number = Number(heading[1]);
      const twin = tasks.find((task) => task.number === number);
      if (twin) fail(of, line, `opens task ${number}, as line ${twin.line.number} does, and must open another`);
      tasks.push({ number, name: heading[2]!, line, lines: [] });
    } else if (line.text.startsWith("##") || !last) {
      fail(of, line, `is ${shown(line.text)}, and must open a task, as in "## qa1_single-supporting-fact"`);
    } else last.lines.push(line);
  }
  return tasks.map(({ number, name, line, lines }) => {
    if (!lines.length) fail(of, line, `opens task ${number}, in which is nothing, and must be followed by a story`);
    return { number, name, questions: questionsOf(of, lines) };
  });
}

/** A line without blanks around it, and its number in the text, from 1. */
interface Line {
  readonly text: string;
  readonly number: number;
}

function linesOf(of: string, text: string): Line[] {
  if (typeof text !== "string") throw new TypeError(`${of}: the text is ${shown(text)}, and must be a string`);
  return text
    .split(/\r?\n/)
    .map((each, i) => ({ text: each.trimStart(), number: i + 1 }))
    .filter((line) => line.text.trim());
}

/** The story that is open: its sentences, and for each of its IDs, from 1, the index of the sentence that it is of. */
class Story {
  readonly sentences: (readonly string[])[] = [];
  readonly indices: (number | undefined)[] = [];
  /** The last sentence after which nothing was asked yet. */
  unasked: Line | undefined;
}

function questionsOf(of: string, lines: readonly Line[]): BabiQuestion[] {
  const questions: BabiQuestion[] = [];
  let story = new Story();
  for (const line of lines) {
    if (line.text.startsWith("##")) fail(of, line, "opens a task, and must be read by parseBabiTasks");
    const [, id, rest = ""] = /^(\d+) +(.*)$/.exec(line.text) ?? [];
    if (id === undefined) {
      fail(of, line, `is ${shown(line.text)}, and must be a number and a sentence or question`);
    }
    if (Number(id) === 1) {
      expectAsked(of, story);
      story = new Story();
    } else if (Number(id) !== story.indices.length + 1) {
      const next = story.indices.length ? `${story.indices.length + 1}, the next one, or 1` : "1";
      fail(of, line, `has ID ${shown(Number(id))}, and must have ${next}, which opens a story`);
    }
    if (rest.includes("\t")) questions.push(questionOf(of, line, rest, story));
    else tell(of, line, rest, story);
  }
  expectAsked(of, story);
  return questions;
}

function tell(of: string, line: Line, text: string, story: Story): void {
  const words = wordsOf(text);
  if (!words.length) fail(of, line, `is ${shown(line.text)}, and must have words`);
  if (text.trimEnd().endsWith("?")) {
    fail(of, line, `asks something, and must have the answer and the IDs of sentences after it, each after a tab`);
  }
  story.indices.push(story.sentences.push(words) - 1);
  story.unasked = line;
}

function questionOf(of: string, line: Line, text: string, story: Story): BabiQuestion {
  const parts = text.split("\t");
  if (parts.length !== 3) {
    fail(
      of,
      line,
      `has ${parts.length} parts between tabs, and must have 3: question, answer and the IDs of sentences`,
    );
  }
  const [asked, answers, ids] = parts as [string, string, string];
  const question = wordsOf(asked);
  if (!question.length) fail(of, line, `asks ${shown(asked)}, and must have words in front of the answer`);
  if (!story.sentences.length) fail(of, line, "asks something, and must come after a sentence of its story");
  const answer = answers.split(",").map(wordsOf);
  if (answer.some((words) => words.length !== 1)) {
    fail(of, line, `has the answer ${shown(answers)}, and must have a word, or several with commas between them`);
  }
  const support = (ids.match(/\S+/g) ?? []).map((id) => {
    const index = /^\d+$/.test(id) ? story.indices[Number(id) - 1] : undefined;
    return index ?? fail(of, line, `is answered by ${shown(id)}, and must be so by IDs of sentences before it`);
  });
  story.indices.push(undefined);
  story.unasked = undefined;
  return { story: [...story.sentences], question, answer: answer.join(), support };
}

function expectAsked(of: string, { unasked }: Story): void {
  if (unasked) fail(of, unasked, "is the last of its story, and must be followed by a question, or it would be lost");
}

function fail(of: string, { number }: Line, what: string): never {
  throw new SyntaxError(`${of}: line ${number} ${what}`);
}
