import type { Random } from "../../common/random/philox.js";
import { another, oneOf, shuffled } from "./draw.js";
import { moved, people, places } from "./people.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, Teller, type Asked } from "./teller.js";

const THEN: readonly string[] = ["then", "after that", "afterwards", "following that"];
const PRONOUNS: Readonly<Record<string, string>> = { john: "he", daniel: "he", mary: "she", sandra: "she" };

/** Where somebody is, and the sentences that tell of it. */
interface Known {
  readonly place: string;
  readonly support: readonly number[];
}

/** People that walk alone or in pairs, and are called by their names or by a pronoun in the next sentence. */
class Walks extends Teller {
  readonly #random: Random;
  readonly #inPairs: boolean;
  readonly #withPronouns: boolean;
  readonly #known = new Map<string, Known>();
  /** Who walked, oldest first: a fact for each of a pair. */
  readonly #walkers: string[] = [];
  /** Those of the last sentence, while a pronoun may stand for them. */
  #last: readonly string[] = [];

  constructor(random: Random, inPairs: boolean, withPronouns: boolean) {
    super();
    this.#random = random;
    this.#inPairs = inPairs;
    this.#withPronouns = withPronouns;
  }

  override get facts(): number {
    return this.#walkers.length;
  }

  happen(): void {
    const again = this.#last;
    const who = again.length ? again : shuffled(this.#random, people).slice(0, this.#inPairs ? 2 : 1);
    const place = another(
      this.#random,
      places,
      who.map((person) => this.#known.get(person)?.place),
    );
    const names = again.length ? `${oneOf(this.#random, THEN)} ${pronoun(who)}` : who.join(" and ");
    const before = again.length ? this.#known.get(who[0]!)!.support : [];
    const known = { place, support: [...before, this.tell(`${names} ${moved(this.#random, place)}`)] };
    for (const person of who) this.#known.set(person, known);
    this.#walkers.push(...who);
    this.#last = this.#withPronouns && !again.length ? who : [];
  }

  askable(): Asked[] {
    return Array.from(this.#known, ([person, { place, support }]): Asked => {
      const facts = this.#walkers.flatMap((walker, fact) => (walker === person ? [fact] : []));
      return [`where is ${person}`, place, support, facts];
    });
  }
}

const pronoun = (who: readonly string[]): string => (who.length > 1 ? "they" : PRONOUNS[who[0]!]!);

const asked = (random: Random, { inPairs = false, withPronouns = false }): BabiQuestion[] =>
  askAfterTwo(random, new Walks(random, inPairs, withPronouns), (walks) => walks.askable());

/** Task 11: where somebody is, of whom the last sentence says he or she. */
export const basicCoreference = (random: Random): BabiQuestion[] => asked(random, { withPronouns: true });

/** Task 12: where one of two is. */
export const conjunction = (random: Random): BabiQuestion[] => asked(random, { inPairs: true });

/** Task 13: where one of two is, of whom the last sentence says they. */
export const compoundCoreference = (random: Random): BabiQuestion[] =>
  asked(random, { inPairs: true, withPronouns: true });
