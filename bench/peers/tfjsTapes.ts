import tf from "@tensorflow/tfjs";
import type { ReinforcementLearningNTM } from "../../bindings/systems/reinforcementLearningNTM/reinforcementLearningNTM.js";
import { crossEntropy, TfjsVariables } from "./tfjsVariables.js";

/** The same values, through which no gradient flows. */
const stopped = (x: tf.Tensor): tf.Tensor =>
  tf.customGrad((given) => ({
    value: tf.clone(given as tf.Tensor),
    gradFunc: () => tf.zerosLike(given as tf.Tensor),
  }))(x);

/**
 * Draws from softmax by numbers from 0 to below 1: (rows, n), (rows) → (rows). They leave tfjs and come back, which costs
 * little on its wasm backend: it would look for gradients of comparisons with what follows from them otherwise.
 */
function drawnBy(logits: tf.Tensor, u: tf.Tensor): tf.Tensor {
  const cols = logits.shape[1]!;
  // Sums from the left; cumsum of the wasm backend writes past its memory.
  const ones = tf.tensor2d(
    Array.from({ length: cols }, (_, i) => Array.from({ length: cols }, (_, j) => Number(i <= j))),
  );
  const above = tf.greater(tf.matMul(tf.softmax(logits), ones), tf.expandDims(u, 1));
  return tf.tensor1d(Float32Array.from(tf.argMax(tf.cast(above, "int32"), 1).dataSync()));
}

type LSTMState = readonly [h: tf.Tensor, c: tf.Tensor];

/** Choices of a step, (batch, heads), or what they are drawn by. */
export interface Chosen {
  readonly choices?: tf.Tensor3D;
  readonly u: tf.Tensor3D;
}

/** The RL-NTM in tfjs with the weights of one of ours: with a memory and direct access, and heads that go both ways. */
export class TfjsTapes {
  readonly variables: TfjsVariables;
  readonly #options: ReinforcementLearningNTM["options"];

  constructor(model: ReinforcementLearningNTM) {
    const { memory, directAccess, forwardOnly } = model.options;
    if (!memory || !directAccess || forwardOnly) throw new RangeError("The tfjs model has a memory and direct access");
    this.#options = model.options;
    this.variables = new TfjsVariables(model);
  }

  /** x, targets, mask: (time, batch), numbers → what training minimises, a sequence. */
  loss(x: tf.Tensor2D, targets: tf.Tensor2D, mask: tf.Tensor2D, { choices: given, u }: Chosen): tf.Scalar {
    const { symbols, hiddenSize, inputReach, memoryCells, memoryReach, slowdown } = this.#options;
    const { variables } = this;
    const [time, batch] = x.shape;
    const hot = (numbers: tf.Tensor, classes: number): tf.Tensor =>
      tf.cast(tf.oneHot(tf.cast(numbers, "int32"), classes), "float32");
    const onehot = hot(x, symbols); // (time, batch, symbols)
    const tape = tf.transpose(onehot, [1, 0, 2]);
    const goals = tf.transpose(hot(targets, symbols), [1, 0, 2]);
    /** (batch, window, cells): 1 at the cells around a head. */
    const around = (position: tf.Tensor, reach: number, cells: number): tf.Tensor => {
      const offsets = tf.tensor2d([Array.from({ length: 2 * reach + 1 }, (_, k) => k - reach)]);
      return hot(tf.mod(tf.add(tf.expandDims(position, 1), offsets), cells), cells);
    };
    const summary = this.#offline(tf.reverse(onehot, 0));
    const start = (): LSTMState => [tf.fill([batch, hiddenSize], 0.1), tf.fill([batch, hiddenSize], 0.1)];
    let [controller, online] = [start(), start()];
    const first = tf.tensor3d([[[1]]]);
    let memory = tf.tile(
      tf.pad(first, [
        [0, 0],
        [0, memoryCells - 1],
        [0, 0],
      ]),
      [batch, 1, symbols],
    );
    let positions = [0, 0, 0].map((): tf.Tensor => tf.zeros([batch]));
    let last: tf.Tensor[] = positions;
    let due: tf.Tensor = tf.sum(mask, 0);
    let earned: tf.Tensor = tf.zeros([batch]);
    const all = {
      predictions: [] as tf.Tensor[],
      goals: [] as tf.Tensor[],
      made: [] as tf.Tensor[],
      before: [] as tf.Tensor[],
      online: [] as tf.Tensor[],
      logits: [[], [], []] as tf.Tensor[][],
      choices: [[], [], []] as tf.Tensor[][],
    };
    const sizes = [3, 3, 2];
    for (let t = 0; t < time; ++t) {
      const cells = around(positions[1]!, memoryReach, memoryCells);
      const window = tf.matMul(around(positions[0]!, inputReach, time), tape);
      const read = tf.matMul(cells, memory);
      const names = ["input", "memory", "output"];
      const moves = last.map((each, i) =>
        tf.matMul(
          hot(each, sizes[i]!) as tf.Tensor2D,
          variables.of(`machine.moves.${names[i]}.vectors`) as tf.Tensor2D,
        ),
      );
      const seen = tf.concat([...moves, tf.reshape(read, [batch, -1]), tf.reshape(window, [batch, -1])], 1);
      controller = this.#lstm("machine.controller", seen, controller);
      online = this.#lstm("baseline.online", stopped(seen), online);
      const [h] = controller;
      const logits = tf.split(tf.mul(variables.linear("machine.choose", h), slowdown), sizes, 1);
      const left = time - t;
      const isDone = tf.cast(tf.equal(due, 0), "float32");
      const isLate = tf.cast(tf.equal(due, left), "float32");
      logits[2] = tf.add(logits[2]!, tf.mul(tf.stack([isLate, isDone], 1), -1e9));
      const drawn = tf.unstack(tf.slice(u, [t, 0, 0], [1, -1, -1]).squeeze([0]), 1);
      const choices = logits.map((row, i): tf.Tensor => {
        if (given) return tf.slice(given, [t, 0, i], [1, -1, 1]).reshape([batch]);
        return drawnBy(row, drawn[i]!);
      });
      const shape = read.shape;
      const gate = (name: string): tf.Tensor => tf.reshape(variables.linear(name, h), shape);
      let written: tf.Tensor = tf.add(
        tf.mul(read, tf.sigmoid(gate("machine.memory.forget"))),
        tf.tanh(gate("machine.memory.write")),
      );
      const count = 2 * inputReach + 1;
      const mix = tf.unstack(
        tf.reshape(tf.sigmoid(variables.linear("machine.memory.mix", h)), [batch, 2 * count, shape[1]!, 1]),
        1,
      );
      tf.split(window, count, 1).forEach((cell, l) => {
        written = tf.add(tf.mul(mix[2 * l + 1]!, written), tf.mul(mix[2 * l]!, cell));
      });
      const direct = tf.expandDims(tf.sigmoid(variables.linear("machine.output.gates", h)), 1);
      const seenCells = tf.concat([written, window], 1);
      const prediction = tf.add(
        variables.linear("machine.output.predict", h),
        tf.squeeze(tf.matMul(direct, seenCells), [1]),
      );
      const kept = tf.sub(1, tf.expandDims(tf.sum(cells, 1), 2));
      memory = tf.add(tf.mul(memory, kept), tf.matMul(cells, written, true)) as tf.Tensor3D;
      const goal = tf.squeeze(tf.matMul(around(positions[2]!, 0, time), goals), [1]);
      const made = choices[2]!;
      all.predictions.push(prediction);
      all.goals.push(goal);
      all.made.push(made);
      all.before.push(earned);
      all.online.push(online[0]);
      logits.forEach((row, i) => all.logits[i]!.push(row));
      choices.forEach((each, i) => all.choices[i]!.push(each));
      earned = tf.add(earned, tf.mul(made, tf.sum(tf.mul(tf.logSoftmax(stopped(prediction)), goal), 1)));
      due = tf.sub(due, made);
      positions = positions.map((position, i) => tf.add(position, tf.sub(choices[i]!, i < 2 ? 1 : 0)));
      last = choices;
    }
    const toGo = tf.sub(earned, tf.stack(all.before)); // (time, batch)
    const both = tf.concat([tf.stack(all.online), tf.tile(tf.expandDims(summary, 0), [time, 1, 1])], 2);
    const rows = tf.reshape(both, [time * batch, 2 * hiddenSize]);
    const predicted = tf.reshape(
      tf.mul(variables.linear("baseline.output", tf.relu(variables.linear("baseline.hidden", rows))), 0.05),
      [time, batch],
    );
    const advantage = tf.sub(toGo, stopped(predicted));
    const terms = [
      crossEntropy(tf.stack(all.predictions), tf.stack(all.goals), tf.stack(all.made)),
      ...all.logits.map((each, i) =>
        crossEntropy(tf.stack(each), hot(tf.stack(all.choices[i]!), sizes[i]!), advantage),
      ),
      tf.mul(0.5, tf.sum(tf.square(tf.sub(toGo, predicted)))),
    ];
    return tf.div(tf.addN(terms), batch);
  }

  #lstm(path: string, x: tf.Tensor, [h, c]: LSTMState, forgetBias = 0): LSTMState {
    const gates = this.variables.linear(`${path}.gates`, tf.concat([x, h], 1));
    const [i, f, g, o] = tf.split(gates, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const next = tf.add(
      tf.mul(tf.sigmoid(forgetBias ? tf.add(f, forgetBias) : f), c),
      tf.mul(tf.sigmoid(i), tf.tanh(g)),
    );
    return [tf.mul(tf.sigmoid(o), tf.tanh(next)), next];
  }

  /** xs: (time, batch, symbols), the last cell first. */
  #offline(xs: tf.Tensor): tf.Tensor {
    const [, batch] = xs.shape as [number, number];
    const size = this.#options.hiddenSize;
    let state: LSTMState = [tf.fill([batch, size], 0.1), tf.fill([batch, size], 0.1)];
    for (const x of tf.unstack(xs)) state = this.#lstm("baseline.offline", x, state, 1);
    return state[0];
  }

  dispose(): void {
    this.variables.dispose();
  }
}
