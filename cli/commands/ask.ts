import { Option, type Command } from "commander";
import { decimalMarks } from "../../bindings/questions.js";
import { programPage } from "../../bindings/trace.js";
import { sayAnswer, type AskFlags } from "../asking.js";
import { capabilityOf } from "../capabilities.js";
import { readTable } from "../csv.js";
import { readHeld } from "../files.js";
import { factsOf } from "../facts.js";
import { given } from "../numbers.js";
import { print } from "../output.js";
import { sayPage, writePage } from "../page.js";
import { shipped } from "../shipped.js";

interface Flags extends AskFlags {
  model?: string;
  trace?: string;
  json?: boolean;
}

export function addAsk(program: Command): void {
  program
    .command("ask")
    .description(
      "Answer a question about a table, and show the program that the model wrote for it. A question with a word that has no place in the program is refused.",
    )
    .argument(
      "<table>",
      "a file of cells between commas, semicolons, tabs or bars, with column names in its first line",
    )
    .argument("<question...>", 'such as "how many cities have a population greater than 1,000,000?"')
    .option(
      "--model <file>",
      "a model that `train --task table` or `--task table-questions` saved (default: the shipped one)",
    )
    .option("--trace <file>", "write a page with the choices of each program step and the rows it selects")
    .option("--guess", "answer also where words have to be left out, and say which")
    .addOption(
      new Option("--decimal <mark>", "what begins a number's fraction, where a column's cells do not tell").choices(
        decimalMarks,
      ),
    )
    .option("--json", "print the result as one JSON object")
    .action(
      async (file: string, words: string[], { model = shipped("table"), trace, json = false, ...flags }: Flags) => {
        const held = await readHeld(model);
        const ask = capabilityOf(held, "ask");
        const { answer, drawing } = await ask(held, await readTable(file), words.join(" "), flags);
        const about = { model: held.model, source: `asked of ${file}`, facts: factsOf(held) };
        const written = trace === undefined ? undefined : await writePage(trace, () => programPage(drawing(), about));
        if (json) return print({ file, model, ...answer, ...given({ trace: written }) });
        sayAnswer(answer);
        if (written) sayPage(written);
      },
    );
}
