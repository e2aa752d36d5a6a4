/** Ends of words that treebanks have as words of their own. */
const CLITICS = /(?<=\p{L})(n't|'(?:s|re|ve|ll|d|m))$/iu;

/**
 * Words of a sentence as treebanks have them: punctuation and brackets by themselves, "n't" and "'s" too, quotes and
 * apostrophes plain. Dots stay in abbreviations such as U.S. and in numbers.
 */
export function tokensOf(sentence: string): string[] {
  return sentence
    .normalize("NFC")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((chunk) => {
      const [, before, word, behind] = /^(["'([{]*)(.*?)([.,;:!?…"')\]}]*)$/su.exec(chunk)!;
      const isAbbreviation = /^(?:\p{L}{1,2}\.)+\p{L}{1,2}$/u.test(word!) && behind!.startsWith(".");
      const [core, rest] = isAbbreviation ? [`${word}.`, behind!.slice(1)] : [word!, behind!];
      const [stem, clitic] = core.split(CLITICS).filter(Boolean);
      const stops = rest.match(/\.{2,}|./gsu) ?? [];
      return [...before!, ...[stem, clitic].filter((part) => part !== undefined), ...stops];
    });
}
