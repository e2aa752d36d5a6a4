import type { Labels } from "../../bindings/trace.js";
import { UsageError } from "../errors.js";
import { encodeText } from "../reading.js";
import { visible } from "../../bindings/common/visible.js";
import type { TaskView } from "./view.js";

export const text = {
  task: "text",
  /** At every character the next one is the target; the last has none. */
  sequenceOf(held, text) {
    const { characters, codes, inputs } = encodeText(held, new TextEncoder().encode(text));
    const targets = codes.map((_, step) => [codes[step + 1] ?? 0]);
    const mask = codes.map((_, step) => Number(step + 1 < codes.length));
    const labels = (): Labels => ({
      inputs: characters.map((character, step) => ({ text: visible(character), step })),
    });
    return { inputs, targets, mask, input: `“${text}”`, labels };
  },
  exampleOf({ file }) {
    throw new UsageError(`${file} holds a model of text: give it one to read`);
  },
} satisfies TaskView;
