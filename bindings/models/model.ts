import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { Layer } from "../layers/layer.js";
import { ParameterBlock } from "./parameterBlock.js";

/** Options are plain JSON, so that a checkpoint can carry them. */
export type ModelOptions = { readonly [name: string]: unknown };

/** An option that every model has. */
export interface SeedOption {
  /** Seed of the initial parameters: a whole number from 0 to 2³² − 1. Default: 0. */
  seed?: number;
}

/** A class of models that a file can hold. */
export interface ModelClass<M extends Model = Model> {
  readonly className: string;
  new (options: never): M;
}

/** Parameters, options and a name: what a checkpoint needs to make the model again. */
export abstract class Model extends Layer {
  /** What messages and files call it, which its class has as `className`: its own name is a minifier's prey. */
  abstract readonly name: string;
  /** Every option, defaults filled in. */
  abstract readonly options: ModelOptions & SeedOption;
  #parameters: ParameterBlock | undefined;

  /** The parameters, laid out and drawn when they are first asked for. */
  get parameters(): ParameterBlock {
    return (this.#parameters ??= new ParameterBlock(this, this.options.seed ?? 0));
  }

  /**
   * Gives back what the model keeps in an engine's memory: programs, parameters, inputs and outputs. A model that is
   * gone gives it back by itself where the host can tell. The model keeps what it learned, and may run there again.
   */
  release(engine: Engine): void {
    expectEngine(`${this.name}.release`, engine);
    engine.release(this);
    if (this.#parameters) engine.release(this.#parameters);
  }

  /** Number of trained values. */
  get parameterCount(): number {
    return this.parameters.size;
  }
}
