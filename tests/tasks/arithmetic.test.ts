import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  arithmeticInputSize,
  encodeExpression,
  parseExpression,
  showExpression,
  valueOfExpression,
  type Expression,
} from "../../bindings/systems/arithmeticProgrammer/expression.js";
import { Random } from "../../bindings/common/random/philox.js";
import { arithmeticTask } from "../../bindings/tasks.js";
import type { GenerateOptions } from "../../bindings/tasks/task.js";
import { answered, drawn, sequencesOf, type DrawnSequence } from "../support/answered.js";
import { array } from "../support/array.js";
import { expectUniform } from "../support/chiSquare.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();

/** The inputs as text again, by what the task's documentation says of them. */
function textOf({ inputs }: DrawnSequence, numbers: number): { text: string; lines: number } {
  const symbols = inputs.map((row) => {
    const symbol = row.slice(0, 8).indexOf(1);
    assert.is(
      row.slice(0, 8).reduce((a, b) => a + b),
      1,
    );
    assert.is(row.length, 8 + numbers + 1);
    return symbol === 3 ? `${Number(row.at(-1)!.toFixed(4))}` : "()=x+-*/"[symbol]!;
  });
  const lines = symbols.filter((symbol) => symbol === "=").length;
  assert.ok(symbols.slice(-lines).every((symbol) => symbol === "="));
  return { text: symbols.slice(0, -lines).join(" "), lines };
}

const count = (expression: Expression): number =>
  typeof expression === "number" ? 0 : 1 + count(expression.left) + count(expression.right);

/** JavaScript reads the same text; the expression is ours alone. */
const byHost = (text: string): number => Number(new Function(`return ${text}`)());

const symlog = (x: number): number => Math.sign(x) * Math.log(1 + Math.abs(x));

const arithmetic = suite("arithmetic");
arithmetic("has its sizes, and options that make it again", () => {
  const task = arithmeticTask({ maxOperators: 2, numbers: 5, seed: 3 });
  assert.equal([task.inputSize, task.outputSize, task.targetSize, task.seed], [14, 1, 1, 3]);
  assert.equal(arithmeticTask(task.options).options, task.options);
  assert.equal(arithmeticTask().options, {
    minOperators: 1,
    maxOperators: 3,
    numbers: 4,
    least: 1,
    most: 10,
    mostAnswer: 1000,
    curriculum: [],
    seed: 0,
  });
});
arithmetic("an expression, as many steps to compute in as it has operators, and its value at the last", () => {
  const task = arithmeticTask({ maxOperators: 4 });
  for (const sequence of sequencesOf(drawn(task, 300))) {
    const { text, lines } = textOf(sequence, 5);
    assert.is(count(parseExpression(text)), lines);
    const value = byHost(text);
    assert.ok(Math.abs(value) <= 1000);
    assert.ok(Math.abs(sequence.targets.at(-1)![0]! - value) <= 1e-5 * Math.max(1, Math.abs(value)), text);
    assert.equal(
      sequence.due,
      sequence.inputs.map((_, step) => step === sequence.inputs.length - 1),
    );
  }
});
arithmetic("numbers and operators have places, in their order", () => {
  const [sequence] = sequencesOf(drawn(arithmeticTask({ minOperators: 3 }), 1));
  const placesOf = (symbols: readonly number[]): number[] =>
    sequence!.inputs.filter((row) => symbols.includes(row.indexOf(1))).map((row) => row.slice(8, 12).indexOf(1));
  assert.equal(placesOf([3]), [0, 1, 2, 3]);
  assert.equal(placesOf([4, 5, 6, 7]), [0, 1, 2]);
  assert.equal(
    placesOf([0, 1, 2]).filter((place) => place !== -1),
    [],
  );
});
arithmetic("operators and lengths are drawn alike, numbers between the least and the most, divisors not near 0", () => {
  const lengths = [0, 0, 0];
  const operators: Record<string, number> = { "+": 0, "-": 0, "*": 0, "/": 0 };
  for (const sequence of sequencesOf(drawn(arithmeticTask({ least: -3, most: 4.5 }), 3000))) {
    const { text, lines } = textOf(sequence, 4);
    ++lengths[lines - 1]!;
    const visit = (expression: Expression): void => {
      if (typeof expression === "number") {
        assert.ok(
          expression >= -3 && expression <= 4.5 && Math.abs(expression * 10 - Math.round(expression * 10)) < 1e-3,
        );
        return;
      }
      if (lines === 1 && expression.operator !== "/") ++operators[expression.operator]!;
      if (expression.operator === "/") assert.ok(Math.abs(valueOfExpression(expression.right)) > 0.4999);
      visit(expression.left);
      visit(expression.right);
    };
    visit(parseExpression(text.replace(/- -/g, "- -")));
  }
  expectUniform(lengths);
  expectUniform([operators["+"]!, operators["-"]!, operators["*"]!]);
});
arithmetic(
  "as many operators as are asked for, as a length or as a difficulty, and no more than there are places",
  () => {
    const task = arithmeticTask({ maxOperators: 2, numbers: 5 });
    for (const options of [{ length: 4 }, { difficulty: 4 }]) {
      for (const sequence of sequencesOf(drawn(task, 20, options))) assert.is(textOf(sequence, 5).lines, 4);
    }
    assert.instance(
      thrownBy(() => drawn(task, 1, { length: 5 })),
      RangeError,
    );
  },
);
arithmetic("while a model learns it, it has an operator more after each step of its curriculum", () => {
  const mostAt = (curriculum: readonly number[], step?: number): number => {
    const task = arithmeticTask({ maxOperators: 3, curriculum });
    return Math.max(...sequencesOf(drawn(task, 60, step ? { step } : {})).map((sequence) => textOf(sequence, 4).lines));
  };
  assert.equal(
    [1, 10, 11, 30, 31, 1e6].map((step) => mostAt([10, 30], step)),
    [1, 1, 2, 2, 3, 3],
  );
  assert.equal(
    [10, 11].map((step) => mostAt([10], step)),
    [1, 3],
  );
  assert.equal(
    [1, 2, 3, 4, 5].map((step) => mostAt([1, 2, 3, 4], step)),
    [1, 2, 3, 3, 3],
  );
  assert.is(mostAt([], 1), 3);
  // What is measured is the whole task, and who asks for a length gets it.
  assert.is(mostAt([10, 30]), 3);
  const task = arithmeticTask({ minOperators: 2, maxOperators: 3, curriculum: [10] });
  const linesOf = (options: GenerateOptions): number[] => [
    ...new Set(sequencesOf(drawn(task, 60, options)).map((sequence) => textOf(sequence, 4).lines)),
  ];
  assert.equal(linesOf({ step: 1 }), [2]);
  assert.equal(linesOf({ step: 1, length: 3 }), [3]);
});
arithmetic("loss and error are those of plain loops, and NaN is wrong", () => {
  const task = arithmeticTask();
  const batch = drawn(task, 9);
  const sequences = sequencesOf(batch);
  const random = new Random(4);
  const logits = new Float64Array(batch.time * 9).fill(NaN);
  let [loss, wrong] = [0, 0];
  sequences.forEach(({ targets }, sequence) => {
    const last = targets.length - 1;
    const target = targets[last]![0]!;
    const unit = Math.max(1, Math.abs(target));
    // Right, wrong by a little, and wrong by much.
    const error = [0.0008, 0.0012, 4][sequence % 3]! * (random.integer(0, 1) ? 1 : -1);
    logits[last * 9 + sequence] = target + error * unit;
    const off = Math.abs(symlog(target + error * unit) - symlog(target));
    loss += off <= 1 ? off ** 2 / 2 : off - 0.5;
    wrong += Number(Math.abs(error) > 0.001);
  });
  const actual = answered(engine, task, batch, array([batch.time, 9, 1], logits));
  assert.ok(Math.abs(actual["loss"]! - loss) < 1e-4 * loss, `${actual["loss"]} ${loss}`);
  assert.is(actual["sequenceError"], wrong);
  assert.is(answered(engine, task, batch, array([batch.time, 9, 1], logits.fill(NaN)))["sequenceError"], 9);
});
arithmetic("refuses what cannot be", () => {
  for (const options of [
    { minOperators: 3, maxOperators: 2 },
    { maxOperators: 3, numbers: 3 },
    { least: 2, most: 1 },
    { least: Infinity },
    { mostAnswer: 0 },
    { maxOperators: 33 },
    { curriculum: [0] },
    { curriculum: [5, 5] },
    { curriculum: [1.5] },
    { curriculum: 5 as never },
    // No number at all, or no answer, however long one draws.
    { least: 1.01, most: 1.09 },
    { least: -1e6, most: 1e6, mostAnswer: 1e-30 },
  ]) {
    assert.instance(
      thrownBy(() => drawn(arithmeticTask(options), 2)),
      RangeError,
      JSON.stringify(options),
    );
  }
});
arithmetic.run();

const expressions = suite("expressions");
const texts: readonly (readonly [text: string, value: number, shown?: string])[] = [
  ["2 + 3 * 4", 14, "2 + (3 * 4)"],
  ["(2 + 3) * 4", 20],
  ["2 - 3 - 4", -5, "(2 - 3) - 4"],
  ["2 - (3 - 4)", 3],
  ["8/4/2", 1, "(8 / 4) / 2"],
  ["-2 * -3.5", 7, "-2 * -3.5"],
  [" ( ( 2 ) ) × .5", 1, "2 * 0.5"],
  ["7 ÷ 2 − 1·3", 0.5, "(7 / 2) - (1 * 3)"],
];
for (const [text, value, shown = text] of texts) {
  expressions(`${text} is ${value}`, () => {
    const expression = parseExpression(text);
    assert.is(valueOfExpression(expression), value);
    assert.is(showExpression(expression), shown);
    assert.equal(parseExpression(shown), expression);
  });
}
const wrong: readonly (readonly [text: string, message: RegExp])[] = [
  ["", /the end, where there must be a number/],
  ["2 +", /the end, where there must be a number/],
  ["(2 + 3", /the end, where there must be an operator or a closing bracket/],
  ["2 3", /"3", at character 3, where there must be an operator or the end/],
  ["2 + x", /"x", at character 5, which it cannot have/],
  ["2 + 1e5", /"e", at character 6/],
  [`2 + ${"9".repeat(40)}`, /more than single precision holds/],
  ["2 ** 3", /"\*", at character 4, where there must be a number/],
];
for (const [text, message] of wrong) {
  expressions(`"${text.slice(0, 20)}" is refused`, () => {
    const error = thrownBy(() => parseExpression(text));
    assert.instance(error, SyntaxError);
    assert.match((error as Error).message, message);
  });
}
expressions("that do not fit the inputs are refused", () => {
  for (const [text, numbers] of [
    ["1 + 2 + 3", 2],
    ["5", 4],
  ] as const) {
    assert.instance(
      thrownBy(() => encodeExpression(parseExpression(text), numbers)),
      RangeError,
    );
  }
  assert.is(encodeExpression(parseExpression("1 + 2"), 2)[0]!.length, arithmeticInputSize(2));
});
expressions.run();
