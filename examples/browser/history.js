/** The most points that are kept. When there are more, every two become one. */
const MOST = 1000;

/** A curve of any length in a bounded number of points, each the mean over as many steps. */
export class History {
  points = [];
  #stepsAPoint = 1;
  #sum = { steps: 0, sequences: 0, loss: 0, wrong: 0 };

  add({ sequences, loss, bitError }) {
    const sum = this.#sum;
    ++sum.steps;
    sum.sequences = sequences;
    sum.loss += loss;
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
