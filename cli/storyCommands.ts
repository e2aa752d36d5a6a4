import { Random, type Engine, type Model } from "../bindings/full.js";
import { storyPage, type StoryAnswer, type StoryDrawing } from "../bindings/models.js";
import { babiStory, babiTasks } from "../bindings/tasks.js";
import { withEngine } from "./engine.js";
import { asUsage, UsageError } from "./errors.js";
import { factsOf } from "./facts.js";
import type { Held } from "./held.js";
import { plural } from "./numbers.js";
import type { ModelCommands, Page, TraceFlags } from "./systems/commands.js";
import { table } from "./table.js";

/** A model that answers questions about stories. */
interface StoryModel extends Model<string> {
  answer(engine: Engine, story: readonly string[], question: string): StoryAnswer;
}

/** Column of a page: one reading of the story. */
type Unit = "hop" | "episode";

/** Commands of models that answer the question at the end of a story, and say what they read of each sentence. */
export const storyCommands = (unit: Unit): ModelCommands<StoryModel> => ({
  run: ({ model }) => ({
    async run(text) {
      const { story, question } = storyOf(new TextDecoder().decode(text));
      const answer = await withEngine((engine) => asUsage(() => model.answer(engine, story, question)));
      return { json: { story, question, ...answer }, say: () => say(story, question, answer, unit) };
    },
  }),
  trace: (held, words, flags) => pageOf(held, words, flags, unit),
});

/** Page of a story on the command line, or of one that the task draws. */
function pageOf(held: Held<StoryModel>, words: readonly string[], flags: TraceFlags, unit: Unit): Page {
  const { model, task } = held;
  const { seed, ...refused } = flags;
  const [flag] = Object.entries(refused).find(([, value]) => value !== undefined) ?? [];
  if (flag) throw new UsageError(`${held.file} holds a model that reads stories: leave out --${flag}`);
  if (words.length && seed !== undefined) throw new UsageError("There are words and --seed, and must be one of them");
  const asked = words.length ? storyOf(words.join(" ")) : drawn(held, seed ?? 1);
  return {
    read: ["word", asked.story.concat(asked.question).join(" ").split(/\s+/).length],
    draw: (engine) => {
      const answer = asUsage(() => model.answer(engine, asked.story, asked.question));
      const about = { model, unit, facts: factsOf(held), ...(task && { task: task.name }) };
      return asUsage(() => storyPage({ ...asked, answer }, about));
    },
  };
}

/** A story that is made up, of a task at random among those that the model was trained for. */
function drawn({ file, task }: Held<StoryModel>, seed: number): Omit<StoryDrawing, "answer"> {
  const { tasks } = (task?.options ?? {}) as { readonly tasks?: readonly number[] };
  if (!tasks) throw new UsageError(`${file} does not say which stories it was trained on: give it one, and a question`);
  const random = new Random(seed);
  const name = babiTasks[tasks[random.integer(0, tasks.length - 1)]! - 1]!;
  const questions = babiStory(random, name);
  const { story, question, answer, support } = questions[random.integer(0, questions.length - 1)]!;
  const text = (all: readonly string[]): string => all.join(" ");
  return { story: story.map(text), question: `${text(question)}?`, expected: answer, support };
}

/** Sentences of a text, each with its full stop or on a line of its own, of which the last is the question. */
function storyOf(text: string): { readonly story: readonly string[]; readonly question: string } {
  const sentences = (text.match(/[^.!?\n]+[.!?]*/g) ?? []).map((sentence) => sentence.trim()).filter(Boolean);
  const question = sentences.pop();
  if (question !== undefined && sentences.length) return { story: sentences, question };
  throw new UsageError(
    `The text has ${plural(sentences.length + Number(question !== undefined), "sentence")}, and must have at least one and a ` +
      'question behind it, as "Mary went to the garden. Where is Mary?"',
  );
}

/** The answer, and how much of each hop or episode reads each sentence. */
function say(story: readonly string[], question: string, answered: StoryAnswer, unit: Unit): void {
  const { answer, probability, attention, forgotten } = answered;
  console.log(`${question} ${answer} (${percent(probability)})`);
  const read = story.slice(forgotten);
  const columns = attention.map((p) => p.slice(forgotten).map(percent));
  const head = ["", ...attention.map((_, i) => `${unit} ${i + 1}`)];
  const rows = read.map((sentence, i) => [`  ${sentence}`, ...columns.map((hop) => hop[i]!)]);
  console.log(table([head, ...rows], { numbers: 1 }));
  if (!forgotten) return;
  const verb = forgotten === 1 ? "is" : "are";
  console.log(
    `The first ${plural(forgotten, "sentence")} of the story ${verb} not read: the memory holds ${read.length}.`,
  );
}

const percent = (part: number): string => `${(100 * part).toFixed(1)}%`;
