import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";
import { House, type Handling } from "./house.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, type Asked } from "./teller.js";

const COUNTS: readonly string[] = ["none", "one", "two", "three"];

/** Task 7: how many objects somebody carries. All that the person got, dropped, gave and was given tells. */
export const counting = (random: Random): BabiQuestion[] =>
  askAfterTwo(new House(random, { deeds: ["get", "drop", "give"] }), (house) =>
    asked(random, house, (person, carried) => [`how many objects is ${person} carrying`, COUNTS[carried.length]!]),
  );

/** Task 8: what somebody carries, in the order in which they got it. All that the person got and dropped tells. */
export const listsSets = (random: Random): BabiQuestion[] =>
  askAfterTwo(new House(random, { deeds: ["get", "drop"] }), (house) =>
    asked(random, house, (person, carried) => [`what is ${person} carrying`, carried.join() || "nothing"]),
  );

/** About one of those who had something to do with an object. */
function asked(
  random: Random,
  house: House,
  find: (person: string, carried: readonly string[]) => readonly [question: string, answer: string],
): Asked | undefined {
  const handlings = house.objects
    .flatMap((object) => house.handlingsOf(object))
    .sort((a, b) => a.sentence - b.sentence);
  const isOf = (who: string, { person, holder }: Handling): boolean => who === person || who === holder;
  const candidates = house.people.filter((who) => handlings.some((handling) => isOf(who, handling)));
  if (!candidates.length) return undefined;
  const person = oneOf(random, candidates);
  const own = handlings.filter((handling) => isOf(person, handling));
  const carried = own.filter((each) => house.handlingsOf(each.object).at(-1) === each && each.holder === person);
  const [question, answer] = find(
    person,
    carried.map(({ object }) => object),
  );
  return [question, answer, own.map(({ sentence }) => sentence)];
}
