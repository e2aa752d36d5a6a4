import { Option, type Command } from "commander";
import { save } from "../../bindings/full.js";
import { importModel, importSources, type ImportSource } from "../../bindings/import.js";
import { expectWritable, readBytes, writeWhole } from "../files.js";
import { count } from "../numbers.js";
import { print } from "../output.js";

interface Flags {
  from?: ImportSource;
  out?: string;
  json?: boolean;
}

export function addImport(program: Command): void {
  program
    .command("import")
    .description("Take a network that somebody else's program trained, and save it as one of ours.")
    .argument("<file>", "its tensors, as a safetensors file")
    .addOption(new Option("--from <source>", "whose it is (default: what its tensors say)").choices(importSources))
    .option("--out <file>", "where to write it (default: the file's name with -imported behind it)")
    .option("--json", "what was written as one JSON object")
    .action(async (file: string, { from, out = importedOf(file), json = false }: Flags) => {
      const { model, source, metadata } = importModel(await readBytes(file), { file, ...(from && { source: from }) });
      await expectWritable(out);
      const bytes = save(model, { metadata });
      await writeWhole(out, bytes);
      const { name, options, parameterCount } = model;
      const facts = { file: out, bytes: bytes.length, source, model: name, options, parameterCount, metadata };
      if (json) return print(facts);
      const sizes = `${count(parameterCount)} parameters, ${count(bytes.length)} bytes`;
      console.log(`${out}: ${name} of ${source}, ${sizes}`);
    });
}

const importedOf = (file: string): string => `${file.replace(/\.safetensors$/, "")}-imported.safetensors`;
