import type { Engine, Resident } from "../engine/engine.js";
import type { Parameter } from "../graph/parameter.js";
import { MemoryError } from "../graph/memoryError.js";
import { REACH } from "../graph/operand.js";
import { Random } from "../random/philox.js";
import type { Layer } from "../layers/layer.js";

/**
 * A model's parameters as one contiguous block, here and in the memory of the engines that use it. Whoever has the
 * newest values gives them to whoever asks.
 */
export class ParameterBlock {
  readonly parameters: readonly Parameter[];
  readonly size: number;
  readonly #values: Float32Array<ArrayBuffer>;
  readonly #seed: number;
  /** Whether there are values, drawn or set: a model that is loaded needs no first ones. */
  #hasValues = false;
  readonly #copies = new Map<Engine, { address: number; current: boolean; resident: Resident }>();
  /** The engine whose copy is newer than the values here. */
  #newest: Engine | undefined;

  /** Lays out the parameters of a whole model. Their first values are drawn when somebody asks for values. */
  constructor(model: Layer, seed: number) {
    let offset = 0;
    const named = [...model.namedParameters()];
    for (const [path, parameter] of named) {
      parameter.path = path;
      parameter.offset = offset;
      offset += parameter.size;
    }
    this.parameters = named.map(([, parameter]) => parameter);
    if (offset > REACH) throw new MemoryError(offset * 4, REACH * 4, "The model's parameters");
    this.size = offset;
    this.#values = new Float32Array(offset);
    this.#seed = seed;
  }

  /** Each parameter has a random stream of its own. */
  #draw(): void {
    this.parameters.forEach((parameter, stream) => {
      const { offset, size, shape } = parameter;
      parameter.initialize(this.#values.subarray(offset, offset + size), new Random(this.#seed, stream), shape);
    });
    this.#hasValues = true;
  }

  /** The current values; a view that the next training step on an engine does not change. */
  get values(): Float32Array<ArrayBuffer> {
    if (!this.#hasValues) this.#draw();
    const newest = this.#newest;
    if (newest) {
      const first = this.#copies.get(newest)!.address / 4;
      this.#values.set(newest.memory.f32.subarray(first, first + this.size));
      this.#newest = undefined;
    }
    return this.#values;
  }

  /** The values of one parameter. */
  valuesOf(parameter: Parameter): Float32Array<ArrayBuffer> {
    return this.values.subarray(parameter.offset, parameter.offset + parameter.size);
  }

  /** Replaces all values. */
  set(values: ArrayLike<number>): void {
    this.#newest = undefined;
    this.#values.set(values);
    this.#hasValues = true;
    for (const copy of this.#copies.values()) copy.current = false;
  }

  /** The address of current values in an engine's memory. */
  in(engine: Engine): number {
    let copy = this.#copies.get(engine);
    if (!copy) {
      const resident = { leave: (): void => this.#leave(engine) };
      copy = { address: engine.memory.allocate(this.size * 4), current: false, resident };
      this.#copies.set(engine, copy);
      engine.settle(resident);
    }
    if (!copy.current && this.#newest !== engine) engine.memory.f32.set(this.values, copy.address / 4);
    copy.current = true;
    return copy.address;
  }

  /** Says that a run on this engine has changed the values in its memory. */
  changedIn(engine: Engine): void {
    if (this.#newest === engine) return;
    for (const [other, copy] of this.#copies) copy.current = other === engine;
    this.#newest = engine;
  }

  #leave(engine: Engine): void {
    if (this.#newest === engine) void this.values;
    this.#copies.delete(engine);
  }
}
