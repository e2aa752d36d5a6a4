import { HierarchicalAttentiveMemory } from "../../bindings/models.js";
import { treeTask, type TreeTaskOptions } from "../../bindings/tasks.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { plural } from "../numbers.js";
import { treePage } from "../treePage.js";
import { readTree } from "../treeReading.js";
import type { Page, Runner, SystemCommands, TraceFlags } from "./commands.js";

export const hierarchicalAttentiveMemory = {
  className: HierarchicalAttentiveMemory.className,
  runHelp: "one with a tree sorts, searches or is a stack or a queue, and says which leaves it went to",
  run: runner,
  trace: pageOf,
} satisfies SystemCommands<HierarchicalAttentiveMemory>;

const TASK = "tree";

function runner(held: Held<HierarchicalAttentiveMemory>): Runner {
  const task = taskOf(held);
  return {
    async run(bytes) {
      const { example, answer, expected } = readTree(new TextDecoder().decode(bytes), task);
      const { model } = held;
      const { input, target } = example;
      const options = { trace: true, ...(task.problem === "search" && { steps: target.length }) };
      const [run] = await withEngine((engine) => model.run(engine, [input], options));
      const { outputs, leaves, searches, joins } = run!;
      const json = { output: answer(outputs), expected, leaves, searches, joins };
      const say = (): void => {
        console.log(`leaves: ${leaves!.map((leaf) => leaf + 1).join(" ")}`);
        console.log(`${json.output || "nothing"}, in ${plural(outputs.length, "step")}.`);
        if (json.output !== expected) console.log(`The model is wrong: it is ${expected}.`);
      };
      return { json, say };
    },
  };
}

/** @throws UsageError unless the file says what its tree was trained for. */
function taskOf({ file, task }: Held<HierarchicalAttentiveMemory>): Required<TreeTaskOptions> {
  if (task?.name === TASK) return treeTask(task.options).options as Required<TreeTaskOptions>;
  throw new UsageError(`${file} does not say what its tree is for; train it on the task ${TASK}`);
}

/** @throws UsageError unless there is a text, and nothing else. */
function pageOf(held: Held<HierarchicalAttentiveMemory>, words: readonly string[], flags: TraceFlags): Page {
  const task = taskOf(held);
  const given = Object.keys(flags).filter((flag) => flags[flag as keyof TraceFlags] !== undefined);
  if (given.length) throw new UsageError(`${held.file} reads a text: write it instead of --${given[0]}`);
  const text = words.join(" ");
  const { input } = readTree(text, task).example;
  return {
    read: ["vector", input.length],
    draw: (engine) => treePage(engine, held.model, text, { task, facts: factsOf(held) }),
  };
}
