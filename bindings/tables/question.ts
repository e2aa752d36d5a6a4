import { columnWord, QUESTION_NUMBERS, tableLayout, words, type Word } from "./layout.js";

/** A question in the words that the model knows: a word, the name of a column by its index, or a number. */
export type QuestionToken = Word | { readonly column: number } | number;

/** A number for each column; NaN where there is none. */
export type TableRow = ArrayLike<number>;

/**
 * Rows of inputs for a question about a table, as many as the longer of the two has words or rows.
 * @throws RangeError when the question has no word or too many numbers, or names a column that is not there.
 */
export function encodeQuestion(
  question: readonly QuestionToken[],
  rows: readonly TableRow[],
  columns: number,
): Float32Array[] {
  const { inputSize, isWord, place, value, isRow, cells, present } = tableLayout(columns);
  const spoken = question.filter((token) => typeof token !== "number");
  if (!spoken.length) throw new RangeError("The question has no word that the model knows");
  const steps = Array.from({ length: Math.max(spoken.length, rows.length) }, () => new Float32Array(inputSize));
  let [at, numbers] = [-1, 0];
  for (const token of question) {
    if (typeof token === "number") {
      if (numbers === QUESTION_NUMBERS) {
        throw new RangeError(
          `The question has more than ${QUESTION_NUMBERS} numbers, which is as many as the model takes`,
        );
      }
      // A number in front of all words goes with the first.
      const step = steps[Math.max(at, 0)]!;
      if (step[place]! || step[place + 1]!) throw new RangeError("The question has two numbers in a row");
      step[place + numbers++] = 1;
      step[value] = token;
      continue;
    }
    const step = steps[++at]!;
    step[isWord] = 1;
    const word = typeof token === "string" ? words.indexOf(token) : columnWord(token.column);
    if (!(word < isWord)) throw new RangeError(`The question names column ${word - words.length + 1} of ${columns}`);
    step[word] = 1;
  }
  rows.forEach((row, i) => {
    const step = steps[i]!;
    step[isRow] = 1;
    for (let column = 0; column < columns; ++column) {
      if (Number.isNaN(row[column]!)) continue;
      step[cells + column] = row[column]!;
      step[present + column] = 1;
    }
  });
  return steps;
}
