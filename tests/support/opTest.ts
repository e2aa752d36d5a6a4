import type tf from "@tensorflow/tfjs";
import type { Random } from "../../bindings/common/random/philox.js";
import { uniform, type NDArray } from "./array.js";

/** Inputs of an op, by their shapes and ranges, and its attributes. */
export interface Case<Attributes = undefined> {
  readonly shapes: readonly (readonly number[])[];
  readonly attributes?: Attributes;
  /** Inputs are uniform in [low, high) … */
  readonly low?: number;
  readonly high?: number;
  /** … unless a generator makes them. */
  readonly inputs?: (random: Random) => NDArray[];
  /** Inputs that have no gradient, such as masks and indices. */
  readonly constant?: readonly number[];
  readonly rtol?: number;
  readonly atol?: number;
}

/** A case at which the op races its peer. */
export interface BenchCase<Attributes = undefined> extends Case<Attributes> {
  readonly size: string;
}

export type Peer<Attributes = never> = (
  inputs: readonly tf.Tensor[],
  attributes: Attributes,
) => tf.Tensor | tf.Tensor[];
type NoPeer = `tfjs has none: ${string}`;
type Reference<Attributes> = (inputs: readonly NDArray[], attributes: Attributes) => NDArray[];

interface Definition<R, P, Attributes> {
  /** The truth, in a few obvious lines of double precision. */
  readonly reference: R;
  /** Sizes sit where kernels break: one lane, a tail of each length, one vector, several. */
  readonly cases: readonly Case<Attributes>[];
  /** The op in the shape that suits tfjs: as few kernels as we know how. */
  readonly peer: P;
  /** Whether tfjs' wasm backend has the gradient of all kernels of `peer`. Default: true. */
  readonly peerHasGradient?: boolean;
  /** Inputs that have no meaning in tfjs. */
  readonly unknownToPeer?: (inputs: readonly NDArray[]) => boolean;
  /** Sizes of the models. */
  readonly bench?: readonly BenchCase<Attributes>[];
}

/** The test of any op. */
export type OpTest = Definition<Reference<never>, Peer | NoPeer, unknown>;

/** Attributes may be left out where the reference has defaults for them. */
type Callable<Attributes> = undefined extends Attributes
  ? (inputs: readonly NDArray[], attributes?: Attributes) => NDArray[]
  : (inputs: readonly NDArray[], attributes: Attributes) => NDArray[];

/**
 * An op's test: cases, peer and bench have the attributes of the reference. A reference with attributes declares the
 * types of both its arguments, since TypeScript infers from a function that is typed as a whole.
 */
export function defineOpTest<P extends Peer<Attributes> | NoPeer, Attributes = undefined>(
  test: Definition<Reference<Attributes>, P, NoInfer<Attributes>>,
): Definition<Callable<Attributes>, P, Attributes> {
  if (!test.cases.length) throw new RangeError("An op's test has no case, and must have at least one");
  return test as never;
}

/** A case's inputs: what its generator makes, or uniform numbers. */
export function inputsOf({ shapes, low, high, inputs }: Case<unknown>, random: Random): NDArray[] {
  return inputs ? inputs(random) : shapes.map((shape) => uniform(random, shape, low, high));
}
