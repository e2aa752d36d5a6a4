import { expectValue, whole } from "../../common/options.js";
import { cosTurns, PI, sinTurns } from "./cosTurns.js";
import type { Recording } from "./recording.js";

/** Zeros of the sinc on each side. */
const ZEROS = 16;

/**
 * A recording at another sample rate, by a sinc under a Hann window that is cut off at half of the lower rate. Sums of
 * weights are 1, so that a constant stays what it is; what was as loud as can be may overshoot, and is then made quieter.
 *
 * @throws RangeError when a rate is no whole number from 1 to 768,000.
 * @example
 * const [{ symbols }] = model.run(engine, [resample({ samples, sampleRate: 44100 }, 8000)]);
 */
export function resample({ samples, sampleRate: from }: Recording, to: number): Recording & { samples: Float32Array } {
  for (const rate of [from, to]) expectValue("resample: a sample rate", rate, whole(1, { most: 768_000 }));
  if (from === to) return { samples: within(Float32Array.from(samples)), sampleRate: to };
  const common = divisor(from, to);
  const [phases, step] = [to / common, from / common]; // output n lies at n · step / phases of the input
  const reach = Math.ceil(ZEROS * Math.max(1, step / phases));
  const tables = Array.from({ length: phases }, (_, phase) => weights(phase / phases, reach));
  const output = new Float32Array(Math.max(1, Math.round((samples.length * phases) / step)));
  for (let n = 0; n < output.length; ++n) {
    const table = tables[(n * step) % phases]!;
    const first = Math.floor((n * step) / phases) - reach + 1;
    const end = Math.min(table.length, samples.length - first);
    let value = 0;
    for (let k = Math.max(0, -first); k < end; ++k) value += table[k]! * samples[first + k]!;
    output[n] = value;
  }
  return { samples: within(output), sampleRate: to };
}

/** Weights of 2 · reach samples around a place between two of them, `ZEROS` zeros of the sinc in each half. */
function weights(place: number, reach: number): Float64Array {
  const table = Float64Array.from({ length: 2 * reach }, (_, k) => {
    const distance = (k - reach + 1 - place) / reach;
    const x = distance * ZEROS;
    const sinc = x === 0 ? 1 : sinTurns(x / 2) / (PI * x);
    return Math.abs(distance) < 1 ? sinc * (0.5 + 0.5 * cosTurns(distance / 2)) : 0;
  });
  const sum = table.reduce((a, b) => a + b, 0);
  return table.map((weight) => weight / sum);
}

function divisor(a: number, b: number): number {
  return b ? divisor(b, a % b) : a;
}

/** Made quieter, if anything is louder than can be, as floats of a file may be, too. */
function within(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return peak > 1 ? samples.map((sample) => sample / peak) : samples;
}
