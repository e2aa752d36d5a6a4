import type { Recording } from "./recording.js";

/** Seconds over which loudness is measured. */
const BLOCK = 0.02;
/** Loudness below which it is silent, as a part of the loudest block: 26 dB. */
const QUIET = 0.05;
/** Seconds of silence at an end that stay as they are, as training had them, and what is left of more. */
const MOST = 0.2;
const KEPT = 0.1;

/**
 * A recording without the silence in front and behind, of which training has at most 0.2 s. The numbers were chosen on
 * clips of training, with silence and noise around them.
 */
export function withoutSilence({ samples, sampleRate }: Recording): Recording {
  const size = Math.max(1, Math.round(BLOCK * sampleRate));
  const loudness = energies(samples, size);
  const least = QUIET * QUIET * loudness.reduce((most, energy) => Math.max(most, energy), 0);
  const first = loudness.findIndex((energy) => energy >= least);
  const last = loudness.findLastIndex((energy) => energy >= least);
  const [most, kept] = [MOST * sampleRate, Math.round(KEPT * sampleRate)];
  const [front, back] = [first * size, Math.min(samples.length, (last + 1) * size)];
  const begin = front > most ? front - kept : 0;
  const end = samples.length - back > most ? back + kept : samples.length;
  return begin || end < samples.length
    ? { samples: Array.prototype.slice.call(samples, begin, end), sampleRate }
    : { samples, sampleRate };
}

/** Sums of squares over blocks; the last one may be shorter. */
function energies(samples: ArrayLike<number>, size: number): Float64Array {
  const sums = new Float64Array(Math.ceil(samples.length / size));
  for (let i = 0; i < samples.length; ++i) sums[Math.floor(i / size)]! += samples[i]! * samples[i]!;
  return sums;
}
