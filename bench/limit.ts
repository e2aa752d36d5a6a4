import type { Engine } from "../bindings/engine/engine.js";
import * as ops from "../bindings/graph/ops/index.js";
import { array } from "../tests/support/array.js";
import type { Benchmark, Contest } from "./contest.js";
import { prepareStep } from "./ntm.js";
import { OpProgram } from "./opProgram.js";
import { noise, type Limit } from "./peers/limit.js";

const SIZES = ["16x129x400", "64x256x256", "128x512x512"] as const;

/** What C reaches with the same vectors as wasm: the ceiling. */
export function limitBenchmarks(engine: Engine, limit: Limit): Benchmark[] {
  const peer = "c-128bit";
  return [
    ...SIZES.map((size) => ({
      group: "limit",
      name: `matmul ${size}`,
      peer,
      prepare: () => prepareProduct(engine, limit, size),
    })),
    { group: "limit", name: "ntm step, batch 1", peer, prepare: () => prepareNtm(engine, limit) },
  ];
}

function prepareProduct(engine: Engine, limit: Limit, size: string): Contest {
  const [m, k, n] = size.split("x").map(Number) as [number, number, number];
  const inputs = [array([m, k], noise(m * k, 1, 1)), array([k, n], noise(k * n, 2, 1))];
  const program = new OpProgram(engine, ops.matmul.definition, inputs);
  const ways = (name: string): boolean => name.startsWith("gemm ") && name.endsWith(` ${size}`);
  const sum = program.results()[0]!.data.reduce((a, b) => a + b, 0);
  for (const { name, checksum } of limit.run("gemm", 1).filter(({ name }) => ways(name))) {
    if (!(Math.abs(sum - checksum) <= 1e-3 * Math.abs(checksum))) {
      throw new Error(`${name}: our product sums up to ${sum}, and C's to ${checksum}`);
    }
  }
  return { ours: program.side(), peer: limit.side("gemm", ways), dispose: () => program.free() };
}

function prepareNtm(engine: Engine, limit: Limit): Contest {
  const { step, dispose } = prepareStep(engine);
  return { ours: step, peer: limit.side("ntm", () => true), dispose };
}
