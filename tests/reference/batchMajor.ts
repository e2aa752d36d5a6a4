import { array, type NDArray } from "../support/array.js";

export function batchMajor([x]: readonly NDArray[]): NDArray[] {
  const [time, batch, n] = x!.shape as [number, number, number];
  const y = Array.from({ length: time * batch * n }, (_, i) => {
    const [b, t, k] = [Math.floor(i / (time * n)), Math.floor(i / n) % time, i % n];
    return x!.data[(t * batch + b) * n + k]!;
  });
  return [array([batch, time, n], y)];
}
