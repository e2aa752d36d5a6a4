import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
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

/** What reproduce/main.ts has as flags. */
export interface Options {
  readonly only?: string;
  readonly again?: boolean;
  readonly quick?: boolean;
  readonly out?: string | undefined;
  readonly threads?: number;
  readonly report: (line: string) => void;
}

const studies = Object.keys(pages).filter((name) => pages[name]!.study);
const systems = Object.keys(recipes).filter((name) => recipes[name]!.experiments);

/** Names of suites of experiments, of systems with experiments, and of studies. */
export const known: readonly string[] = [...Object.keys(suites), ...systems, ...studies];
export const isKnown = (name: string): boolean => known.includes(name);

const machine = `${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;

/** What runs share. */
interface Running extends Required<Pick<Options, "again" | "quick" | "report">> {
  readonly engine: Engine;
  readonly results: string;
  readonly checkpoints: string;
}

/** Trains what is named and not there yet, and writes the pages of results. */
export async function reproduce(
  names: readonly string[],
  { only = "", again = false, quick = false, out, threads = 1, report }: Options,
): Promise<void> {
  const folder = out === undefined ? undefined : resolve(out);
  const folders: Folders = folder === undefined ? committed : { results: folder, checkpoints: folder };
  const [results, checkpoints] = [folders.results, folders.checkpoints].map((name) => resolve(root, name)) as [
    string,
    string,
  ];
  mkdirSync(results, { recursive: true });
  const engine = await engineOf(root, threads);
  const running: Running = { engine, again, quick, report, results, checkpoints };
  const named = new Set(names.flatMap((name) => suites[name] ?? recipes[name]?.experiments ?? []));
  const isOne = [...named].some(({ name }) => name === only);
  for (const experiment of named) {
    const { name } = experiment;
    if (isOne ? name === only : name.includes(only)) await runSeeds(experiment, running);
  }
  for (const name of names) await study(name, running);
  engine.dispose();
  for (const [path, text] of Object.entries(generatedPages(folders))) await write(resolve(root, path), text);
}

async function runSeeds(
  experiment: Experiment,
  { engine, again, quick, report, results, checkpoints }: Running,
): Promise<void> {
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

async function study(name: string, { engine, again, quick, report, results }: Running): Promise<void> {
  const made = pages[name]?.study;
  const file = join(results, `${name}.json`);
  if (!made || (existsSync(file) && !again)) return;
  await write(file, JSON.stringify(await made(engine, { quick, machine, report }), undefined, 2));
}
