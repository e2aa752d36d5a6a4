import { Engine } from "../bindings/full.js";
import { ArithmeticProgrammer, type ArithmeticProgram, type ProgramValue } from "../bindings/models.js";
import { CompiledModel } from "../bindings/run.js";
import { UsageError } from "./errors.js";
import type { Saved } from "./models.js";
import { table } from "./table.js";

/**
 * Lets a model of arithmetic write a program for an expression, and runs it.
 * @throws UsageError when the model is another one, or the expression cannot be read.
 */
export async function computeText(
  saved: Saved | CompiledModel,
  expression: string,
  { file }: { file: string },
): Promise<ArithmeticProgram> {
  const model = saved instanceof CompiledModel ? undefined : saved.model;
  if (!(model instanceof ArithmeticProgrammer)) {
    throw new UsageError(
      `${file} holds a model that writes no programs: this needs an ArithmeticProgrammer, not compiled`,
    );
  }
  const engine = await Engine.create();
  try {
    return model.induce(engine, expression);
  } catch (error) {
    const isExpression = error instanceof SyntaxError || error instanceof RangeError;
    throw isExpression ? new UsageError(error.message, { cause: error }) : error;
  } finally {
    engine.dispose();
  }
}

const SIGNS = { add: "+", subtract: "−", multiply: "×", divide: "÷" } as const;
/** Below this the model is guessing. */
const SURE = 0.5;

/** The answer, and the program: a line each with how sure the model is of what is in it. */
export function sayComputed(expression: string, { answer, lines, probability }: ArithmeticProgram): void {
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
