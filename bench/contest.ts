import { Bench } from "tinybench";

/** One of the two in a contest. */
export interface Side {
  /** Does the work; may return what tinybench takes instead of its own clock. */
  run(): unknown;
  /** How often a call does it. */
  readonly runs: number;
  /** Whether a call returns a promise that must be awaited. */
  readonly async?: boolean;
}

/** Two that do the same work, and have been checked to agree. */
export interface Contest {
  readonly ours: Side;
  readonly peer: Side;
  dispose(): void;
}

/** A line of the result, before it is measured. */
export interface Benchmark {
  readonly group: string;
  readonly name: string;
  readonly peer: string;
  /** @throws Error when the two do not agree. */
  prepare(): Contest | Promise<Contest>;
}

export interface Measurement {
  readonly name: string;
  readonly peer: string;
  readonly oursNs: number;
  readonly peerNs: number;
  /** The peer's time over ours: the median over the rounds of the ratio of medians. */
  readonly ratio: number;
}

export interface Effort {
  readonly rounds: number;
  /** Milliseconds for a side in a round, and at least one run. */
  readonly time: number;
  /** Milliseconds for a side in front of the first round: engines compile what is hot in the background. */
  readonly warmup: number;
}

/** Nanoseconds that a call should take, for the clock's own time not to count. */
const LONG_ENOUGH = 100_000;
const MOST_RUNS = 2000;

/** How often a call should do something that takes a while. */
export function runsFor(once: () => unknown): number {
  let shortest = Infinity;
  for (let i = 0; i < 5; ++i) {
    const start = performance.now();
    once();
    shortest = Math.min(shortest, (performance.now() - start) * 1e6);
  }
  return Math.min(MOST_RUNS, Math.max(1, Math.ceil(LONG_ENOUGH / shortest)));
}

/** A side that does something again and again, often enough for the clock. */
export function repeated(once: () => unknown): Side {
  const runs = runsFor(once);
  const run = (): void => {
    for (let i = 0; i < runs; ++i) once();
  };
  return { run, runs };
}

/** Rounds in alternating order, so that what the machine does meanwhile falls on both. */
export async function measure(
  { name, peer }: Benchmark,
  contest: Contest,
  { rounds, time, warmup }: Effort,
): Promise<Measurement> {
  const times: Record<"ours" | "peer", number[]> = { ours: [], peer: [] };
  const ratios: number[] = [];
  for (let round = 0; round < rounds; ++round) {
    const bench = new Bench({
      name,
      time,
      iterations: 1,
      warmup: round === 0,
      warmupTime: warmup,
      warmupIterations: 1,
      throws: true,
    });
    const order = round % 2 ? (["peer", "ours"] as const) : (["ours", "peer"] as const);
    for (const side of order) bench.add(side, contest[side].run, { async: contest[side].async ?? false });
    await bench.run();
    const [ours, theirs] = (["ours", "peer"] as const).map((side) => {
      const nanoseconds = (medianOf(bench, side) * 1e6) / contest[side].runs;
      times[side].push(nanoseconds);
      return nanoseconds;
    });
    ratios.push(theirs! / ours!);
  }
  return { name, peer, oursNs: median(times.ours), peerNs: median(times.peer), ratio: median(ratios) };
}

function medianOf(bench: Bench, task: string): number {
  const { result } = bench.getTask(task)!;
  if (result.state !== "completed") throw new Error(`${bench.name}: ${task} is ${result.state}`);
  return result.latency.p50;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
