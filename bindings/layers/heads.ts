import {
  affine,
  circularConvolution,
  clip,
  contentSimilarity,
  eraseAdd,
  interpolate,
  sharpen,
  slice,
  softmax,
  weightedRead,
} from "../graph/ops/index.js";
import type { CosineGuard } from "../graph/ops/contentSimilarity.js";
import { reshape } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import { activations } from "./activations.js";
import { glorot } from "./initializers.js";
import { Layer } from "./layer.js";
import { Linear } from "./linear.js";

/** What heads turn the controller's numbers into, and how they address memory; see TuringCellOptions. */
export interface AddressingOptions {
  shifts: number;
  clipTo: number;
  keyActivation: "tanh" | "relu" | "identity";
  strengthActivation: "softplus" | "relu";
  gateActivation: "sigmoid" | "hardSigmoid";
  shiftActivation: "identity" | "relu";
  eraseActivation: "sigmoid" | "hardSigmoid" | "relu";
  guard: CosineGuard;
  epsilon: number;
  circular: boolean;
  weightingEpsilon: number;
  sharpeningEpsilon: number;
}

/** Sizes of heads. */
export interface HeadsOptions extends AddressingOptions {
  hiddenSize: number;
  /** Heads of this kind. */
  heads: number;
  width: number;
}

/**
 * Heads that share one linear layer and address memory together. Graves et al. 2014, section 3.3.
 * Weightings are (batch, heads, slots), memory is (batch, slots, width).
 */
abstract class Heads extends Layer {
  readonly parameters: Linear;
  protected readonly options: HeadsOptions;
  readonly #fields: number;
  /** In front of the names of what heads of this kind trace. */
  protected abstract readonly kind: "read" | "write";

  /** `vectors` are how many vectors of memory width a head has beside its key. */
  constructor(options: HeadsOptions, vectors: number) {
    super();
    const { hiddenSize, heads, width, shifts } = options;
    this.options = options;
    this.#fields = (1 + vectors) * width + shifts + 3;
    const outputSize = heads * this.#fields;
    this.parameters = this.layer("parameters", new Linear({ inputSize: hiddenSize, outputSize, weights: glorot() }));
  }

  /** One raw parameter vector for each head: (batch, hiddenSize) → (batch, heads, fields). */
  protected raw(h: Tensor): Tensor {
    const { heads, clipTo } = this.options;
    const raw = this.parameters.forward(h);
    const clipped = clipTo === Infinity ? raw : clip(raw, { low: -clipTo, high: clipTo });
    return reshape(clipped, [h.shape[0]!, heads, this.#fields]);
  }

  /** Equations (5) to (9): the raw parameters, memory and the last weighting to this step's weighting. */
  protected addressWith(raw: Tensor, memory: Tensor, previous: Tensor): Tensor {
    const { width, shifts, epsilon, guard, circular, weightingEpsilon, sharpeningEpsilon, ...through } = this.options;
    const positive = activations[through.strengthActivation];
    const [batch, heads] = raw.shape;
    const field = (begin: number, size: number): Tensor => slice(raw, { begin, end: begin + size });
    const scalar = (begin: number): Tensor => reshape(field(begin, 1), [batch!, heads!]);
    const key = activations[through.keyActivation](field(0, width));
    const strength = positive(scalar(width));
    const gate = activations[through.gateActivation](scalar(width + 1));
    const shift = softmax(activations[through.shiftActivation](field(width + 2, shifts)));
    const gamma = affine(positive(scalar(width + 2 + shifts)), { scale: 1, shift: 1 });
    const traced = { Key: key, Strength: strength, Gate: gate, Shift: shift, Gamma: gamma };
    this.trace(Object.fromEntries(Object.entries(traced).map(([name, tensor]) => [this.kind + name, tensor])));

    const content = softmax(contentSimilarity(memory, key, strength, { epsilon, guard })); // (5), (6)
    const gated = interpolate(gate, content, previous); // (7)
    const shifted = circularConvolution(gated, shift, { wrap: circular }); // (8)
    const raised = weightingEpsilon ? affine(shifted, { shift: weightingEpsilon }) : shifted;
    return sharpen(raised, gamma, { epsilon: sharpeningEpsilon }); // (9)
  }

  protected vector(raw: Tensor, index: number): Tensor {
    const { width, shifts } = this.options;
    const begin = width + shifts + 3 + index * width;
    return slice(raw, { begin, end: begin + width });
  }
}

/** What write heads want of a step: where, what to forget, what to add. */
export interface Writing {
  weights: Tensor;
  erase: Tensor;
  add: Tensor;
}

/** Heads that write: addressing, erase and add. Graves et al. 2014, section 3.2. */
export class WriteHeads extends Heads {
  protected readonly kind = "write";

  constructor(options: HeadsOptions) {
    super(options, 2);
  }

  /** Weightings, erase and add vectors, in view of the weightings before. */
  address(h: Tensor, memory: Tensor, previous: Tensor): Writing {
    const raw = this.raw(h);
    return {
      weights: this.addressWith(raw, memory, previous),
      erase: activations[this.options.eraseActivation](this.vector(raw, 0)),
      add: activations[this.options.keyActivation](this.vector(raw, 1)),
    };
  }

  /** Equations (3) and (4): all heads erase, then all add. */
  write(memory: Tensor, { weights, erase, add }: Writing): Tensor {
    return eraseAdd(memory, weights, erase, add);
  }
}

/** Heads that read: addressing. Graves et al. 2014, section 3.1. */
export class ReadHeads extends Heads {
  protected readonly kind = "read";

  constructor(options: HeadsOptions) {
    super(options, 0);
  }

  /** Weightings (batch, heads, slots), in view of those before. */
  address(h: Tensor, memory: Tensor, previous: Tensor): Tensor {
    return this.addressWith(this.raw(h), memory, previous);
  }

  /** Equation (2): (batch, heads · width). */
  read(memory: Tensor, weights: Tensor): Tensor {
    const { heads, width } = this.options;
    return reshape(weightedRead(memory, weights), [memory.shape[0]!, heads * width]);
  }
}
