/** Loudness of a voice at least, and how much louder than the quietest moment it is. */
const VOICE = 0.01;
const ABOVE = 4;
/** A moment is quiet that is this part of the loudest one, and seconds of quiet that end what is said. */
const QUIET = 0.1;
const PAUSE = 0.9;

/** Tells when somebody has begun to speak, and is done. */
export class Ending {
  #least = Infinity;
  #most = 0;
  #quiet = 0;

  /** Whether what is said has ended with this block of samples. */
  endsWith(block, sampleRate) {
    const loudness = Math.sqrt(block.reduce((sum, sample) => sum + sample * sample, 0) / block.length);
    this.#least = Math.min(this.#least, loudness);
    this.#most = Math.max(this.#most, loudness);
    const hasBegun = this.#most > Math.max(VOICE, ABOVE * this.#least);
    const isQuiet = loudness < Math.max(QUIET * this.#most, 2 * this.#least);
    this.#quiet = hasBegun && isQuiet ? this.#quiet + block.length / sampleRate : 0;
    return this.#quiet >= PAUSE;
  }
}
