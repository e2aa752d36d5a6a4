import { seeds } from "../../recipes/conversation.js";
import { bySeed, count, table, time } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";

const NAMES = { conversation: "attention", "conversation-none": "no attention" };

/** Of a quick run, nothing but the perplexity. */
const fixed = (value: number | undefined): string => value?.toFixed(1) ?? "–";
const percent = (part: number | undefined): string => fixed(part === undefined ? part : 100 * part);

const repliesOf = (runs: readonly Run[], name: string): [Run, Readonly<Record<string, number>>][] =>
  bySeed(runs, name).flatMap((run) => {
    const test = run.tests["replies"];
    return test ? [[run, test as Readonly<Record<string, number>>]] : [];
  });

/** Models, and at the end what they are compared with. */
function scoresTable(runs: readonly Run[]): string {
  const all = Object.entries(NAMES).flatMap(([name, what]) =>
    repliesOf(runs, name).map(([run, test]) => ({ what, run, test })),
  );
  const [first] = all;
  if (!first) return "Not measured yet.";
  const rows = all.map(({ what, run, test }) => [
    what,
    String(run.seed),
    count(run.parameters),
    time(run.seconds),
    fixed(test["perplexity"]),
    percent(test["recall"]),
    percent(test["recallAgainstAlone"]),
  ]);
  const { ngramPerplexity, recallSharedWords } = first.test;
  return table(
    ["", "seed", "parameters", "training", "perplexity", "right of ten", "against alone"],
    [
      ...rows,
      ["5-grams, Kneser-Ney", "–", "–", "–", fixed(ngramPerplexity), "–", "–"],
      ["shared words, TF-IDF", "–", "–", "–", "–", percent(recallSharedWords), "–"],
      ["chance", "–", "–", "–", "–", "10.0", "10.0"],
    ],
  );
}

function found(runs: readonly Run[]): string {
  const [one] = repliesOf(runs, "conversation");
  if (!one) return "not measured yet";
  const [, { perplexity, ngramPerplexity, recallAgainstAlone, recallSharedWords }] = one;
  return `perplexity ${fixed(perplexity)}, 5-grams ${fixed(ngramPerplexity)}; the right one of ten replies ${percent(recallAgainstAlone)}%, by shared words ${percent(recallSharedWords)}%`;
}

const text = (runs: readonly Run[]): string => `# Conversation

Made by \`npm run reproduce -- conversation\` from what is in docs/results/runs; do not edit. Vinyals & Le 2015,
arXiv:1506.05869: an [\`AttentionSeq2Seq\`](../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.ts) reads the last two turns of a
dialogue and writes the next. It has learned from the Self-dialogue Corpus, 22,078 talks of ten turns about films, music and
sport, both sides of each written by one crowd worker; the test has 948 others. The data is no part of this library:
\`TAPEHEAD_DATA\` names the folder that has it.

Seed ${seeds.join(", ")} was named before the runs. Sizes and steps were chosen by what a session of work has time for, on no data. A run of
3,500 steps came before this one, which had perplexity 34.5 and 22.1% right of ten against alone.

## Replies of the test

Perplexity is of words and ends of turns, given the two turns before; words that training has less than 50 times are
one word, ${"`�`"}, of which every twentieth is. The 5-grams (interpolated, modified Kneser-Ney: Chen & Goodman 1998) count whole
dialogues over the same words, so they see the end of the turn before. "Right of ten" is how often the reply that was
given is the likeliest beside nine of other dialogues, of 1,000 draws; "against alone", how often it is the one that
the turns before make likelier the most: its probability over that which the 5-grams give it at the beginning of a turn.

${scoresTable(runs)}

Published, with more data: perplexity 8 against 18 of n-grams on 30 million words of a help desk's chats, and 17 against 28 on
62 million sentences of subtitles; there attention did not help.

## What it can say

\`tapehead chat\` talks with it. Likely replies are general ones; it has no memory but the last two turns, no facts, and
no person behind it. What it says need not be true, and is in the words of the crowd that wrote the talks.
`;

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: { note: ({ runs }) => `Replies in small talk: ${found(runs)}.` },
};
