import type { AnyTask } from "../bindings/core.js";
import type { AnyModel, Saved } from "./models.js";
import { measure } from "./numbers.js";
import type { OwnModule } from "./ownModule.js";
import { tasks } from "./tasks.js";

/** How a mean a sequence is said. */
interface Words {
  /** In a column of its own. */
  readonly name: string;
  readonly value: (mean: number) => string;
  /** In a sentence. */
  readonly sentence: (mean: number) => string;
}

const percent = (mean: number): string => `${(100 * mean).toFixed(1)}%`;

/** Everything that tasks and models measure. */
const words: Readonly<Record<string, Words>> = {
  bitError: { name: "wrong bits", value: measure, sentence: (mean) => `${measure(mean)} wrong bits a sequence` },
  sequenceError: { name: "wrong", value: percent, sentence: (mean) => `${percent(mean)} of sequences wrong` },
  answerError: { name: "wrong", value: percent, sentence: (mean) => `${percent(mean)} of answers wrong` },
  bits: { name: "bits", value: measure, sentence: (mean) => `${measure(mean)} bits a sequence` },
  optimalBits: { name: "optimal", value: measure, sentence: (mean) => `${measure(mean)} bits for the best predictor` },
  bitsPerCharacter: { name: "bits/char", value: measure, sentence: (mean) => `${measure(mean)} bits a character` },
  characterError: { name: "wrong", value: percent, sentence: (mean) => `${percent(mean)} of characters wrong` },
  symbolErrorRate: { name: "symbols wrong", value: percent, sentence: (mean) => `${percent(mean)} of symbols wrong` },
  sequenceErrorRate: { name: "wrong", value: percent, sentence: (mean) => `${percent(mean)} of sequences wrong` },
  bleu: { name: "BLEU", value: measure, sentence: (mean) => `BLEU ${measure(mean)}` },
  symbolError: { name: "wrong", value: percent, sentence: (mean) => `${percent(mean)} of symbols wrong` },
  exact: { name: "exact", value: percent, sentence: (mean) => `${percent(mean)} of answers exactly right` },
  ponder: { name: "ponder", value: (mean) => mean.toFixed(2), sentence: (mean) => `${mean.toFixed(2)} steps an input` },
};

/** How something measured is said; what nobody has put into words is said by its name. */
export const wordsOf = (name: string): Words =>
  words[name] ?? { name, value: measure, sentence: (mean) => `${name} ${measure(mean)}` };

/** What training measures: the first is what it is judged by. */
export const metricsOf = (model: AnyModel, task: AnyTask): string[] => [...Object.keys(task.metrics), ...model.metrics];

/** What a file's training measured. None where neither this program nor the user's module knows the task. */
export function metricsIn({ model, task }: Pick<Saved, "model" | "task">, own?: OwnModule): string[] {
  if (task && own?.task.name === task.name) return metricsOf(model, own.task);
  const entry = task && Object.hasOwn(tasks, task.name) ? tasks[task.name] : undefined;
  return entry ? [...entry.metrics, ...model.metrics] : [];
}

/** A measure of a step or an evaluation. */
export const valueOf = (report: object, name: string): number => (report as Readonly<Record<string, number>>)[name]!;
