import { lettersOf } from "../../cli/pairs.js";
import type { Teacher } from "./teachers.js";

/** What teachers say of each word: of their answers the one that all together find likeliest, or nothing. */
export function likeliest(teachers: readonly Teacher[], words: readonly string[]): (string | undefined)[] {
  const sources = words.map(lettersOf);
  const answers: Set<string>[] = words.map(() => new Set());
  for (const teacher of teachers) {
    for (const [i, those] of teacher.answers(sources).entries()) for (const answer of those) answers[i]!.add(answer);
  }
  const doubtful = answers.flatMap((these, i) => (these.size > 1 ? [...these].map((answer) => ({ i, answer })) : []));
  const pairs = doubtful.map(({ i, answer }) => [sources[i]!, answer.split(" ")] as const);
  const scores = doubtful.map(() => 0);
  if (pairs.length) {
    for (const teacher of teachers) teacher.score(pairs).forEach((score, k) => (scores[k]! += score));
  }
  const byScore = doubtful.map((each, k) => ({ ...each, score: scores[k]! })).sort((a, b) => a.score - b.score);
  const best = new Map(byScore.map(({ i, answer }) => [i, answer]));
  return answers.map((these, i) => best.get(i) ?? [...these][0]);
}
