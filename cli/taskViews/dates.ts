import { shipped } from "../shipped.js";
import type { TaskView } from "./view.js";

export const dates = {
  task: "dates",
  transducer: {
    command: "date",
    description:
      "Convert a date to ISO 8601. The day comes first with dots and dashes, the month with slashes; years of two " +
      "digits are from 1950 to 2049.",
    argument: ["[date...]", 'a date, such as "9 may 98" (default: lines of stdin)'],
    model: () => shipped("dates"),
    beam: 1,
    sources: (line) => (line.trim() ? [line.trim().replace(/\s+/g, " ")] : []),
    symbols: (source) => [...source.normalize("NFKC")],
    say: (symbols) => symbols.join(""),
  },
} satisfies TaskView;
