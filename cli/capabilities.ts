import { CompiledModel } from "../bindings/run.js";
import { askRunner } from "./askRunning.js";
import { UsageError } from "./errors.js";
import type { Held, Subject } from "./held.js";
import { isStepModel } from "./models.js";
import { stepwise } from "./stepwise.js";
import type { Capability, ModelCommands, Runner, SystemCommands } from "./systems/commands.js";
import { systemCommands } from "./systems/index.js";
import { transducers, viewOf } from "./views.js";

const byClass: ReadonlyMap<string, SystemCommands> = new Map(systemCommands.map((each) => [each.className, each]));

/** Commands of any model that answers at every step, also one of a class that is not ours. */
const anyStepwise: ModelCommands<Subject> = stepwise();

/** Command lines that show a capability, of a model in a file. */
const SHOWN_BY: { readonly [C in Capability]: (held: Held) => readonly string[] } = {
  run: ({ file }) => [`tapehead run ${file}`],
  trace: ({ file, own }) => [`tapehead trace ${file}${own ? ` --module ${own.file}` : ""}`],
  ask: ({ file }) => [`tapehead ask table.csv "how many?" --model ${file} --trace page.html`],
  transduce: ({ file, task }) => {
    const { transducer: own, parser } = viewOf(task?.name) ?? {};
    return (own ? [own] : parser ? [] : transducers).map(({ command }) => `tapehead ${command} --model ${file}`);
  },
  story: ({ file }) => [`tapehead story story.txt "where is Mary?" --model ${file}`],
  parse: ({ file, task }) => (viewOf(task?.name)?.parser ? [`tapehead parse "a sentence" --model ${file}`] : []),
  listen: ({ file }) => [`tapehead listen digits.wav --model ${file}`],
  describe: ({ file }) => [`tapehead describe picture.png --model ${file}`],
  play: ({ file }) => [`tapehead play connect-four --model ${file}`],
  calibrate: ({ file }) => [`tapehead calibrate ${file}`],
};

function commandsOf({ model, isCompiled }: Held): ModelCommands<Held["model"]> {
  const system = byClass.get(model.name);
  // What does not run sequences is called in code, by its methods.
  if (model instanceof CompiledModel && !model.methods.includes("run")) return system?.compiled ?? {};
  const isStepwise = isCompiled || isStepModel(model);
  return (isCompiled ? system?.compiled : system) ?? (isStepwise ? anyStepwise : {});
}

/** A model's capability on the command line. @throws UsageError when it has none, with the commands that show others. */
export function capabilityOf<C extends Capability>(
  held: Held,
  capability: C,
  command: string = capability,
): NonNullable<ModelCommands<Held["model"]>[C]> {
  const found = commandsOf(held)[capability];
  if (found) return found;
  const takers = systemCommands.filter((each) => each[capability]).map(({ className }) => className);
  const kind = held.isCompiled ? "saved models" : "models";
  return refuse(held, capability, `\`tapehead ${command}\` takes ${kind} of class ${takers.join(" or ")}`);
}

/** Whether a model draws what it is calibrated with. */
export const isDrawing = (held: Held): boolean => commandsOf(held).calibrate !== undefined;

/** Run of a model over a text, or over a table and a question. @throws UsageError when there is none for its class. */
export function runnerOf(held: Held): Runner {
  const { run, ask } = commandsOf(held);
  if (!run && ask) return askRunner(held, ask);
  return capabilityOf(held, "run")(held) ?? refuse(held, "run", "`tapehead run` has nothing to do for that task");
}

/** @throws UsageError with what the file holds, and the commands for that. */
function refuse(held: Held, capability: Capability, why: string): never {
  const { file, model, isCompiled, task } = held;
  const what = `a ${isCompiled ? "compiled " : ""}model of class ${model.name}${task ? ` for ${task.name}` : ""}`;
  const commands = commandsOf(held);
  const isThere = (other: Capability): boolean =>
    other === "run" ? commands.run?.(held) !== undefined : commands[other] !== undefined;
  const others = (Object.keys(SHOWN_BY) as Capability[])
    .filter((other) => other !== capability && isThere(other))
    .flatMap((other) => SHOWN_BY[other](held))
    .map((line) => `\`${line}\``);
  const inCode = model instanceof CompiledModel ? `; in code, tapehead/run calls its ${model.methods.join(", ")}` : "";
  const instead = others.length ? `; for this one there is ${others.join(" or ")}` : inCode;
  throw new UsageError(`${file} holds ${what}, and ${why}${instead}`);
}
