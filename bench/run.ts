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

/** Measures benchmarks one after the other. */
export async function runBenchmarks({ only, quick, report }: RunOptions): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  await eachBenchmark(only, async (benchmark) => {
    const contest = await benchmark.prepare();
    try {
      const measurement = await measure(benchmark, contest, quick ? QUICK : FULL);
      measurements.push(measurement);
      progress("");
      report(benchmark, measurement);
    } finally {
      contest.dispose();
    }
  });
  return measurements;
}

/** Has both sides of every benchmark do their work once, which compares what they say. Tells what failed, and with what. */
export async function checkBenchmarks(
  only: RegExp,
  report: (benchmark: Benchmark, fault: unknown) => void,
): Promise<{ passed: number; failed: number }> {
  const counts = { passed: 0, failed: 0 };
  await eachBenchmark(only, async (benchmark) => {
    try {
      (await benchmark.prepare()).dispose();
      ++counts.passed;
    } catch (fault) {
      ++counts.failed;
      progress("");
      report(benchmark, fault);
    }
  });
  return counts;
}

/** Those that match, one after the other; says on a terminal's stderr which one. */
async function eachBenchmark(only: RegExp, visit: (benchmark: Benchmark) => Promise<void>): Promise<void> {
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
    for (const [i, benchmark] of chosen.entries()) {
      progress(`${i + 1}/${chosen.length}  ${benchmark.name}, ${benchmark.peer}`);
      await visit(benchmark);
    }
    progress("");
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
