import type { Random } from "../../common/random/philox.js";
import { happens, oneOf, shuffled } from "./draw.js";
import type { BabiQuestion } from "./story.js";
import { Teller } from "./teller.js";

/** Smallest first, of those that have always the same size; the boxes are larger, in random order. */
const CHOCOLATES: readonly string[] = ["chocolate", "box of chocolates"];
const BOXES: readonly string[] = ["suitcase", "container", "box", "chest"];

const QUESTIONS = 5;
/** Sentences of a short story, and of a long one. */
const SENTENCES = [5, 10] as const;

/** That the second is bigger than the first, and the sentence that tells of it. */
interface Told {
  readonly small: string;
  readonly large: string;
  readonly sentence: number;
}

/** Task 18: whether one thing fits in another or is bigger, by a third between them. */
export function sizeReasoning(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const order = [...CHOCOLATES, ...shuffled(random, BOXES)];
  const pairs = order.flatMap((small, i) => order.slice(i + 1).map((large) => [small, large] as const));
  const [first, second, third] = shuffled(random, order)
    .slice(0, 3)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b)) as [string, string, string];
  const isOpen = ([small, large]: readonly [string, string]): boolean => small !== first || large !== third;
  const length = happens(random, 0.8) ? SENTENCES[0] : SENTENCES[1];
  const more = Array.from({ length: length - 2 }, () => oneOf(random, pairs.filter(isOpen)));
  const told = shuffled(random, [[first, second] as const, [second, third] as const, ...more]).map(
    ([small, large]): Told => ({
      small,
      large,
      sentence: teller.tell(
        happens(random, 0.5) ? `the ${large} is bigger than the ${small}` : `the ${small} fits inside the ${large}`,
      ),
    }),
  );
  const chains = chainsOf(told);
  for (let i = 0; i < QUESTIONS; ++i) {
    const [lower, upper] = oneOf(random, chains);
    const { small } = lower;
    const { large } = upper;
    const isYes = happens(random, 0.5);
    const [a, b] = isYes ? [small, large] : [large, small];
    teller.ask(
      happens(random, 0.5) ? `does the ${a} fit in the ${b}` : `is the ${b} bigger than the ${a}`,
      isYes ? "yes" : "no",
      isYes ? [upper.sentence, lower.sentence] : [lower.sentence, upper.sentence],
    );
  }
  return teller.questions;
}

/** Two sentences that compare two things by a third, where none compares them itself. */
const chainsOf = (told: readonly Told[]): (readonly [Told, Told])[] =>
  told.flatMap((lower) =>
    told
      .filter(({ small }) => small === lower.large)
      .filter(({ large }) => !told.some((direct) => direct.small === lower.small && direct.large === large))
      .map((upper) => [lower, upper] as const),
  );
