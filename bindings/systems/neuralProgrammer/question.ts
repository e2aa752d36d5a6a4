import { QUESTION_NUMBERS, type TableLayout, type Word } from "./layout.js";

/** What a question compares with: a number, or a text. */
export type Literal = number | { readonly text: string };

/** The name of a column, by its index. */
export interface ColumnName {
  readonly column: number;
}

/** A question in the words that the model knows: a word, the name of a column, a number or a text. */
export type QuestionToken = Word | ColumnName | Literal;

/** A number or a text for each column; NaN where there is none. */
export type TableRow = ArrayLike<number | string>;

export const isLiteral = (token: QuestionToken): token is Literal =>
  typeof token === "number" || (typeof token === "object" && "text" in token);

export const isColumn = (token: QuestionToken | undefined): token is ColumnName =>
  typeof token === "object" && "column" in token;

/**
 * Rows of inputs for a question about a table, as many as the longer of the two has words or rows. Texts of a table
 * without columns of text are left out.
 * @throws RangeError when the question has no word, too many numbers and texts, or a text where tables have none, or
 * names a column that is not there.
 */
export function encodeQuestion(
  question: readonly QuestionToken[],
  rows: readonly TableRow[],
  layout: TableLayout,
): Float32Array[] {
  const {
    columns,
    hasTexts,
    isExtended,
    orders,
    inputSize,
    isWord,
    place,
    value,
    isRow,
    cells,
    present,
    texts,
    words,
  } = layout;
  const spoken = question.filter((token) => !isLiteral(token));
  if (!spoken.length) throw new RangeError("The question has no word that the model knows");
  const steps = Array.from({ length: Math.max(spoken.length, rows.length) }, () => new Float32Array(inputSize));
  const numberOf = numbering();
  const many = { numbers: 0, texts: 0 };
  let at = -1;
  for (const token of question) {
    if (isLiteral(token)) {
      if (typeof token === "object" && !hasTexts) {
        throw new RangeError(`The question has the text "${token.text}", and the model knows tables of numbers alone`);
      }
      const kind = typeof token === "number" ? "numbers" : "texts";
      if (many[kind] === QUESTION_NUMBERS) {
        throw new RangeError(
          `The question has more than ${QUESTION_NUMBERS} ${kind}, which is as many as the model takes`,
        );
      }
      // A number in front of all words goes with the first.
      const step = steps[Math.max(at, 0)]!;
      if (step.subarray(place, value).includes(1)) {
        throw new RangeError("The question has two numbers or texts in a row");
      }
      step[place + many[kind]++ + (kind === "texts" ? QUESTION_NUMBERS : 0)] = 1;
      step[value] = typeof token === "number" ? token : numberOf(token.text);
      continue;
    }
    const step = steps[++at]!;
    const word = typeof token === "string" ? words.indexOf(token) : words.length + token.column;
    if (word < 0) throw new RangeError(`The question has the word "${token as Word}", which the model does not know`);
    if (!(word < isWord)) throw new RangeError(`The question names column ${word - words.length + 1} of ${columns}`);
    step[isWord] = 1;
    step[word] = 1;
  }
  rows.forEach((row, i) => {
    const step = steps[i]!;
    step[isRow] = 1;
    for (let column = 0; column < columns; ++column) {
      const cell = row[column]!;
      if (typeof cell === "string") {
        if (hasTexts) step[texts + column] = numberOf(cell);
      } else if (!Number.isNaN(cell)) {
        step[cells + column] = cell;
        step[present + column] = 1;
      }
    }
  });
  if (isExtended) {
    for (let column = 0; column < columns; ++column) {
      const numbers = rows.flatMap((row, i) =>
        steps[i]![present + column] ? [{ i, value: Number(row[column]) }] : [],
      );
      // Of equal cells the first row comes first, from both ends.
      const descending = numbers.toSorted((a, b) => b.value - a.value);
      const ascending = numbers.toSorted((a, b) => a.value - b.value);
      descending.forEach(({ i }, k) => (steps[k]![orders + column] = i + 1));
      ascending.forEach(({ i }, k) => (steps[k]![orders + columns + column] = i + 1));
    }
  }
  return steps;
}

/** Single precision tells so many whole numbers apart. */
const MOST_TEXTS = 16_777_216;

/** Numbers texts from 1, in the order in which they come. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    if (numbers.size === MOST_TEXTS) throw new RangeError("The table has more than 16,777,216 different texts");
    numbers.set(text, numbers.size + 1);
    return numbers.size;
  };
}
