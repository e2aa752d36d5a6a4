import type { Rows } from "../../bindings/full.js";
import type { Labels } from "../../bindings/trace.js";
import { expectCopier } from "../copying.js";
import { UsageError } from "../errors.js";
import { plural } from "../numbers.js";
import { answeredBytes, cells, copySequence } from "../text.js";
import type { TaskView } from "./view.js";

export const copy = {
  task: "copy",
  sequenceOf(held, text) {
    const bytes = new TextEncoder().encode(text);
    const { slots } = expectCopier(held, bytes);
    if (bytes.length > slots) {
      throw new UsageError(
        `The text has ${plural(bytes.length, "byte")}, and must have at most ${slots}, the slots of the model's memory`,
      );
    }
    const inputs = copySequence(bytes);
    const due = bytes.length + 1;
    const bits = inputs.slice(0, bytes.length).map((row) => Array.from(row).slice(0, 8));
    const blank = new Array<number>(8).fill(0);
    const targets = [...Array.from({ length: due }, () => blank), ...bits];
    const mask = inputs.map((_, step) => Number(step >= due));
    return { inputs, targets, mask, input: `“${text}”`, labels: (outputs) => labelsOf(bytes, outputs) };
  },
} satisfies TaskView;

/** The text over the steps at which it goes in, and the answer under those at which it comes out. */
function labelsOf(bytes: Uint8Array, outputs: Rows): Labels {
  const [inputs, answers]: [Labels["inputs"], Labels["outputs"]] = [[], []];
  let step = 0;
  for (const { input, output, bytes: steps, wrong } of cells(bytes, answeredBytes(outputs, bytes.length))) {
    inputs.push({ text: input, step, steps });
    answers.push({ text: output, step: bytes.length + 1 + step, steps, wrong });
    step += steps;
  }
  return { inputs, outputs: answers };
}
