import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";
import { House, type Handling } from "./house.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, type Asked } from "./teller.js";

const PEOPLE: readonly string[] = ["fred", "bill", "jeff", "mary"];

/** Task 5: who gave what to whom, the last time that it happened. Only that sentence tells. */
export const threeArgRelations = (random: Random): BabiQuestion[] =>
  askAfterTwo(new House(random, { people: PEOPLE, deeds: ["get", "drop", "give"] }), (house) => {
    const gifts = house.objects.flatMap((object) => house.handlingsOf(object).findLast(isGift) ?? []);
    if (!gifts.length) return undefined;
    const gift = oneOf(random, gifts);
    const { person, object, holder } = gift;
    const isLastOfTwo = !gifts.some((other) => other.sentence > gift.sentence && isBetween(other, gift));
    const [question, answer] = oneOf(random, [
      ...(isLastOfTwo ? twice([`what did ${person} give to ${holder}`, object]) : []),
      [`who received the ${object}`, holder!],
      [`who gave the ${object}`, person],
      [`who gave the ${object} to ${holder}`, person],
      [`who did ${person} give the ${object} to`, holder!],
    ] as const);
    return [question, answer, [gift.sentence]] satisfies Asked;
  });

const isGift = ({ deed }: Handling): boolean => deed === "give";

const isBetween = (a: Handling, b: Handling): boolean => a.person === b.person && a.holder === b.holder;

/** As likely as two of the others, so that objects are asked for as often as people. */
const twice = <T>(each: T): T[] => [each, each];
