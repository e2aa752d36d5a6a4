import { cosTurns, PI } from "../cosTurns.js";

/**
 * A resonance of a voice: y[n] = a x[n] + b y[n − 1] + c y[n − 2]. Klatt 1980, (1) and (2). Its cosine is a polynomial,
 * so that every host makes the same voice.
 */
export class Resonator {
  #a = 1;
  #b = 0;
  #c = 0;
  #before = 0;
  #twoBefore = 0;

  /** Centre and width in cycles a sample, the centre from 0 to ½. */
  tune(centre: number, width: number): void {
    const decay = 1 - PI * width + (PI * PI * width * width) / 2; // of e^(−π width)
    this.#c = -decay * decay;
    this.#b = 2 * decay * cosTurns(centre);
    this.#a = 1 - this.#b - this.#c;
  }

  /** The next sample. */
  step(x: number): number {
    const y = this.#a * x + this.#b * this.#before + this.#c * this.#twoBefore;
    this.#twoBefore = this.#before;
    this.#before = y;
    return y;
  }
}
