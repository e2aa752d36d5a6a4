import { EndToEndMemoryNetwork, type StoryAnswer } from "../../bindings/models.js";
import { withEngine } from "../engine.js";
import { asUsage, UsageError } from "../errors.js";
import { plural } from "../numbers.js";
import { table } from "../table.js";
import type { SystemCommands } from "./commands.js";

export const endToEndMemoryNetwork = {
  className: EndToEndMemoryNetwork.className,
  runHelp: "one for stories answers the question at the end of a story, and says how much each hop read of each sentence",
  run: ({ model }) => ({
    async run(text) {
      const { story, question } = storyOf(new TextDecoder().decode(text));
      const answer = await withEngine((engine) => asUsage(() => model.answer(engine, story, question)));
      return { json: { story, question, ...answer }, say: () => say(story, question, answer) };
    },
  }),
} satisfies SystemCommands<EndToEndMemoryNetwork>;

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

/** The answer, and how much of each hop reads each sentence. */
function say(story: readonly string[], question: string, answered: StoryAnswer): void {
  const { answer, probability, attention, forgotten } = answered;
  console.log(`${question} ${answer} (${percent(probability)})`);
  const read = story.slice(forgotten);
  const columns = attention.map((p) => p.slice(forgotten).map(percent));
  const head = ["", ...attention.map((_, hop) => `hop ${hop + 1}`)];
  const rows = read.map((sentence, i) => [`  ${sentence}`, ...columns.map((hop) => hop[i]!)]);
  console.log(table([head, ...rows], { numbers: 1 }));
  if (!forgotten) return;
  const verb = forgotten === 1 ? "is" : "are";
  console.log(
    `The first ${plural(forgotten, "sentence")} of the story ${verb} not read: the memory holds ${read.length}.`,
  );
}

const percent = (part: number): string => `${(100 * part).toFixed(1)}%`;
