import type { Engine } from "../../bindings/core.js";
import { Executable } from "../../bindings/runtime/executable.js";
import { variantOf } from "../../bindings/runtime/method.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { fillPremises } from "./premiseBatch.js";
import type { ScoredProblem } from "./judgePremises.js";
import type { PremiseSelector } from "./premiseSelector.js";
import type { PremiseTask } from "./premiseTask.js";
import type { PremiseProblem } from "./readPremises.js";

/** Rows that are scored in one call. */
const AT_ONCE = 64;

/** Probabilities that the facts of problems are needed. */
export function scorePremises(
  engine: Engine,
  model: PremiseSelector,
  task: PremiseTask,
  problems: readonly PremiseProblem[],
): ScoredProblem[] {
  const scores = problems.map(() => ({ needed: [] as number[], unneeded: [] as number[] }));
  const rows = problems.flatMap((problem, i) => task.rowsOf(problem).map((row) => ({ row, to: scores[i]! })));
  const executable = new Executable(model);
  const variant = variantOf(model, "evaluate", model.methods()["evaluate"]!);
  const batch = new Batch(model.batchLayout());
  for (let begin = 0; begin < rows.length; begin += AT_ONCE) {
    const some = rows.slice(begin, begin + AT_ONCE);
    fillPremises(
      batch,
      some.map(({ row }) => row),
      task,
    );
    const outputs = executable.run(engine, variant, batch);
    some.forEach(({ row, to }, i) => {
      const { data } = outputs.of("needed", i);
      row.facts.forEach(({ isNeeded }, k) => (isNeeded ? to.needed : to.unneeded).push(data[k]!));
    });
  }
  engine.release(executable);
  return scores;
}
