import type { Random } from "../../common/random/philox.js";
import { another, happens, oneOf } from "./draw.js";
import { moved, people, places, townPlaces, townspeople } from "./people.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, Teller, type Asked } from "./teller.js";

/** What was told of somebody last: where they are, or are not, or may be. */
interface Known {
  readonly places: readonly string[];
  readonly answer: "yes" | "no" | "maybe";
  /** All that were told of them, oldest first. */
  readonly sentences: readonly number[];
}

/** What is told of somebody, without their name. */
type Told = Omit<Known, "sentences"> & { readonly text: string };

/** Sentences about somebody's place, of which each makes up for all before it of that person. */
class Rumours extends Teller {
  readonly known = new Map<string, Known>();

  constructor(
    readonly random: Random,
    readonly people: readonly string[],
    readonly places: readonly string[],
    readonly statement: () => Told,
  ) {
    super();
  }

  /** Half the time a move. */
  happen(): void {
    const person = oneOf(this.random, this.people);
    const { text, ...told } = happens(this.random, 0.5) ? this.#move(person) : this.statement();
    const before = this.known.get(person)?.sentences ?? [];
    this.known.set(person, { ...told, sentences: [...before, this.tell(`${person} ${text}`)] });
  }

  #move(person: string): Told {
    const { answer, places } = this.known.get(person) ?? {};
    const place = another(this.random, this.places, answer === "yes" ? places! : []);
    return { text: moved(this.random, place), answer: "yes", places: [place] };
  }

  /** Of each person, about the place that was told, or half the time of one of which that says that they are not there. */
  askable(): Asked[] {
    return Array.from(this.known, ([person, { places, answer, sentences }]) => {
      const isTold = answer === "no" || happens(this.random, 0.5);
      const place = isTold ? oneOf(this.random, places) : another(this.random, this.places, places);
      return [`is ${person} in the ${place}`, isTold ? answer : "no", sentences.slice(-1), sentences];
    });
  }
}

/** Task 9: whether somebody is in a place, by moves and by what they are, are not and are no longer in. */
export const simpleNegation = (random: Random): BabiQuestion[] =>
  askAfterTwo(
    random,
    new Rumours(random, people, places, () => {
      const place = oneOf(random, places);
      const [verb, answer] = oneOf(random, [
        ["is", "yes"],
        ["is", "yes"],
        ["is not", "no"],
        ["is no longer", "no"],
      ] as const);
      return { text: `${verb} in the ${place}`, places: [place], answer };
    }),
    (rumours) => rumours.askable(),
  );

/** Task 10: whether somebody is in a place, where they are in either of two. */
export const indefiniteKnowledge = (random: Random): BabiQuestion[] =>
  askAfterTwo(
    random,
    new Rumours(random, townspeople, townPlaces, () => {
      const place = oneOf(random, townPlaces);
      if (happens(random, 0.5)) return { text: `is in the ${place}`, places: [place], answer: "yes" };
      const other = another(random, townPlaces, [place]);
      return { text: `is either in the ${place} or the ${other}`, places: [place, other], answer: "maybe" };
    }),
    (rumours) => rumours.askable(),
  );
