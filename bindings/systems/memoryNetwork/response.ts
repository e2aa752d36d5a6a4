import type { Parameter } from "../../graph/parameter.js";
import type { Tensor } from "../../graph/tensor.js";
import { Layer } from "../../layers/layer.js";
import { Asked, products, type AskedOptions } from "./asked.js";
import { featuresAt, type Fact } from "./fact.js";
import type { StoryFeatures } from "./factReading.js";
import { normalWith } from "./featureTable.js";

/** The component R of the paper: s_R(x, w) = (U_R Φ_x(x)) · (U_R Φ_y(w)), x being the question with its facts, w a word. */
export class Response extends Layer {
  readonly asked: Asked;
  /** A row for each word that may be an answer. */
  readonly words: Parameter;

  constructor({ symbols, ...options }: AskedOptions & { readonly symbols: number }) {
    super();
    const { width, deviation } = options;
    this.asked = this.layer("asked", new Asked(options));
    this.words = this.parameter("words", [symbols, width], normalWith(deviation));
  }

  /** Scores of all words: (batch, symbols). */
  scores({ question, memories }: StoryFeatures, facts: readonly Fact[]): Tensor {
    let sum = this.asked.question(question);
    facts.forEach((fact, i) => (sum = this.asked.with(sum, featuresAt(memories, fact), i)));
    return products(this.asked.vector(sum), question.scope.graph.parameter(this.words));
  }
}
