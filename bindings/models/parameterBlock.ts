import type { Engine, Resident } from "../engine/engine.js";
import type { Parameter } from "../graph/parameter.js";
import { MemoryError } from "../graph/memoryError.js";
import { REACH } from "../graph/operand.js";
import { Random } from "../common/random/philox.js";
import type { Layer } from "../layers/layer.js";
import { shown } from "../common/shown.js";

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
  /** Counts the changes of the values, so that a copy can say whether it has the current ones. */
  #version = 0;
  /** The engine whose copy is newer than the values here. */
  #newest: { readonly engine: Engine; readonly copy: Copy } | undefined;

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
    if (this.#newest) {
      const { engine, copy } = this.#newest;
      const first = copy.address / 4;
      this.#values.set(engine.memory.f32.subarray(first, first + this.size));
      this.#newest = undefined;
    }
    return this.#values;
  }

  /** The values of one parameter. */
  valuesOf(parameter: Parameter): Float32Array<ArrayBuffer> {
    return this.values.subarray(parameter.offset, parameter.offset + parameter.size);
  }

  /** Replaces all values. @throws RangeError unless there are as many as parameters, and numbers. */
  set(values: ArrayLike<number>): void {
    const length: unknown = (values as ArrayLike<number> | null | undefined)?.length;
    if (length !== this.size) {
      throw new RangeError(`parameters.set: there are ${shown(length)} values, and must be ${this.size}`);
    }
    for (let i = 0; i < this.size; ++i) {
      if (typeof values[i] === "number") continue;
      throw new RangeError(`parameters.set: value ${i} is ${shown(values[i])}, and must be a number`);
    }
    this.#newest = undefined;
    this.#values.set(values);
    this.#hasValues = true;
    ++this.#version;
  }

  /** The address of current values in an engine's memory. */
  in(engine: Engine): number {
    const copy = this.#copyIn(engine);
    if (copy.version !== this.#version) {
      const { values } = this;
      engine.memory.f32.set(values, copy.address / 4);
      copy.version = this.#version;
    }
    return copy.address;
  }

  /** Says that a run on this engine has changed the values in its memory. */
  changedIn(engine: Engine): void {
    if (this.#newest?.engine === engine) return;
    const copy = this.#copyIn(engine);
    copy.version = ++this.#version;
    this.#newest = { engine, copy };
  }

  #copyIn(engine: Engine): Copy {
    return engine.keep(this, "parameters", () => new Copy(engine, this.size, weakly(this)));
  }

  /** @internal Brings the values home, if they are in this copy. */
  recall(copy: Copy): void {
    if (this.#newest?.copy === copy) void this.values;
  }
}

/** A copy in an engine's memory. It does not keep the block alive: values that nobody can ask for may go. */
class Copy implements Resident {
  readonly address: number;
  version = -1;

  constructor(
    readonly engine: Engine,
    size: number,
    readonly block: () => ParameterBlock | undefined,
  ) {
    this.address = engine.memory.allocate(size * 4);
    engine.settle(this);
  }

  leave(): void {
    this.block()?.recall(this);
  }

  free(): void {
    this.leave();
    this.engine.unsettle(this);
    this.engine.memory.free(this.address);
  }
}

/** A way to an object that does not keep it alive, where the host has such a thing. */
const weakly = <T extends object>(target: T): (() => T | undefined) =>
  typeof WeakRef === "undefined" ? strongly(target) : throughWeakRef(new WeakRef(target));

// Functions of their own: a closure keeps alive all that its scope shares with another closure.
const strongly =
  <T>(target: T) =>
  (): T =>
    target;

const throughWeakRef =
  <T extends object>(reference: WeakRef<T>) =>
  (): T | undefined =>
    reference.deref();
