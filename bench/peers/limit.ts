import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Side } from "../contest.js";

/** Vectors of 128 bits and no fused multiply-add: what wasm has. */
const FLAGS = "-std=gnu11 -O3 -mavx -mno-fma -mprefer-vector-width=128 -ffp-contract=off".split(" ");

/** What a C program prints for each measurement. */
export interface LimitResult {
  readonly name: string;
  readonly ns: number;
  /** Sum of the result's numbers. */
  readonly checksum: number;
}

/** The programs of bench/limit, compiled into a temporary folder. */
export class Limit {
  readonly #folder = mkdtempSync(join(tmpdir(), "tapehead-limit-"));

  /** Undefined, and a message, where there is no gcc that makes code for this CPU. */
  static compile(): Limit | undefined {
    const limit = new Limit();
    try {
      for (const program of ["gemm", "ntm"]) {
        const source = fileURLToPath(new URL(`../limit/${program}.c`, import.meta.url));
        execFileSync("gcc", [...FLAGS, "-o", join(limit.#folder, program), source, "-lm"], { stdio: "pipe" });
      }
      return limit;
    } catch (error) {
      limit.dispose();
      const { code, stderr = "" } = error as { code?: string; stderr?: Buffer | string };
      const reason = code === "ENOENT" ? "there is no gcc" : String(stderr).trim() || String(error);
      console.error(`Skipping the comparison with C at 128 bits: ${reason}`);
      return undefined;
    }
  }

  /** Runs a program; it takes the median of so many rounds of its own. */
  run(program: "gemm" | "ntm", rounds = 3): LimitResult[] {
    const { stdout, status, signal } = spawnSync(join(this.#folder, program), [String(rounds)], { encoding: "utf8" });
    if (status !== 0) throw new Error(`bench/limit/${program} ended with ${signal ?? status}`);
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as LimitResult);
  }

  /** A side whose time is the one that the program measured: the fastest of its ways to do a thing. */
  side(program: "gemm" | "ntm", ways: (name: string) => boolean): Side {
    const run = (): { overriddenDuration: number; overriddenIterationCost: number } => {
      const start = performance.now();
      const times = this.run(program).flatMap(({ name, ns }) => (ways(name) ? [ns] : []));
      if (!times.length) throw new Error(`bench/limit/${program} does not measure that`);
      return { overriddenDuration: Math.min(...times) / 1e6, overriddenIterationCost: performance.now() - start };
    };
    return { run, runs: 1 };
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The numbers that the C programs start from: `count` floats in [−scale, scale). */
export function noise(count: number, seed: number, scale: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return Math.fround(((state >>> 8) * 2 ** -23 - 1) * scale);
  });
}
