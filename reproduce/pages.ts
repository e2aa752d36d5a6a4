import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attentionPage } from "./attentionPage.js";
import { checkpointsPage, entriesOf } from "./checkpointsPage.js";
import type { SuiteName } from "./experiments.js";
import type { Run } from "./perform.js";
import { ponderPage } from "./ponderPage.js";
import { programmerPage } from "./programmerPage.js";
import { readmeAttention } from "./readmeAttention.js";
import { readmeProgrammer } from "./readmeProgrammer.js";
import { readmeTable } from "./readmeTable.js";
import { replaceBlock } from "./replaceBlock.js";
import { turingPage } from "./turingPage.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = { turing: turingPage, ponder: ponderPage, attention: attentionPage, programmer: programmerPage };
const blocks = { results: readmeTable, attention: readmeAttention, programmer: readmeProgrammer };

/** Texts by path. */
type Texts = Record<string, string>;

/** The results page of each named suite, from the runs in a folder. */
export function resultsPages(runs: string, names = Object.keys(pages) as SuiteName[]): Texts {
  return Object.fromEntries(names.map((name) => [`${name}.md`, pages[name](runsOf(runs))]));
}

/** The list of the checkpoints in a folder, for programs and for readers. */
export function checkpointsPages(runs: string, checkpoints: string): Texts {
  const entries = entriesOf(checkpoints, runsOf(runs));
  return { "index.json": `${JSON.stringify(entries, undefined, 2)}\n`, "README.md": checkpointsPage(entries) };
}

/** Every page of the repository that is made of the committed runs, by its path from the root. */
export function generatedPages(): Texts {
  const runs = join(root, "docs/results/runs");
  const within = (folder: string, texts: Texts): Texts =>
    Object.fromEntries(Object.entries(texts).map(([file, text]) => [`${folder}/${file}`, text]));
  const readme = Object.entries(blocks).reduce(
    (text, [name, block]) => replaceBlock(text, name, block(runsOf(runs))),
    readFileSync(join(root, "README.md"), "utf8"),
  );
  return {
    ...within("docs/results", resultsPages(runs)),
    ...within("checkpoints", checkpointsPages(runs, join(root, "checkpoints"))),
    "README.md": readme,
  };
}

function runsOf(folder: string): Run[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Run);
}
