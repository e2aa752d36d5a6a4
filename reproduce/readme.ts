import { systems } from "../bindings/systems/declarations.js";
import { table } from "./markdown.js";
import type { Results } from "./page.js";
import { pages } from "./pages/index.js";

/** README's table of systems: a row for each, in the order of the pages that measure them. */
export function systemsTable(all: ReadonlyMap<string, Results>): string {
  const known = new Set<string>(systems.map(({ model }) => model.className));
  const rows = [...all].flatMap(([name, results]) =>
    (pages[name]!.systems?.(results) ?? []).map(({ model, paper, learns, measured }) => {
      if (!known.has(model)) throw new Error(`The page "${name}" has a row for "${model}", which no system declares`);
      return [`[${model}](${paper})`, learns, measured, `[${name}](docs/results/${name}.md)`];
    }),
  );
  return table(["system, with its paper", "learns", "measured on fresh data", "results"], rows, { texts: 4 });
}
