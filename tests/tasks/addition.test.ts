import { suite } from "uvu";
import * as assert from "uvu/assert";
import { additionTask } from "../../bindings/tasks/addition.js";
import { drawn, sequencesOf } from "../support/answered.js";
import { expectUniform } from "../support/chiSquare.js";

/** The digits of a vector, after checking that they are one-hot and without a gap. */
function digitsOf(input: readonly number[]): number[] {
  const chunks = Array.from({ length: input.length / 10 }, (_, i) => input.slice(10 * i, 10 * i + 10));
  const digits = chunks.map((chunk) => {
    assert.ok(chunk.every((value) => value === 0 || value === 1));
    assert.ok(chunk.filter((value) => value === 1).length <= 1);
    return chunk.indexOf(1);
  });
  const used = digits.filter((digit) => digit >= 0);
  assert.equal(digits.slice(0, used.length), used);
  return used;
}

/** What the sums of numbers, given as text, look like in so many places. */
function sumsOf(numbers: readonly string[], places: number): number[][] {
  return numbers.map((_, step) => {
    const sum = numbers.slice(0, step + 1).reduce((total, number) => total + BigInt(number), 0n);
    return [...sum.toString().padEnd(places, "E")].map((place) => (place === "E" ? 10 : Number(place)));
  });
}

const addition = suite("addition");
addition("has the paper's sizes", () => {
  const { inputSize, outputSize, targetSize, options } = additionTask();
  assert.equal([inputSize, outputSize, targetSize], [50, 66, 6]);
  assert.equal(options, { minLength: 1, maxLength: 5, maxDigits: 5, seed: 0 });
});
addition("the slow sums of an example by hand", () => {
  assert.equal(sumsOf(["12", "093", "7"], 4), [
    [1, 2, 10, 10],
    [1, 0, 5, 10],
    [1, 1, 2, 10],
  ]);
});
for (const options of [{}, { maxDigits: 1, maxLength: 10 }, { maxDigits: 14, minLength: 10, maxLength: 10 }]) {
  const task = additionTask(options);
  addition(
    `of ${JSON.stringify(options)}: the sum so far from the second step on, and the mark in unused places`,
    () => {
      for (const { inputs, targets, due } of sequencesOf(drawn(task, 400))) {
        const numbers = inputs.map((input) => digitsOf(input).join(""));
        assert.ok(numbers.every((number) => number.length >= 1 && number.length < task.targetSize));
        assert.equal(targets.slice(1), sumsOf(numbers, task.targetSize).slice(1));
        assert.equal(
          due,
          [...due.keys()].map((step) => step > 0),
        );
      }
    },
  );
}
addition("ten numbers of the largest size have a place for each digit", () => {
  const task = additionTask({ maxDigits: 1, maxLength: 10 });
  const sums = sequencesOf(drawn(task, 3000, { length: 10 })).map(({ targets }) => targets.at(-1)!);
  assert.ok(sums.every(([tens, units]) => tens! <= 9 && units! <= 10));
});
addition("lengths, digits and their number are even", () => {
  const [lengths, numbers, digits] = [Array<number>(4).fill(0), Array<number>(5).fill(0), Array<number>(10).fill(0)];
  for (const { inputs } of sequencesOf(drawn(additionTask({ minLength: 2 }), 4000))) {
    ++lengths[inputs.length - 2]!;
    for (const input of inputs) {
      const used = digitsOf(input);
      ++numbers[used.length - 1]!;
      for (const digit of used) ++digits[digit]!;
    }
  }
  for (const each of [lengths, numbers, digits]) expectUniform(each);
});
addition("as many numbers and digits as are asked for", () => {
  for (const { inputs } of sequencesOf(drawn(additionTask(), 50, { length: 7, difficulty: 3 }))) {
    assert.is(inputs.length, 7);
    for (const input of inputs) assert.is(digitsOf(input).length, 3);
  }
});
addition.run();
