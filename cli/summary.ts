import { wordsOf } from "./metrics.js";
import { count, duration, measure, plural } from "./numbers.js";
import { quoted } from "./quoted.js";
import type { Outcome } from "./training.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** What is about to be trained. */
export function sayStart({ model, task, batch, firstStep, file, log }: TrainingPlan): void {
  const what = `${model.name} with ${count(model.parameterCount)} parameters`;
  const from = firstStep ? `, from step ${count(firstStep)}` : "";
  console.log(
    `Training ${/^[AEIOU]/.test(what) ? "an" : "a"} ${what} on ${task.name}, ${plural(batch, "sequence")} a step${from}, into ${file}`,
  );
  if (log) console.log(`Logging ${placeOf(log.folder)}`);
}

/** How training ended. */
export function sayEnd({ reason, step, sequences, measured, seconds, file }: Outcome, plan: TrainingPlan): void {
  const much = `${plural(step, "step")}, ${plural(sequences, "sequence")}, ${duration(seconds)}`;
  const judged = measured[plan.metrics[0]!]!;
  const short = reason === "steps" && plan.until !== undefined && judged >= plan.until;
  const goal = short ? `, and not below ${measure(plan.until!)}` : "";
  const results = Object.entries(measured).map(([name, mean]) => wordsOf(name).sentence(mean));
  const measures = results.length ? `: ${results.join(", ")}` : "";
  console.log(`${reason === "interrupted" ? "Stopped after" : "Trained"} ${much}${measures}${goal}`);
  console.log(`Saved ${file}`);
  if (plan.log) console.log(`Logged ${placeOf(plan.log.folder)}`);
  if (reason === "interrupted") console.log(`Go on with: ${plan.resumeCommand}`);
}

/** Where a log is, and the command that shows it. */
const placeOf = (folder: string): string => `into ${folder}: tensorboard --logdir ${quoted(folder)}`;
