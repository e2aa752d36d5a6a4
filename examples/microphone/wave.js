/** The last seconds that are drawn, and columns a second. */
const SECONDS = 6;
const COLUMNS = 100;

/** Draws what a microphone hears while it does, the newest at the right edge. */
export class Wave {
  #canvas;
  #peaks = [];

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
  }

  clear() {
    this.#peaks = [];
    this.#draw();
  }

  add(block, sampleRate) {
    const size = Math.round(sampleRate / COLUMNS);
    for (let at = 0; at < block.length; at += size) {
      this.#peaks.push(block.subarray(at, at + size).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
    }
    this.#peaks.splice(0, this.#peaks.length - SECONDS * COLUMNS);
    this.#draw();
  }

  #draw() {
    const canvas = this.#canvas;
    const width = (canvas.width = canvas.clientWidth * devicePixelRatio);
    const height = (canvas.height = canvas.clientHeight * devicePixelRatio);
    const context = canvas.getContext("2d");
    context.fillStyle = getComputedStyle(canvas).color;
    const column = width / (SECONDS * COLUMNS);
    const loudest = Math.max(0.1, ...this.#peaks);
    this.#peaks.forEach((peak, i) => {
      const half = Math.max(0.5, (peak / loudest) * 0.45 * height);
      context.fillRect(width - (this.#peaks.length - i) * column, height / 2 - half, column, 2 * half);
    });
  }
}
