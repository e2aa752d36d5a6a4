import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { suites } from "../recipes/suites.js";
import { checkpointsPage, entriesOf } from "./checkpointsPage.js";
import type { Results } from "./page.js";
import { pages } from "./pages/index.js";
import type { Run } from "./run.js";
import { systemsTable } from "./readme.js";
import { replaceBlock } from "./replaceBlock.js";
import { resultsIndex } from "./resultsIndex.js";

/** The folder of package.json, from which paths of generated files begin. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Folders of what runs have left, from where their pages are made. */
export interface Folders {
  readonly results: string;
  readonly checkpoints: string;
}

/** Where the committed results are. */
export const committed: Folders = { results: "docs/results", checkpoints: "checkpoints" };

const read = (...path: string[]): string => readFileSync(resolve(root, ...path), "utf8");
const json = (...path: string[]): unknown => JSON.parse(read(...path));

function runsIn(folder: string): Run[] {
  const files = existsSync(resolve(root, folder)) ? readdirSync(resolve(root, folder)) : [];
  return files.filter((file) => file.endsWith(".json")).map((file) => json(folder, file) as Run);
}

/** What every page is made of: those for which there is anything, in the order of suites. */
function resultsIn({ results }: Folders): Map<string, Results> {
  const runs = runsIn(join(results, "runs"));
  const names = [...new Set([...Object.keys(suites), ...Object.keys(pages)])].filter((name) => name in pages);
  return new Map(
    names.flatMap((name): [string, Results][] => {
      const study = join(results, `${name}.json`);
      if (pages[name]!.study && existsSync(resolve(root, study))) return [[name, { runs, study: json(study) }]];
      const isHere = suites[name]?.some((one) => runs.some(({ experiment }) => experiment === one.name));
      return isHere ? [[name, { runs }]] : [];
    }),
  );
}

/**
 * Every page that is made of results, by its path, before it is formatted: the pages of results and checkpoints/ with its
 * index; of committed results also their index and README with its table of systems.
 */
export function generatedPages(folders: Folders = committed): Record<string, string> {
  const { results, checkpoints } = folders;
  const all = resultsIn(folders);
  const made = [...all].flatMap(([name, of]) => [
    [join(results, `${name}.md`), pages[name]!.text(of)],
    ...Object.entries(pages[name]!.figures?.(of) ?? {}).map(([file, svg]) => [join(results, file), svg]),
  ]);
  const entries = entriesOf(resolve(root, checkpoints), runsIn(join(results, "runs")));
  const { files } = json("package.json") as { files: readonly string[] };
  return {
    ...Object.fromEntries(made),
    [join(checkpoints, "index.json")]: `${JSON.stringify(entries, undefined, 2)}\n`,
    [join(checkpoints, "README.md")]: checkpointsPage(entries, files),
    ...(folders === committed && {
      [join(results, "README.md")]: resultsIndex(all),
      "README.md": replaceBlock(read("README.md"), "systems", systemsTable(all)),
    }),
  };
}
