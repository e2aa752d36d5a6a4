/**
 * Trains what the results tables show, and writes the tables. What docs/results/runs has already is not trained again;
 * what was stopped goes on where it stood. Without training, `npm run generate` writes the tables.
 *
 *   npm run reproduce:turing [-- --only associative-recall --threads 1 --again]
 *   npm run reproduce:ponder
 *   npm run reproduce:attention
 *   npm run reproduce:programmer
 *
 *   --only TEXT   only the experiment of this name, or, if there is none, those whose name holds this text
 *   --again       also what there is a result for
 *   --quick       three steps of each, to see that all of it works; needs --out
 *   --out FOLDER  writes tables and checkpoints there instead of docs/results and checkpoints
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Engine } from "../bindings/core.js";
import { engineOf } from "./engine.js";
import { suites, type Experiment, type SuiteName } from "./experiments.js";
import { dataFolder } from "./measure.js";
import { checkpointsPages, resultsPages } from "./pages.js";
import { perform } from "./perform.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", default: "" },
    again: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    out: { type: "string" },
    threads: { type: "string", default: "1" },
  },
});
const { only, again, quick, out } = values;
const names = positionals as SuiteName[];
if (!names.length || names.some((name) => !Object.hasOwn(suites, name)) || (quick && !out)) {
  throw new Error(
    `Usage: reproduce/main.ts ${Object.keys(suites).join("|")} [--only TEXT] [--again] [--quick --out FOLDER]`,
  );
}
const root = fileURLToPath(new URL("..", import.meta.url));
const results = out ?? join(root, "docs/results");
const checkpoints = out ?? join(root, "checkpoints");
const runs = join(results, "runs");
mkdirSync(runs, { recursive: true });

const machine = `${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
await train();

// Into the tree, tables go as `npm run generate` writes them.
if (out) {
  const texts = { ...resultsPages(runs, names), ...checkpointsPages(runs, checkpoints) };
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(out, file), text);
} else execFileSync(process.execPath, ["scripts/generate.mjs"], { cwd: root, stdio: "inherit" });

async function train(): Promise<void> {
  const engine = await engineOf(root, Number(values.threads));
  for (const name of names) for (const experiment of suites[name]) await reproduce(engine, experiment);
  engine.dispose();
}

function isChosen(name: string): boolean {
  const isOne = names.some((suite) => suites[suite].some((experiment) => experiment.name === only));
  return isOne ? name === only : name.includes(only);
}

async function reproduce(engine: Engine, experiment: Experiment): Promise<void> {
  if (!isChosen(experiment.name)) return;
  const file = experiment.text?.file ?? experiment.pairs?.train ?? experiment.questions?.train;
  if (file !== undefined && dataFolder() === undefined) {
    return report(`${experiment.name}: skipped, since it needs ${file} in the folder TAPEHEAD_DATA names`);
  }
  for (const seed of experiment.seeds) {
    const name = `${experiment.name}-${seed}`;
    const file = join(runs, `${name}.json`);
    if (existsSync(file) && !again) continue;
    const unfinished = join(root, "build/reproduce", `${name}.safetensors`);
    const { run, bytes } = await perform(experiment, seed, { engine, machine, quick, unfinished, report });
    writeFileSync(file, `${JSON.stringify(run, undefined, 1)}\n`);
    if (experiment.checkpoint && seed === experiment.seeds[0]) {
      writeFileSync(join(checkpoints, experiment.checkpoint), bytes);
    }
    const tested = Object.entries(run.tests).map(
      ([test, measured]) => `${test} ${Object.values(measured)[0]!.toFixed(4)}`,
    );
    report(`${name}: ${run.steps} steps in ${run.seconds} s; ${tested.join(", ")}`);
  }
}

function report(line: string): void {
  console.log(line);
}
