import { experiments, suites } from "../../recipes/suites.js";
import { bySeed, count, percent, table, time } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";
import { studyPronunciation, TAUGHT, type PronunciationStudy } from "../studies/pronunciation.js";

/** What others report on the same task; the first two columns as ours have them. */
const PUBLISHED: readonly (readonly string[])[] = [
  ["Bisani & Ney 2008, joint sequence model", "5.88%", "24.5%"],
  ["Yao & Zweig 2015, LSTM encoder-decoder without attention", "7.63%", "28.6%"],
  ["Yao & Zweig 2015, bidirectional LSTM on alignments", "5.45%", "23.6%"],
  ["Toshniwal & Livescu 2016, global attention", "5.04%", "21.7%"],
  ["Toshniwal & Livescu 2016, five of them", "4.69%", "20.2%"],
];

const percent2 = (value: number): string => `${(100 * value).toFixed(2)}%`;

/** Rows of networks on the test split, and of what the study has measured there. */
function testRows(runs: readonly Run[], study: PronunciationStudy | undefined): string[][] {
  const networks = suites["attention"]!.filter(({ task }) => task === "pronunciation").flatMap(({ name }) =>
    bySeed(runs, name),
  );
  return [
    ...networks.flatMap((run) =>
      Object.entries(run.tests).map(([test, measured]) => [
        `${run.experiment}, ${test === "as trained" ? "greedy" : test}`,
        percent2(measured["symbolErrorRate"]!),
        percent(measured["sequenceErrorRate"]!),
        count(run.parameters),
        count(run.sequences),
        time(run.seconds),
      ]),
    ),
    ...(study?.pronounced ?? []).flatMap(({ name, test }) =>
      test ? [[name, percent2(test.symbolErrorRate), percent(test.sequenceErrorRate), "", "", ""]] : [],
    ),
    ...PUBLISHED.map((row) => [...row, "", "", ""]),
  ];
}

function partsOf(study: PronunciationStudy): string {
  const head = [
    "right",
    `${count(study.words.learned)} learned words`,
    `${count(study.words.dev)} of the dev split that are not in the train split`,
  ];
  return table(
    head,
    study.pronounced.map(({ name, learned, dev }) => [name, percent(learned), percent(dev)]),
  );
}

function text(runs: readonly Run[], study: PronunciationStudy | undefined): string {
  const { words, order } = experiments.find(({ name }) => name === TAUGHT)!.data!.taught!;
  const chance = study
    ? `${count(study.madeUp.test)} of these happen to be words of the test split, and ${count(study.madeUp.dev)} of the dev split:
of them they have seen what their teachers say, and nothing else. `
    : "";
  return `# Pronunciation

Made by \`npm run reproduce -- attention pronunciation\` from what is in docs/results/runs, and from pronunciation.json; do not edit.
[Sequence to sequence with attention](attention.md) reads the letters of a word and says its phonemes: it decodes freely, from nothing but the word,
and was trained on the train split alone.

CMUdict 0.7b in the split of the literature: 12,000 words of the test split. Of a word's pronunciations the nearest
counts; PER is the edits over the phonemes of these, WER the part of the words with any. Published numbers are as their
papers give them, some from memory.

${table(["", "PER", "WER", "parameters", "words seen", "training"], testRows(runs, study))}

**Short of the goal** of 5.2% and 22.5%, and of 6.3% for the small one. Yao & Zweig 2015 hold 0.15 of PER and 0.77 of WER to be more than
chance.

## Learned from others

Three networks have learned what others, their teachers, say of ${count(words)} made-up words, letter after letter as they follow ${order} others
in the train split (Kim & Rush 2016, arXiv:1606.07947). ${chance}Of all that several teachers say of a word, the answer counts that
they find likeliest together.

- \`pronunciation-first\` and \`pronunciation-long\` have learned from the train split alone.
- \`pronunciation\` is the one in checkpoints/. It begins where the long one ended, and learns from both.
- \`${TAUGHT}\` begins anew, and learns from both and from a joint sequence model (Bisani & Ney 2008;
  [jointSequence.ts](../../reproduce/teaching/jointSequence.ts)), which counts how letters and phonemes follow each other, eight pairs at a time.
- \`pronunciation-small\` learns from the first one. From the train split alone, in 22,000 steps of 64, it came to 7.23% and 30.3%.

${study ? partsOf(study) : "Not measured yet."}

More training teaches a network its words by heart, and hardly how others are said. The joint sequence model pronounces as many unseen words right as
a network, and others: those that teach, together, reach the goal on the test split. A network that begins as one of its teachers keeps
that one's mistakes. The one that begins anew has learned more of what its teachers know, in two thirds of the steps. It is not at the end: of the words of the
train split, which people ask for most, it knows fewer by heart than the one in checkpoints/, and so is not there in its stead.
`;
}

export const page: Page = {
  text: ({ runs, study }) => text(runs, study as PronunciationStudy | undefined),
  summary: {
    note: ({ study }) => {
      if (!study) return "Who pronounces better, a network or counts: not measured yet.";
      const parts = (study as PronunciationStudy).pronounced.map(({ name, dev }) => `${name} ${percent(dev)}`);
      return `Words that training has not seen, with the right pronunciation: ${parts.join(", ")}.`;
    },
  },
  study: studyPronunciation,
};
