import { encodeSafetensors, type StoredTensor } from "../../../bindings/checkpoint/safetensors.js";
import { Random } from "../../../bindings/common/random/philox.js";

/** Tensors by name, as another implementation stores them. */
export type Tensors = Readonly<Record<string, StoredTensor<Float32Array<ArrayBuffer>>>>;

/** Random numbers of these shapes, within ± `limit`; `special` values replace them. */
export function randomTensors(
  shapes: Readonly<Record<string, readonly number[]>>,
  { limit = 0.6, special = {} }: { limit?: number; special?: Readonly<Record<string, readonly number[]>> } = {},
): Tensors {
  const entries = Object.entries(shapes).map(([name, shape], stream) => {
    const random = new Random(5, stream);
    const size = shape.reduce((a, b) => a * b, 1);
    const data = Float32Array.from({ length: size }, (_, i) => special[name]?.[i] ?? random.uniform(-limit, limit));
    return [name, { shape, data }] as const;
  });
  return Object.fromEntries(entries);
}

export const fileOf = (tensors: Tensors, metadata: Record<string, string> = {}): Uint8Array<ArrayBuffer> =>
  encodeSafetensors({ tensors: new Map(Object.entries(tensors)), metadata });

/** How the equations below read a tensor: W(i, j), b(j). */
export const reader =
  (tensors: Tensors) =>
  (name: string): ((...indices: number[]) => number) => {
    const { shape, data } = tensors[name]!;
    return (...indices) => data[indices.reduce((at, index, i) => at * shape.slice(-indices.length)[i]! + index, 0)]!;
  };

export const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
export const sumOver = (size: number, f: (i: number) => number): number => range(size).reduce((s, i) => s + f(i), 0);
export const relu = (x: number): number => Math.max(x, 0);
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function softmax(x: readonly number[]): number[] {
  const e = x.map((v) => Math.exp(v - Math.max(...x)));
  return e.map((v) => v / sumOver(e.length, (i) => e[i]!));
}
