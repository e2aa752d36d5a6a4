/** A conjecture and the facts that are offered for its proof, as numbers of formulas. */
export interface PremiseProblem {
  readonly name: string;
  readonly conjecture: number;
  /** Facts that an automatic proof used. */
  readonly needed: readonly number[];
  /** Facts that a ranking by neighbours offered, and no proof used. */
  readonly unneeded: readonly number[];
}

/** The text is not what it should be: the message says in which line. */
export class PremiseError extends Error {
  override readonly name = "PremiseError";

  constructor(
    message: string,
    /** Counted from 1. */
    readonly line: number,
  ) {
    super(`Line ${line}: ${message}`);
  }
}

/** Formulas of a text, one a line: tokens in prefix notation. @throws PremiseError where a line is empty. */
export function readFormulas(text: string): string[][] {
  return linesOf(text).map((line, i) => {
    const tokens = line.trim().split(/\s+/);
    if (tokens[0] === "") throw new PremiseError("there is no formula", i + 1);
    return tokens;
  });
}

/**
 * Problems of a text, one a line: JSON with a name, the number of the conjecture, from 0, and those of the facts.
 * @throws PremiseError where a line is no such JSON, or a number is none of so many formulas.
 */
export function readProblems(text: string, formulas: number): PremiseProblem[] {
  return linesOf(text).map((line, i) => {
    const fail = (message: string): never => {
      throw new PremiseError(message, i + 1);
    };
    const { name, conjecture, needed, unneeded } = parsed(line, fail);
    if (typeof name !== "string") return fail(`the name is ${JSON.stringify(name)}, and must be a text`);
    const formula = (number: unknown): number => {
      if (Number.isInteger(number) && (number as number) >= 0 && (number as number) < formulas) return number as number;
      return fail(`${JSON.stringify(number)} is none of the ${formulas} formulas, counted from 0`);
    };
    const list = (what: string, numbers: unknown): number[] =>
      Array.isArray(numbers) ? numbers.map(formula) : fail(`${what} is ${JSON.stringify(numbers)}, and must be a list`);
    const problem = { name, conjecture: formula(conjecture), needed: list("needed", needed) };
    return { ...problem, unneeded: list("unneeded", unneeded) };
  });
}

function parsed(line: string, fail: (message: string) => never): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return fail((error as Error).message);
  }
  if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  return fail(`it is ${JSON.stringify(value)}, and must be an object`);
}

const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));
