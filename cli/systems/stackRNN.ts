import { StackRNN } from "../../bindings/models.js";
import { UsageError } from "../errors.js";
import type { Held, Subject } from "../held.js";
import { stepwise } from "../stepwise.js";
import { stringReading } from "../stringReading.js";
import type { Page, Runner, SystemCommands, TraceFlags } from "./commands.js";

const reading = (held: Held<Subject>): Runner =>
  stringReading(held, (model, steps) => (model instanceof StackRNN ? fitted(model, steps) : expectRoom(model, steps)));

/** The same network with stacks that hold a push at every step: nothing is lost, and no cell is there in vain. */
function fitted(model: StackRNN, steps: number): StackRNN {
  const made = new StackRNN({ ...model.options, capacity: Math.max(model.options.depth, steps) });
  made.parameters.set(model.parameters.values);
  return made;
}

/** @throws UsageError when a text has more characters than stacks of a compiled model have cells. */
function expectRoom(model: Subject, steps: number): Subject {
  const { capacity } = model.options as { readonly capacity?: unknown };
  if (typeof capacity !== "number" || steps <= capacity) return model;
  throw new UsageError(
    `The text has ${steps} characters, and stacks of the compiled model hold ${capacity}: run the saved model, whose stacks grow`,
  );
}

const commands = stepwise({ runs: { counting: reading, memorization: reading, "binary-sums": reading } });

/** Page of a sequence, with no more cells of a stack than it has steps; rows from stdin can be read only once. */
async function pageOf(held: Held<StackRNN>, words: readonly string[], flags: TraceFlags): Promise<Page> {
  const page = await commands.trace(held, words, flags);
  if (flags.input === "-") return page;
  return commands.trace({ ...held, model: fitted(held.model, page.read[1]) }, words, flags);
}

export const stackRNN = {
  className: StackRNN.className,
  runHelp: "one with stacks says behind each character what it expects next, and draws its stacks",
  run: commands.run,
  trace: pageOf,
  compiled: commands,
} satisfies SystemCommands<StackRNN>;
