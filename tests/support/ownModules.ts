import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A model and a task that are none of ours, like those of docs/your-own-model.md. */
const OWN = `
import { adam, copyTask, NeuralTuringMachine, RecurrentModel } from "tapehead";
import {
  add, affine, binaryCrossEntropy, bitErrors, constant, defineOptimizer, multiply, subtract,
} from "tapehead/graph";
import { GRUCell, Linear } from "tapehead/layers";

class Fading extends RecurrentModel {
  static className = "Fading";
  name = "Fading";
  constructor(options) {
    super();
    this.options = { hiddenSize: 8, seed: 0, ...options };
    const { inputSize, outputSize, hiddenSize } = this.options;
    this.cell = this.layer("cell", new GRUCell({ inputSize, hiddenSize }));
    this.output = this.layer("output", new Linear({ inputSize: hiddenSize, outputSize }));
  }
  initialState(graph, batch) {
    return { cell: this.cell.initialState(graph, batch), past: constant(graph, [batch, this.options.hiddenSize], 0) };
  }
  step(x, state) {
    const cell = this.cell.step(x, state.cell);
    const past = add(affine(state.past, { scale: 0.9 }), this.cell.output(cell));
    this.trace({ past });
    return [this.output.forward(past), { cell, past }];
  }
}

const parity = {
  name: "running-parity", options: {}, seed: 1, inputSize: 1, outputSize: 1, targetSize: 1,
  generate(random, count, batch, { length = 12 } = {}) {
    batch.reset(length, count);
    for (let sequence = 0; sequence < count; ++sequence) {
      for (let step = 0, odd = 0; step < length; ++step) {
        const bit = random.integer(0, 1);
        odd ^= bit;
        batch.inputs[batch.inputAt(step, sequence)] = bit;
        batch.targets[batch.targetAt(step, sequence)] = odd;
        batch.expect(step, sequence);
      }
    }
  },
  loss: ({ logits, targets, mask }) => binaryCrossEntropy(logits, targets, mask),
  metrics: { bitError: ({ logits, targets, mask }) => bitErrors(logits, targets, mask) },
};

const heavyBall = defineOptimizer({
  name: "heavy-ball", learningRate: 5e-3, options: { mu: 0.8 }, state: ["velocity"],
  update({ parameters, gradients, learningRate, velocity }) {
    const next = add(affine(velocity, { scale: 0.8 }), gradients);
    return { parameters: subtract(parameters, multiply(learningRate, next)), velocity: next };
  },
});
`;
/** Exports of a module that trains. */
export const MODEL = "export const model = new Fading({ inputSize: 1, outputSize: 1 });\n";
export const TASK = "export const task = parity;\n";

/** Start of another class, up to its className. */
export const OTHER = "class Other extends Fading { static className = ";

/** Writes modules into a folder: the class and the task, and then a text. `entry` is where each imports an entry from. */
export function ownModules(
  folder: string,
  entry = (name: string): string => name,
): (name: string, text: string) => void {
  const beginning = OWN.replaceAll(/from "(tapehead[^"]*)"/g, (_, name: string) => `from "${entry(name)}"`);
  return (name, text) => writeFileSync(join(folder, name), beginning + text);
}
