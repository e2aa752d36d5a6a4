/** Compiled models from strangers on engines that others use too: what they have not written they find to be 0. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileModel } from "../bindings/compiled/compileModel.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import type { Engine } from "../bindings/engine/engine.js";
import type { Graph } from "../bindings/graph/graph.js";
import { constant, identity } from "../bindings/graph/ops/index.js";
import type { Tensor } from "../bindings/graph/tensor.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { RecurrentModel } from "../bindings/models/recurrentModel.js";
import type { Rows } from "../bindings/runtime/sequences.js";
import { tampered, type Parts } from "./support/compiledFile.js";
import { testEngine, threadedTestEngine } from "./support/engine.js";

const SIZE = 3;
const ACTIVATIONS = 2;
const SPARE = 4096;

/** Answers with what it was given. */
class Echo extends RecurrentModel<{ h: Tensor }> {
  override readonly name = "Echo";
  readonly options = { inputSize: SIZE, outputSize: SIZE, seed: 1 };
  readonly unused = this.parameter("unused", [1], () => {});

  override initialState(graph: Graph, batch: number): { h: Tensor } {
    return { h: constant(graph, [batch, 1], 0) };
  }

  override step(x: Tensor, { h }: { h: Tensor }): [Tensor, { h: Tensor }] {
    return [identity(x), { h: identity(h) }];
  }
}

/** Changes an operand of each instruction that copies an answer, in every program of runs. */
const aimed = (operand: number, elementOf: (run: Parts["programs"]["methods"][string][number]) => number): Uint8Array =>
  tampered(compileModel(new Echo()), ({ programs, words }) => {
    const copies = programs.opcodes.indexOf("identityForward");
    const loops = ["scanEnter", "scanLoop"].map((name) => programs.opcodes.indexOf(name));
    for (const run of programs.methods["run"]!) {
      const list = words(run.words);
      const element = elementOf(run);
      for (let p = 0, isInside = false; p < list.length; p += list[p]! >>> 16) {
        const opcode = list[p]! & 0xffff;
        isInside ||= opcode === loops[1];
        // Of the copies in the loop, the one that copies a whole row is the answer's.
        if (isInside && opcode === copies && list[p + 3] === run.rows * SIZE) {
          list[p + operand] = ACTIVATIONS | (element << 5);
        }
      }
    }
  });

/** Numbers behind all that a program has planned, which it therefore never writes. */
const unwritten = (run: Parts["programs"]["methods"][string][number]): number => {
  const [region] = run.regions as unknown as [[number]];
  const element = region[0] / 4;
  region[0] += SPARE;
  return element + SPARE / 8;
};
const reading = loadCompiled(aimed(2, unwritten));
const mute = loadCompiled(aimed(1, unwritten));

/** Leaves numbers in every arena and in blocks that others get later. */
function litter(engine: Engine): void {
  const model = new NeuralTuringMachine({
    inputSize: SIZE,
    outputSize: 2,
    hiddenSize: 20,
    slots: 30,
    width: 20,
    seed: 1,
  });
  const inputs = Array.from({ length: 64 }, () => Array.from({ length: 9 }, () => Array<number>(SIZE).fill(0.7)));
  model.run(engine, inputs, { trace: ["memory"] });
  model.release(engine);
}

const strangers = suite("a compiled model finds zeros where it has not written");
for (const [what, make] of [
  ["one thread", () => testEngine("release")],
  ["threads", () => threadedTestEngine({ threads: 3 })],
] as const) {
  strangers(`with ${what}`, async () => {
    const engine = await make();
    for (const batch of [1, 8, 9, 64]) {
      const inputs = Array.from({ length: batch }, () =>
        Array.from({ length: 4 }, () => Array<number>(SIZE).fill(0.5)),
      );
      const honest = loadCompiled(compileModel(new Echo())).run(engine, inputs).outputs as unknown as Rows[];
      assert.ok(honest.every(({ data }) => data.every((v) => v === 0.5)));
      for (const model of [reading, mute]) {
        litter(engine);
        const outputs = model.run(engine, inputs).outputs as unknown as Rows[];
        assert.is(outputs.length, batch);
        for (const { data } of outputs) assert.equal([...data], Array<number>(4 * SIZE).fill(0), `batch ${batch}`);
      }
    }
    engine.dispose();
  });
}
strangers.run();
