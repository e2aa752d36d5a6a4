import { ALONE, BEAM, FILLED, seeds, STRINGS } from "../../recipes/listenAttendSpell.js";
import { bySeed, count, table } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";

const percent = (part: number | undefined): string => (part === undefined ? "–" : (100 * part).toFixed(1));

/** Percent of recordings with anything wrong, and of words. */
const runsTable = (runs: readonly Run[], names: Readonly<Record<string, string>>, sizes: readonly number[]): string =>
  table(
    ["", "seed", "parameters", "steps", "seconds", ...sizes.flatMap((size) => [`${size} said`, "words"])],
    Object.entries(names).flatMap(([name, what]) =>
      bySeed(runs, name).map((run) => [
        what,
        String(run.seed),
        count(run.parameters),
        count(run.steps),
        run.seconds.toFixed(0),
        ...sizes.flatMap((size) => {
          const test = run.tests[`${size} digits`];
          return [percent(test?.["sequenceErrorRate"]), percent(test?.["wordErrorRate"])];
        }),
      ]),
    ),
  );

/** "98.7 to 99.3% of single digits spelled, and 0.0 to 0.8% of words of three wrong". */
function found(runs: readonly Run[]): string {
  const las = bySeed(runs, "digits-las");
  if (!las.length) return "not measured yet";
  const range = (of: (run: Run) => number): string => {
    const values = las.map(of).sort((a, b) => a - b);
    return [...new Set([values[0]!, values.at(-1)!].map((value) => (100 * value).toFixed(1)))].join(" to ");
  };
  const right = range((run) => 1 - run.tests["1 digits"]!["sequenceErrorRate"]!);
  return `${right}% of single digits spelled right, and ${range((run) => run.tests["3 digits"]!["wordErrorRate"]!)}% of the words of three wrong`;
}

const text = (runs: readonly Run[]): string => `# Listening

Made by \`npm run reproduce -- listening\` from what is in docs/results/runs; do not edit. Chan, Jaitly, Le & Vinyals 2015,
arXiv:1508.01211: [\`ListenAttendSpell\`](../../bindings/systems/listenAttendSpell/listenAttendSpell.ts) spells the digits of the
Free Spoken Digit Dataset, six speakers at 8 kHz: 2,400 clips to learn from, of which every tenth is left for evaluation, and the
300 clips of the data set's own test. The data set is no part of this library: \`TAPEHEAD_DATA\` names the folder that has it.

Strings are of one speaker, with pauses of 0.05 to 0.3 s; in training they are up to a tenth faster or slower, with noise. Tests
have the 300 clips as they are, and ${STRINGS} strings of several test clips, spelled by ${BEAM} beams. Percent of recordings with
anything wrong, and edits of words over the words that were said.

## Strings of up to three digits

Seeds ${seeds.join(", ")} were named before their runs, the first for controls; seed 101 was stopped after 269 steps, to see that it learns.
Nothing else was chosen on any data.

${runsTable(runs, ALONE, [1, 3, 5, 7])}

Nothing longer than training is spelled right: the speller has learned to end after three digits.

## Longer strings, and what is no digit

The model above answers to anything: with the threshold of its calibration, seed 1 gave an answer to 41 of 100 recordings
of white noise, to 167 of the 300 test clips played backwards, and to 81 of 200 strings of four digits, all wrong. So the model
in [checkpoints/](../../checkpoints/README.md) has learned strings of up to six digits, and that of a tenth of its recordings, noise, tones and digits
backwards, nothing is to be written. Seeds ${seeds.join(", ")} were named before their runs.

${runsTable(runs, { [FILLED]: "up to six digits, and fillers" }, [1, 3, 6, 8])}

\`tapehead listen\` refuses an answer that is less likely right than 99%, by 1,000 strings that training has left out, one
that is no string of digits, and one of six digits, which may be the beginning of more. Of the tests it answers 263 of the 300 clips,
and 158, 163, 72 and 4 of 200 strings of two, three, four and five digits, all of them right; none of 200 strings each of six,
seven, eight and ten digits, of 100 recordings of white noise and of 100 tones; and 7 of the 300 clips played backwards.

No result of this system is published on this data; 97 to 99% right is usual for classifiers of single clips of the same
speakers.
`;

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: { note: ({ runs }) => `Spoken digits: ${found(runs)}.` },
  systems: ({ runs }) => [
    {
      model: "ListenAttendSpell",
      paper: "https://arxiv.org/abs/1508.01211",
      learns: "to write what is said",
      measured: `spoken digits: ${found(runs)}`,
    },
  ],
};
