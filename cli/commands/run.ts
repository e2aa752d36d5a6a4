import type { Command } from "commander";
import { runnerOf } from "../capabilities.js";
import { UsageError } from "../errors.js";
import { readHeld } from "../files.js";
import { textFrom } from "../input.js";
import { moduleOf, moduleOption } from "../moduleOption.js";
import { given, part, whole } from "../numbers.js";
import { print } from "../output.js";
import { systemCommands } from "../systems/index.js";
import { terminalOf } from "../terminal.js";

interface Flags {
  module?: string;
  piece?: number;
  minConfidence?: number;
  guess?: boolean;
  cells?: number;
  steps?: number;
  discrete?: boolean;
  json?: boolean;
}

/** A line for each kind of model. */
const kinds = (): string =>
  [...systemCommands.flatMap(({ runHelp }) => runHelp ?? []), "any other reads rows of numbers as JSON"]
    .map((does) => `  - ${does}`)
    .join("\n");

export function addRun(program: Command): void {
  program
    .command("run")
    .description("Run a saved model on a text, a file, a table or rows of numbers: whatever it takes.")
    .addHelpText("after", `\nWhat models take and do:\n${kinds()}`)
    .argument("<file>", "a model that `learn`, `train` or `demo` saved, or `compile` made")
    .argument("[text...]", "the text (default: stdin)")
    .addOption(moduleOption())
    .option("--piece <bytes>", "split the text into pieces of at most n bytes (default: 100)", whole(1))
    .option("--min-confidence <part>", "refuse an answer that is less likely right, from 0 to 1", part())
    .option("--guess", "answer all the same where it is not sure, and say so")
    .option("--cells <n>", "cells of a machine's memory (default: as many as in training, or as it needs)", whole(3))
    .option("--steps <n>", "most steps of a machine (default: as many as its task gives it)", whole(1))
    .option("--discrete", "run a machine discretised: whole numbers, and of each choice the most probable")
    .option("--json", "print the result as one JSON object")
    .action(async (file: string, words: string[], { module, json = false, ...flags }: Flags) => {
      const { piece, minConfidence, guess, cells, steps, discrete } = flags;
      const held = await readHeld(file, await moduleOf(module));
      const runner = runnerOf(held);
      if (piece !== undefined && !runner.takesPieces) throw new UsageError("--piece is for models that copy");
      if (minConfidence !== undefined && !runner.takesConfidence)
        throw new UsageError("--min-confidence is for models of texts, which say how sure they are");
      if (guess && !runner.takesGuess)
        throw new UsageError("--guess is for models of texts and of tables, which refuse what they are not sure of");
      for (const [flag, value] of Object.entries({ cells, steps, discrete }))
        if (value !== undefined && !runner.takesMemory)
          throw new UsageError(`--${flag} is for models that work on a memory, such as nram`);
      const shown = await runner.run(await textFrom(words), given(flags), words);
      if (json) print({ file, ...shown.json });
      else shown.say(terminalOf(process.stdout));
    });
}
