import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { wordsOf } from "../cli/metrics.js";
import type { Experiment } from "../recipes/recipe.js";
import { experiments, suites } from "../recipes/suites.js";
import { count, table, time } from "./markdown.js";
import type { Run } from "./run.js";
import type { Measured } from "./system.js";

/** A file of checkpoints/: enough to train it again, and to check its contents. */
export interface Entry {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly command: string;
  readonly model: string;
  readonly task: string;
  readonly seed: number;
  readonly steps: number;
  readonly sequences: number;
  readonly seconds: number;
  /** Over 256 fresh sequences of seed 7, drawn as in training, or the first 256 of a test split. */
  readonly score: Measured;
}

const words = (flags: Experiment["flags"]): string =>
  Object.entries(flags ?? {})
    .map(([name, value]) => {
      const long = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return typeof value === "boolean" ? ` --${value ? "" : "no-"}${long}` : ` --${long} ${value}`;
    })
    .join("");

/** What the file of pairs is called of which others have said a part. */
const taughtName = (experiment: string): string => `${experiment}-taught.tsv`;

/** The words of the command that name the data; a part of a file, or more than it, is a file of its own. */
function dataWords({ name, data }: Experiment): string {
  if (!data) return "";
  const split = data.split === undefined ? "" : ` --split ${data.split}`;
  const file = data.parts ? "train.txt" : data.taught ? taughtName(name) : data.train;
  return ` --${data.option} ${file}${split}`;
}

/** Options of data that a model is calibrated with as it was trained. */
const OF_TRAINING = ["recordings", "digits"];

/** The command behind that of training, where the model is calibrated. */
function calibrationWords({ calibration, checkpoint, data }: Experiment): string {
  if (!calibration) return "";
  const { pairs, except, precision } = calibration;
  const own = data && OF_TRAINING.includes(data.option) && ` --${data.option} ${data.train}`;
  const files = [pairs && ` --pairs ${pairs}`, except && ` --except ${except}`, own].filter(Boolean).join("");
  return ` && tapehead calibrate ${checkpoint}${files} --precision ${precision}`;
}

/** Every checkpoint that an experiment has made. */
export function entriesOf(folder: string, runs: readonly Run[]): Entry[] {
  return experiments
    .filter(({ checkpoint }) => checkpoint && existsSync(join(folder, checkpoint)))
    .flatMap((experiment) => {
      const { name, model, task, flags, from, checkpoint, seeds, dtype } = experiment;
      const begun = from === undefined ? "" : ` --from ${from}`;
      const run = runs.find((one) => one.experiment === name && one.seed === seeds[0]);
      if (!run?.score) return [];
      const { seed, steps, sequences, seconds, score } = run;
      const path = join(folder, checkpoint!);
      const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
      const command = `tapehead train ${model} --task ${task}${words(flags)}${dataWords(experiment)}${begun} --seed ${seed} --model-only${dtype === "f32" ? "" : " --dtype f16"} --out ${checkpoint}${calibrationWords(experiment)}`;
      const bytes = statSync(path).size;
      return [{ file: checkpoint!, bytes, sha256, command, model, task, seed, steps, sequences, seconds, score }];
    });
}

/** "a", "a and b", "a, b and c". */
const listed = (names: readonly string[]): string =>
  [names.slice(0, -1).join(", "), names.at(-1)!].filter(Boolean).join(" and ");

/** What the files are in which models have taught others. */
const taught = (entries: readonly Entry[]): string =>
  experiments
    .filter(({ checkpoint }) => entries.some(({ file }) => file === checkpoint))
    .flatMap(({ name, data }) => (data?.taught ? [{ name, train: data.train, ...data.taught }] : []))
    .map(
      ({ name, train, by, words }) =>
        ` \`${taughtName(name)}\` is ${train}, and behind it ${count(words)} words that look like these with the answers of ${by.map((file) => `\`${file}\``).join(" and ")}, as \`npm run reproduce\` leaves it in build/taught.`,
    )
    .join("");

/** Which of the files the package has, by its list of files. */
function packaged(entries: readonly Entry[], files: readonly string[]): string {
  const there = entries.map(({ file }) => file).filter((file) => files.includes(`checkpoints/${file}`));
  const names = listed(there.map((file) => `\`${file}\``));
  if (!there.length) return "None of them is in the package.";
  return `The package has ${names}, as \`tapehead/checkpoints/${there[0]}\`${there.length > 1 ? " and so on" : ""}.`;
}

/** The page about the folder; `files` is the list of what the package ships. */
export function checkpointsPage(entries: readonly Entry[], files: readonly string[]): string {
  const rows = entries.map(({ file, bytes, model, task, sequences, seconds, score, sha256 }) => [
    `\`${file}\``,
    task,
    model,
    Object.entries(score)
      .filter(([name, mean]) => !["cost", "sources"].includes(name) && mean !== null)
      .map(([name, mean]) => wordsOf(name).sentence(mean))
      .join(", "),
    `${count(Math.round(bytes / 1000))} kB`,
    count(sequences),
    time(seconds),
    `\`${sha256.slice(0, 12)}\``,
  ]);
  return `# Checkpoints

Trained models, each a [safetensors](https://huggingface.co/docs/safetensors) file with everything that running it needs.

${packaged(entries, files)}

Made by \`npm run reproduce -- ${Object.keys(suites).join(" ")}\`, and so is this page; [index.json](index.json) has the
full hashes. The score is the mean over 256 fresh sequences, drawn as in training, and \`tests/checkpoints.test.ts\` measures it
again. \`ql.mm.gz\` is no model but Metamath's database of quantum logic, which \`tapehead prove\` reads: by Norman Megill and
others, CC0, as github.com/metamath/set.mm has it at da128d5.

${table(["file", "task", "model", "score", "size", "sequences", "time", "SHA-256"], rows, { texts: 4 })}

\`\`\`sh
npx tapehead run checkpoints/copy.safetensors "some text"    # copies up to 120 bytes without a wrong bit
npx tapehead trace checkpoints/associative-recall.safetensors # draws the weightings of its heads
npx tapehead run checkpoints/arithmetic.safetensors "3 * (4 + 2)" # writes a program, and runs it
npx tapehead run checkpoints/neural-gpu.safetensors "1011 + 110" # adds binary numbers, up to 2,000 bits
\`\`\`

The same version of the library makes the same bytes again, on any machine and any number of threads. \`train.txt\` is the
first nine tenths of tinyshakespeare's characters (github.com/karpathy/char-rnn).${taught(entries)}

\`\`\`sh
${entries.map(({ command }) => command).join("\n")}
\`\`\`
`;
}
