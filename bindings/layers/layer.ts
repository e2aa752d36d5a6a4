import { Parameter, type Initializer } from "../graph/parameter.js";
import type { Tensor } from "../graph/tensor.js";

/** A part of a model: parameters and other layers, by name. */
export abstract class Layer {
  readonly #layers = new Map<string, Layer>();
  readonly #parameters = new Map<string, Parameter>();

  /** Takes a layer in. The parameters of one whose name is "" have the paths they would have as this layer's own. */
  protected layer<T extends Layer>(name: string, layer: T): T {
    this.#layers.set(name, layer);
    return layer;
  }

  protected parameter(name: string, shape: readonly number[], initialize: Initializer): Parameter {
    const parameter = new Parameter(shape, initialize);
    this.#parameters.set(name, parameter);
    return parameter;
  }

  /** Names values of a step so that runs can be asked for them. */
  protected trace(values: Readonly<Record<string, Tensor>>): void {
    for (const [name, tensor] of Object.entries(values)) tensor.scope.graph.trace(name, tensor);
  }

  /** Every parameter with its dotted path, in the order of declaration. */
  *namedParameters(prefix = ""): IterableIterator<[path: string, parameter: Parameter]> {
    for (const [name, parameter] of this.#parameters) yield [prefix + name, parameter];
    for (const [name, layer] of this.#layers) yield* layer.namedParameters(name ? `${prefix}${name}.` : prefix);
  }
}
