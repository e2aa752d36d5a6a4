import { argmaxOf } from "../../bindings/common/argmax.js";
import type { Rows } from "../../bindings/full.js";
import type { TransductionTask } from "../../bindings/tasks.js";
import type { Labels } from "../../bindings/trace.js";
import type { Held, Subject } from "../held.js";
import { encodeSource, inputsOf, readWords, transductionOf } from "../transduction.js";
import type { Drawn, TaskView } from "./view.js";

/** Words that steps read and are to say, with the names of all rows. */
function drawn(
  held: Held<Subject>,
  task: TransductionTask,
  source: readonly string[],
  target: readonly string[],
): Drawn {
  const words = readWords(source, target);
  const due = words.map((_, step) => step > source.length);
  const outputs = ["end", ...task.targetWords];
  const wanted = [...target, "end"];
  const targets = words.map((_, step) => [due[step] ? outputs.indexOf(wanted[step - source.length - 1]!) : 0]);
  const isDeque = held.model.options["memory"] === "deque";
  return {
    inputs: inputsOf(task, source, target),
    targets,
    mask: due.map(Number),
    rows: {
      inputs: ["‹", "|||", ...task.sourceWords, ...task.targetWords],
      stored: isDeque ? [...words.toReversed(), ...words] : words,
    },
    labels: (logits: Rows): Labels => ({
      inputs: words.map((text, step) => ({ text, step })),
      outputs: words.flatMap((_, step) => {
        if (!due[step]) return [];
        const said = argmaxOf(logits[step]!);
        return [{ text: outputs[said]!, step, wrong: said !== targets[step]![0] }];
      }),
    }),
  };
}

export const transduction = {
  task: "transduction",
  sequenceOf(held, text) {
    const { task, source, target } = encodeSource(held, text);
    return { ...drawn(held, task, source, target), input: `“${source.join(" ")}”` };
  },
  exampleOf(held, draw) {
    const example = draw();
    const task = transductionOf(held);
    const numbers = Array.from(example.inputs, (row) => Array.from(row).indexOf(1));
    const words = ["‹", "|||", ...task.sourceWords, ...task.targetWords];
    const separator = numbers.indexOf(1);
    const named = (from: number, to?: number): string[] => numbers.slice(from, to).map((number) => words[number]!);
    return { ...example, ...drawn(held, task, named(1, separator), named(separator + 1)) };
  },
} satisfies TaskView;
