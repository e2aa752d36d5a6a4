import type { Command } from "commander";
import { runnerOf } from "../capabilities.js";
import { UsageError } from "../errors.js";
import { readHeld } from "../files.js";
import { textFrom } from "../input.js";
import { moduleOf, moduleOption } from "../moduleOption.js";
import { given, whole } from "../numbers.js";
import { print } from "../output.js";
import { terminalOf } from "../terminal.js";

interface Flags {
  module?: string;
  piece?: number;
  json?: boolean;
}

export function addRun(program: Command): void {
  program
    .command("run")
    .description(
      "Run a saved model on a text. A model for copy copies it and draws the heads' weights; one for text predicts each " +
        "character and draws its ponder steps; one for arithmetic writes a program for the expression and runs it.",
    )
    .argument("<file>", "a model that `train` or `demo` saved, or `compile` made")
    .argument("[text...]", "the text (default: stdin)")
    .addOption(moduleOption())
    .option("--piece <bytes>", "split the text into pieces of at most n bytes (default: 100)", whole(1))
    .option("--json", "print the result as one JSON object")
    .action(async (file: string, words: string[], { module, piece, json = false }: Flags) => {
      const held = await readHeld(file, await moduleOf(module));
      const runner = runnerOf(held);
      if (piece !== undefined && !runner.takesPieces) throw new UsageError("--piece is for models that copy");
      const shown = await runner.run(await textFrom(words), given({ piece }));
      if (json) print({ file, ...shown.json });
      else shown.say(terminalOf(process.stdout));
    });
}
