import { zeros, type NDArray } from "./array.js";

/** An op in double precision: inputs and attributes to outputs. */
export type Reference = (inputs: readonly NDArray[], attributes: never) => NDArray[];

/** Central differences of Σ dy·f(x) by every element of the inputs for which `wanted` holds. */
export function numericalGradients(
  f: (inputs: readonly NDArray[]) => readonly NDArray[],
  inputs: readonly NDArray[],
  dy: readonly NDArray[],
  { h = 1e-5, wanted = (_input: number): boolean => true } = {},
): NDArray[] {
  const value = (): number =>
    f(inputs).reduce((sum, y, o) => sum + y.data.reduce((s, v, i) => s + v * dy[o]!.data[i]!, 0), 0);
  return inputs.map((x, input) => {
    const gradient = zeros(x.shape);
    if (!wanted(input)) return gradient;
    x.data.forEach((kept, i) => {
      x.data[i] = kept + h;
      const above = value();
      x.data[i] = kept - h;
      const below = value();
      x.data[i] = kept;
      gradient.data[i] = (above - below) / (2 * h);
    });
    return gradient;
  });
}
