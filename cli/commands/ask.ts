import type { Command } from "commander";
import { answerAbout, sayAnswer } from "../asking.js";
import { shipped } from "../transducing.js";
import { readTable } from "../csv.js";
import { readCheckpoint } from "../files.js";
import { print } from "../output.js";

interface Flags {
  model?: string;
  json?: boolean;
}

export function addAsk(program: Command): void {
  program
    .command("ask")
    .description("Answer a question about a table with the program that a model writes for it, and show the program.")
    .argument("<table>", "a CSV file, whose first line names its columns")
    .argument("<question...>", 'such as "how many cities have a population greater than 1,000,000?"')
    .option(
      "--model <file>",
      "a model that `train --task table` or `--task table-questions` saved (default: the one that comes with this)",
    )
    .option("--json", "everything as one JSON object")
    .action(async (file: string, words: string[], { model = shipped("table"), json = false }: Flags) => {
      const { checkpoint } = await readCheckpoint(model);
      const answer = await answerAbout(await readTable(file), words.join(" "), checkpoint, model);
      if (json) print({ file, model, ...answer });
      else sayAnswer(answer);
    });
}
