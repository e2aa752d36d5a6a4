import { add, affine, concat, multiply, relu, sigmoid, slice, subtract, uniform } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";

/** Sizes of a Perceptron. */
interface PerceptronOptions {
  readonly inputSize: number;
  readonly outputSize: number;
  /** Units between the two; without them, there is one layer. */
  readonly hidden: number | undefined;
}

/** One layer, or two with ReLU between them; what follows the last is its user's. */
export class Perceptron extends Layer {
  readonly first: Linear;
  readonly second: Linear | undefined;

  constructor({ inputSize, outputSize, hidden }: PerceptronOptions) {
    super();
    this.first = this.layer("first", new Linear({ inputSize, outputSize: hidden ?? outputSize }));
    this.second = hidden ? this.layer("second", new Linear({ inputSize: hidden, outputSize })) : undefined;
  }

  /** x: (…, inputSize) → (…, outputSize). */
  forward(x: Tensor): Tensor {
    const y = this.first.forward(x);
    return this.second ? this.second.forward(relu(y)) : y;
  }
}

/** How nodes are joined: as the paper has it, or by gates that can hand on what a child holds as it is. */
export type TreeJoin = "perceptron" | "gated";

/** Sizes of NodeFunctions. */
export interface NodeFunctionsOptions {
  /** Numbers of what is put into a leaf before the first step; without them, memories begin empty. */
  readonly leafSize: number | undefined;
  /** d, numbers of a node. */
  readonly nodeSize: number;
  /** Numbers of what asks: the controller's output, l, or the input of a raw memory. */
  readonly asksSize: number;
  readonly hidden: number | undefined;
  readonly join: TreeJoin;
}

/**
 * What all nodes share, so that no parameter depends on the number of leaves. Andrychowicz & Kurach 2016,
 * arXiv:1602.03218, section 2.1 and 3.
 */
export class NodeFunctions extends Layer {
  readonly embedding: Perceptron | undefined;
  readonly joining: Perceptron;
  readonly searching: Perceptron;
  readonly gate: Perceptron;
  readonly content: Perceptron;
  readonly #size: number;
  readonly #isGated: boolean;

  constructor({ leafSize, nodeSize, asksSize, hidden, join }: NodeFunctionsOptions) {
    super();
    this.#size = nodeSize;
    this.#isGated = join === "gated";
    const [outputSize, inputSize] = [nodeSize, nodeSize + asksSize];
    this.embedding = leafSize
      ? this.layer("embed", new Perceptron({ inputSize: leafSize, outputSize, hidden }))
      : undefined;
    const joined = this.#isGated ? 3 * nodeSize : nodeSize;
    this.joining = this.layer("join", new Perceptron({ inputSize: 2 * nodeSize, outputSize: joined, hidden }));
    this.searching = this.layer("search", new Perceptron({ inputSize, outputSize: 1, hidden }));
    this.gate = this.layer("write.gate", new Perceptron({ inputSize, outputSize, hidden }));
    this.content = this.layer("write.content", new Perceptron({ inputSize, outputSize, hidden }));
  }

  /** EMBED: (…, leafSize) → (…, d). */
  embed(x: Tensor): Tensor {
    return relu(this.embedding!.forward(x));
  }

  /**
   * JOIN, of two children beside each other: (…, 2 d) → (…, d). With gates k and s of the same perceptron as the new n,
   *
   *     h = k (s h_left + (1 − s) h_right) + (1 − k) relu(n)
   *
   * With noise, a random number from −noise to noise is added to each logit of a gate.
   */
  join(children: Tensor, noise = 0): Tensor {
    const joined = this.joining.forward(children);
    if (!this.#isGated) return relu(joined);
    const part = (of: Tensor, at: number): Tensor => slice(of, { begin: at * this.#size, end: (at + 1) * this.#size });
    const [left, right] = [part(children, 0), part(children, 1)];
    const gate = (at: number): Tensor => {
      const logits = part(joined, at);
      if (!noise) return sigmoid(logits);
      const u = uniform(logits.scope.graph.random(), { shape: logits.shape });
      return sigmoid(add(logits, affine(u, { scale: 2 * noise, shift: -noise })));
    };
    const [side, kept, fresh] = [gate(0), gate(1), relu(part(joined, 2))];
    const chosen = add(right, multiply(side, subtract(left, right)));
    return add(fresh, multiply(kept, subtract(chosen, fresh)));
  }

  /** SEARCH, before its sigmoid: the logit (…, 1) of going right, of h (…, d) and what asks (…, l). */
  search(h: Tensor, asks: Tensor): Tensor {
    return this.searching.forward(concat([h, asks]));
  }

  /** WRITE(h, c) = T(h, c) H(h, c) + (1 − T(h, c)) h: h (…, d), c (…, l) → (…, d). */
  write(h: Tensor, c: Tensor): Tensor {
    const both = concat([h, c]);
    const gate = sigmoid(this.gate.forward(both));
    return add(h, multiply(gate, subtract(sigmoid(this.content.forward(both)), h)));
  }
}
