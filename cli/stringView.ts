import type { Rows, Sequence } from "../bindings/full.js";
import type { Labels } from "../bindings/trace.js";
import { argmaxOf } from "../bindings/common/argmax.js";
import { encodeString, stringTaskOf } from "./strings.js";
import type { TaskView } from "./taskViews/view.js";

/** View of a task of strings: characters over the steps that read them, and what is expected behind them. */
export const stringView = (task: string): TaskView => ({
  task,
  sequenceOf(held, text) {
    const { task, characters, inputs, followers } = encodeString(held, text);
    const isDetermined = followers.map((all) => all?.length === 1);
    const targets = followers.map((all, i) => [isDetermined[i] ? task.alphabet.indexOf(all!) : 0]);
    const mask = isDetermined.map(Number);
    return { inputs, targets, mask, input: `“${text}”`, labels: labelsOf(task.alphabet, characters, targets, mask) };
  },
  exampleOf(held, draw) {
    const example = draw();
    const { alphabet } = stringTaskOf(held);
    const characters = Array.from(example.inputs, (row) => alphabet[Array.from(row).indexOf(1)]!);
    return { ...example, labels: labelsOf(alphabet, characters, example.targets!, example.mask!) };
  },
});

/** What is read, and what is expected next; wrong where another character must come. */
const labelsOf =
  (alphabet: string, characters: readonly string[], targets: Sequence, mask: ArrayLike<number>) =>
  (outputs: Rows): Labels => ({
    inputs: characters.map((text, step) => ({ text, step })),
    outputs: characters.map((_, step) => {
      const code = argmaxOf(outputs[step]!);
      return { text: alphabet[code]!, step, wrong: mask[step] === 1 && code !== targets[step]![0] };
    }),
  });
