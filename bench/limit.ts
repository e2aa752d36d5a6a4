import type { Engine } from "../bindings/engine/engine.js";
import type { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import * as ops from "../bindings/graph/ops/index.js";
import { array } from "../tests/support/array.js";
import type { Benchmark, Contest } from "./contest.js";
import { makeInputs, makeModel, stepping } from "./ntm.js";
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
    expectSum(name, sum, checksum);
  }
  return { ours: program.side(), peer: limit.side("gemm", ways), dispose: () => program.free() };
}

function prepareNtm(engine: Engine, limit: Limit): Contest {
  const model = makeModel();
  model.parameters.set(limitParameters(model));
  const session = model.session(engine);
  let sum = 0;
  for (let t = 0; t < 10; ++t) for (const logit of session.step(noise(9, 100 + t, 1))) sum += logit;
  const { checksum } = limit.run("ntm", 1).find(({ name }) => name === "ntm, ten steps")!;
  expectSum("the logits of ten steps", sum, checksum);
  const dispose = (): void => session.dispose();
  return { ours: stepping(session, makeInputs()), peer: limit.side("ntm", (name) => name === "ntm"), dispose };
}

/** The weights that bench/limit/ntm.c starts from. Both weightings begin on slot 0. */
function limitParameters({ parameters }: NeuralTuringMachine): Float32Array {
  const values = new Float32Array(parameters.size);
  const layers = ["controller.lstm.gates", "writeHeads.parameters", "readHeads.parameters", "output"];
  for (const { path, offset, size } of parameters.parameters) {
    const layer = layers.findIndex((name) => path.startsWith(name));
    if (layer < 0) {
      if (path.endsWith("Weights")) values[offset] = 100;
      continue;
    }
    const isBias = path.endsWith("bias");
    const weights = parameters.parameters.find(({ path }) => path === `${layers[layer]}.weights`)!;
    const scale = 1 / Math.sqrt(weights.shape[0]!);
    values.set(noise(size, 1 + 2 * layer + Number(isBias), scale), offset);
  }
  return values;
}

function expectSum(what: string, ours: number, theirs: number): void {
  if (Math.abs(ours - theirs) <= 1e-4 * Math.abs(theirs)) return;
  throw new Error(`The sum of ${what} is ${ours}, and in C ${theirs}`);
}
