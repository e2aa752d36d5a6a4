import type { Command } from "commander";
import { capabilityOf } from "../capabilities.js";
import { withEngine } from "../engine.js";
import { readHeld } from "../files.js";
import { moduleOf, moduleOption } from "../moduleOption.js";
import { plural, whole } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import type { TraceFlags } from "../systems/commands.js";

interface Flags extends TraceFlags {
  module?: string;
  out?: string;
  json?: boolean;
}

export function addTrace(program: Command): void {
  program
    .command("trace")
    .description(
      "Write a page that shows a saved model on one sequence, step by step: heads, memory, attention or program.",
    )
    .argument("<file>", "a model that `train` or `demo` saved, or `compile` made")
    .argument("[text...]", "a text, for models that read one (default: an example of the model's task)")
    .addOption(moduleOption())
    .option("--seed <n>", "seed of the example (default: 1)", whole(0))
    .option("--length <n>", "length of the example, in the task's units", whole(1))
    .option("--input <file>", 'rows of inputs as JSON, or { "inputs", "targets", "mask" }; - is stdin')
    .option("--beam <n>", "beam width, for models with attention (default: 1)", whole(1))
    .option("--out <file>", "output file (default: the model's name with the ending .html)")
    .option("--json", "print a summary as one JSON object")
    .action(async (file: string, words: string[], { module, out = pageOf(file), json = false, ...flags }: Flags) => {
      const held = await readHeld(file, await moduleOf(module));
      const { read, draw } = await capabilityOf(held, "trace")(held, words, flags);
      const written = await writePage(out, () => withEngine(draw));
      const [unit, size] = read;
      if (json) print({ ...written, model: held.model.name, [`${unit}s`]: size });
      else sayPage(written, plural(size, unit));
    });
}

const pageOf = (file: string): string => `${file.replace(/\.(safetensors|tape)$/, "")}.html`;
