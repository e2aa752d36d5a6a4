import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { PointerNetwork } from "../../bindings/models.js";
import { drawExamples, exactScore, hullScore, tourScore, type PointerTask } from "../../bindings/tasks.js";
import type { Pointing } from "../../recipes/pointerNetwork.js";
import { dataFile } from "../data.js";
import type { System } from "../system.js";
import { testTaskOf } from "../testTask.js";

/** A map of real cities and its shortest tour. */
interface Map {
  readonly n: number;
  readonly points: readonly (readonly [number, number])[];
  readonly tour: readonly number[];
}

const mapsOf = (file: string): Map[] =>
  gunzipSync(readFileSync(file))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Map);

type Places = readonly (readonly number[])[];

/** Sets to point into, and what is known of the best answers. */
interface Sets {
  readonly sets: readonly (readonly ArrayLike<number>[])[];
  readonly targets?: Places;
  readonly tours?: Places;
}

/** Real maps of a file, or sets that the task draws. */
function setsOf(task: PointerTask, { sequences = 2000, length, file }: Pointing): Sets {
  if (file !== undefined) {
    const maps = mapsOf(dataFile(file))
      .filter(({ n }) => n === length)
      .slice(0, sequences);
    return { sets: maps.map(({ points }) => points), tours: maps.map(({ tour }) => tour) };
  }
  const drawn = drawExamples(task, { count: sequences, seed: 77, ...(length && { length }) });
  return { sets: drawn.map(({ inputs }) => inputs), targets: drawn.map(({ targets }) => targets) };
}

/** The metrics of a task's paper. */
const scores: Readonly<Record<string, (answers: Places, sets: Sets) => object>> = {
  "pointer-sort": (answers, { targets }) => ({ exact: exactScore(answers, targets!) }),
  "convex-hull": (answers, { sets }) => hullScore(answers, sets),
  tsp: (answers, { sets, tours }) => tourScore(answers, sets, tours),
};

/** Points freely, scored as the task's paper scores it. */
export const system: System<PointerNetwork, Pointing> = {
  className: PointerNetwork.className,
  measure({ engine, model, test, ...of }) {
    const task = testTaskOf({ test, ...of }) as unknown as PointerTask;
    const chosen = setsOf(task, test);
    const begin = performance.now();
    const answers = model.run(engine, chosen.sets, { beam: test.beam ?? 1 }).map(({ places }) => places);
    const milliseconds = (performance.now() - begin) / chosen.sets.length;
    return { ...scores[task.name]!(answers, chosen), sources: chosen.sets.length, milliseconds };
  },
};
