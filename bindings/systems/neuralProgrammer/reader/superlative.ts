import type { Asked } from "./asked.js";
import { expectScale } from "./conditions.js";
import { QuestionError } from "./questionError.js";
import { columnsInWords, type QuestionColumn } from "./questionTable.js";

/** Of the rows that meet the conditions, those with the largest or the smallest cell of a column. */
export interface Superlative {
  readonly word: "maximum" | "minimum";
  readonly column: QuestionColumn;
  /** Place of its word. */
  readonly at: number;
  /** First and last place of its word and its column. */
  readonly begin: number;
  readonly end: number;
}

/**
 * The superlative of a question with its column: "the largest population", "whose population is the largest".
 * @throws QuestionError when there are two, or it is of no column, or of one without a scale.
 */
export function superlativeIn({ line, table, targets }: Asked): Superlative | undefined {
  const [i, other] = line.unused("superlative");
  if (i === undefined) return undefined;
  const lexeme = line.of(i, "superlative")!;
  if (other !== undefined) {
    throw new QuestionError(`The question says "${line.text(i)}" and "${line.text(other)}": ask for one at a time`, {
      words: [line.text(other)],
    });
  }
  const [behind, before] = [line.beyond(i, 1, ["function"]), line.beyond(i, -1, ["function"])];
  const isOnlyJoined = line.all.slice(i + 1, behind).every(({ text }) => /^(the|of|a|an)$/i.test(text));
  const at = [...(isOnlyJoined ? [behind] : []), before].find((at) => line.is(at, "column"));
  const named = at === undefined ? undefined : line.of(at, "column")!;
  const isAfter = at === before && line.all.slice(before + 1, i).some(({ text }) => /^(is|are|was|were)$/i.test(text));
  if (at === undefined || !named || named.namesRows || (at === before && !isAfter)) {
    throw new QuestionError(`The question says "${line.text(i)}", and not of which column`, {
      words: [line.text(i)],
      hint: `The columns are ${columnsInWords(table)}`,
    });
  }
  if (named.column.kind === "text") {
    throw new QuestionError(
      `Column "${named.column.name}" holds texts, of which none is the ${line.text(i)}: it ${named.column.problem!}`,
      { words: [line.text(i)] },
    );
  }
  expectScale(lexeme.of, named.column, line.text(i));
  line.use(i);
  line.use(at);
  targets.add(at);
  return { at: i, begin: Math.min(i, at), end: Math.max(i, at), word: lexeme.word, column: named.column };
}
