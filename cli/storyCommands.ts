import { Random, type Engine, type Model } from "../bindings/full.js";
import { storyPage, type StoryAnswer, type StoryDrawing, type StoryPageOptions } from "../bindings/models.js";
import { babiStory, babiTasks } from "../bindings/tasks.js";
import { withEngine } from "./engine.js";
import { asUsage, UsageError } from "./errors.js";
import { factsOf } from "./facts.js";
import type { Held } from "./held.js";
import { plural } from "./numbers.js";
import { sayStory, type Reading } from "./storyTelling.js";
import type { ModelCommands, Page, TraceFlags } from "./systems/commands.js";

/** A model that answers questions about stories. */
interface StoryModel extends Model<string> {
  answer(engine: Engine, story: readonly string[], question: string): StoryAnswer;
}

/** Commands of models that answer the question at the end of a story, and say what they read of each sentence. */
export const storyCommands = (unit: Reading): ModelCommands<StoryModel> => ({
  run: ({ model }) => ({
    async run(text) {
      const { story, question } = storyOf(new TextDecoder().decode(text));
      const answer = await withEngine((engine) => asUsage(() => model.answer(engine, story, question)));
      return {
        json: { story, question, ...answer },
        say: () => sayStory(question, { ...answer, sentences: story }, unit),
      };
    },
  }),
  trace: (held, words, flags) => pageOf(held, words, flags, unit),
});

/** Page of a story on the command line, or of one that the task draws. */
function pageOf(held: Held<StoryModel>, words: readonly string[], flags: TraceFlags, unit: Reading): Page {
  const { model } = held;
  const { seed, ...refused } = flags;
  const [flag] = Object.entries(refused).find(([, value]) => value !== undefined) ?? [];
  if (flag) throw new UsageError(`${held.file} holds a model that reads stories: leave out --${flag}`);
  if (words.length && seed !== undefined) throw new UsageError("There are words and --seed, and must be one of them");
  const asked = words.length ? storyOf(words.join(" ")) : drawn(held, seed ?? 1);
  return {
    read: ["word", asked.story.concat(asked.question).join(" ").split(/\s+/).length],
    draw: (engine) => {
      const answer = asUsage(() => model.answer(engine, asked.story, asked.question));
      return asUsage(() => storyPage({ ...asked, answer }, aboutOf(held, unit)));
    },
  };
}

/** What a page says of the model. */
export const aboutOf = (held: Held<StoryModel>, unit: Reading): StoryPageOptions => ({
  model: held.model,
  unit,
  facts: factsOf(held),
  ...(held.task && { task: held.task.name }),
});

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
