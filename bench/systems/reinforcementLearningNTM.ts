import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { add, affine, categoricalCrossEntropy } from "../../bindings/graph/ops/index.js";
import { Episode } from "../../bindings/systems/reinforcementLearningNTM/episode.js";
import { reinforce } from "../../bindings/systems/reinforcementLearningNTM/reinforce.js";
import { ReinforcementLearningNTM } from "../../bindings/systems/reinforcementLearningNTM/reinforcementLearningNTM.js";
import { tapeTask } from "../../bindings/systems/reinforcementLearningNTM/tapeTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import { runProgram } from "../../tests/support/program.js";
import type { Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { fromTensor } from "../peers/tfjs.js";
import { TfjsTapes, type Chosen } from "../peers/tfjsTapes.js";

const BATCH = 16;
const LENGTH = 5;
const HEADS = 3;
const LEARNING_RATE = 1e-3;

/** A step of training of an RL-NTM in the recipe's size: reversal of 5 symbols in 14 steps, with a memory. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "tapes",
    name: `rl-ntm training step, batch ${BATCH}, reversal of ${LENGTH}`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

function prepare(engine: Engine): Contest {
  const task = tapeTask({ transformation: "reverse", minLength: LENGTH, maxLength: LENGTH, seed: 1 });
  const model = new ReinforcementLearningNTM({ symbols: 8, inputReach: 1, memoryReach: 1, slowdown: 0.1, seed: 1 });
  const network = new TfjsTapes(model);
  const optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const random = new Random(1, 0);
  const batch = new Batch(model.batchLayout());
  const differentiated = (chosen: () => Chosen): ReturnType<typeof tf.variableGrads> =>
    tf.tidy(() => {
      const [x, targets, mask] = [batch.inputs, batch.targets, batch.mask].map((data) =>
        tf.tensor2d(data.slice(0, batch.time * BATCH), [batch.time, BATCH]),
      );
      const given = chosen();
      return tf.variableGrads(() => network.loss(x!, targets!, mask!, given), Object.values(network.variables.all));
    });
  const draws = (): tf.Tensor3D => tf.randomUniform([batch.time, BATCH, HEADS]);
  task.generate(random, BATCH, batch);
  expectSameGradients(engine, model, batch, (choices) => {
    const { value, grads } = differentiated(() => ({ choices: tf.tensor3d(choices), u: draws() }));
    value.dispose();
    const paths = Object.entries(network.variables.all);
    return new Map(paths.map(([path, { name }]) => [path, fromTensor(grads[name]!)]));
  });
  const theirs = (): void => {
    task.generate(random, BATCH, batch);
    const { value, grads } = differentiated(() => ({ u: draws() }));
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    value.dataSync();
    tf.dispose([value, grads]);
  };
  const trainer = new Trainer(engine, model, task, {
    batch: BATCH,
    optimizer: adam({ learningRate: LEARNING_RATE }),
    clip: {},
    seed: 1,
  });
  return {
    ours: { run: () => trainer.run(), runs: 1, async: true },
    peer: { run: theirs, runs: 1 },
    dispose() {
      trainer.dispose();
      network.dispose();
      optimizer.dispose();
    },
  };
}

/** @throws Error unless, of episodes of the same choices, each parameter's gradient is theirs within 0.1% of its largest element. */
function expectSameGradients(
  engine: Engine,
  model: ReinforcementLearningNTM,
  batch: Batch,
  theirs: (choices: number[][][]) => ReadonlyMap<string, ReturnType<typeof fromTensor>>,
): void {
  const { time } = batch;
  const random = new Random(4);
  // The output head moves at the last steps, where it is forced to.
  const choices = Array.from({ length: time }, (_, t) =>
    Array.from({ length: BATCH }, () => [random.integer(0, 2), random.integer(0, 2), Number(t >= time - LENGTH - 1)]),
  );
  const graph = new Graph(true);
  const steps = graph.dimension("time");
  const episode = new Episode(model, {
    x: graph.input("x", [steps, BATCH]),
    targets: graph.input("targets", [steps, BATCH, 1]),
    mask: graph.input("mask", [steps, BATCH]),
    choices: graph.input("choices", [steps, BATCH, HEADS]),
  });
  const loss = categoricalCrossEntropy(episode.predictions, episode.due, episode.made);
  graph.result("loss", affine(add(loss, reinforce(episode)), { scale: 1 / BATCH }));
  const program = compileGradients(graph, { differentiate: "loss", parameterCount: model.parameterCount });
  const of = (data: Float32Array): ReturnType<typeof array> => array([time, BATCH], data.subarray(0, time * BATCH));
  const inputs = {
    x: of(batch.inputs),
    targets: of(batch.targets),
    mask: of(batch.mask),
    choices: array([time, BATCH, HEADS], choices.flat(2)),
  };
  const { gradients } = runProgram(engine, program, inputs, {
    lengths: { time },
    parameters: model.parameters.values,
  });
  const expected = theirs(choices);
  for (const { path, shape, offset, size } of model.parameters.parameters) {
    const own = expected.get(path)!;
    const largest = own.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const actual = array(shape, gradients.subarray(offset, offset + size));
    try {
      close(actual, own, { rtol: 1e-3, atol: 1e-3 * largest + 1e-7 });
    } catch (error) {
      throw new Error(`The gradient of ${path}: ${(error as Error).message}`, { cause: error });
    }
  }
}
