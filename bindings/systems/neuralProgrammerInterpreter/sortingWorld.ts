import { shown } from "../../common/shown.js";
import { SORTING_POINTERS, sortingCoverage, sortingEnvironment, type SortingRow, type SortingView } from "./sorting.js";
import type { World } from "./world.js";

/** Numbers of a row, at most: sorting takes about nine steps for each pair of them. */
const MOST_NUMBERS = 500;

/** What a model of sorting has learned. */
interface Learned {
  readonly recursive?: boolean;
  readonly view?: SortingView;
  readonly max?: boolean;
}

/** Rows of numbers as a person types them: 5 3 9 1 is sorted, and of "max of 5 3 9 1" the largest is found. */
export function sortingWorld(learned: Learned): World<SortingRow, readonly number[]> {
  const { recursive = false, view = "comparison", max = false } = learned;
  const environment = sortingEnvironment({ recursive, view });
  return {
    environment,
    read(text) {
      const asked = /^\s*max\s+of\b/i.exec(text)?.[0];
      if (asked !== undefined && !max) {
        throw new RangeError("The model sorts, and has not learned to find the largest: leave out “max of”");
      }
      const values = readNumbers(text.slice(asked?.length ?? 0), view);
      const row = textOf(values);
      return asked === undefined
        ? { text: row, problem: values, call: ["BUBBLESORT"] }
        : { text: `max of ${row}`, problem: values, call: ["MAX"] };
    },
    expectedOf(values, [name]) {
      const sorted = [...values].sort((a, b) => a - b);
      return name === "MAX" ? String(sorted.at(-1)) : sorted.join(" ");
    },
    ...(recursive && view === "comparison" && { coverage: sortingCoverage }),
    textOf,
    // Where the model went astray there may be nothing under the pointer.
    answerOf: ({ values, pointers }, [name]) =>
      name === "MAX" ? String(values[pointers[0]!] ?? "nothing") : values.join(" "),
    rowsOf: ({ values, pointers }) => [
      {
        name: "values",
        cells: values.map(String),
        pointers: SORTING_POINTERS.map((name, i) => ({ name, cell: pointers[i]! })),
      },
    ],
  };
}

const textOf = (values: readonly number[]): string => values.join(" ");

/** @throws SyntaxError, RangeError when a text has no numbers, something else, or too many. */
function readNumbers(text: string, view: SortingView): number[] {
  const wanted = view === "digits" ? "digits from 0 to 9 such as 5 3 9 1" : "numbers such as 5 3 9 1";
  const words = text.split(/[\s,;]+/).filter(Boolean);
  if (!words.length) throw new SyntaxError(`There are no numbers, and there must be some, ${wanted}`);
  if (words.length > MOST_NUMBERS) {
    throw new RangeError(`There are ${words.length} numbers, and may be at most ${MOST_NUMBERS}`);
  }
  return words.map((word, i) => {
    const value = /^[-−+]?(\d+(\.\d*)?|\.\d+)$/.test(word) ? Number(word.replace("−", "-")) : NaN;
    if (Number.isFinite(value) && (view !== "digits" || /^\d$/.test(word))) return value;
    throw new SyntaxError(`Number ${i + 1} is ${shown(word)}, and must be one of ${wanted}`);
  });
}
