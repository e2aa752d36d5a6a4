import { Option, type Command } from "commander";
import { basename } from "node:path";
import { ExitCode } from "../errors.js";
import { runLearning } from "../learning.js";
import { sayReport } from "../learnReport.js";
import { count, given, part, whole } from "../numbers.js";
import { print } from "../output.js";
import { readPairs } from "../pairFiles.js";
import { columnsOf, type Columns } from "../textPairs.js";
import type { Reading } from "../../bindings/learn.js";

interface Flags extends Columns {
  out?: string;
  source?: Reading;
  target?: Reading;
  heldOut?: string;
  precision?: number;
  seed?: number;
  steps?: number;
  hidden?: number;
  threads?: number;
  restart?: boolean;
  json?: boolean;
}

const readings: readonly Reading[] = ["characters", "words", "subwords", "symbols"];

export function addLearn(program: Command): void {
  program
    .command("learn")
    .description(
      "Learn to turn texts into texts from pairs of them, and save a model that answers, or refuses where it is not sure. " +
        "Ctrl-C stops and saves; the same command again goes on.",
    )
    .argument(
      "<pairs>",
      "file of pairs, a line each with a tab, or CSV; it may be gzipped; - is stdin. An empty target says that the source is " +
        "to be refused",
    )
    .option("--out <file>", "output file (default: the name of the pairs with the ending .safetensors)")
    .addOption(
      new Option("--source <kind>", "what sources are made of (default: what they look like)").choices(readings),
    )
    .addOption(
      new Option("--target <kind>", "what targets are made of (default: what they look like)").choices(readings),
    )
    .option(
      "--columns <two>",
      "source and target of a file with more columns: names or numbers, with a comma",
      columnsOf,
    )
    .option("--header", "the first line has the names of the columns (default: where it looks as if it had)")
    .option("--no-header", "the first line is a pair")
    .option("--held-out <file>", "pairs to report on, none of which is learned (default: a tenth of the sources)")
    .option("--precision <part>", "part of the accepted answers that is to be right (default: 0.99)", part())
    .option("--seed <n>", "seed of the split, the parameters and the training (default: 1)", whole(0))
    .option("--steps <n>", "most training steps (default: by the number of pairs)", whole(1))
    .option("--hidden <n>", "units of a layer (default: by the number of pairs)", whole(2))
    .option("--threads <n>", "threads; any number gives the same bits (default: one per core)", whole(1))
    .option("--restart", "begin anew, also where a run was stopped")
    .option("--json", "one JSON object per line")
    .action(async (from: string, flags: Flags) => {
      const { out = modelOf(from), columns, header, heldOut: test, restart = false, json = false } = flags;
      const { pairs, header: names } = await readPairs(from, { columns, header });
      const heldOut = test === undefined ? undefined : (await readPairs(test, { columns, header })).pairs;
      if (!json) {
        const skipped = names ? `, behind a line of names: ${names.map((name) => name.trim()).join(", ")}` : "";
        console.log(`${from === "-" ? "stdin" : from}: ${count(pairs.length)} pairs${skipped}`);
      }
      const { source, target, precision, seed, steps, hidden: hiddenSize, threads } = flags;
      const options = given({ source, target, heldOut, precision, seed, steps, hiddenSize });
      const outcome = await runLearning({ pairs, options, threads, file: out, restart, json });
      const { learned, seconds, interrupted } = outcome;
      const { report, calibration = null } = learned;
      if (json)
        print({
          event: "end",
          reason: interrupted ? "interrupted" : "learned",
          seconds,
          file: out,
          report,
          calibration,
        });
      else sayReport(outcome, out);
      if (!interrupted) return;
      if (!json) console.log("Go on with the same command");
      process.exitCode = ExitCode.interrupted;
    });
}

/** words.safetensors for words.tsv.gz. */
const modelOf = (file: string): string =>
  file === "-" ? "learned.safetensors" : `${basename(file).replace(/(\.(tsv|csv|txt))?(\.gz)?$/i, "")}.safetensors`;
