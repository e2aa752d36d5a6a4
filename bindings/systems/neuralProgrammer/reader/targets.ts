import { isUnique, type Asked, type Found, type Target } from "./asked.js";
import { QuestionError } from "./questionError.js";
import { columnsInWords, type QuestionColumn, type QuestionTable } from "./questionTable.js";
import type { Aggregate } from "./vocabulary.js";

const VERBS: { readonly [A in Exclude<Aggregate, "count">]: string } = { sum: "sum", mean: "average", print: "print" };

/** Whether two aggregates are subtracted. @throws QuestionError when they are of some rows alone. */
export function isDifferenceOf({ line }: Asked, found: readonly Found[], isSelective: boolean): boolean {
  const joins = line.unused("join").filter((i) => line.of(i, "join")!.word === "diff");
  const [one, other] = found;
  const [at] = joins;
  if (at === undefined || joins.length > 1 || found.length !== 2) return false;
  const isBetween = one!.at < at && at < other!.at;
  if (!isBetween || found.some(({ target }) => target.aggregate === "print")) return false;
  if (isSelective) {
    throw new QuestionError("A difference is of all rows: ask for the two numbers one by one", {
      words: [line.text(at)],
    });
  }
  line.use(at);
  return true;
}

/** Aggregates with their columns. @throws QuestionError when there is none, or more than one. */
export function expectTargets(
  { line, table, guess, hint }: Asked,
  found: readonly Found[],
  {
    isDifference,
    superlative,
    rowNames,
    isSelective,
  }: {
    readonly isDifference: boolean;
    readonly superlative: { readonly column: QuestionColumn } | undefined;
    readonly rowNames: readonly QuestionColumn[];
    readonly isSelective: boolean;
  },
): Target[] {
  if (!found.length) {
    throw new QuestionError("The question does not say what to do: count, add up (sum), average or print", {
      words: line.all.filter(({ kind }) => kind === "unknown").map(({ text }) => text),
      hint: hint,
    });
  }
  const areOne = new Set(found.map(({ at }) => at)).size === 1;
  if (!areOne && !isDifference) {
    throw new QuestionError("The question asks for two things at once: ask them one by one", {
      words: found.map(({ target }) => target.aggregate),
    });
  }
  return found.map(({ target }) => {
    const { aggregate } = target;
    if (aggregate === "count") {
      const numeric = line.unused("column").find((i) => line.of(i, "column")!.column.kind === "number");
      const isAlone = line.all.every(({ isUsed, kind }, i) => isUsed || kind === "function" || i === numeric);
      if (numeric !== undefined && isAlone && !guess) {
        const name = line.text(numeric);
        throw new QuestionError(`"${name}" may be counted or added up: say "how many rows" or "sum of ${name}"`, {
          words: [name],
        });
      }
      return target;
    }
    const column =
      target.column ??
      (superlative
        ? aggregate === "print"
          ? superlative.column
          : undefined
        : defaultOf(table, aggregate, isSelective));
    if (!column) {
      throw new QuestionError(`The question does not say which column to ${VERBS[aggregate]}`, {
        words: line.all.filter(({ isUsed, kind }) => !isUsed && kind !== "function").map(({ text }) => text),
        hint: `The columns are ${columnsInWords(table)}`,
      });
    }
    if (aggregate !== "print" && column.kind !== "number") {
      const why = column.kind === "date" ? "days" : `texts, and ${column.problem!}`;
      throw new QuestionError(`Column "${column.name}" holds ${why}, and has no ${aggregate}`, {
        words: [column.name],
      });
    }
    // "which country has the largest area" may be about rows, or about sums of countries.
    const isGrouped = superlative && aggregate === "print" && column.kind === "text" && !rowNames.length;
    if (isGrouped && !isUnique(column) && !guess) {
      throw new QuestionError(
        `Cells of "${column.name}" come more than once, and the question may be about their sums: say of which rows`,
        { words: [column.name] },
      );
    }
    return { aggregate, column };
  });
}

/** The column that is meant where none is named: the only one of numbers, or the one of texts that names rows. */
function defaultOf({ columns }: QuestionTable, aggregate: Aggregate, isSelective: boolean): QuestionColumn | undefined {
  if (aggregate === "print") {
    // "list all" is about all columns.
    if (!isSelective) return undefined;
    const first = columns.find(({ kind }) => kind === "text");
    return first && isUnique(first) ? first : undefined;
  }
  const numeric = columns.filter(({ kind }) => kind === "number");
  return numeric.length === 1 ? numeric[0] : undefined;
}
