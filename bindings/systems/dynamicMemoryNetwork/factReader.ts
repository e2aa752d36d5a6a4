import { add, affine, broadcast, gather, reverseSequence } from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import { Embedding } from "../../layers/embedding.js";
import { Layer } from "../../layers/layer.js";
import { ramp } from "../../layers/ramp.js";
import { wordBag } from "../../layers/wordBag.js";
import { GatedUnit } from "./gatedUnit.js";

/** How a story becomes facts, one for each sentence. */
export type FactEncoding = "words" | "fusion";

/** Sizes of a FactReader. */
export interface FactReaderOptions {
  readonly symbols: number;
  readonly embeddingSize: number;
  readonly hiddenSize: number;
  readonly encoding: FactEncoding;
}

/** Inputs of a batch of passages. */
export type PassageInputs = Readonly<Partial<Record<"text" | "ends" | "sentences", Tensor>>> &
  Readonly<Record<"told" | "count" | "question" | "questionEnd", Tensor>>;

/** How much places of words count in "fusion", as in position encoding of mean 1. */
const SLOPE = 4;

/**
 * Input and question module: the facts of stories, (sentences, batch, hiddenSize), and questions, (batch, hiddenSize).
 *
 * - "words", of Kumar et al. 2015: a GRU reads all words of a story; a fact is its state after a sentence. The same GRU reads
 *   the question.
 * - "fusion", of DMN+: a sentence is the sum of its words' vectors, weighted by position; GRUs read the sentences in both
 *   directions, and a fact is the sum of their states. Questions have a GRU over words of their own.
 *
 * Facts behind the end of a story are no facts.
 */
export class FactReader extends Layer {
  readonly embedding: Embedding;
  /** Over words: of stories and questions, or of questions alone. */
  readonly words: GatedUnit;
  /** Over sentences, in "fusion". */
  readonly directions: readonly [forward: GatedUnit, backward: GatedUnit] | undefined;

  constructor({ symbols, embeddingSize, hiddenSize, encoding }: FactReaderOptions) {
    super();
    const sizes = { inputSize: embeddingSize, hiddenSize };
    this.embedding = this.layer("embedding", new Embedding({ symbols, width: embeddingSize }));
    this.words = this.layer("words", new GatedUnit(sizes));
    if (encoding === "fusion") {
      const [forward, backward] = [new GatedUnit(sizes), new GatedUnit(sizes)];
      this.directions = [this.layer("forward", forward), this.layer("backward", backward)];
    }
  }

  /** Facts of stories: (sentences, batch, hiddenSize). */
  facts({ text, ends, sentences, count }: PassageInputs): Tensor {
    if (!this.directions) return rowsAt(this.#read(text!), ends!);
    const [forward, backward] = this.directions;
    const table = sentences!.scope.graph.parameter(this.embedding.vectors);
    const encoded = wordBag(table, sentences!, { slope: SLOPE, columns: sentences!.shape.at(-1) as number });
    const back = backward.states(backward.input.forward(reverseSequence(encoded, count)));
    return add(forward.states(forward.input.forward(encoded)), reverseSequence(back, count));
  }

  /** (batch, hiddenSize) */
  question({ question, questionEnd }: PassageInputs): Tensor {
    return rowsAt(this.#read(question), questionEnd);
  }

  /** The states after words, which are their numbers: (steps, batch). Words are few, so each is multiplied once. */
  #read(numbers: Tensor): Tensor {
    const table = numbers.scope.graph.parameter(this.embedding.vectors);
    return this.words.states(gather(this.words.input.forward(table), numbers));
  }
}

/** States at a step of each example: states (steps, batch, width), places (batch) or (count, batch) → (…, width). */
function rowsAt(states: Tensor, places: Tensor): Tensor {
  const [count, batch] = [places.shape[0]!, states.shape[1] as number];
  const examples = ramp(states.scope.graph, batch);
  const all = places.shape.length > 1 ? broadcast(examples, { count }) : examples;
  return gather(states, add(affine(places, { scale: batch }), all));
}
