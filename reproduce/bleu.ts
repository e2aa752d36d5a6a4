/** A BLEU score and what it is made of. */
export interface Bleu {
  /** From 0 to 100. */
  readonly score: number;
  /** Of 1-grams to 4-grams, from 0 to 1. */
  readonly precisions: readonly number[];
  /** 1 where answers are as long as their references. */
  readonly brevityPenalty: number;
}

const MOST = 4;

/**
 * Corpus BLEU-4 of answers against all references of each. Papineni, Roukos, Ward & Zhu 2002: clipped counts of n-grams,
 * n from 1 to 4, summed over the corpus; their precisions' geometric mean; times exp(1 − r/c) where the answers' length
 * c is below r, the sum of the references' lengths closest to each answer's, of equals the shorter. No smoothing: a
 * corpus without a common 4-gram scores 0. Symbols are compared as they are; tokens and cases are the caller's.
 *
 * @throws RangeError unless there are as many answers as lists of references, none of these lists is empty, and there is
 * an answer.
 */
export function bleu(
  answers: readonly (readonly string[])[],
  references: readonly (readonly (readonly string[])[])[],
): Bleu {
  if (!answers.length || answers.length !== references.length || references.some(({ length }) => !length)) {
    throw new RangeError("bleu: there must be an answer, and one or more references for each");
  }
  const matches = new Array<number>(MOST).fill(0);
  const totals = new Array<number>(MOST).fill(0);
  let [length, wanted] = [0, 0];
  answers.forEach((answer, i) => {
    const all = references[i]!;
    length += answer.length;
    wanted += closest(
      all.map((reference) => reference.length),
      answer.length,
    );
    for (let n = 1; n <= MOST; ++n) {
      const known = all.map((reference) => ngrams(reference, n));
      for (const [gram, count] of ngrams(answer, n)) {
        matches[n - 1]! += Math.min(count, Math.max(...known.map((grams) => grams.get(gram) ?? 0)));
        totals[n - 1]! += count;
      }
    }
  });
  const precisions = matches.map((count, n) => (totals[n] ? count / totals[n] : 0));
  const brevityPenalty = length === 0 ? 0 : length < wanted ? Math.exp(1 - wanted / length) : 1;
  const mean = precisions.includes(0) ? 0 : Math.exp(precisions.reduce((sum, p) => sum + Math.log(p), 0) / MOST);
  return { score: 100 * brevityPenalty * mean, precisions, brevityPenalty };
}

function closest(lengths: readonly number[], length: number): number {
  const off = (n: number): number => Math.abs(n - length);
  return lengths.reduce((a, b) => (off(b) < off(a) || (off(b) === off(a) && b < a) ? b : a));
}

function ngrams(symbols: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= symbols.length; ++i) {
    const gram = symbols.slice(i, i + n).join("\u001f");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
