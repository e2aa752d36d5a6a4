import type { StoryReply } from "../bindings/questions.js";
import { plural } from "./numbers.js";
import { table } from "./table.js";

/** What a model reads a story in: hops, episodes, or facts of one sentence each. */
export type Reading = "hop" | "episode" | "fact";

/** The answer to a question about a story, and how much each reading read of each sentence. */
export function sayStory(
  question: string,
  { answer, probability, attention, forgotten, sentences }: Omit<StoryReply, "confidence">,
  unit: Reading = "hop",
): void {
  console.log(`${question} ${answer} (${percent(probability)})`);
  const read = sentences.slice(forgotten);
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
