import { shipped } from "../shipped.js";
import type { TaskView } from "./view.js";

export const dates = {
  task: "dates",
  transducer: {
    command: "date",
    description:
      "Write a date as ISO 8601 has it. With dots and dashes the day comes first, with slashes the month; two digits of " +
      "a year are of 1950 to 2049.",
    argument: ["[date...]", 'a date, such as "9 may 98"; without one, lines from stdin'],
    model: () => shipped("dates"),
    beam: 1,
    sources: (line) => (line.trim() ? [line.trim().replace(/\s+/g, " ")] : []),
    symbols: (source) => [...source.normalize("NFKC")],
    say: (symbols) => symbols.join(""),
  },
} satisfies TaskView;
