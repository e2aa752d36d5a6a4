import { dateAnswer, plainDate, UnsureError } from "../../bindings/tasks.js";
import { shipped } from "../shipped.js";
import type { TaskView } from "./view.js";

/** Characters of a date, at most: no format has as many, and memory does not grow with what is none. */
const MOST = 60;

/** What is made of a text, or why nothing is, with the text as it was given. */
function named<T>(source: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof UnsureError ? new UnsureError(source, error.reason, error.guess) : error;
  }
}

export const dates = {
  task: "dates",
  transducer: {
    command: "date",
    description:
      "Convert a date to ISO 8601, or say why it is none. The day comes first with dots and dashes, the month with " +
      "slashes, and a note says where that decides; years of two digits are from 1950 to 2049, others from 1000 to 2999.",
    argument: ["[date...]", 'a date, such as "9 may 98" (default: lines of stdin)'],
    model: () => shipped("dates"),
    beam: 1,
    unit: "date",
    sources: (line) => (line.trim() ? [line.trim()] : []),
    symbols: (source) => [...plainDate(source)],
    parts(source) {
      if (source.length > MOST)
        throw new UnsureError(source, `it has ${source.length} characters, and dates have at most ${MOST}`);
      const text = plainDate(source);
      if (!text) throw new UnsureError(source, "there is nothing in it to read");
      return [{ symbols: [...text] }];
    },
    say: (symbols) => symbols.join(""),
    answer(source, said, { calibration, least }) {
      const { iso, confidence, ambiguous } = named(source, () =>
        dateAnswer(plainDate(source), said, { calibration, least }),
      );
      if (!ambiguous) return { text: iso, confidence };
      const others = ambiguous.others.map(({ order, iso }) => `as ${order} it is ${iso}`).join(", ");
      return {
        text: iso,
        confidence,
        note: `"${source}" is read as ${ambiguous.order}; ${others}`,
        fields: { ambiguous },
      };
    },
  },
} satisfies TaskView;
