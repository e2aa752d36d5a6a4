import type { Command } from "commander";
import { answersTo } from "../answeredFiles.js";
import { answeredLines } from "../answeredLines.js";
import { capabilityOf } from "../capabilities.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { readHeld } from "../files.js";
import { given, part } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { shipped } from "../shipped.js";
import type { FileAnswerer } from "../systems/commands.js";
import { terminalOf } from "../terminal.js";

/** A command that answers files of one kind. */
interface Sense {
  /** Its name, and that of the capability. */
  readonly command: "listen" | "describe";
  readonly description: string;
  readonly files: string;
  /** What a model is called that can. */
  readonly system: string;
  readonly model: () => string;
  /** A file, in a word. */
  readonly unit: string;
  /** What it did there. */
  readonly attended: string;
}

const senses: readonly Sense[] = [
  {
    command: "listen",
    description:
      "Write what is said in WAV files: with the shipped model, English digits, one or several with short pauses. What it is not sure of is refused.",
    files: "WAV files: 8 to 32 bits or floats, any sample rate and number of channels, up to 30 s",
    system: "las",
    model: () => shipped("digits"),
    unit: "recording",
    attended: "listened",
  },
  {
    command: "describe",
    description:
      "Tell what is in pictures: with the shipped model, handwritten digits, in the order of reading. What it is not sure of is refused.",
    files: "PNG or JPEG files of any size, scaled to what the model has learned",
    system: "sat",
    model: () => shipped("looking"),
    unit: "picture",
    attended: "looked",
  },
];

interface Flags {
  readonly model?: string;
  readonly minConfidence?: number;
  readonly guess?: boolean;
  readonly trace?: string;
  readonly json?: boolean;
}

/** Commands that answer recordings and pictures. */
export function addSenses(program: Command): void {
  for (const { command, description, files: what, system, model: own, unit, attended } of senses) {
    program
      .command(command)
      .description(description)
      .argument("<file...>", what)
      .option("--model <file>", `a model that \`train ${system}\` saved (default: the shipped one)`)
      .option("--min-confidence <part>", "refuse an answer that is less likely right, from 0 to 1", part())
      .option("--guess", "answer all the same where it is not sure, and say so")
      .option("--trace <file>", `write a page of where the model ${attended}, of one file`)
      .option("--json", "print the result as one JSON object")
      .action(async (files: string[], flags: Flags) => {
        const { model = own(), minConfidence, guess, trace, json = false } = flags;
        if (trace !== undefined && files.length > 1)
          throw new UsageError(`--trace draws one ${unit}, and there are ${files.length}`);
        const held = await readHeld(model);
        const answerer: FileAnswerer<unknown> = capabilityOf(held, command)(held);
        const answers = await answersTo(answerer, files, minConfidence);
        const { draw } = trace === undefined ? {} : await capabilityOf(held, "trace")(held, files, {});
        const written = draw && (await writePage(trace!, () => withEngine(draw)));
        const shown = answeredLines(answers, given({ guess }));
        if (json) return print({ model, ...shown.json, ...given({ trace: written }) });
        shown.say(terminalOf(process.stdout));
        if (written) sayPage(written);
      });
  }
}
