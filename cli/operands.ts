/** A text that begins like an expression, such as `-3 + 4`. A plain negative number commander takes for no option itself. */
const isExpression = (word: string): boolean => /^-\s*[\d.(]/.test(word) && !Number.isFinite(Number(word));

/**
 * Words of a command line in which an expression that begins with a minus is no option: it goes behind `--`. Options
 * behind it stay options as long as nothing but options without values is there.
 */
export function withOperands(words: readonly string[]): string[] {
  const at = words.findIndex((word) => word === "--" || isExpression(word));
  if (at < 0 || words[at] === "--") return [...words];
  const [before, [expression], behind] = [words.slice(0, at), words.slice(at, at + 1), words.slice(at + 1)];
  const areOptions = behind.every((word) => word.startsWith("--"));
  return areOptions ? [...before, ...behind, "--", expression!] : [...before, "--", expression!, ...behind];
}
