/** The most points that are kept. When there are more, every two become one. */
const MOST = 1000;

/** Steps that the mean of the loss reaches back: a batch of short sequences has a far smaller one than one of long. */
const REACH = 32;

/** A curve of any length in a bounded number of points, each the mean over as many steps. */
export class History {
  points = [];
  /** The mean over the latest steps; older ones fade. */
  loss;
  #stepsAPoint = 1;
  #sum = { steps: 0, sequences: 0, loss: 0, wrong: 0 };

  add({ sequences, loss, bitError }) {
    this.loss = this.loss === undefined ? loss : this.loss + (loss - this.loss) / REACH;
    const sum = this.#sum;
    ++sum.steps;
    sum.sequences = sequences;
    sum.loss += this.loss;
    sum.wrong += bitError;
    if (sum.steps < this.#stepsAPoint) return;
    this.points.push({ sequences, loss: sum.loss / sum.steps, wrong: sum.wrong / sum.steps });
    this.#sum = { steps: 0, sequences: 0, loss: 0, wrong: 0 };
    if (this.points.length === MOST) this.#halve();
  }

  #halve() {
    const { points } = this;
    this.points = Array.from({ length: MOST / 2 }, (_, i) => {
      const [a, b] = [points[2 * i], points[2 * i + 1]];
      return { sequences: b.sequences, loss: (a.loss + b.loss) / 2, wrong: (a.wrong + b.wrong) / 2 };
    });
    this.#stepsAPoint *= 2;
  }
}
