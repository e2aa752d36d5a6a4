import type { Engine } from "../../bindings/full.js";
import {
  circuitText,
  machinePage,
  NeuralRandomAccessMachine,
  type MachineResult,
  type MachineStep,
} from "../../bindings/models.js";
import {
  drawMemories,
  leastCells,
  memoryExampleOf,
  type MemoryExample,
  type RamAlgorithm,
  type RamTask,
} from "../../bindings/tasks.js";
import { withEngine } from "../engine.js";
import { asUsage, UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { given, percent, plural } from "../numbers.js";
import { tasks } from "../tasks.js";
import type { Page, RunFlags, Runner, SystemCommands, TraceFlags } from "./commands.js";

type Machine = Held<NeuralRandomAccessMachine>;

export const neuralRandomAccessMachine = {
  className: NeuralRandomAccessMachine.className,
  runHelp: "a random-access machine takes a memory, whole numbers, and prints what becomes of it and its circuits",
  run: running,
  trace: pageOfMemory,
} satisfies SystemCommands<NeuralRandomAccessMachine>;

/** A memory to run, what is known of it, and the steps that there are for it. */
interface Asked {
  readonly memory: readonly number[];
  readonly algorithm?: RamAlgorithm;
  readonly required?: ReadonlyMap<number, number>;
  readonly steps?: number;
}

/** Run over a memory, as a person types it: numbers with blanks or commas between them. */
function running(held: Machine): Runner {
  return {
    takesMemory: true,
    async run(bytes, flags) {
      const asked = askedOf(held, new TextDecoder().decode(bytes), flags);
      const { discrete = false } = flags;
      const { memory, steps } = asked;
      const result = await withEngine((engine) =>
        asUsage(() => held.model.run(engine, [memory], { discrete, trace: true, ...given({ steps }) })[0]!),
      );
      const wrong = wrongCells(asked, result);
      return {
        json: {
          ...given({ algorithm: asked.algorithm }),
          discrete,
          before: memory,
          after: result.memory,
          probabilities: result.probabilities,
          ...(wrong && { wrong }),
          steps: result.steps,
          trace: result.trace!.map((step) => ({ ...step, text: circuitText(step.circuit) })),
        },
        say: () => sayRun(asked, result, discrete),
      };
    },
  };
}

/** @throws UsageError when a text is no memory, or none that the model learned to work on. */
function askedOf({ task }: Machine, text: string, { cells, steps }: Pick<RunFlags, "cells" | "steps">): Asked {
  const typed = numbersIn(text);
  const most = Math.max(...typed);
  const options = task?.options as { readonly algorithm?: RamAlgorithm; readonly cells?: number } | undefined;
  const algorithm = options?.algorithm;
  const needed = Math.max(algorithm ? leastCells(algorithm, typed) : typed.length, 3);
  const m = cells ?? Math.max(options?.cells ?? 0, needed);
  if (typed.length > m) {
    throw new UsageError(
      `There are ${plural(typed.length, "number")}, and ${plural(m, "cell")}: give it --cells ${needed}`,
    );
  }
  if (most >= m) {
    throw new UsageError(
      `The memory has the number ${most}, and of ${plural(m, "cell")} each holds a number from 0 to ${m - 1}: give it --cells ${most + 1} or more`,
    );
  }
  const memory = Array.from({ length: m }, (_, i) => typed[i] ?? 0);
  if (!algorithm) return { memory, ...given({ steps }) };
  const example = asUsage(() => memoryExampleOf(algorithm, memory));
  return { memory, algorithm, required: example.required, steps: steps ?? example.steps };
}

/** @throws UsageError unless a text is whole numbers. */
function numbersIn(text: string): number[] {
  const words = text.split(/[\s,;[\]]+/).filter(Boolean);
  if (!words.length) {
    throw new UsageError("The memory is empty, and must be whole numbers from cell 0 on, such as 1 11 3 8 0");
  }
  return words.map((word, i) => {
    if (/^\d{1,9}$/.test(word)) return Number(word);
    throw new UsageError(`Number ${i + 1} of the memory is "${word}", and must be a whole number from 0 up`);
  });
}

function wrongCells({ required }: Asked, { memory }: MachineResult): number[] | undefined {
  return required && [...required].filter(([cell, value]) => memory[cell] !== value).map(([cell]) => cell);
}

function sayRun(asked: Asked, result: MachineResult, discrete: boolean): void {
  const { memory, algorithm, required } = asked;
  const steps = result.trace!;
  const width = Math.max(
    ...[...memory, ...result.memory].map((value) => String(value).length),
    String(memory.length - 1).length,
  );
  const row = (values: readonly number[]): string => values.map((value) => String(value).padStart(width)).join(" ");
  console.log(`cell    ${row(memory.map((_, cell) => cell))}`);
  console.log(`before  ${row(memory)}`);
  console.log(`after   ${row(result.memory)}`);
  const least = Math.min(...result.probabilities);
  if (!discrete && least < 0.9) {
    const cell = result.probabilities.indexOf(least);
    console.log(`Not sure of every cell: least of cell ${cell}, with ${percent(least)}.`);
  }
  const wrong = wrongCells(asked, result);
  if (wrong?.length) {
    const all = wrong.map((cell) => `cell ${cell} must be ${required!.get(cell)}`);
    console.log(`Wrong for ${algorithm}: ${all.join(", ")}.`);
  } else if (wrong) console.log(`Right for ${algorithm}.`);
  console.log(
    `${plural(steps.length, "step")}, ${discrete ? "discretised" : "of each circuit the most probable wires"}:`,
  );
  steps.forEach((step, t) => console.log(stepText(step, t)));
}

/** A step's circuit in a line, and registers behind it. */
function stepText({ circuit, registers }: MachineStep, t: number): string {
  const held = registers.map((value, i) => `r${i + 1} = ${value}`).join(", ");
  return `${String(t + 1).padStart(4)}  ${circuitText(circuit)}  → ${held}`;
}

/**
 * Page of a memory, or of one that the model's task draws.
 * @throws UsageError when there are inputs, or the file names no task and there is no memory.
 */
function pageOfMemory(held: Machine, words: readonly string[], flags: TraceFlags): Page {
  const { file, model, task } = held;
  for (const flag of ["input", "beam"] as const) {
    if (flags[flag] === undefined) continue;
    throw new UsageError(`${file} holds a machine: give it a memory, or --seed and --length, instead of --${flag}`);
  }
  const asked: Asked = words.length ? askedOf(held, words.join(" "), {}) : drawn(held, flags);
  const { memory, algorithm, required, steps } = asked;
  return {
    read: ["step", steps ?? 2 * memory.length],
    draw: (engine: Engine) =>
      asUsage(() => {
        const [result] = model.run(engine, [memory], { trace: true, ...given({ steps }) });
        const name = algorithm ?? task?.name;
        return machinePage(
          { memory, result: result!, ...(required && { required }) },
          { model, facts: factsOf(held), ...(name && { task: name }) },
        );
      }),
  };
}

function drawn({ file, task }: Machine, { seed = 1, length }: TraceFlags): MemoryExample & Asked {
  const entry = task && tasks[task.name];
  if (!entry) throw new UsageError(`${file} names no task whose examples this program draws: give it a memory`);
  const made = entry.create(task.options) as unknown as RamTask;
  const [example] = asUsage(() => drawMemories(made, { count: 1, seed, ...given({ length }) }));
  return { ...example!, algorithm: made.algorithm };
}
