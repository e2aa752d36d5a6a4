import type { Command } from "commander";
import { answeredLines } from "../answeredLines.js";
import { capabilityOf } from "../capabilities.js";
import { withEngine } from "../engine.js";
import { readHeld } from "../files.js";
import { given, part } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { UsageError } from "../errors.js";
import { shipped } from "../shipped.js";
import { terminalOf } from "../terminal.js";

interface Flags {
  readonly model?: string;
  readonly minConfidence?: number;
  readonly guess?: boolean;
  readonly trace?: string;
  readonly json?: boolean;
}

export function addDescribe(program: Command): void {
  program
    .command("describe")
    .description(
      "Tell what is in pictures: with the shipped model, handwritten digits, in the order of reading. What it is not sure of is refused.",
    )
    .argument("<file...>", "PNG or JPEG files of any size, scaled to what the model has learned")
    .option("--model <file>", "a model that `train sat` saved (default: the shipped one)")
    .option("--min-confidence <part>", "refuse an answer that is less likely right, from 0 to 1", part())
    .option("--guess", "answer all the same where it is not sure, and say so")
    .option("--trace <file>", "write a page of where the model looked, of one file")
    .option("--json", "print the result as one JSON object")
    .action(async (files: string[], flags: Flags) => {
      const { model = shipped("looking"), minConfidence, guess, trace, json = false } = flags;
      if (trace !== undefined && files.length > 1)
        throw new UsageError(`--trace draws one picture, and there are ${files.length}`);
      const held = await readHeld(model);
      const viewer = capabilityOf(held, "describe")(held);
      const seen = await Promise.all(files.map((file) => viewer.seenIn(file)));
      const answers = await withEngine((engine) => viewer.seenBy(engine, seen, minConfidence));
      const { draw } = trace === undefined ? {} : await capabilityOf(held, "trace")(held, files, {});
      const written = draw && (await writePage(trace!, () => withEngine(draw)));
      const shown = answeredLines(answers, given({ guess }));
      if (json) return print({ model, ...shown.json, ...given({ trace: written }) });
      shown.say(terminalOf(process.stdout));
      if (written) sayPage(written);
    });
}
