import type { Command } from "commander";
import { computeText, sayComputed } from "../computing.js";
import { copiedJSON, copyText, sayCopied } from "../copying.js";
import { UsageError } from "../errors.js";
import { readModel } from "../files.js";
import { textFrom } from "../input.js";
import { whole } from "../numbers.js";
import { print } from "../output.js";
import { readText, sayRead } from "../reading.js";
import { subjectOf } from "../subject.js";
import { terminalOf } from "../terminal.js";

interface Flags {
  piece?: number;
  json?: boolean;
}

export function addRun(program: Command): void {
  program
    .command("run")
    .description(
      "Let a saved model do its work on a text: one for copy copies it and draws where its heads were; one for text " +
        "reads it, and draws how long it pondered on each character; one for arithmetic writes a program and runs it.",
    )
    .argument("<file>", "a model that `train` or `demo` saved, or `compile` made")
    .argument("[text...]", "the text; without one, what comes in on stdin")
    .option("--piece <bytes>", "cut longer texts into pieces of at most so many bytes (default: 100)", whole(1))
    .option("--json", "everything as one JSON object")
    .action(async (file: string, words: string[], { piece, json = false }: Flags) => {
      const { model } = await readModel(file);
      if (subjectOf(model).task?.name === "text") {
        if (piece !== undefined) throw new UsageError("--piece is for models that copy");
        const read = await readText(model, await textFrom(words), { file });
        if (json) print({ file, ...read });
        else sayRead(read, terminalOf(process.stdout));
        return;
      }
      if (subjectOf(model).task?.name === "arithmetic") {
        if (piece !== undefined) throw new UsageError("--piece is for models that copy");
        const expression = new TextDecoder().decode(await textFrom(words));
        const program = await computeText(model, expression, { file });
        if (json) print({ file, expression, ...program });
        else sayComputed(expression, program);
        return;
      }
      const copied = await copyText(model, await textFrom(words), { file, piece });
      if (json) print({ file, ...copiedJSON(copied) });
      else sayCopied(copied, terminalOf(process.stdout));
    });
}
