/**
 * Trains what the pages of results show, and writes the pages. What docs/results/runs has already is not trained again;
 * what was stopped goes on where it stood. Without training, `npm run generate` writes the pages.
 *
 *   npm run reproduce -- NAME… [--only associative-recall --threads 1 --again]
 *
 *   NAME          a suite of experiments, such as "turing"; the experiments of one system, such as "pointerNetwork"; or
 *                 a study, such as "copy"
 *   --only TEXT   only the experiment of this name, or, if there is none, those whose name holds this text
 *   --again       also what there is a result for
 *   --quick       a few steps of each, to see that all of it works; needs --out
 *   --out FOLDER  writes pages and checkpoints there instead of docs/results and checkpoints
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Engine } from "../bindings/core.js";
import { recipes } from "../recipes/index.js";
import type { Experiment } from "../recipes/recipe.js";
import { suites } from "../recipes/suites.js";
import { dataFolder } from "./data.js";
import { engineOf } from "./engine.js";
import { committed, generatedPages, root, type Folders } from "./generated.js";
import { pages } from "./pages/index.js";
import { perform } from "./perform.js";
import { write } from "./write.js";

const { values, positionals: names } = parseArgs({
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
const studies = Object.keys(pages).filter((name) => pages[name]!.study);
const systems = Object.keys(recipes).filter((name) => recipes[name]!.experiments);
const known = [...Object.keys(suites), ...systems, ...studies];
if (!names.length || names.some((name) => !known.includes(name)) || (quick && !out)) {
  console.error("Usage: npm run reproduce -- NAME… [--only TEXT] [--again] [--threads N] [--quick] [--out FOLDER]");
  console.error(`NAME is one of ${known.join(", ")}; --quick needs --out`);
  process.exit(2);
}
const folder = out === undefined ? undefined : resolve(out);
const folders: Folders = folder === undefined ? committed : { results: folder, checkpoints: folder };
const [results, checkpoints] = [folders.results, folders.checkpoints].map((name) => resolve(root, name)) as [
  string,
  string,
];
mkdirSync(results, { recursive: true });

const machine = `${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
await train();
for (const [path, text] of Object.entries(generatedPages(folders))) await write(resolve(root, path), text);

async function train(): Promise<void> {
  const engine = await engineOf(root, Number(values.threads));
  const named = new Set(names.flatMap((name) => suites[name] ?? recipes[name]?.experiments ?? []));
  const isOne = [...named].some(({ name }) => name === only);
  for (const experiment of named) {
    const { name } = experiment;
    if (isOne ? name === only : name.includes(only)) await reproduce(engine, experiment);
  }
  for (const name of names) await study(engine, name);
  engine.dispose();
}

async function reproduce(engine: Engine, experiment: Experiment): Promise<void> {
  const { data } = experiment;
  if (data && dataFolder() === undefined) {
    return report(`${experiment.name}: skipped, since it needs ${data.train} in the folder TAPEHEAD_DATA names`);
  }
  for (const seed of experiment.seeds) {
    const name = `${experiment.name}-${seed}`;
    const file = join(results, "runs", `${name}.json`);
    if (existsSync(file) && !again) continue;
    const unfinished = join(root, "build/reproduce", `${name}.safetensors`);
    const { run, bytes } = await perform(experiment, seed, { engine, machine, quick, unfinished, report });
    await write(file, JSON.stringify(run, undefined, 1));
    if (experiment.checkpoint && seed === experiment.seeds[0]) {
      writeFileSync(join(checkpoints, experiment.checkpoint), bytes);
    }
    const tested = Object.entries(run.tests).map(
      ([test, measured]) => `${test} ${Object.values(measured)[0]!.toFixed(4)}`,
    );
    report(`${name}: ${run.steps} steps in ${run.seconds} s; ${tested.join(", ")}`);
  }
}

async function study(engine: Engine, name: string): Promise<void> {
  const made = pages[name]?.study;
  const file = join(results, `${name}.json`);
  if (!made || (existsSync(file) && !again)) return;
  await write(file, JSON.stringify(await made(engine, { quick, machine, report }), undefined, 2));
}

function report(line: string): void {
  console.log(line);
}
