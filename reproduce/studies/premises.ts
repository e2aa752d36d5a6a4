import { join } from "node:path";
import type { Engine } from "../../bindings/core.js";
import { packagePath } from "../../cli/sweeping/packagePath.js";
import { textOf } from "../../cli/input.js";
import { dataFile, dataFolder } from "../data.js";
import type { StudyOptions } from "../page.js";
import { Counts } from "../premises/counts.js";
import { judgePremises, type PremiseMeasures, type ScoredProblem } from "../premises/judgePremises.js";
import { Neighbours } from "../premises/neighbours.js";
import { premiseTask } from "../premises/premiseTask.js";
import { readFormulas, readProblems, type PremiseProblem } from "../premises/readPremises.js";
import { scorePremises } from "../premises/scorePremises.js";
import { CHANGES, CHOICES_SEED, FEW_STEPS, FILES, NEIGHBOURS, NETWORK, SEED } from "../premises/settings.js";
import { symbolsOf } from "../premises/tokens.js";
import { trainPremises, type TrainedPremises } from "../premises/trainPremises.js";

/** Measures on the problems for choices, and on those of the test, which are looked at once. */
export interface OnBoth {
  readonly dev: PremiseMeasures;
  readonly test: PremiseMeasures;
}

/** The size of a network, and its training. */
interface Trained {
  readonly parameters: number;
  readonly steps: number;
  readonly seconds: number;
}

/** Baselines, the network, and networks of few steps that are otherwise, by the names of CHANGES. */
export interface PremisesStudy {
  readonly machine: string;
  readonly problems: Readonly<Record<"train" | "dev" | "test", number>>;
  readonly counts: OnBoth;
  readonly neighbours: OnBoth;
  readonly network: OnBoth & Trained & { readonly batch: number; readonly tokens: number };
  readonly changed: Readonly<Record<string, Trained & { readonly dev: PremiseMeasures }>>;
}

/** Of a quick study: steps, and problems. */
const QUICK = { steps: 3, problems: 60 };

/** Trains on DeepMath's problems, and judges networks and baselines; nothing where there is no public data. */
export async function studyPremises(
  engine: Engine,
  { quick, machine, report }: StudyOptions,
): Promise<PremisesStudy | undefined> {
  if (dataFolder() === undefined) return undefined;
  const text = (name: keyof typeof FILES): string => textOf(dataFile(FILES[name])).text;
  const formulas = readFormulas(text("formulas"));
  const read = (part: "train" | "dev" | "test"): PremiseProblem[] =>
    readProblems(text(part), formulas.length).slice(0, quick ? QUICK.problems : undefined);
  const [train, dev, test] = [read("train"), read("dev"), read("test")];

  const onBoth = (score: (problem: PremiseProblem) => ScoredProblem): OnBoth => ({
    dev: judgePremises(dev.map(score), 0),
    test: judgePremises(test.map(score), 0),
  });
  const counts = new Counts(train);
  const scored = (facts: readonly number[]): number[] => facts.map((fact) => counts.score(fact));
  const symbols = formulas.map(symbolsOf);
  const nearest = new Neighbours({ symbols, problems: train, neighbours: NEIGHBOURS });
  const baselines = {
    counts: onBoth(({ needed, unneeded }) => ({ needed: scored(needed), unneeded: scored(unneeded) })),
    neighbours: onBoth(({ conjecture, needed, unneeded }) => {
      const scores = nearest.scores(conjecture, [...needed, ...unneeded]);
      return { needed: scores.slice(0, needed.length), unneeded: scores.slice(needed.length) };
    }),
  };

  const task = premiseTask({ ...NETWORK.task, formulas, problems: train, seed: SEED });
  const common = { ...NETWORK, task, report };
  const judge = ({ model }: TrainedPremises, problems: readonly PremiseProblem[]): PremiseMeasures =>
    judgePremises(scorePremises(engine, model, task, problems), 1 / 2);
  const facts = ({ model, seconds }: TrainedPremises, steps: number): Trained => ({
    parameters: model.parameterCount,
    steps,
    seconds,
  });

  const steps = quick ? QUICK.steps : NETWORK.steps;
  const keep = join(packagePath("build"), "premises", `${steps}.safetensors`);
  const trained = await trainPremises(engine, { ...common, steps, seed: SEED, keep });
  const network = {
    ...facts(trained, steps),
    batch: NETWORK.batch,
    tokens: task.tokens,
    dev: judge(trained, dev),
    test: judge(trained, test),
  };
  report(`premises: ${(100 * network.test.accuracy).toFixed(1)}% of the test's facts are told right`);
  trained.model.release(engine);

  const changed: Record<string, Trained & { readonly dev: PremiseMeasures }> = {};
  const few = quick ? QUICK.steps : FEW_STEPS;
  for (const [name, change] of Object.entries(CHANGES)) {
    const model = { ...NETWORK.model, ...change };
    const other = await trainPremises(engine, { ...common, model, steps: few, seed: CHOICES_SEED });
    changed[name] = { ...facts(other, few), dev: judge(other, dev) };
    report(`premises, ${name}: ${(100 * changed[name].dev.accuracy).toFixed(1)}% of the dev's`);
    other.model.release(engine);
  }
  const problems = { train: train.length, dev: dev.length, test: test.length };
  return { machine, problems, ...baselines, network, changed };
}
