import type { Sequence } from "../../bindings/full.js";
import { arithmeticOperations } from "../../bindings/models.js";
import {
  encodeExpression,
  numbersIn,
  parseExpression,
  symbolOf,
  valueOfExpression,
} from "../../bindings/systems/arithmeticProgrammer/expression.js";
import { asUsage, UsageError } from "../errors.js";
import type { Subject } from "../held.js";
import type { Drawn, TaskView } from "./view.js";

export const arithmetic = {
  task: "arithmetic",
  sequenceOf({ model }, text) {
    const expression = asSyntax(() => parseExpression(text));
    const inputs = asUsage(() => encodeExpression(expression, numbersIn(model.inputSize)));
    const targets = inputs.map((_, step) => [step + 1 < inputs.length ? 0 : valueOfExpression(expression)]);
    const mask = inputs.map((_, step) => Number(step + 1 === inputs.length));
    return { ...namesOf(inputs, model), inputs, targets, mask, input: `“${text}”` };
  },
  exampleOf({ model }, draw) {
    const example = draw();
    return { ...example, ...namesOf(example.inputs, model) };
  },
} satisfies TaskView;

/** Symbols of an expression's steps, and of what a model of it chooses among. */
function namesOf(inputs: Sequence, { options }: Subject): Omit<Drawn, "inputs"> {
  const symbols = inputs.map(symbolOf);
  const numbers = Array.from({ length: numbersIn(inputs[0]!.length) }, (_, i) => `x${i + 1}`);
  const reach = typeof options["reach"] === "number" ? options["reach"] : 0;
  const values = [...numbers, ...Array.from({ length: reach }, (_, i) => `${i + 1} back`)];
  return {
    areNumbers: true,
    rows: {
      operations: arithmeticOperations,
      operators: numbers.slice(1).map((_, i) => `operator ${i + 1}`),
      first: values,
      second: values,
    },
    labels: () => ({ inputs: symbols.map((text, step) => ({ text, step })) }),
  };
}

/** Runs what only a text can get wrong. */
function asSyntax<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(error.message, { cause: error }) : error;
  }
}
