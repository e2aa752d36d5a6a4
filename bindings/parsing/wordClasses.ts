/** Endings that say what an unknown word may be, the longest first. */
const ENDINGS = [
  "tion",
  "ness",
  "ment",
  "able",
  "ible",
  "less",
  "ing",
  "ion",
  "ity",
  "ous",
  "ful",
  "ive",
  "ist",
  "ism",
  "est",
  "ed",
  "ly",
  "er",
  "or",
  "al",
  "ic",
  "an",
  "es",
  "s",
  "y",
];

/**
 * The class of a word that is not in a vocabulary: whether it has digits, a capital, a hyphen, and how it ends: `‹Xxx-ing›`.
 * As in Petrov et al. 2006 and before.
 */
export function wordClass(word: string): string {
  if (/^[\p{N}.,:/%-]*\p{N}[\p{N}.,:/%-]*$/u.test(word)) return "‹0›";
  const letters = word.toLowerCase();
  const shape = /\p{N}/u.test(word)
    ? "x0"
    : !/\p{L}/u.test(word)
      ? "?"
      : /^\p{Lu}+$/u.test(word) && word.length > 1
        ? "XX"
        : /^\p{Lu}/u.test(word)
          ? "Xx"
          : "x";
  const hyphen = word.slice(1, -1).includes("-") ? "-" : "";
  const ending = /^\p{L}/u.test(word)
    ? ENDINGS.find((each) => letters.length > each.length + 2 && letters.endsWith(each))
    : undefined;
  return `‹${shape}${hyphen}${ending ? `~${ending}` : ""}›`;
}

/** How words are read that a vocabulary may not have. */
export class WordReader {
  readonly #known: ReadonlySet<string>;

  constructor(known: Iterable<string>) {
    this.#known = new Set(known);
  }

  /** Whether a word is known, perhaps with a small first letter, or a capital one. */
  knows(word: string): boolean {
    return this.#knownForm(word) !== undefined;
  }

  /** The word as it is known, or else its class. */
  read(word: string): string {
    return this.#knownForm(word) ?? wordClass(word);
  }

  #knownForm(word: string): string | undefined {
    const small = word.toLowerCase();
    return [word, small, small.slice(0, 1).toUpperCase() + small.slice(1)].find((form) => this.#known.has(form));
  }
}

/** Words that are seen `least` times or more, by how often. */
export function frequentWords(sentences: readonly (readonly string[])[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const sentence of sentences) for (const word of sentence) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word);
}
