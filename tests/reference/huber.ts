import { array, rowsOf, type NDArray } from "../support/array.js";

export function huber([x, t, mask]: readonly NDArray[], { delta = 1 }: { delta?: number } = {}): NDArray[] {
  const [, cols] = rowsOf(x!.shape);
  const term = (d: number): number => (d <= delta ? d ** 2 / 2 : delta * (d - delta / 2));
  const terms = x!.data.map((v, i) => mask!.data[Math.floor(i / cols)]! * term(Math.abs(v - t!.data[i]!)));
  return [array([], [terms.reduce((a, b) => a + b, 0)])];
}
