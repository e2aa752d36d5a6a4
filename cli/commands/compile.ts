import { Option, type Command } from "commander";
import { compiledDtypes, compileModel, type CompiledDtype } from "../../bindings/compile.js";
import { asUsage } from "../errors.js";
import { expectWritable, readCheckpoint, writeWhole } from "../files.js";
import { moduleOf, moduleOption } from "../moduleOption.js";
import { count, number, whole } from "../numbers.js";
import { print } from "../output.js";

interface Flags {
  module?: string;
  out?: string;
  trace?: string[];
  beam?: number;
  lengthPenalty?: number;
  dtype?: CompiledDtype;
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
    .option("--beam <n>", "also beam search of this width, of a model that decodes", whole(1))
    .option("--length-penalty <x>", "α of score / length^α, which orders beams (default: 1)", number({ orZero: true }))
    .addOption(
      new Option(
        "--dtype <type>",
        "how weights are stored: f16 takes half the bytes, int8 a quarter (default: f32)",
      ).choices(compiledDtypes),
    )
    .option("--json", "print a summary as one JSON object")
    .action(async (file: string, { module, out = tapeOf(file), trace = [], json = false, ...search }: Flags) => {
      const { checkpoint } = await readCheckpoint(file, await moduleOf(module));
      const { model, task, metadata } = checkpoint;
      await expectWritable(out);
      const texts = { ...metadata, ...(task && { task: JSON.stringify(task) }) };
      const bytes = asUsage(() => compileModel(model, { trace, metadata: texts, ...search }));
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
