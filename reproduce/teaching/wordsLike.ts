import { Random } from "../../bindings/common/random/philox.js";

/** How words are made up. */
export interface Likeness {
  /** Letters that decide, with how often among the words, what comes after them. */
  readonly order: number;
  readonly seed: number;
}

/** Before the first letter, and behind the last. */
const EDGE = "\n";

/**
 * Different words that look like the given ones and are none of them: each letter as likely after the `order` letters before it
 * as it is there, and none longer than the longest. @throws RangeError when there are not so many
 */
export function wordsLike(words: readonly string[], count: number, { order, seed }: Likeness): string[] {
  const followers = new Map<string, string[]>();
  const start = EDGE.repeat(order);
  let longest = 0;
  for (const word of words) {
    const letters = [...word, EDGE];
    longest = Math.max(longest, letters.length);
    let before = start;
    for (const letter of letters) {
      const there = followers.get(before);
      if (there) there.push(letter);
      else followers.set(before, [letter]);
      before = (before + letter).slice(letter.length);
    }
  }
  const random = new Random(seed);
  const known = new Set(words);
  const made: string[] = [];
  for (let vain = 0; made.length < count;) {
    const word = drawn(followers, start, longest, random);
    if (word === undefined || known.has(word)) {
      if (++vain > MOST_IN_VAIN) throw new RangeError(`Of words like these there are no more than ${made.length}`);
      continue;
    }
    vain = 0;
    known.add(word);
    made.push(word);
  }
  return made;
}

/** Draws of known words one after another, of which so many say that there are hardly others. */
const MOST_IN_VAIN = 100_000;

function drawn(
  followers: ReadonlyMap<string, readonly string[]>,
  start: string,
  longest: number,
  random: Random,
): string | undefined {
  let [word, before] = ["", start];
  for (let length = 1; length <= longest; ++length) {
    const after = followers.get(before)!;
    const letter = after[random.integer(0, after.length - 1)]!;
    if (letter === EDGE) return word;
    word += letter;
    before = (before + letter).slice(letter.length);
  }
  return undefined;
}
