import { Opcode } from "../../../assembly/generated/opcodes.js";
import type { Graph } from "../graph.js";
import { recordIn, type AnyDefinition } from "../op.js";
import type { Tensor } from "../tensor.js";

/** A spectrum, and the bands that it becomes. */
export interface MelFiltersOptions {
  /** Frequencies of the spectrum, from 0 on. */
  bins: number;
  /** Samples of the transform that it is from. */
  size: number;
  /** Samples a second. */
  rate: number;
  bands: number;
  /** Where the lowest band begins, in Hz. Default: 0. */
  low?: number;
  /** Where the highest band ends, in Hz. Default: half of the rate. */
  high?: number;
}

const checked = (attributes: unknown): Required<MelFiltersOptions> => {
  const options = attributes as MelFiltersOptions;
  return { low: 0, high: options.rate / 2, ...options };
};

const definition: AnyDefinition = {
  name: "melFilters",
  shapes: (_, attributes) => {
    const { bins, size, bands, rate, low, high } = checked(attributes);
    const areSizes = [bins, size, bands].every((n) => Number.isInteger(n) && n >= 1);
    if (!areSizes || !(rate > 0 && 0 <= low && low < high && high <= rate / 2))
      throw new RangeError(
        `melFilters: bins, size and bands are ${bins}, ${size} and ${bands}, and must be whole numbers; frequencies are ` +
          `from ${low} to ${high} Hz, and must rise from 0 to at most half of the rate of ${rate}`,
      );
    return [[bins, bands]];
  },
  saves: () => [],
  forward({ emit, attributes }, [y]) {
    const { bins, size, bands, rate, low, high } = checked(attributes);
    emit(Opcode.melFilters, { writes: [y!], sizes: [size, bands, bins], scalars: [rate, low, high] });
  },
};

/**
 * The matrix that turns powers of a spectrum (…, bins) into those of bands (…, bands) by a product: triangles whose
 * corners are evenly spaced in mels, 1127.01048 · ln(1 + f / 700 Hz).
 *
 * @throws RangeError when a size is no whole number of at least 1, or frequencies do not rise up to half of the rate.
 */
export const melFilters = /* @__PURE__ */ Object.assign(
  (graph: Graph, options: MelFiltersOptions): Tensor => recordIn(graph, definition, [], options)[0]!,
  { definition },
);
