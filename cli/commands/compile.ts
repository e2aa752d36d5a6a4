import { Option, type Command } from "commander";
import { join } from "node:path";
import { compiledDtypes, compileModel, type CompiledDtype } from "../../bindings/compile.js";
import { asUsage, UsageError } from "../errors.js";
import { expectWritable, readCheckpoint, writeWhole } from "../files.js";
import { moduleOf, moduleOption } from "../moduleOption.js";
import { count, given, number, whole } from "../numbers.js";
import { print } from "../output.js";
import { MODEL } from "../worker/source.js";
import { workerKindOf } from "../worker/kinds.js";
import { writeWorker } from "../worker/write.js";

interface Flags {
  module?: string;
  out?: string;
  trace?: string[];
  beam?: number;
  lengthPenalty?: number;
  dtype?: CompiledDtype;
  worker?: string;
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
    .option(
      "--worker <dir>",
      "write a Cloudflare worker with the model instead: for models that `learn` made, or that pronounce",
    )
    .option("--json", "print a summary as one JSON object")
    .action(async (file: string, { module, out: asked, worker, trace = [], json = false, ...search }: Flags) => {
      if (asked !== undefined && worker !== undefined)
        throw new UsageError("There are --out and --worker, and must be one of them: a worker has the model inside");
      const { checkpoint } = await readCheckpoint(file, await moduleOf(module));
      const { model, task, metadata } = checkpoint;
      const kind = worker === undefined ? undefined : workerKindOf(file, checkpoint, search.beam);
      const kept = kind && (await writeWorker(worker!, file, kind));
      const out = worker === undefined ? (asked ?? tapeOf(file)) : join(worker, MODEL);
      await expectWritable(out);
      const texts = { ...metadata, ...(task && { task: JSON.stringify(task) }) };
      const bytes = asUsage(() => compileModel(model, { trace, metadata: texts, ...search, ...kind?.compiled }));
      await writeWhole(out, bytes);
      const { name } = model;
      const summary = { file: out, bytes: bytes.length, model: name, parameterCount: model.parameterCount, trace };
      if (json) print({ ...summary, ...given({ worker }) });
      else console.log(`${out}: ${name}, ${count(model.parameterCount)} parameters, ${count(bytes.length)} bytes`);
      if (!json && kept) sayWorker(worker!, kept);
    });
}

function sayWorker(folder: string, kept: readonly string[]): void {
  if (kept.length) console.log(`Kept as they were: ${kept.map((file) => join(folder, file)).join(", ")}`);
  console.log(`${folder} is a worker: in it, \`npm install\`, and \`npx wrangler dev\` or \`npx wrangler deploy\``);
}

const names = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

const tapeOf = (file: string): string => `${file.replace(/\.safetensors$/, "")}.tape`;
