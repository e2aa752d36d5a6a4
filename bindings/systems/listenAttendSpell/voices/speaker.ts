import type { Random } from "../../../common/random/philox.js";
import { digitPhones, phones, type Phone } from "./phones.js";
import { Resonator } from "./resonator.js";

/** How somebody speaks. */
export interface Speaker {
  /** Pitch, in Hz. */
  readonly pitch: number;
  /** How much higher the formants are than a man's: those of a shorter throat. */
  readonly height: number;
  /** How much longer sounds last. */
  readonly pace: number;
}

/** Anybody: a man, a woman or a child. */
export function someSpeaker(random: Random): Speaker {
  const height = random.uniform(0.9, 1.3);
  return { height, pitch: (95 + 350 * (height - 0.9)) * random.uniform(0.85, 1.15), pace: random.uniform(0.8, 1.3) };
}

/** Samples between changes of what a voice does. */
const STRIDE = 32;
/** Widths of the formants, in Hz. */
const WIDTHS = [80, 100, 150] as const;
/** Seconds over which a sound becomes the next. */
const GLIDE = 0.025;

/** A digit as a speaker says it, never twice the same, at a rate in Hz. The largest sample is 1 in size. */
export function sayDigit(random: Random, digit: number, { pitch, height, pace }: Speaker, rate: number): Float32Array {
  const said = digitPhones[digit]!.map((name): Phone => {
    const phone: Phone = phones[name];
    const vary = (f: number): number => f * height * random.uniform(0.94, 1.06);
    const [f1, f2, f3] = phone.formants;
    const seconds = phone.seconds * pace * random.uniform(0.8, 1.25);
    return { ...phone, formants: [vary(f1), vary(f2), vary(f3)], hiss: vary(phone.hiss) / height, seconds };
  });
  const length = Math.ceil(said.reduce((sum, { seconds }) => sum + seconds, 0) * rate);
  const samples = new Float32Array(length);
  const [throat, hiss] = [WIDTHS.map(() => new Resonator()), new Resonator()];
  const fall = random.uniform(0.1, 0.3);
  let phase = 0;
  let now = said[0]!;
  let peak = 0;
  for (let i = 0; i < length; ++i) {
    if (i % STRIDE === 0) {
      now = phoneAt(said, i / rate);
      throat.forEach((resonator, k) => resonator.tune(Math.min(now.formants[k]! / rate, 0.48), WIDTHS[k]! / rate));
      hiss.tune(Math.min(now.hiss / rate, 0.46), 700 / rate);
    }
    phase += (pitch * (1 + fall * (0.5 - i / length))) / rate;
    const opens = phase >= 1;
    if (opens) phase -= 1;
    const noise = random.uniform(-1, 1);
    const cords = now.voice * ((opens ? 1 : 0) + 0.02 * noise);
    const voiced = throat.reduce((x, resonator) => resonator.step(x), cords);
    const value = voiced + 0.05 * hiss.step(now.breath * noise);
    samples[i] = value;
    peak = Math.max(peak, Math.abs(value));
  }
  return samples.map((value) => value / peak);
}

/** What a voice does at a time, on its way from a sound to the next. */
function phoneAt(phones: readonly Phone[], time: number): Phone {
  let begin = 0;
  for (let i = 0; i < phones.length; ++i) {
    const phone = phones[i]!;
    const left = begin + phone.seconds - time;
    const next = phones[i + 1];
    if (left > 0 || !next) return next && left < GLIDE ? between(next, phone, left / GLIDE) : phone;
    begin += phone.seconds;
  }
  return phones.at(-1)!;
}

function between(a: Phone, b: Phone, part: number): Phone {
  const mix = (x: number, y: number): number => x + part * (y - x);
  const [f1, f2, f3] = a.formants.map((f, i) => mix(f, b.formants[i]!)) as [number, number, number];
  return {
    formants: [f1, f2, f3],
    voice: mix(a.voice, b.voice),
    breath: mix(a.breath, b.breath),
    hiss: mix(a.hiss, b.hiss),
    seconds: a.seconds,
  };
}
