import { count, table } from "../markdown.js";
import type { Page } from "../page.js";
import { SETS, studyOwnPairs, type OwnPairsResult, type OwnPairsStudy } from "../studies/ownPairs.js";

const percent = (part: number): string => `${(100 * part).toFixed(1)}%`;

const row = ({ name, sides, parameters, seconds, report }: OwnPairsResult): string[] => {
  const { sources, steps, exact, errorRate, coverage } = report;
  return [
    name,
    `${sides.source} to ${sides.target}`,
    count(sources.training),
    count(sources.test),
    `${percent(exact)} (${percent(SETS[name]!.bar)})`,
    `${(100 * errorRate).toFixed(2)}%`,
    ...coverage.map(({ coverage, right }) => `${percent(coverage)}, ${right === null ? "–" : percent(right)}`),
    count(parameters),
    count(steps),
    `${seconds} s`,
  ];
};

function text({ machine, results }: OwnPairsStudy): string {
  const head = ["pairs", "read as", "learned", "held out", "exactly right (wanted)", "symbols wrong"];
  const covered = [90, 95, 99].map((precision) => `answered for ${precision}%, right`);
  const shown = results.flatMap(({ name, report }) =>
    report.mistakes.slice(0, 3).map(({ source, answer, targets }) => [name, source, answer, targets.join(" or ")]),
  );
  return `# Pairs of one's own

Made by \`npm run reproduce -- ownPairs\` from ownPairs.json; do not edit. What \`learn\` of tapehead/learn, and \`tapehead
learn\`, make of pairs alone, with the defaults and seed 1; reproduce/ownPairs.ts draws the pairs. Held-out pairs are seen
by nothing but this report. Seconds are of a processor, one thread (${machine}).

${results.map(({ name }) => `- ${name}: ${SETS[name]!.what}`).join("\n")}

${table([...head, ...covered, "parameters", "steps", "seconds"], results.map(row), { texts: 2 })}

"Answered for 99%, right": the part of the held-out sources that is answered where development pairs say that 99% of the
answers are right, and the part of these answers that is.
${shown.length ? `\nThe surest mistakes:\n\n${table(["pairs", "source", "answer", "right is"], shown, { texts: 4 })}\n` : ""}`;
}

export const page: Page = {
  text: ({ study }) => text(study as OwnPairsStudy),
  summary: {
    note: ({ study }) =>
      `Learned with \`tapehead learn\` from the pairs alone, exactly right on held-out ones: ${(
        study as OwnPairsStudy
      ).results
        .map(({ name, report }) => `${name} ${percent(report.exact)}`)
        .join(", ")}.`,
  },
  study: studyOwnPairs,
};
