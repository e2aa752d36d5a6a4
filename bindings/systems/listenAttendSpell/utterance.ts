import type { Random } from "../../common/random/philox.js";

/** Pauses and disturbances of utterances. */
export interface UtteranceOptions {
  readonly sampleRate: number;
  /** Least and most seconds of silence between two digits. */
  readonly leastPause: number;
  readonly mostPause: number;
  /** How much faster or slower a digit may be said than it was recorded, as a part; pitch goes with it. */
  readonly speedNoise: number;
  /** The loudest noise that is added, as a part of the loudest sample. */
  readonly backgroundNoise: number;
}

/** Silence in front of an utterance and behind it, in seconds at most. */
const MARGIN = 0.2;

/** Clips of digits one after the other, each as loud as the others, with pauses between. */
export function utterance(
  random: Random,
  clips: readonly ArrayLike<number>[],
  options: UtteranceOptions,
): Float32Array {
  const { sampleRate, leastPause, mostPause, speedNoise, backgroundNoise } = options;
  const pause = (least: number, most: number): number => Math.round(random.uniform(least, most) * sampleRate);
  const parts = clips.map((clip, i) => ({
    before: i ? pause(leastPause, mostPause) : pause(0, MARGIN),
    samples: atSpeed(clip, speedNoise ? random.uniform(1 - speedNoise, 1 + speedNoise) : 1),
  }));
  const behind = pause(0, MARGIN);
  const length = parts.reduce((sum, { before, samples }) => sum + before + samples.length, behind);
  const whole = new Float32Array(length);
  let at = 0;
  for (const { before, samples } of parts) {
    at += before;
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
    samples.forEach((sample, i) => (whole[at + i] = sample / peak));
    at += samples.length;
  }
  const level = backgroundNoise ? random.uniform(0, backgroundNoise) : 0;
  if (level) for (let i = 0; i < length; ++i) whole[i]! += level * random.uniform(-1, 1);
  return whole;
}

/** Samples read faster or slower, between two neighbours in proportion. */
function atSpeed(clip: ArrayLike<number>, speed: number): Float32Array {
  if (speed === 1) return Float32Array.from(clip);
  const samples = new Float32Array(Math.max(1, Math.floor((clip.length - 1) / speed)));
  for (let i = 0; i < samples.length; ++i) {
    const from = Math.floor(i * speed);
    const part = i * speed - from;
    const next = clip[Math.min(from + 1, clip.length - 1)]!;
    samples[i] = clip[from]! + part * (next - clip[from]!);
  }
  return samples;
}
