import { table } from "./markdown.js";
import type { Results } from "./page.js";
import { pages } from "./pages/index.js";

/** The blocks of README, of all pages that have something to say there: a table, then notes. */
export function readmeBlocks(all: ReadonlyMap<string, Results>): [name: string, text: string][] {
  const parts = [...all].flatMap(([name, results]) => {
    const { readme } = pages[name]!;
    return readme ? [{ ...readme, results }] : [];
  });
  return [...new Set(parts.map(({ block }) => block))].map((block) => {
    const own = parts.filter((part) => part.block === block);
    const [{ head, texts } = {}] = own;
    const rows = own.flatMap((part) => part.rows?.(part.results) ?? []);
    const notes = own.flatMap((part) => part.note?.(part.results) ?? []);
    return [block, [...(head ? [table(head, rows, { texts })] : []), ...notes].join("\n\n")];
  });
}
