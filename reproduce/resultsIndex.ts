import { table } from "./markdown.js";
import type { Results } from "./page.js";
import { pages } from "./pages/index.js";

/** The index of results: each page's title as a link, with the page's summary. */
export function resultsIndex(all: ReadonlyMap<string, Results>): string {
  const sections = [...all].map(([name, results]) => {
    const { text, summary } = pages[name]!;
    const title = /^# (.+)$/m.exec(text(results))![1]!;
    const { head, texts, rows, note } = summary;
    const parts = [head && table(head, rows?.(results) ?? [], { texts }), note?.(results)].filter(Boolean);
    return [`## [${title}](${name}.md)`, ...parts].join("\n\n");
  });
  return `# Results

Made by \`npm run generate\` from the runs in this folder; do not edit. \`npm run reproduce -- NAME\` trains what a page
shows, from scratch, on one thread; NAME is a page, such as \`turing\`, or a system, such as \`pointerNetwork\`. Trained
models are in [checkpoints/](../../checkpoints/README.md), and measured times in [speed.md](speed.md) and
[coldStart.md](coldStart.md).

${sections.join("\n\n")}
`;
}
