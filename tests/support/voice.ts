/** A made-up voice, of which the shipped model of digits understands some words. */
import { Random } from "../../bindings/core.js";
import { sayDigit, someSpeaker } from "../../bindings/systems/listenAttendSpell/voices/speaker.js";
import { wav } from "./wav.js";

const RATE = 8000;

interface Voice {
  /** Of the speaker. */
  readonly seed: number;
  readonly digit: number;
}

/** Words that it is sure of. */
export const clear = { three: { seed: 33, digit: 3 }, eight: { seed: 53, digit: 8 } } as const;

/** What is said, with seconds of silence in front and behind; the loudest sample is 0.6. */
export function spoken({ seed, digit }: Voice, before = 0, after = 0): { samples: number[]; sampleRate: number } {
  const clip = Array.from(sayDigit(new Random(seed, digit), digit, someSpeaker(new Random(seed)), RATE));
  const peak = Math.max(...clip.map(Math.abs));
  const silence = (seconds: number): number[] => new Array<number>(Math.round(seconds * RATE)).fill(0);
  const samples = [silence(before), clip.map((sample) => (0.6 * sample) / peak), silence(after)].flat();
  return { samples, sampleRate: RATE };
}

/** The same as the bytes of a WAV file of 16 bits. */
export const wavOf = (voice: Voice, before = 0, after = 0): Buffer => wav([spoken(voice, before, after).samples], RATE);
