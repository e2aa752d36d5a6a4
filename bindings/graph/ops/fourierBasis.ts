import { Opcode } from "../../../assembly/generated/opcodes.js";
import type { Graph } from "../graph.js";
import { recordIn, type AnyDefinition } from "../op.js";
import type { Tensor } from "../tensor.js";

/** Sizes of a short-time Fourier transform. */
export interface FourierBasisOptions {
  /** Samples of a window, to which the transform is tapered by Hann's. */
  window: number;
  /** Samples of the transform, at least the window's and at most 32,768: behind the window they are 0. */
  size: number;
}

/** Frequencies of the transform of so many real samples, from 0 to half of the rate. */
export const binsOf = (size: number): number => Math.floor(size / 2) + 1;

const definition: AnyDefinition = {
  name: "fourierBasis",
  shapes: (_, attributes) => {
    const { window, size } = attributes as FourierBasisOptions;
    if (!(Number.isInteger(window) && Number.isInteger(size) && 1 <= window && window <= size && size <= 0x8000))
      throw new RangeError(
        `fourierBasis: window is ${window} and size ${size}; they must be whole numbers with 1 ≤ window ≤ size ≤ 32,768`,
      );
    return [[window, 2 * binsOf(size)]];
  },
  saves: () => [],
  forward({ emit, attributes }, [y]) {
    const { window, size } = attributes as FourierBasisOptions;
    emit(Opcode.fourierBasis, { writes: [y!], sizes: [window, binsOf(size), size, window] });
  },
};

/**
 * The matrix that turns windows of samples (…, window) into spectra (…, 2 · bins) by a product: cosines of each
 * frequency, then sines, under a Hann window. bins = ⌊size/2⌋ + 1.
 *
 * @throws RangeError when a size is no whole number, the window is longer than the transform, or that is too long.
 */
export const fourierBasis = /* @__PURE__ */ Object.assign(
  (graph: Graph, options: FourierBasisOptions): Tensor => recordIn(graph, definition, [], options)[0]!,
  { definition },
);
