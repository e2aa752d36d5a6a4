import type { Variant } from "../executable.js";
import { variantOf, type Compiling } from "../method.js";
import type { AnyDecoder } from "./decoder.js";
import type { DecodingPrograms } from "./generator.js";
import { decodingMethods, type Decoding } from "./methods.js";

/** A model's programs that decode, recorded when they are first needed. */
export class RecordedDecoding implements DecodingPrograms {
  readonly #model: Compiling;
  readonly #decoder: AnyDecoder;

  constructor(model: Compiling, decoder: AnyDecoder) {
    this.#model = model;
    this.#decoder = decoder;
  }

  get parameters(): Compiling["parameters"] {
    return this.#model.parameters;
  }

  variant(method: string, options: Decoding): Variant {
    const recorded = decodingMethods(this.#decoder, options)[method]!;
    return variantOf(this.#model, `${method} ${options.lengthPenalty} ${options.attention}`, recorded);
  }
}
