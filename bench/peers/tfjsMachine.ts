import tf from "@tensorflow/tfjs";
import { applyModule, machineModules } from "../../bindings/systems/neuralRandomAccessMachine/modules.js";
import type { NeuralRandomAccessMachine } from "../../bindings/systems/neuralRandomAccessMachine/neuralRandomAccessMachine.js";

/** Batch of memories: what our model is fed. */
export interface TfjsMemories {
  /** (batch, cells) each. */
  readonly memory: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
  readonly mask: tf.Tensor2D;
  /** Of every step, whether it is the last: (batch). */
  readonly last: readonly tf.Tensor1D[];
}

/**
 * A Neural Random-Access Machine with a feed-forward controller in tfjs, with the weights of one of ours, shaped as suits
 * tfjs: its cost is the number of kernels it starts, so every module of two arguments is one product of all pairs of
 * values with a table of what the module makes of them.
 */
export class TfjsMachine {
  /** By their paths in our model. */
  readonly variables: Readonly<Record<string, tf.Variable>>;
  readonly #model: NeuralRandomAccessMachine;
  /** (cells or cells², cells): what a module makes of its arguments. */
  readonly #tables: ReadonlyMap<string, tf.Tensor2D>;

  constructor(
    model: NeuralRandomAccessMachine,
    readonly cells: number,
  ) {
    this.#model = model;
    this.variables = Object.fromEntries(
      model.parameters.parameters.map((parameter) => [
        parameter.path,
        tf.tidy(() => tf.variable(tf.tensor(model.parameters.valuesOf(parameter).slice(), [...parameter.shape]))),
      ]),
    );
    const hot = (value: number): number[] => Array.from({ length: cells }, (_, c) => Number(c === value));
    const values = Array.from({ length: cells }, (_, value) => value);
    const memory = values.map(() => 0);
    this.#tables = new Map(
      machineModules
        .filter((name) => name !== "READ" && name !== "WRITE")
        .map((name) => {
          const isUnary = name === "INC" || name === "DEC";
          const rows = isUnary
            ? values.map((a) => hot(applyModule(name, a, 0, memory)))
            : values.flatMap((a) => values.map((b) => hot(applyModule(name, a, b, memory))));
          return [name, tf.tensor2d(rows)];
        }),
    );
  }

  /** The loss, summed over the batch, and the entropy bonus. */
  loss({ memory, targets, mask, last }: TfjsMemories): tf.Scalar {
    const { cells } = this;
    const batch = memory.shape[0];
    const { registers: count, entropyBonus } = this.#model.options;
    const oneHot = (x: tf.Tensor): tf.Tensor => tf.cast(tf.oneHot(tf.cast(x, "int32"), cells), "float32");
    const wanted = oneHot(targets);
    let content = oneHot(memory);
    let registers = oneHot(tf.zeros([batch, count]));
    let running: tf.Tensor = tf.ones([batch]);
    let total: tf.Tensor = tf.scalar(0);
    for (const forced of last) {
      const { argumentLogits, registerLogits, stop } = this.#control(
        tf.reshape(tf.slice(registers, [0, 0, 0], [batch, count, 1]), [batch, count]),
      );
      let entropies: tf.Tensor = tf.scalar(0);
      const choose = (logits: tf.Tensor): tf.Tensor => {
        const p = tf.softmax(logits);
        entropies = tf.sub(entropies, tf.sum(tf.mul(p, tf.log(tf.clipByValue(p, 1e-6, 1)))));
        return p;
      };
      let pool = registers;
      let next = content;
      machineModules.forEach((name, i) => {
        const argument = (k: number): tf.Tensor =>
          tf.matMul(tf.expandDims(choose(argumentLogits[2 * i + k]!), 1), pool);
        const [a, b] = [argument(0), argument(1)]; // (batch, 1, cells)
        let o: tf.Tensor;
        if (name === "READ") o = tf.matMul(a, content);
        else if (name === "WRITE") {
          const where = tf.reshape(a, [batch, cells, 1]);
          next = tf.add(tf.mul(tf.sub(1, where), content), tf.matMul(where, b));
          o = b;
        } else if (name === "ZERO" || name === "ONE" || name === "TWO") {
          o = oneHot(tf.fill([batch, 1], applyModule(name, 0, 0, [0, 0, 0])));
        } else if (name === "INC" || name === "DEC") {
          o = tf.expandDims(tf.matMul(tf.reshape(a, [batch, cells]), this.#tables.get(name)!), 1);
        } else {
          const pairs = tf.reshape(tf.matMul(a, b, true), [batch, cells * cells]);
          o = tf.expandDims(tf.matMul(pairs as tf.Tensor2D, this.#tables.get(name)!), 1);
        }
        pool = tf.concat([pool, o], 1);
      });
      content = next;
      registers = tf.matMul(choose(registerLogits), pool);
      const f = tf.add(tf.mul(tf.sigmoid(stop), tf.sub(1, forced)), forced);
      const p = tf.mul(running, f);
      running = tf.sub(running, p);
      const likely = tf.log(tf.maximum(tf.sum(tf.mul(content, wanted), -1), 1e-8));
      const score = tf.sum(tf.mul(likely, mask), -1);
      total = tf.sub(tf.sub(total, tf.sum(tf.mul(p, score))), tf.mul(entropyBonus, entropies));
    }
    return total as tf.Scalar;
  }

  #control(isZero: tf.Tensor): { argumentLogits: tf.Tensor[]; registerLogits: tf.Tensor; stop: tf.Tensor } {
    const linear = (name: string, x: tf.Tensor): tf.Tensor =>
      tf.add(
        tf.matMul(x as tf.Tensor2D, this.variables[`${name}.weights`] as tf.Tensor2D),
        this.variables[`${name}.bias`]!,
      );
    const outputs = linear("wires", tf.relu(linear("second", tf.relu(linear("hidden", isZero)))));
    const { registers, modules, registerWeights } = this.#model.layout;
    const sizes = machineModules.flatMap((_, i) => [registers + i, registers + i]);
    const parts = tf.split(outputs, [...sizes, registerWeights, 1], 1);
    return {
      argumentLogits: parts.slice(0, sizes.length),
      registerLogits: tf.reshape(parts[sizes.length]!, [-1, registers, registers + modules]),
      stop: tf.reshape(parts.at(-1)!, [-1]),
    };
  }

  dispose(): void {
    tf.dispose(this.variables);
    for (const table of this.#tables.values()) table.dispose();
  }
}
