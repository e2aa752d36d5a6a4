import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sortTask } from "../../bindings/tasks/sort.js";
import { drawn, sequencesOf } from "../support/answered.js";
import { expectUniform } from "../support/chiSquare.js";

/** The smallest of what is left, again and again. */
function selectionSort(numbers: readonly number[]): number[] {
  const left = new Map(numbers.entries());
  return numbers.map(() => {
    let best: number | undefined;
    for (const [place, number] of left) if (best === undefined || number < left.get(best)!) best = place;
    left.delete(best!);
    return best!;
  });
}

const sorting = suite("sort");
sorting("has the paper's sizes", () => {
  const { inputSize, outputSize, targetSize, options } = sortTask();
  assert.equal([inputSize, outputSize, targetSize], [2, 15, 1]);
  assert.equal(options, { minLength: 2, maxLength: 15, seed: 0 });
});
sorting("the slow sort of an example by hand", () => assert.equal(selectionSort([0.5, -1, 2, 0]), [1, 3, 0, 2]));
sorting("numbers, the last with a flag, then blanks with the places in order", () => {
  for (const { inputs, targets, due } of sequencesOf(drawn(sortTask(), 500))) {
    const half = inputs.length / 2;
    const numbers = inputs.slice(0, half).map(([number]) => number!);
    assert.equal(
      inputs.map(([, flag]) => flag),
      inputs.map((_, step) => Number(step === half - 1)),
    );
    assert.ok(inputs.slice(half).every(([number]) => number === 0));
    assert.equal(
      due,
      inputs.map((_, step) => step >= half),
    );
    assert.equal(targets.slice(half).flat(), selectionSort(numbers));
    assert.ok(targets.slice(0, half).every(([place]) => place === 0));
  }
});
sorting("lengths are even, and the numbers are those of N(0, 1)", () => {
  const lengths = Array<number>(9).fill(0);
  const numbers: number[] = [];
  for (const { inputs } of sequencesOf(drawn(sortTask({ maxLength: 10 }), 4000))) {
    ++lengths[inputs.length / 2 - 2]!;
    numbers.push(...inputs.slice(0, inputs.length / 2).map(([number]) => number!));
  }
  expectUniform(lengths);
  const moment = (power: number): number => numbers.reduce((sum, v) => sum + v ** power, 0) / numbers.length;
  assert.ok(Math.abs(moment(1)) < 4 / Math.sqrt(numbers.length));
  assert.ok(Math.abs(moment(2) - 1) < 4 * Math.sqrt(2 / numbers.length));
});
sorting("as many numbers as are asked for, as a length or as a difficulty", () => {
  for (const options of [{ length: 7 }, { difficulty: 7 }]) {
    for (const { inputs } of sequencesOf(drawn(sortTask(), 20, options))) assert.is(inputs.length, 14);
  }
});
sorting.run();
