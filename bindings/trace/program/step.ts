import { argmaxOf } from "../../common/argmax.js";
import { columnName, columnsOf, type ProgramDrawing } from "./program.js";

/** One thing that a step chose: its place among all, its name, and how likely it was. */
export interface Chosen {
  readonly index: number;
  readonly name: string;
  readonly probability: number;
}

/** What a step does: the most probable of everything that it looks at. */
export interface Line {
  readonly operation: Chosen;
  readonly column?: Chosen;
  readonly pivot?: Chosen;
  readonly isUsed: boolean;
}

/** The lines of a program. */
export function linesOf(program: ProgramDrawing): Line[] {
  const { operations, pivots = [], steps } = program;
  const columns = columnsOf(program);
  const among = (probabilities: ArrayLike<number>, name: (index: number) => string): Chosen => {
    const index = argmaxOf(probabilities);
    return { index, name: name(index), probability: probabilities[index]! };
  };
  return steps.map(({ hasColumn = true, isUsed = true, ...step }): Line => ({
    operation: among(step.operations, (index) => operations[index]!),
    ...(hasColumn &&
      columns.length && { column: among(step.columns, (index) => columnName(program, columns[index]!)) }),
    ...(step.pivots?.length && { pivot: among(step.pivots, (index) => pivotName(pivots[index]!)) }),
    isUsed,
  }));
}

/** A number, in no more digits than single precision has if it is not whole; or a text in quotes. */
export function pivotName(pivot: number | string): string {
  if (typeof pivot === "string") return `“${pivot}”`;
  return pivot.toLocaleString("en-US", Number.isInteger(pivot) ? {} : { maximumSignificantDigits: 8 });
}

/** A line in words. */
export const spokenLine = ({ operation, column, pivot }: Line): string =>
  [operation, column, pivot].flatMap((chosen) => (chosen ? [chosen.name] : [])).join(" ");
