import { addBinary, additionPage, NeuralGPU, parseBinarySum, type BinaryAnswer } from "../../bindings/models.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { rowInWords, rowsRunner } from "../rowsRunning.js";
import type { Page, Runner, SystemCommands, TraceFlags } from "./commands.js";

export const neuralGPU = {
  className: NeuralGPU.className,
  run: (held) => {
    if (held.task?.name !== TASK) return rearranging(held);
    return {
      async run(text) {
        const sum = new TextDecoder().decode(text);
        const answer = await withEngine((engine) => asUsage(() => addBinary(engine, held.model, sum)));
        return { json: answer, say: () => sayAnswer(answer) };
      },
    };
  },
  trace: pageOfSum,
} satisfies SystemCommands<NeuralGPU>;

const TASK = "binary-addition";

/** Run over a sequence of symbols, each a number: what becomes of it. */
function rearranging(held: Held<NeuralGPU>): Runner {
  const most = held.model.options.symbols - 1;
  return rowsRunner(held, {
    wanted: `a row of symbols from 0 to ${most}, such as [[1,${Math.min(2, most)},1]],`,
    run(engine, rows) {
      const symbols = held.model.run(engine, rows).map((each) => Array.from(each.symbols));
      return { json: { symbols }, say: () => symbols.forEach((row) => console.log(rowInWords(row))) };
    },
  });
}

function sayAnswer({ text, answer, sum }: BinaryAnswer): void {
  console.log(`${text} = ${answer}`);
  if (answer !== sum) console.log(`The model is wrong: it is ${sum}.`);
}

/** @throws UsageError unless the model adds binary numbers, and there is a sum. */
function pageOfSum(held: Held<NeuralGPU>, words: readonly string[], flags: TraceFlags): Page {
  const { file, model, task } = held;
  if (task?.name !== TASK) throw new UsageError(`${file} holds a model that adds no numbers, and only sums are drawn`);
  const given = Object.keys(flags).filter((flag) => flags[flag as keyof TraceFlags] !== undefined);
  if (given.length) throw new UsageError(`${file} holds a model that adds: give it a sum instead of --${given[0]}`);
  const text = words.join(" ");
  const steps = asUsage(() => 2 * Math.max(...parseBinarySum(text).operands.map(({ length }) => length)) + 1);
  return {
    read: ["symbol", steps],
    draw: (engine) => asUsage(() => additionPage(engine, model, text, { task: task.name, facts: factsOf(held) })),
  };
}

/** What cannot be read is the caller's mistake. */
function asUsage<T>(f: () => T): T {
  try {
    return f();
  } catch (error) {
    const isText = error instanceof SyntaxError || error instanceof RangeError;
    throw isText ? new UsageError(error.message, { cause: error }) : error;
  }
}
