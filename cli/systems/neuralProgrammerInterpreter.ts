import { Random } from "../../bindings/full.js";
import { NeuralProgrammerInterpreter, solutionPage, solve, UnsolvedError, worldOf } from "../../bindings/models.js";
import type { CompiledModel } from "../../bindings/run.js";
import type { ShownCall, Solved, World } from "../../bindings/models.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { expectNoBeam, stepwise } from "../stepwise.js";
import type { ModelCommands, Page, Runner, SystemCommands, TraceFlags } from "./commands.js";

type Subject = NeuralProgrammerInterpreter | CompiledModel;

/** Lines of a tree on a terminal, at most. */
const MOST_LINES = 100;
const rows = stepwise();

/** Runs programs on a problem; a model of another task takes rows of numbers, as all that answer at every step. */
const commands = {
  run(held: Held<Subject>): Runner | undefined {
    const world = worldOf(held.task ?? { name: "", options: {} });
    if (!world) return rows.run(held);
    return {
      async run(bytes) {
        const text = new TextDecoder().decode(bytes);
        const solved = await withEngine((engine) => asUsage(() => solve(engine, held.model, world, text)));
        const { shown, answer, expected, ...rest } = solved;
        const tree = shown.map(({ level, name }) => ({ level, call: name }));
        return {
          json: { ...rest, answer, ...(answer !== expected && { expected }), tree },
          say: () => say(solved),
        };
      },
    };
  },
  trace(held: Held<Subject>, words: readonly string[], flags: TraceFlags): Page | Promise<Page> {
    const { task } = held;
    const world = worldOf(task ?? { name: "", options: {} });
    if (!world || flags.input !== undefined) return rows.trace(held, words, flags);
    if (!words.length) return pageOf(held, world, drawnFrom(held, world, flags));
    const given = Object.keys(flags).filter((flag) => flags[flag as keyof TraceFlags] !== undefined);
    if (given.length)
      throw new UsageError(`${held.file} holds a model that is given a problem: leave out --${given[0]}`);
    return pageOf(held, world, words.join(" "));
  },
} satisfies ModelCommands<Subject>;

/** Digits or numbers of an example, where nobody says how many. */
const LENGTH = 3;

/** A problem at random, as a text. */
function drawnFrom(held: Held, { environment, textOf }: World<unknown, unknown>, flags: TraceFlags): string {
  expectNoBeam(held, flags);
  const { seed = 1, length = LENGTH } = flags;
  return textOf(environment.draw(new Random(seed), length));
}

function pageOf(held: Held<Subject>, world: World<unknown, unknown>, text: string): Page {
  const { text: tidied } = asUsage(() => world.read(text));
  const about = { task: held.task!.name, facts: factsOf(held) };
  return {
    read: ["word", tidied.split(" ").length],
    draw: (engine) => asUsage(() => solutionPage(engine, held.model, world, text, about)),
  };
}

/** The answer, and the tree of calls. */
function say({ text, answer, expected, steps, calls, shown }: Solved): void {
  console.log(`${text} = ${answer}`);
  if (answer !== expected) console.log(`The model is wrong: it is ${expected}.`);
  for (const line of treeOf(shown.slice(0, MOST_LINES))) console.log(line);
  if (calls > MOST_LINES) console.log(`… and ${(calls - MOST_LINES).toLocaleString("en-US")} more; --json has 1,000`);
  console.log(`${calls.toLocaleString("en-US")} calls, ${steps.toLocaleString("en-US")} steps of the core.`);
}

/** Lines of a tree, with branches. */
function treeOf(calls: readonly ShownCall[]): string[] {
  return calls.map(({ level, name }, i) => {
    if (!level) return name;
    const hasNext = (of: number): boolean => {
      const next = calls.slice(i + 1).find((call) => call.level <= of);
      return next?.level === of;
    };
    const bars = Array.from({ length: level - 1 }, (_, above) => (hasNext(above + 1) ? "│ " : "  ")).join("");
    return `${bars}${hasNext(level) ? "├ " : "└ "}${name}`;
  });
}

/** What cannot be read is the caller's mistake, and what the model cannot do is said as it is. */
function asUsage<T>(f: () => T): T {
  try {
    return f();
  } catch (error) {
    const isText = error instanceof SyntaxError || error instanceof RangeError || error instanceof UnsolvedError;
    throw isText ? new UsageError(error.message, { cause: error }) : error;
  }
}

export const neuralProgrammerInterpreter = {
  className: NeuralProgrammerInterpreter.className,
  runHelp: "one of programs adds or sorts what it is given, and prints the tree of its calls",
  ...commands,
  compiled: commands,
} satisfies SystemCommands<NeuralProgrammerInterpreter>;
