import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join, resolve } from "node:path";
import { recipes } from "../recipes/index.js";
import type { Experiment } from "../recipes/recipe.js";
import { experiments, suites } from "../recipes/suites.js";
import { engineOf } from "./engine.js";
import { committed, generatedPages, root, type Folders } from "./generated.js";
import { pages } from "./pages/index.js";
import type { Run } from "./run.js";
import { runExperiments } from "./runs.js";
import { write } from "./write.js";

/** What reproduce/main.ts has as flags. */
export interface Options {
  readonly only?: string;
  readonly again?: boolean;
  readonly quick?: boolean;
  readonly out?: string | undefined;
  /** The first digits of a run's hash: that run alone, again. */
  readonly run?: string | undefined;
  /** Processes that train experiments. Default: one per core. */
  readonly workers?: number;
  /** Where runs are kept while they are open: an address, or a folder. Default: build/reproduce, or in `out`. */
  readonly database?: string | undefined;
  readonly signal?: AbortSignal;
  readonly report: (line: string) => void;
}

const studies = Object.keys(pages).filter((name) => pages[name]!.study);
const systems = Object.keys(recipes).filter((name) => recipes[name]!.experiments);

/** Names of suites of experiments, of systems with experiments, and of studies. */
export const known: readonly string[] = [...Object.keys(suites), ...systems, ...studies];
export const isKnown = (name: string): boolean => known.includes(name);

/** Experiments of what is named: the one that is called `only`, or, if there is none, those whose names hold it. */
export function experimentsOf(names: readonly string[], only = ""): Experiment[] {
  const named = [...new Set(names.flatMap((name) => suites[name] ?? recipes[name]?.experiments ?? []))];
  const isOne = named.some(({ name }) => name === only);
  return named.filter(({ name }) => (isOne ? name === only : name.includes(only)));
}

/** Trains what is named and not there yet, and writes the pages of results. */
export async function reproduce(names: readonly string[], options: Options): Promise<void> {
  const { only, again = false, quick = false, out, workers = availableParallelism(), signal, report } = options;
  const folder = out === undefined ? undefined : resolve(out);
  const folders: Folders = folder === undefined ? committed : { results: folder, checkpoints: folder };
  const [results, checkpoints] = [folders.results, folders.checkpoints].map((name) => resolve(root, name)) as [
    string,
    string,
  ];
  mkdirSync(results, { recursive: true });
  const { database = folder === undefined ? join(root, "build/reproduce") : join(folder, "database") } = options;
  const running = { again, quick, workers, database, results, checkpoints, signal, report };
  if (options.run !== undefined) {
    const { experiment, seed } = asked(results, options.run);
    await runExperiments([experiment], { ...running, again: true, seed });
    return;
  }
  await runExperiments(experimentsOf(names, only), running);
  if (signal?.aborted) return;
  for (const name of names) await study(name, { again, quick, report, results });
  for (const [path, text] of Object.entries(generatedPages(folders))) await write(resolve(root, path), text);
}

/** The experiment and seed of a result, by the first digits of its run's hash. @throws Error where there is none, or several */
function asked(results: string, hash: string): { experiment: Experiment; seed: number } {
  const found = readdirSync(join(results, "runs"))
    .map((file) => JSON.parse(readFileSync(join(results, "runs", file), "utf8")) as Run)
    .filter(({ run }) => run?.startsWith(hash));
  const [first, second] = found;
  if (!first) throw new Error(`No result has a run whose hash begins with ${hash}`);
  if (second) throw new Error(`Several results have runs whose hashes begin with ${hash}: give more digits`);
  return { experiment: experiments.find(({ name }) => name === first.experiment)!, seed: first.seed };
}

interface Studying {
  readonly again: boolean;
  readonly quick: boolean;
  readonly report: (line: string) => void;
  readonly results: string;
}

async function study(name: string, { again, quick, report, results }: Studying): Promise<void> {
  const made = pages[name]?.study;
  const file = join(results, `${name}.json`);
  if (!made || (existsSync(file) && !again)) return;
  const engine = await engineOf();
  const machine = `${cpus()[0]!.model.trim()}, Node ${process.versions.node}`;
  const studied = await made(engine, { quick, machine, report });
  engine.dispose();
  // Without the data that it needs there is nothing to tell.
  if (studied !== undefined) await write(file, JSON.stringify(studied, undefined, 2));
}
