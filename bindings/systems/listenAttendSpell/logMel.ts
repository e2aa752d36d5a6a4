import {
  add,
  affine,
  broadcast,
  divide,
  fourierBasis,
  log,
  matmul,
  melFilters,
  multiply,
  slice,
  sum,
} from "../../graph/ops/index.js";
import { multiple } from "../../graph/multiple.js";
import { reshape } from "../../graph/reshape.js";
import type { Dimension } from "../../graph/size.js";
import type { Tensor } from "../../graph/tensor.js";

/** Of a recording's features. */
export interface LogMelOptions {
  /** Samples a second. */
  readonly sampleRate: number;
  readonly bands: number;
}

/** Of the loudness of a recording's bands, on average, which is where silence lies: 40 dB below. */
const FLOOR = 1e-4;
/** What brings logarithms from FLOOR to a hundred times the mean to about −1 to 1. */
const SCALE = 0.2;
const SHIFT = 0.6;

/** The least power of two that holds a window, so that the lowest bands hold a frequency each. */
function sizeOf(window: number): number {
  let size = 1;
  while (size < window) size *= 2;
  return size;
}

/**
 * Log-mel features of the frames of recordings: sound (annotations, batch, parts, window), lengths (batch), how many
 * annotations each has → (annotations, batch, parts · bands). Powers are divided by their mean over the recording, so
 * that it does not matter how loud it is; frames of zeros behind its end add nothing to it.
 */
export function logMel(sound: Tensor, lengths: Tensor, { sampleRate, bands }: LogMelOptions): Tensor {
  const { graph } = sound.scope;
  const [annotations, batch, parts, window] = sound.shape as [Dimension, number, number, number];
  const size = sizeOf(window);
  const bins = size / 2 + 1;
  const frames = reshape(sound, [multiple(annotations, batch * parts), window]);
  const spectrum = matmul(frames, fourierBasis(graph, { window, size }));
  const squares = multiply(spectrum, spectrum);
  const powers = add(slice(squares, { begin: 0, end: bins }), slice(squares, { begin: bins, end: 2 * bins }));
  const heard = matmul(powers, melFilters(graph, { bins, size, rate: sampleRate, bands }));
  const mels = reshape(heard, [annotations, batch, parts * bands]);
  const total = sum(sum(mels), { axis: 0 });
  // Of silence the mean is 0, and its features are those of the floor.
  const mean = affine(divide(total, affine(lengths, { scale: parts * bands })), { shift: 1e-20 });
  const means = broadcast(broadcast(mean, { axis: 1, count: parts * bands }), { count: annotations });
  return affine(log(affine(divide(mels, means), { shift: FLOOR })), { scale: SCALE, shift: SHIFT });
}
