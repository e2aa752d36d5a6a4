import { count, median, table } from "../markdown.js";
import type { Page } from "../page.js";
import {
  batch,
  clipNorm,
  GOAL,
  learningRate,
  LENGTHS,
  studyCopy,
  type CopyResult,
  type CopyStudy,
} from "../studies/copy.js";

function summary({ results }: CopyStudy): string {
  const reached = results.filter(({ seconds }) => seconds !== undefined);
  const wrong = LENGTHS.map(
    (length) => `${median(results.map(({ wrong }) => wrong[length]!)).toFixed(2)} at length ${length}`,
  );
  return (
    `${reached.length} of ${results.length} seeds reach fewer than ${GOAL} wrong bits a sequence (1,000 fresh sequences of ` +
    `length 20); the median takes ${median(results.map(({ seconds = Infinity }) => seconds)).toFixed(0)} s on one thread. ` +
    `Median wrong bits a sequence after all of training: ${wrong.join(", ")}.`
  );
}

const row = ({ seed, seconds, sequences, trainedSeconds, trainedSequences, wrong }: CopyResult): string[] => [
  String(seed),
  seconds === undefined ? "not reached" : seconds.toFixed(1),
  sequences === undefined ? "" : count(sequences),
  trainedSeconds.toFixed(1),
  count(trainedSequences),
  ...LENGTHS.map((length) => wrong[length]!.toFixed(wrong[length]! < 10 ? 3 : 1)),
];

function text(study: CopyStudy): string {
  const head = ["seed", `seconds to < ${GOAL}`, "sequences to it", "seconds in all", "sequences in all"];
  const measured = LENGTHS.map((length) => `wrong bits at ${length}`);
  return `# Copy, ten seeds

Made by \`npm run reproduce -- copy\` from copy.json; do not edit. Copy of 8-bit vectors, lengths 1 to 20 in training, one
thread of a machine (${study.machine}). Each seed is that of the model and of the data.

${summary(study)}

The model has the library's defaults (LSTM controller of 100 units, memory of 128 x 20, one read and one write head);
batches of ${batch}, Adam with a learning rate of ${learningRate}, gradients clipped to a length of ${clipNorm}, ${study.steps} steps.

${table([...head, ...measured], study.results.map(row), { texts: 0 })}

Wrong bits are means a sequence: 1,000 fresh sequences of length 20, 120 of each other length. Length 120 needs 121
of the memory's 128 slots.
`;
}

export const page: Page = {
  text: ({ study }) => text(study as CopyStudy),
  summary: { note: ({ study }) => summary(study as CopyStudy) },
  study: studyCopy,
};
