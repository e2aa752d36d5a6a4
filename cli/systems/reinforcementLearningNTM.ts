import {
  parseTape,
  ReinforcementLearningNTM,
  tapePage,
  textOf,
  type TapeRun,
  type TapeStep,
} from "../../bindings/models.js";
import { tapeTask, type TapeTaskOptions } from "../../bindings/tasks.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { plural } from "../numbers.js";
import type { Page, Runner, SystemCommands, TraceFlags } from "./commands.js";

export const reinforcementLearningNTM = {
  className: ReinforcementLearningNTM.className,
  runHelp: "one with tapes rewrites what stands on them, and says where its heads are",
  run: runner,
  trace: pageOf,
} satisfies SystemCommands<ReinforcementLearningNTM>;

const TASK = "tape";

function runner(held: Held<ReinforcementLearningNTM>): Runner {
  const task = taskOf(held);
  return {
    async run(bytes) {
      const text = new TextDecoder().decode(bytes);
      const { input, target } = understood(() => parseTape(text, task));
      const [run] = await withEngine((engine) => held.model.run(engine, [input], { trace: true }));
      const written = (symbols: readonly number[]): string => textOf(symbols, task.symbols);
      const wanted = written(target.slice(0, -1));
      const said = { input: written(input), output: written(run!.symbols), ended: run!.ended, expected: wanted };
      const steps = run!.steps!.map(({ positions, moves, put }) => ({ positions, moves, put }));
      return { json: { ...said, steps }, say: () => say(said, run!, input, task) };
    },
  };
}

interface Said {
  readonly input: string;
  readonly output: string;
  readonly ended: boolean;
  readonly expected: string;
}

function say({ input, output, ended, expected }: Said, { steps }: TapeRun, cells: readonly number[], task: Task): void {
  const names = Object.keys(steps![0]!.positions) as (keyof TapeStep["positions"])[];
  console.log(["step", ...names.map((name) => `${name} head`)].join("   "));
  steps!.forEach((step, t) => {
    const places = names.map((name) => placeOf(step, name, cells, task).padEnd(`${name} head`.length));
    console.log(`${String(t + 1).padStart(4)}   ${places.join("   ")}`.trimEnd());
  });
  console.log(`${input} → ${output || "nothing"}, in ${plural(steps!.length, "step")}.`);
  if (!ended) console.log("The machine came to no end, so this is no answer.");
  if (output !== expected) console.log(`The model is wrong: it is ${expected}.`);
}

/** A head's cell, its move, and what it sees or puts out. */
function placeOf(
  { positions, moves, put }: TapeStep,
  name: keyof TapeStep["positions"],
  cells: readonly number[],
  { symbols }: Task,
): string {
  const written = (symbol: number): string => (symbol ? textOf([symbol], symbols) : "·");
  const at = positions[name]! + 1;
  if (name === "output") return put === null ? `${at}` : `${at} ${put ? written(put) : "end"}`;
  const arrow = ["←", "·", "→"][moves[name]! + 1]!;
  return name === "input" ? `${at} ${written(cells[at - 1] ?? 0)} ${arrow}` : `${at} ${arrow}`;
}

type Task = Required<TapeTaskOptions>;

/** @throws UsageError unless the file says what its machine was trained for. */
function taskOf({ file, task }: Held<ReinforcementLearningNTM>): Task {
  if (task?.name === TASK) return tapeTask(task.options).options as Task;
  throw new UsageError(`${file} does not say what its machine does with a tape; train it on the task ${TASK}`);
}

/** What cannot be read is the caller's mistake. */
function understood<T>(f: () => T): T {
  try {
    return f();
  } catch (error) {
    const isText = error instanceof SyntaxError || error instanceof RangeError;
    throw isText ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** @throws UsageError unless there is a tape to draw. */
function pageOf(held: Held<ReinforcementLearningNTM>, words: readonly string[], flags: TraceFlags): Page {
  const task = taskOf(held);
  const given = Object.keys(flags).filter((flag) => flags[flag as keyof TraceFlags] !== undefined);
  if (given.length) throw new UsageError(`${held.file} reads a tape: write it instead of --${given[0]}`);
  const text = words.join(" ");
  const { input } = understood(() => parseTape(text, task));
  return {
    read: ["symbol", input.length],
    draw: (engine) => understood(() => tapePage(engine, held.model, text, { task, facts: factsOf(held) })),
  };
}
