import { Random } from "../../bindings/common/random/philox.js";
import { canonical, type Json } from "../canonical.js";
import { PlanError } from "../errors.js";
import type { NamedOptions, Options, Sample, SweepPlan } from "./plan.js";

/** Runs of one plan. More would take longer to plan than to doubt. */
const MOST_RUNS = 1_000_000;

/** The seeds of a plan, in its order. @throws PlanError for a seed that is there twice */
export function seedsOf({ seeds }: Pick<SweepPlan, "seeds">): readonly number[] {
  if (!isList(seeds)) return Array.from({ length: seeds.to - seeds.from + 1 }, (_, i) => seeds.from + i);
  const seen = new Set<number>();
  const twice = seeds.find((seed) => seen.size === seen.add(seed).size);
  if (twice !== undefined) throw new PlanError(`The plan's seeds have ${twice} twice`);
  return seeds;
}

const isList = (seeds: SweepPlan["seeds"]): seeds is readonly number[] => Array.isArray(seeds);

/** Runs of a plan, without making a list of them. */
export function countRuns({ seeds, grid = {}, samples }: SweepPlan): number {
  const count = isList(seeds) ? seeds.length : seeds.to - seeds.from + 1;
  return Object.values(grid).reduce((product, { length }) => product * length, count * (samples?.count ?? 1));
}

/**
 * Every draw of the samples with every combination of the grid, over the options that all share.
 * @throws PlanError for too many runs, and for an option that is said twice
 */
export function settingsOf(plan: SweepPlan): readonly NamedOptions[] {
  const { options = {}, grid = {}, samples } = plan;
  const runs = countRuns(plan);
  if (runs > MOST_RUNS) {
    const written = runs.toLocaleString("en-US");
    throw new PlanError(`The plan has ${written} runs, and must have ${MOST_RUNS.toLocaleString("en-US")} at most`);
  }
  const places = [options, grid, samples?.options ?? {}].flatMap((each) => Object.keys(each));
  const twice = places.find((name, i) => places.indexOf(name) !== i);
  if (twice !== undefined) throw new PlanError(`The plan says ${twice} twice: in options, grid or samples`);
  if (places.includes("seed"))
    throw new PlanError("The plan has seed among its options, and must have it among its seeds");
  const drawn = samples ? drawAll(samples) : [{}];
  const varied = drawn.flatMap((draw) => combinations(grid).map((some): Options => ({ ...draw, ...some })));
  return varied.map((some) => ({ label: labelOf(some), options: { ...options, ...some } }));
}

function combinations(grid: NonNullable<SweepPlan["grid"]>): Options[] {
  return Object.entries(grid).reduce<Options[]>(
    (before, [name, values]) => before.flatMap((some) => values.map((value) => ({ ...some, [name]: value }))),
    [{}],
  );
}

const labelOf = (options: Options): string =>
  Object.entries(options)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : canonical(value)}`)
    .join(", ");

/** Draws in a row that give nothing new before there are taken to be no others. */
const MOST_REPEATED = 1000;

/**
 * Different draws. Each option has a stream of its own, so that another option more does not change what the others draw.
 * @throws PlanError where there are not as many different ones
 */
function drawAll({ count, seed = 1, options }: NonNullable<SweepPlan["samples"]>): Options[] {
  const streams = Object.keys(options).map((name) => new Random(seed, streamOf(name)));
  const draws = new Map<string, Options>();
  for (let repeated = 0; draws.size < count;) {
    const drawn = Object.entries(options).map(([name, sample], i) => [name, drawOne(streams[i]!, sample)] as const);
    const draw = Object.fromEntries(drawn);
    repeated = draws.has(labelOf(draw)) ? repeated + 1 : 0;
    if (repeated > MOST_REPEATED) {
      const found = `${draws.size} different draw${draws.size === 1 ? "" : "s"}`;
      throw new PlanError(`The plan's samples.count is ${count}, and its options have ${found}`);
    }
    draws.set(labelOf(draw), draw);
  }
  return [...draws.values()];
}

/** A number for a name: FNV-1a. */
const streamOf = (name: string): number =>
  [...name].reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 0x0100_0193) >>> 0, 0x811c_9dc5);

function drawOne(random: Random, sample: Sample): Json {
  if ("of" in sample) return sample.of[random.integer(0, sample.of.length - 1)]!;
  const { from, to, scale = "linear", whole = false } = sample;
  const [least, most] = [Math.ceil(from), Math.floor(to)];
  if (whole && least > most)
    throw new PlanError(`There is no whole number from ${from} to ${to}, which the plan draws`);
  if (whole && scale === "linear") return random.integer(least, most);
  const part = random.uniform();
  const value = scale === "linear" ? from + part * (to - from) : from * power(to / from, part);
  // Four digits: a plan is read by people, and says just what is run.
  return whole ? Math.min(most, Math.max(least, Math.round(value))) : Number(value.toPrecision(4));
}

/** base^part for a part of 1 by square roots, which are the same bits on every host; Math.pow is not. */
function power(base: number, part: number): number {
  let result = 1;
  for (let bit = 0, root = base, rest = part; bit < 32; ++bit) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest < 1) continue;
    rest -= 1;
    result *= root;
  }
  return result;
}
