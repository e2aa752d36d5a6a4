import { visible } from "../../../common/visible.js";
import { UnsureError } from "../../../metrics/unsureError.js";
import { exceptionOf } from "./exceptions.js";
import { isReadable, spelt, withS } from "./letters.js";
import { MARKS, numberWords, soundsOf } from "./numbers.js";
import type { Part } from "./parts.js";

/** What makes parts of a word, beside its text. */
export interface PartOptions {
  /** Whether the model reads a symbol. */
  readonly knows: (symbol: string) => boolean;
  /** Whether it says one. */
  readonly says: (symbol: string) => boolean;
  /** Whether numbers and signs are read out. Default: they are refused. */
  readonly numbers?: boolean | undefined;
  /** Whether words are said letter by letter. Default: those in capitals that nobody can read. */
  readonly spell?: boolean | undefined;
  /** Whether exceptions are said as the CMU dictionary has them, and words without a vowel refused. Default: false. */
  readonly exceptions?: boolean | undefined;
  /** How messages name an option. Default: "the option numbers". */
  readonly named?: ((option: "numbers" | "spell") => string) | undefined;
}

/** Letters that are more than a letter and its accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Characters of a word, at most: memory does not grow with what is no word. */
const MOST = 100;

/** A word with plain apostrophes and hyphens, and no quotes, brackets or marks of a sentence around it. */
function bare(word: string): string {
  const plain = word
    .replace(/[‘’‛ʼʹ′`´]/g, "'") // before NFKC, which makes a space and an accent of ´
    .replace(/[‐‑‒–—−]/g, "-")
    .normalize("NFKC");
  const inside = plain.replace(/^["“”„«»‹›([{¿¡,;:!?…*_]+/, "").replace(/["“”«»‹›)\]},;:!?…*_]+$/, "");
  const unquoted = /^'.*'$/.test(inside) ? inside.slice(1, -1) : inside;
  return /^[^.]*\.+$|\d\.$/.test(unquoted) ? unquoted.replace(/\.+$/, "") : unquoted; // the stop of a sentence, not of U.S.
}

const VOWELS = "aeiouy";

/** Symbols of letters as a model knows them: small, without accents; others as they are. */
const symbolsOf = (letters: string, knows: (symbol: string) => boolean): string[] =>
  [...letters.toLowerCase().normalize("NFC")].flatMap((letter) => {
    if (knows(letter)) return [letter];
    const base = [...letter.normalize("NFD").replace(/\p{M}/gu, "")];
    return base.flatMap((each) => [...(PLAIN[each] ?? each)]);
  });

/**
 * What a word is made of: what a model reads, letters that are said by their names, numbers. Without `spell`, letters are
 * those of words in capitals that nobody can read; numbers are refused unless they are wanted.
 *
 * @throws UnsureError with the first sign that is neither.
 */
export function partsOf(word: string, options: PartOptions): Part[] {
  const { numbers = false, spell, exceptions = false, knows, says } = options;
  const named = options.named ?? ((option) => `the option ${option}`);
  const refuse = (reason: string): never => {
    throw new UnsureError(word, reason);
  };
  if (word.length > MOST) return refuse(`it has ${word.length} characters, and words have at most ${MOST}`);
  const text = bare(word);
  const ofLetters = (letters: string, isSpelt: boolean): Part => {
    const plain = symbolsOf(letters, knows);
    const unknown = [...new Set(plain)].filter((symbol) => !knows(symbol));
    if (unknown.length) refuse(unknownIn(unknown));
    if (!isSpelt) {
      const isSaid = !exceptions || spell === false || plain.some((letter) => VOWELS.includes(letter));
      return isSaid
        ? { symbols: plain }
        : refuse(`"${visible(letters)}" has no vowel: ${named("spell")} says its letters`);
    }
    const names = spelt(plain.filter((symbol) => symbol !== "'").join(""));
    return names?.every(says) ? { said: names } : { symbols: plain };
  };
  const ofWords = (words: readonly string[]): Part => {
    const said = soundsOf(words);
    return said.every(says) ? { said } : refuse("it has a number, and the model says no sounds of numbers");
  };
  const spellsOut = (letters: string, isBeside: boolean): boolean =>
    spell ??
    (/^[^aeiou]$/i.test(letters) ||
      (!/[a-z]/.test(letters) &&
        /^\p{Lu}+$/u.test(letters) &&
        ((isBeside && letters.length <= 3) || !isReadable(symbolsOf(letters, knows).join("").toUpperCase()))));

  const exception = exceptions && spell !== true ? exceptionOf(text) : undefined;
  if (exception?.every(says)) return [{ said: exception }];
  // Most words are such letters alone, and the classes of Unicode below take milliseconds to compile.
  if (/^[A-Za-z][a-z]*$/.test(text)) return [ofLetters(text, spellsOut(text, false))];
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse(`there is no letter in it`);
  if (spell !== false && /^(\p{L}\.)+\p{L}?\.?$|^(\p{L}{1,2}\.){2,}$/u.test(text))
    return [ofLetters(text.replaceAll(".", ""), true)]; // U.S.

  const number = numberWords(text.replace(/%$/, ""));
  if (number) {
    if (!numbers) refuse(`it is a number, which ${named("numbers")} reads out`);
    return [ofWords([...number, ...(text.endsWith("%") ? ["percent"] : [])])];
  }
  const pieces = text.match(/[\p{L}\p{M}']+|\d+(?:\.\d+)?|-|[^\p{L}\p{M}'\d-]/gu)!;
  return pieces.flatMap((piece, i): Part[] => {
    const [before, behind] = [pieces[i - 1], pieces[i + 1]];
    if (piece === "-")
      return before && behind && behind !== "-" && before !== "-" ? [] : refuse(`a "-" is at its edge`);
    if (/^[\p{L}\p{M}']/u.test(piece) && /\p{L}/u.test(piece)) {
      const isBehindNumber = before !== undefined && /^\d/.test(before);
      if (isBehindNumber && !/^\p{Lu}/u.test(piece)) refuse(`"${visible(piece)}" is behind a number`);
      const isBeside = [before, behind].some((other) => other !== undefined && (/^\d/.test(other) || other in MARKS));
      const [, letters] = /^(\p{Lu}{2,})s$/u.exec(piece) ?? /^(\p{Lu}{2,}|\p{L})'[sS]$/u.exec(piece) ?? [];
      if (letters !== undefined && spellsOut(letters, isBeside)) {
        const part = ofLetters(letters, true);
        return ["said" in part ? { said: withS(part.said) } : part];
      }
      return [ofLetters(piece, spellsOut(piece, isBeside))];
    }
    const words = /^\d/.test(piece) ? numberWords(piece) : Object.hasOwn(MARKS, piece) ? [MARKS[piece]!] : undefined;
    if (!words) return refuse(unknownIn([piece]));
    if (!numbers) refuse(`"${visible(piece)}" is no letter: ${named("numbers")} reads numbers and % & + out`);
    return [ofWords(words)];
  });
}

/** Which signs a model cannot read, and why. */
function unknownIn(symbols: readonly string[]): string {
  const shown = symbols
    .slice(0, 5)
    .map((symbol) => `"${visible(symbol)}"`)
    .join(" ");
  const isForeign = symbols.every((symbol) => /\p{L}/u.test(symbol));
  return `${shown} ${symbols.length > 1 ? "are" : "is"} ${isForeign ? "of no script that the model reads" : "no letter"}`;
}
