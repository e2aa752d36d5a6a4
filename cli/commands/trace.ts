import type { Command } from "commander";
import { Engine } from "../../bindings/index.js";
import { tracePage } from "../../bindings/trace/index.js";
import { expectWritable, readModel, writeWhole } from "../files.js";
import { count, whole } from "../numbers.js";
import { print } from "../output.js";
import { tracedFrom, type TracedFlags } from "../traced.js";

interface Flags extends TracedFlags {
  out?: string;
  json?: boolean;
}

export function addTrace(program: Command): void {
  program
    .command("trace")
    .description("Write a page that shows what a saved model does with one sequence, step by step.")
    .argument("<file>", "a model that `train` or `demo` saved, or `compile` made")
    .argument("[text...]", "a text, for models that copy; without one, an example of the model's task")
    .option("--seed <n>", "another example of the task (default: 1)", whole(0))
    .option("--length <n>", "the length of the example, as the task counts it", whole(1))
    .option("--input <file>", 'rows of inputs as JSON, or { "inputs", "targets", "mask" }; - is stdin')
    .option("--out <file>", "where to write it (default: the model's name with the ending .html)")
    .option("--json", "what was written as one JSON object")
    .action(async (file: string, words: string[], { out = pageOf(file), json = false, ...flags }: Flags) => {
      const { model: saved } = await readModel(file);
      const { model, ...traced } = await tracedFrom(saved, words, flags, file);
      await expectWritable(out);
      const engine = await Engine.create();
      let html: string;
      try {
        html = tracePage(engine, model, traced);
      } finally {
        engine.dispose();
      }
      const bytes = new TextEncoder().encode(html);
      await writeWhole(out, bytes);
      if (json) print({ file: out, bytes: bytes.length, model: model.name, steps: traced.inputs.length });
      else
        console.log(
          `${out}: ${count(traced.inputs.length)} steps, ${count(bytes.length)} bytes. Open it in a browser.`,
        );
    });
}

const pageOf = (file: string): string => `${file.replace(/\.(safetensors|tape)$/, "")}.html`;
