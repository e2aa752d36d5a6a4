import { StackRNN } from "../../bindings/models.js";
import { UsageError } from "../errors.js";
import type { Held, Subject } from "../held.js";
import { stepwise } from "../stepwise.js";
import { stringReading } from "../stringReading.js";
import type { Page, Runner, SystemCommands, TraceFlags } from "./commands.js";

/** Commands over texts, with a model that has room for their steps. */
function commandsOf(withRoom: (model: Subject, steps: number) => Subject): ReturnType<typeof stepwise> {
  const reading = (held: Held<Subject>): Runner => stringReading(held, withRoom);
  return stepwise({ runs: { counting: reading, memorization: reading, "binary-sums": reading } });
}

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

const saved = commandsOf((model, steps) => fitted(model as StackRNN, steps));

/** Page of a sequence, with no more cells of a stack than it has steps; rows from stdin can be read only once. */
async function pageOf(held: Held<StackRNN>, words: readonly string[], flags: TraceFlags): Promise<Page> {
  const page = await saved.trace(held, words, flags);
  if (flags.input === "-") return page;
  return saved.trace({ ...held, model: fitted(held.model, page.read[1]) }, words, flags);
}

export const stackRNN = {
  className: StackRNN.className,
  runHelp: "one with stacks says behind each character what it expects next, and draws its stacks",
  run: saved.run,
  trace: pageOf,
  compiled: commandsOf(expectRoom),
} satisfies SystemCommands<StackRNN>;
