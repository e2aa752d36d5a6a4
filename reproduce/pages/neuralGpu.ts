import { FOUND, LONGER, recipe } from "../../recipes/neuralGPU.js";
import { bySeed, count, table } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";

const part = (value: number | undefined): string => value?.toFixed(3) ?? "–";

/** The part of a test's sequences of which every symbol is right, unless shorter ones have said enough. */
const right = (run: Run, test: string): number | undefined => {
  const measured = run.tests[test];
  return measured && 1 - measured["sequenceError"]!;
};

/** The names of an experiment's tests. */
const testsOf = (experiment: string): string[] =>
  Object.keys(recipe.experiments!.find(({ name }) => name === experiment)!.tests);

const ADDITION = "neural-gpu-addition";
const TRANSFORMATIONS = ["copy", "reverse", "duplicate"] as const;

/** Runs of seeds named before that have every sequence of all random tests right, out of how many. */
function generalising(runs: readonly Run[], experiment: string): string {
  const named = bySeed(runs, experiment).filter(({ seed }) => seed !== FOUND);
  const random = testsOf(experiment).filter((test) => !test.endsWith("carries"));
  const perfect = named.filter((run) => random.every((test) => right(run, test) === 1));
  return `${perfect.length} of ${named.length}`;
}

const byTransformation = (runs: readonly Run[]): string =>
  TRANSFORMATIONS.map((task) => `${generalising(runs, `neural-gpu-${task}`)} for ${task}`).join(", ");

const figures = (run: Run): string[] => [
  String(run.seed),
  count(run.steps),
  run.seconds.toFixed(0),
  ...testsOf(run.experiment).map((test) => part(right(run, test))),
];

const added = (runs: readonly Run[]): string =>
  table(
    ["seed", "steps", "seconds", ...testsOf(ADDITION).map((test) => test.replace(" ", " bits, "))],
    bySeed(runs, ADDITION).map(figures),
    { texts: 0 },
  );

const rearranged = (runs: readonly Run[]): string =>
  table(
    ["task", "seed", "steps", "seconds", ...testsOf("neural-gpu-copy").map((length) => `right at ${length}`)],
    TRANSFORMATIONS.flatMap((task) => bySeed(runs, `neural-gpu-${task}`).map((run) => [task, ...figures(run)])),
  );

const text = (runs: readonly Run[]): string => `# Neural GPU

Made by \`npm run reproduce -- neuralGpu\` from what is in docs/results/runs; do not edit. The diagonal variant
([\`NeuralGPU\`](../../bindings/systems/neuralGPU/neuralGPU.ts) with \`cell: "diagonal"\`, dropout 0.1), with the presets of
\`tapehead train neural-gpu\`. Seconds are those of one thread's processor, for training alone. Numbers are the part of
sequences of a length of which every symbol is right.

## Binary addition

48 maps, batches of 16 that are padded to one of a few lengths, AdaMax with a learning rate of 0.01 that falls over the
second half of the steps, no cost of saturation. Training has operands of up to 10 bits for ${count(LONGER)} steps, and then of up
to 20, drawn uniformly. A sum counts only if all of its symbols are right, after as many steps as the two numbers and the
plus sign have symbols: 401 for 200 bits. Carries are the operands of Price, Zaremba & Sutskever 2016, which training does
not draw: a fifth of the pairs have one long run of carries, and a fifth a sum close to a power of two. Each test has
1,000 pairs, but for carries of 100 bits, which have 200, and of 200 bits, which have 100. What has no number was not tested, for want of time.

${added(runs)}

Seeds 1 to 5 were named before: ${generalising(runs, ADDITION)} of them have all uniform pairs of all
lengths right. Seed ${FOUND} is the one with which the recipe was looked for, so that its numbers are those of a model that was
chosen; it is \`checkpoints/neural-gpu.safetensors\`. The articles have 100% at 2,000 bits, as the best of 729 runs (Kaiser &
Sutskever 2016), and less than 1% of symbols wrong at 100 times the length (Freivalds & Liepins 2017).

## Copy, reverse, duplicate

30 maps, batches of 32, sequences of up to 20 positions. Copy and reverse: batches of one length, without padding, Adam
with a learning rate of 0.005, and a cost of saturation whose weight is halved every 60 steps. Duplicate: batches padded to
8, 12, 16 or 20, AdaMax with a learning rate of 0.01 that falls to 0.003, and that cost, halved every 180 steps. Seeds
were named before the runs. Tests have 1,000 sequences of 40 and of 100, and 200 of 400.

${rearranged(runs)}

Seeds that have all sequences of all lengths right: ${byTransformation(runs)}.

## What we saw on the way

Written by hand from runs of one or two seeds, on the way to these recipes.

- Dropout on the input, as Freivalds & Liepins have it, beside that on candidates: after 1,750 steps with 30 maps, 1.00 of
  sums of 10 bits were right with it, and 0.20 without.
- Padding: after 2,000 steps the same model had 0.95 of sums of 40 bits right where batches were padded to 8, 12, 16 or 21
  positions, and 0.44 where they had one length and no padding.
- A few hundred steps with operands of up to 20 bits after those of up to 10: in one model, right sums of 100 bits, of
  16, went from 0.69 to 1.00. Seeds that do not generalise by then fit what they are trained on, and have hardly any longer sum right.
- Long carries from the first step on did not help the one seed that was tried. Going on from seed ${FOUND} for some thousand
  steps, with these operands or with uniform ones, leaves fewer sums of 100 bits right: 0.997 and 0.993.
- Other variants of the recipe of addition were tried with named seeds, too: seed 1 with a fading cost of saturation and
  3,000 steps had 0.996 of sums of 25 bits right, 0.648 of 100 and 0.020 of 200; with long carries in training 0.06 of 25.
- A cost of saturation that stays keeps rearranging from generalising; one that fades early does not.
- Duplication goes far beyond its training only now and then: of seven more runs of two seeds, with other learning rates,
  sizes and costs, after 2,000 to 6,000 steps the best had 0.94 of 16 sequences of 100 right and 0.06 of 400, two had 0.56 of
  100, and the others at most 0.13. Going on to 41 positions, as addition goes on to 20 bits, gave seed 1 0.999 at 40 and 0
  at 100.
- The CGRU of the first article is checked against double precision, and was not trained: its steps cost too much here.
`;

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    note: ({ runs }) =>
      "Named seeds that have every symbol of all random sequences right: binary addition of 25, 100 and 200 bits after " +
      `training on up to 20, ${generalising(runs, ADDITION)}; sequences of 40, 100 and 400 symbols after training on up to 20, ${byTransformation(runs)}.`,
  },
  systems: ({ runs }) => {
    const shipped = bySeed(runs, ADDITION).find(({ seed }) => seed === FOUND);
    return [
      {
        model: "NeuralGPU",
        paper: "https://arxiv.org/abs/1511.08228",
        learns: "copy, reverse, duplicate, binary addition",
        measured:
          `all symbols right, trained to 20: sums of 200 bits in the checkpoint ${shipped ? part(right(shipped, "200 uniform")) : "–"}; ` +
          `named seeds with all tests right: ${generalising(runs, ADDITION)} for sums up to 200 bits, and up to 400 symbols ${byTransformation(runs)}`,
      },
    ];
  },
};
