import type { Random } from "../../common/random/philox.js";
import { sinTurns } from "./cosTurns.js";

/** What is no digit, as long as an utterance: white noise, low noise, a gliding tone, or the utterance played backwards. */
export function filler(random: Random, said: Float32Array): Float32Array {
  const { length } = said;
  const kind = random.integer(0, 3);
  const samples = new Float32Array(length);
  const smoothing = kind === 1 ? random.uniform(0.5, 0.98) : 0;
  const turns = random.uniform(0.01, 0.45);
  const glide = random.uniform(-0.1, 0.1) / length;
  let before = 0;
  let peak = 1e-9;
  for (let i = 0; i < length; ++i) {
    const noise = random.uniform(-1, 1);
    before = smoothing * before + (1 - smoothing) * noise;
    if (kind === 3) samples[i] = said[length - 1 - i]!;
    else samples[i] = kind === 2 ? sinTurns((turns + glide * i) * i) + 0.05 * noise : before;
    peak = Math.max(peak, Math.abs(samples[i]!));
  }
  return samples.map((sample) => sample / peak);
}
