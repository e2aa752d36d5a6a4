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

export function addListen(program: Command): void {
  program
    .command("listen")
    .description(
      "Write what is said in WAV files: with the shipped model, English digits, one or several with short pauses. What it is not sure of is refused.",
    )
    .argument("<file...>", "WAV files: 8 to 32 bits or floats, any sample rate and number of channels, up to 30 s")
    .option("--model <file>", "a model that `train las` saved (default: the shipped one)")
    .option("--min-confidence <part>", "refuse an answer that is less likely right, from 0 to 1", part())
    .option("--guess", "answer all the same where it is not sure, and say so")
    .option("--trace <file>", "write a page of where the model listened, of one file")
    .option("--json", "print the result as one JSON object")
    .action(async (files: string[], flags: Flags) => {
      const { model = shipped("digits"), minConfidence, guess, trace, json = false } = flags;
      if (trace !== undefined && files.length > 1)
        throw new UsageError(`--trace draws one recording, and there are ${files.length}`);
      const held = await readHeld(model);
      const listener = capabilityOf(held, "listen")(held);
      const heard = await Promise.all(files.map((file) => listener.heardIn(file)));
      const answers = await withEngine((engine) => listener.heardBy(engine, heard, minConfidence));
      const { draw } = trace === undefined ? {} : await capabilityOf(held, "trace")(held, files, {});
      const written = draw && (await writePage(trace!, () => withEngine(draw)));
      const shown = answeredLines(answers, given({ guess }));
      if (json) return print({ model, ...shown.json, ...given({ trace: written }) });
      shown.say(terminalOf(process.stdout));
      if (written) sayPage(written);
    });
}
