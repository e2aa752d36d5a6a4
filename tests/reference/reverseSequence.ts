import { array, type NDArray } from "../support/array.js";

export function reverseSequence([x, lengths]: readonly NDArray[]): NDArray[] {
  const [time, batch, ...inner] = x!.shape as [number, number, ...number[]];
  const width = inner.reduce((a, b) => a * b, 1);
  const y = Array.from({ length: time * batch }, (_, row) => {
    const [t, b] = [Math.floor(row / batch), row % batch];
    const length = lengths!.data[b]!;
    const from = length <= time && t < length ? length - 1 - t : t;
    return [...x!.data.subarray((from * batch + b) * width, (from * batch + b + 1) * width)];
  });
  return [array(x!.shape, y.flat())];
}
