import { contextOf } from "../dialogues.js";
import { written } from "../sentences.js";
import type { TaskView } from "./view.js";

export const conversation = {
  task: "conversation",
  lines: {
    beam: 5,
    sources: (line) => (line.trim() ? [line.trim()] : []),
    symbols: (line) => contextOf([line]),
    say: written,
  },
} satisfies TaskView;
