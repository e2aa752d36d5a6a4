import { Parameter, type Initializer } from "../graph/parameter.js";

/** A part of a model: parameters and other layers, by name. */
export abstract class Layer {
  readonly #layers = new Map<string, Layer>();
  readonly #parameters = new Map<string, Parameter>();

  protected layer<T extends Layer>(name: string, layer: T): T {
    this.#layers.set(name, layer);
    return layer;
  }

  protected parameter(name: string, shape: readonly number[], initialize: Initializer): Parameter {
    const parameter = new Parameter(shape, initialize);
    this.#parameters.set(name, parameter);
    return parameter;
  }

  /** Every parameter with its dotted path, in the order of declaration. */
  *namedParameters(prefix = ""): IterableIterator<[path: string, parameter: Parameter]> {
    for (const [name, parameter] of this.#parameters) yield [prefix + name, parameter];
    for (const [name, layer] of this.#layers) yield* layer.namedParameters(`${prefix}${name}.`);
  }
}
