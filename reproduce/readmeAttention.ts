import { bySeed, percent, table } from "./markdown.js";
import type { Run } from "./perform.js";

/** What the README says of models with attention: a line a task. */
export function readmeAttention(runs: readonly Run[]): string {
  const of = (name: string, test: string, measure: string): number | undefined =>
    bySeed(runs, name)[0]?.tests[test]?.[measure];
  const shown = (value: number | undefined, as: (value: number) => string): string =>
    value === undefined ? "" : `**${as(value)}**`;
  const bleu = (value: number): string => value.toFixed(1);
  const phonemes = (name: string): string =>
    `${shown(of(name, "beam 5", "symbolErrorRate"), percent)} of phonemes, ${shown(of(name, "beam 5", "sequenceErrorRate"), percent)} of words wrong`;
  const rows = [
    [
      "English spelling to phonemes, CMUdict's test split",
      `${phonemes("pronunciation")}; with 0.9 MB ${phonemes("pronunciation-small")}`,
      "7.6%, 28.6% without attention, 5.0%, 21.7% with (published)",
    ],
    [
      "dates in 25 formats to ISO 8601",
      `${shown(1 - (of("dates", "as trained", "sequenceErrorRate") ?? 1), percent)} right`,
      "",
    ],
    [
      "French to English, short sentences",
      `BLEU ${shown(of("translation", "beam 5", "bleu"), bleu)}`,
      `${shown(of("translation-none", "beam 5", "bleu"), bleu)} without attention`,
    ],
    [
      "sorting ten numbers with pointers",
      `${shown(of("sorting-10-glimpse", "as trained", "exact"), percent)} right`,
      "28% (published)",
    ],
    ["convex hulls of ten points", `${shown(of("hull", "n = 10", "accuracy"), percent)} found`, "87.0% (published)"],
  ];
  return table(["task", "", "beside it"], rows, { texts: 3 });
}
