/** Sequences a second, over the last second or so of training. */
export class Pace {
  #from = { time: performance.now(), sequences: undefined };
  speed = undefined;

  count(sequences) {
    const time = performance.now();
    this.#from.sequences ??= sequences;
    if (time - this.#from.time < 1000) return;
    this.speed = ((sequences - this.#from.sequences) / (time - this.#from.time)) * 1000;
    this.#from = { time, sequences };
  }

  restart() {
    this.#from = { time: performance.now(), sequences: undefined };
  }
}
