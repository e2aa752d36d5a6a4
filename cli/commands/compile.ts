import type { Command } from "commander";
import { RecurrentModel } from "../../bindings/core.js";
import { compileModel } from "../../bindings/compile.js";
import { asUsage, UsageError } from "../errors.js";
import { expectWritable, readCheckpoint, writeWhole } from "../files.js";
import { moduleOf, moduleOption } from "../moduleOption.js";
import { count } from "../numbers.js";
import { print } from "../output.js";

interface Flags {
  module?: string;
  out?: string;
  trace?: string[];
  json?: boolean;
}

export function addCompile(program: Command): void {
  program
    .command("compile")
    .description(
      "Compile a saved model to one file of programs and weights, which tapehead/run runs without the rest of the library.",
    )
    .argument("<file>", "a saved model")
    .addOption(moduleOption())
    .option("--out <file>", "output file (default: the file's name with the ending .tape)")
    .option("--trace <names>", "activations that runs may capture, separated by commas", names)
    .option("--json", "print a summary as one JSON object")
    .action(async (file: string, { module, out = tapeOf(file), trace = [], json = false }: Flags) => {
      const { checkpoint } = await readCheckpoint(file, await moduleOf(module));
      const { model, task, metadata } = checkpoint;
      if (!(model instanceof RecurrentModel))
        throw new UsageError(`${file} holds an ${model.name}, which cannot be compiled`);
      await expectWritable(out);
      const texts = { ...metadata, ...(task && { task: JSON.stringify(task) }) };
      const bytes = asUsage(() => compileModel(model, { trace, metadata: texts }));
      await writeWhole(out, bytes);
      const { name } = model;
      if (json) print({ file: out, bytes: bytes.length, model: name, parameterCount: model.parameterCount, trace });
      else console.log(`${out}: ${name}, ${count(model.parameterCount)} parameters, ${count(bytes.length)} bytes`);
    });
}

const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

const tapeOf = (file: string): string => `${file.replace(/\.safetensors$/, "")}.tape`;
