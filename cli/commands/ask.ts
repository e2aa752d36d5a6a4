import type { Command } from "commander";
import { programPage } from "../../bindings/trace.js";
import { sayAnswer } from "../asking.js";
import { capabilityOf } from "../capabilities.js";
import { readTable } from "../csv.js";
import { readHeld } from "../files.js";
import { factsOf } from "../held.js";
import { given } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { shipped } from "../shipped.js";

interface Flags {
  model?: string;
  trace?: string;
  json?: boolean;
}

export function addAsk(program: Command): void {
  program
    .command("ask")
    .description("Answer a question about a table, and show the program that the model wrote for it.")
    .argument("<table>", "a CSV file with column names in its first line")
    .argument("<question...>", 'such as "how many cities have a population greater than 1,000,000?"')
    .option(
      "--model <file>",
      "a model that `train --task table` or `--task table-questions` saved (default: the shipped one)",
    )
    .option("--trace <file>", "write a page with the choices of each program step and the rows it selects")
    .option("--json", "print the result as one JSON object")
    .action(async (file: string, words: string[], { model = shipped("table"), trace, json = false }: Flags) => {
      const held = await readHeld(model);
      const ask = capabilityOf(held, "ask");
      const { answer, drawing } = await ask(held, await readTable(file), words.join(" "));
      const about = { model: held.model, source: `asked of ${file}`, facts: factsOf(held) };
      const written = trace === undefined ? undefined : await writePage(trace, () => programPage(drawing(), about));
      if (json) return print({ file, model, ...answer, ...given({ trace: written }) });
      sayAnswer(answer);
      if (written) sayPage(written);
    });
}
