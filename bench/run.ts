import { testEngine, threadedTestEngine } from "../tests/support/engine.js";
import { measure, type Benchmark, type Effort, type Measurement } from "./contest.js";
import { kernelBenchmarks } from "./kernels.js";
import { limitBenchmarks } from "./limit.js";
import { ntmBenchmarks } from "./ntm.js";
import { Limit } from "./peers/limit.js";
import { startTfjs } from "./peers/tfjs.js";
import { productKeyBenchmarks } from "./productKeys.js";
import { systemBenchmarks } from "./systems/index.js";
import { threadsBenchmarks } from "./threads.js";
import { trainingBenchmarks } from "./training.js";

const FULL: Effort = { rounds: 15, time: 60, warmup: 400 };
const QUICK: Effort = { rounds: 5, time: 10, warmup: 50 };

export interface RunOptions {
  /** What to run, by `group name, peer`. */
  readonly only: RegExp;
  readonly quick: boolean;
  /** Told of each result as it comes. */
  readonly report: (benchmark: Benchmark, measurement: Measurement) => void;
}

/** Runs benchmarks one after the other; says on a terminal's stderr which one. */
export async function runBenchmarks({ only, quick, report }: RunOptions): Promise<Measurement[]> {
  const engine = await testEngine("release");
  const team = await threadedTestEngine({ threads: 2 });
  await startTfjs();
  const limit = Limit.compile();
  try {
    const all = [
      ...kernelBenchmarks(engine),
      ...ntmBenchmarks(engine),
      ...trainingBenchmarks(engine),
      ...productKeyBenchmarks(engine),
      ...Object.values(systemBenchmarks).flatMap((benchmarks) => benchmarks({ engine, team })),
      ...threadsBenchmarks(engine, team),
      ...(limit ? limitBenchmarks(engine, limit) : []),
    ];
    const chosen = all.filter(({ group, name, peer }) => only.test(`${group} ${name}, ${peer}`));
    const measurements: Measurement[] = [];
    for (const [i, benchmark] of chosen.entries()) {
      progress(`${i + 1}/${chosen.length}  ${benchmark.name}, ${benchmark.peer}`);
      const contest = await benchmark.prepare();
      try {
        const measurement = await measure(benchmark, contest, quick ? QUICK : FULL);
        measurements.push(measurement);
        progress("");
        report(benchmark, measurement);
      } finally {
        contest.dispose();
      }
    }
    return measurements;
  } finally {
    limit?.dispose();
    engine.dispose();
    team.dispose();
  }
}

/** Replaces the line on which progress stands. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
