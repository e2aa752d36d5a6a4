import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { AttentionSeq2Seq } from "../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { pairLayout } from "../../bindings/tasks/fillPairs.js";
import { pairsTask, type Pair } from "../../bindings/tasks/pairs.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import { repeated, type Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";
import { TfjsSeq2Seq } from "../peers/tfjsSeq2Seq.js";

const BATCH = 32;
const LENGTH = 12;
const LEARNING_RATE = 1e-3;
const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const phonemes = Array.from({ length: 39 }, (_, i) => `P${i}`);

/** A source of 12 symbols and a target of 12, its end included. */
function randomPairs(count: number): Pair[] {
  const random = new Random(3);
  const some = (symbols: readonly string[], length: number): string[] =>
    Array.from({ length }, () => symbols[random.integer(0, symbols.length - 1)]!);
  return Array.from({ length: count }, () => [some(letters, LENGTH), some(phonemes, LENGTH - 1)]);
}

const makeModel = (): AttentionSeq2Seq =>
  new AttentionSeq2Seq({ sourceSymbols: letters, targetSymbols: phonemes, hiddenSize: 128, seed: 1 });

const threadsOf = ({ threads }: Engine): string => (threads === 1 ? "1 thread" : `${threads} threads`);

/** An encoder and a decoder with 128 units: a step of training, and a word to say. */
export const benchmarks: SystemBenchmarks = ({ engine: alone, team }) => [
  ...[alone, team].map((engine) => ({
    group: "attention",
    name: `seq2seq training step, batch ${BATCH}, 128 units, lengths ${LENGTH}/${LENGTH}, ${threadsOf(engine)}`,
    peer: "tfjs-wasm",
    prepare: () => training(engine),
  })),
  {
    group: "attention",
    name: `seq2seq greedy decoding, ${LENGTH} symbols, batch 1`,
    peer: "tfjs-wasm",
    prepare: () => greedy(alone),
  },
  {
    // Below 1: the beams cost more. They may cost four times as much.
    group: "attention",
    name: `seq2seq beam search, 5 beams, ${LENGTH} symbols`,
    peer: "greedy",
    prepare: () => beams(alone),
  },
];

async function training(engine: Engine): Promise<Contest> {
  const task = pairsTask({ pairs: randomPairs(500), sourceSymbols: letters, targetSymbols: phonemes, seed: 1 });
  const model = makeModel();
  const network = new TfjsSeq2Seq(model);
  const optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const random = new Random(1, 0);
  const batch = new Batch(pairLayout);
  const theirs = (): number => {
    task.generate(random, BATCH, batch);
    const { value, grads } = tf.tidy(() =>
      tf.variableGrads(() => network.loss(batch), Object.values(network.variables)),
    );
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const [loss] = value.dataSync();
    tf.dispose([value, grads]);
    return loss!;
  };
  const ours = new Trainer(engine, model, task, {
    batch: BATCH,
    optimizer: adam({ learningRate: LEARNING_RATE }),
    clip: {},
    seed: 1,
  });
  for (let step = 0; step < 3; ++step) {
    close(array([1], [(await ours.run()).loss]), array([1], [theirs()]), { rtol: 1e-3 });
  }
  const dispose = (): void => {
    ours.dispose();
    network.dispose();
    optimizer.dispose();
  };
  return {
    ours: { run: () => ours.run(), runs: 1, async: true },
    peer: { run: () => void theirs(), runs: 1 },
    dispose,
  };
}

const word = letters.slice(0, LENGTH);
const numbers = word.map((_, i) => i + 1);

/** Untrained, it does not end by itself, so both say as many symbols. */
function greedy(engine: Engine): Contest {
  const model = endless();
  const network = new TfjsSeq2Seq(model);
  const ours = (): string[] => [...model.run(engine, [word], { limit: LENGTH })[0]!.symbols];
  const theirs = (): number[] => network.greedy(numbers, LENGTH);
  const said = theirs().map((number) => phonemes[number - 1]);
  if (said.length !== LENGTH || String(said) !== String(ours())) throw new Error(`They say ${said} and ${ours()}`);
  return { ours: repeated(ours), peer: { run: theirs, runs: 1 }, dispose: () => network.dispose() };
}

function beams(engine: Engine): Contest {
  const model = endless();
  const say = (beam: number) => (): number => model.run(engine, [word], { beam, limit: LENGTH })[0]!.symbols.length;
  if (say(1)() !== LENGTH || say(5)() !== LENGTH) throw new Error("They do not say as many symbols");
  return { ours: repeated(say(5)), peer: repeated(say(1)), dispose: () => model.release(engine) };
}

/** A model that never finds the end likely. */
function endless(): AttentionSeq2Seq {
  const model = makeModel();
  const values = model.parameters.values.slice();
  values[model.output.bias.offset] = -30;
  model.parameters.set(values);
  return model;
}
