import type { Random } from "../../common/random/philox.js";
import { House, type Handling } from "./house.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, type Asked } from "./teller.js";

const COUNTS: readonly string[] = ["none", "one", "two", "three"];

/** Task 7: how many objects somebody carries. All that the person got, dropped, gave and was given tells. */
export const counting = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true, hasGifts: true }), (house) =>
    handsIn(house).map(({ person, carried, sentences }): Asked => {
      const support = sentences.toSorted((a, b) => a - b);
      return [`how many objects is ${person} carrying`, COUNTS[carried.length]!, support];
    }),
  );

/**
 * Task 8: what somebody carries, in the order in which the person got it for the first time. All that the person got and
 * dropped tells, object by object in this order.
 */
export const listsSets = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { hasObjects: true }), (house) =>
    handsIn(house).map(({ person, carried, sentences }): Asked => {
      return [`what is ${person} carrying`, carried.join() || "nothing", sentences];
    }),
  );

/** What passed through the hands of somebody, object by object, and what they carry of it. */
interface Hands {
  readonly person: string;
  readonly carried: readonly string[];
  readonly sentences: readonly number[];
}

/** Of all who had something to do with an object. */
const handsIn = (house: House): Hands[] =>
  house.people.flatMap((person) => {
    const objects = house.objects
      .map((object) => house.handlingsOf(object).filter((each) => each.person === person || each.holder === person))
      .filter(({ length }) => length)
      .sort(([a], [b]) => a!.sentence - b!.sentence);
    const last = objects.map((handlings): Handling => handlings.at(-1)!);
    const carried = last.filter(({ holder }) => holder === person).map(({ object }) => object);
    return objects.length ? [{ person, carried, sentences: objects.flat().map(({ sentence }) => sentence) }] : [];
  });
