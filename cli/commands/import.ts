import { Option, type Command } from "commander";
import { save } from "../../bindings/full.js";
import { importModel, importSources, type ImportSource } from "../../bindings/import.js";
import { expectWritable, readBytes, writeWhole } from "../files.js";
import { count, given } from "../numbers.js";
import { print } from "../output.js";

interface Flags {
  from?: ImportSource;
  equations?: string;
  out?: string;
  json?: boolean;
}

export function addImport(program: Command): void {
  program
    .command("import")
    .description("Convert a network that another program trained, and save it as a Tapehead model.")
    .argument("<file>", "a safetensors file with the network's tensors")
    .addOption(new Option("--from <source>", "whose it is (default: what its tensors say)").choices(importSources))
    .option(
      "--equations <kind>",
      "by which it was trained, where its tensors do not say: 2017 or 2018 of pytorch-ntm, defaults or key=identity and so on " +
        "of ntm-lasagne",
    )
    .option("--out <file>", "output file (default: the file's name followed by -imported)")
    .option("--json", "print a summary as one JSON object")
    .action(async (file: string, { from, equations, out = importedOf(file), json = false }: Flags) => {
      const asked = { file, ...given({ source: from, equations }) };
      const { model, source, metadata } = importModel(await readBytes(file), asked);
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
