import type { Random } from "../../common/random/philox.js";
import { another, happens } from "./draw.js";
import { House, type Handling, type Move } from "./house.js";
import { places } from "./people.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, type Asked } from "./teller.js";

/** Task 1: where somebody is. The last move tells. */
export const singleSupportingFact = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random), (house) =>
    house.seen.map((person): Asked => {
      const moves = house.movesOf(person);
      const { place, sentence } = moves.at(-1)!;
      return [`where is ${person}`, place, [sentence], sentencesOf(moves)];
    }),
  );

/**
 * Task 2: where an object is. Who got or dropped it last, and that person's move tell. An object that is held was carried
 * to another place since.
 */
export const twoSupportingFacts = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true }), (house) =>
    house.objects.flatMap((object): Asked[] => {
      const handlings = house.handlingsOf(object);
      const last = handlings.at(-1);
      if (!last) return [];
      const { place, sentence } = last.holder ? house.movesOf(last.holder).at(-1)! : last.move;
      if (last.holder && sentence < last.sentence) return [];
      return [[`where is the ${object}`, place, [last.sentence, sentence], sentencesOf(handlings)]];
    }),
  );

/**
 * Task 3: where an object was before it came to the place where it is. Who got or dropped it last, and the two moves of
 * that person tell. Asked only where the person had it all that time, so that these are enough.
 */
export const threeSupportingFacts = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true, getThere: 0.2 }), (house) =>
    house.objects.flatMap((object): Asked[] => {
      const handlings = house.handlingsOf(object);
      const last = handlings.at(-1);
      const [before, here] = last ? carried(house, last) : [];
      if (!last || !before || !here) return [];
      const support = [last.sentence, here.sentence, before.sentence];
      return [[`where was the ${object} before the ${here.place}`, before.place, support, sentencesOf(handlings)]];
    }),
  );

/** Task 6: whether somebody is in a place, which is half the time another than theirs. The last move tells. */
export const yesNoQuestions = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true }), (house) =>
    house.seen.map((person): Asked => {
      const moves = house.movesOf(person);
      const { place, sentence } = moves.at(-1)!;
      const isThere = happens(random, 0.5);
      const asked = isThere ? place : another(random, places, [place]);
      return [`is ${person} in the ${asked}`, isThere ? "yes" : "no", [sentence], sentencesOf(moves)];
    }),
  );

/** The last two moves with an object since somebody got it: none where there are not two. */
function carried(house: House, last: Handling): readonly Move[] {
  const got = house.handlingsOf(last.object).findLast(({ deed }) => deed === "get")!.sentence;
  const until = last.holder ? house.length : last.sentence;
  const moves = house.movesOf(last.person).filter(({ sentence }) => sentence > got && sentence < until);
  return moves.length > 1 ? moves.slice(-2) : [];
}

const sentencesOf = (told: readonly { readonly sentence: number }[]): number[] => told.map(({ sentence }) => sentence);
