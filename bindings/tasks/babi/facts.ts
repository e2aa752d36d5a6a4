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
      const { place, sentence } = house.movesOf(person).at(-1)!;
      return [`where is ${person}`, place, [sentence]];
    }),
  );

/** Task 2: where an object is. Who got or dropped it last, and that person's move tell. */
export const twoSupportingFacts = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true }), (house) =>
    house.objects.map((object): Asked | undefined => {
      const last = house.handlingsOf(object).at(-1);
      if (!last) return undefined;
      const { place, sentence } = last.holder ? house.movesOf(last.holder).at(-1)! : last.move;
      return [`where is the ${object}`, place, [last.sentence, sentence]];
    }),
  );

/**
 * Task 3: where an object was before it came to the place where it is. Who got or dropped it last, and the two moves of
 * that person tell. Asked only where these are enough.
 */
export const threeSupportingFacts = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true, getThere: 0.2 }), (house) =>
    house.objects.map((object): Asked | undefined => {
      const last = house.handlingsOf(object).at(-1);
      const [before, here] = last ? carried(house, last) : [];
      if (!last || !before || !here) return undefined;
      const support = [last.sentence, here.sentence, before.sentence];
      return [`where was the ${object} before the ${here.place}`, before.place, support];
    }),
  );

/** Task 6: whether somebody is in a place, which is half the time another than theirs. The last move tells. */
export const yesNoQuestions = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true }), (house) =>
    house.seen.map((person): Asked => {
      const { place, sentence } = house.movesOf(person).at(-1)!;
      const isThere = happens(random, 0.5);
      const asked = isThere ? place : another(random, places, [place]);
      return [`is ${person} in the ${asked}`, isThere ? "yes" : "no", [sentence]];
    }),
  );

/** The last two moves with an object; none where other sentences than these and the last handling would be needed. */
function carried(house: House, last: Handling): readonly Move[] {
  const got = house.handlingsOf(last.object).findLast(({ deed }) => deed === "get")!.sentence;
  const until = last.holder ? house.length : last.sentence;
  const moves = house.movesOf(last.person).filter(({ sentence }) => sentence < until);
  const [before, here] = moves.slice(-2);
  if (!before || !here) return [];
  // Who holds it picked it up where they were before; of who dropped it one has to know that they already had it.
  return (last.holder ? here.sentence : before.sentence) > got ? [before, here] : [];
}
