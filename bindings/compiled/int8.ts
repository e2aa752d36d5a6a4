/** The largest of the whole numbers that stand for weights; −128 has no positive, and is left out. */
const MOST = 127;

/** Name of the tensor that has the factor of each row of a tensor of whole numbers. */
export const factorsOf = (name: string): string => `factors of ${name}`;

/** Weights as whole numbers from −127 to 127, and a factor for each row: the first axis counts rows. */
export interface Quantized {
  readonly numbers: Int8Array<ArrayBuffer>;
  readonly factors: Float32Array<ArrayBuffer>;
}

/** The nearest such numbers: the largest of a row is ±127 times its factor. */
export function quantize(weights: Float32Array, rows: number): Quantized {
  const size = weights.length / rows;
  const factors = new Float32Array(rows);
  const numbers = new Int8Array(weights.length);
  for (let row = 0; row < rows; ++row) {
    const all = weights.subarray(row * size, (row + 1) * size);
    factors[row] = all.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / MOST;
    const factor = factors[row]!; // rounded, and 0 where single precision has none as small
    const numberOf = (value: number): number => Math.max(-MOST, Math.min(MOST, Math.round(value / factor)));
    if (factor) numbers.set(all.map(numberOf), row * size);
  }
  return { numbers, factors };
}

/** The weights that such numbers stand for. Each is one product, rounded once, so hosts agree in every bit. */
export function widened({ numbers, factors }: Quantized): Float32Array<ArrayBuffer> {
  const size = numbers.length / factors.length;
  const weights = new Float32Array(numbers.length);
  // A loop, since a cold start runs it: Float32Array.from with a function takes ten times as long.
  for (let row = 0, i = 0; row < factors.length; ++row) {
    const factor = factors[row]!;
    for (const end = i + size; i < end; ++i) weights[i] = numbers[i]! * factor;
  }
  return weights;
}
