import type { Command } from "commander";
import { copiedJSON, copyText, sayCopied } from "../copying.js";
import { readModel } from "../files.js";
import { textFrom } from "../input.js";
import { whole } from "../numbers.js";
import { print } from "../output.js";
import { terminalOf } from "../terminal.js";

interface Flags {
  piece?: number;
  json?: boolean;
}

export function addRun(program: Command): void {
  program
    .command("run")
    .description("Let a saved model copy a text, bit by bit, and draw where its heads wrote and read.")
    .argument("<file>", "a model that `train` or `demo` saved, or `compile` made")
    .argument("[text...]", "the text; without one, what comes in on stdin")
    .option("--piece <bytes>", "cut longer texts into pieces of at most so many bytes (default: 100)", whole(1))
    .option("--json", "everything as one JSON object")
    .action(async (file: string, words: string[], { piece, json = false }: Flags) => {
      const { model } = await readModel(file);
      const copied = await copyText(model, await textFrom(words), { file, piece });
      if (json) print({ file, ...copiedJSON(copied) });
      else sayCopied(copied, terminalOf(process.stdout));
    });
}
