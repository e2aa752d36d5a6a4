import type { Clause } from "./clauses.js";
import type { Line } from "./line.js";
import { QuestionError } from "./questionError.js";

const VERB = /^(is|are|was|were|has|have|had)$/i;
const RELATIVE = /^(that|which|who|whose)$/i;

/** How clauses are joined; a superlative is of the rows that meet all. */
export function joinsOf(
  line: Line,
  clauses: readonly Clause[],
  superlative: { readonly begin: number; readonly end: number } | undefined,
): "and" | "or" {
  const joined = new Set<"and" | "or">(
    clauses.filter(({ conditions }) => conditions.length > 1).map((each) => each.joined),
  );
  for (const [k, clause] of clauses.entries()) {
    const next = clauses[k + 1];
    const places = [clause, ...(next ? [next] : [])];
    if (next) joined.add(joinBetween(line, clause, next));
    for (const { begin } of places) {
      if (!superlative || begin < superlative.end) continue;
      const verb = line.all.find(({ text }, i) => {
        const isBetween = i > superlative.end && i < begin;
        // "that have" says which rows are meant; "has" says what the largest is.
        return isBetween && VERB.test(text) && !RELATIVE.test(line.text(i - 1));
      });
      if (verb) {
        throw new QuestionError(
          `The question says "${line.text(superlative.begin, superlative.end)}" of all rows, and then what they are: put conditions first`,
          { words: [verb.text] },
        );
      }
    }
  }
  if (superlative) {
    const before = superlative.begin - 1;
    for (let i = before; i > 0 && (line.is(i, "function") || line.is(i, "join")); --i) {
      if (line.of(i, "join")?.word === "and" && clauses.some(({ end }) => end < i)) line.use(i);
    }
  }
  if (joined.size > 1) {
    throw new QuestionError(
      'The question joins by "and" and by "or", which can be read in two ways: ask for one at a time',
      {
        words: ["and", "or"],
      },
    );
  }
  return joined.has("or") ? "or" : "and";
}

/** @throws QuestionError where one cell would have to be two: "in Germany Austria". */
export function expectNoContradiction(line: Line, clauses: readonly Clause[]): void {
  const holding = clauses.flatMap((clause) =>
    clause.conditions.flatMap((each) => (each.kind === "hold" && !each.isNegated ? [{ clause, ...each }] : [])),
  );
  const again = holding.find(({ column }, i) => holding.slice(0, i).some((other) => other.column === column));
  if (!again) return;
  const { begin, end } = again.clause;
  throw new QuestionError(
    `"${again.column.name}" cannot be "${line.text(begin, end)}" as well as what is in front: join cells by "or"`,
    { words: [line.text(begin, end)] },
  );
}

/** "and" and "or" between two clauses; "and" where there is none. */
function joinBetween(line: Line, one: Clause, other: Clause): "and" | "or" {
  let word: "and" | "or" = "and";
  for (let i = one.end + 1; i < other.begin; ++i) {
    const join = line.of(i, "join");
    if (!join || join.word === "diff" || join.isUsed) continue;
    line.use(i);
    word = join.word;
    const isOwn = line.is(i + 1, "function") || other.isNegated || join.text.toLowerCase() === "but";
    if (one.isNegated && !isOwn) {
      throw new QuestionError(
        `"not" may deny one of "${line.text(one.begin, one.end)}" and "${line.text(other.begin, other.end)}", or both: ask for one at a time`,
        { words: [line.text(one.begin)] },
      );
    }
  }
  return word;
}
