import { ArithmeticProgrammer, type ArithmeticProgram, type ProgramValue } from "../../bindings/models.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { stepwise } from "../stepwise.js";
import { table } from "../table.js";
import type { SystemCommands } from "./commands.js";

export const arithmeticProgrammer = {
  className: ArithmeticProgrammer.className,
  runHelp: "one for arithmetic writes a program for the expression and runs it",
  run: ({ model }) => ({
    async run(text) {
      const expression = new TextDecoder().decode(text);
      const program = await compute(model, expression);
      return { json: { expression, ...program }, say: () => sayComputed(expression, program) };
    },
  }),
  trace: stepwise().trace,
} satisfies SystemCommands<ArithmeticProgrammer>;

/** Lets the model write a program for an expression, and runs it. @throws UsageError when the expression cannot be read. */
const compute = (model: ArithmeticProgrammer, expression: string): Promise<ArithmeticProgram> =>
  withEngine((engine) => {
    try {
      return model.induce(engine, expression);
    } catch (error) {
      const isExpression = error instanceof SyntaxError || error instanceof RangeError;
      throw isExpression ? new UsageError(error.message, { cause: error }) : error;
    }
  });

const SIGNS = { add: "+", subtract: "−", multiply: "×", divide: "÷" } as const;
/** Below this the model is guessing. */
const SURE = 0.5;

/** The answer, and the program: a line each with how sure the model is of what is in it. */
function sayComputed(expression: string, { answer, lines, probability }: ArithmeticProgram): void {
  console.log(`${expression} = ${rounded(answer)}`);
  const rows = lines.map(({ operation, probability: sure, first, second, result }, i) => {
    const what = operation === "first" ? first.name : `${first.name} ${SIGNS[operation]} ${second.name}`;
    const parts = [part(operation, sure), said(first), ...(operation === "first" ? [] : [said(second)])];
    return [`  r${i + 1} = ${what}`, `= ${rounded(result)}`, parts.join(", ")];
  });
  console.log(table(rows));
  if (probability < SURE)
    console.log(`The model is not sure: this program has a probability of ${percent(probability)}.`);
}

const part = (name: string, probability: number): string => `${name} ${percent(probability)}`;
const said = ({ name, probability }: ProgramValue): string => part(name, probability);
const percent = (probability: number): string => `${(100 * probability).toFixed(1)}%`;
/** Single precision has seven digits. */
const rounded = (value: number): string => String(Number(value.toPrecision(7)));
