import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";
import { House, type Handling } from "./house.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, type Asked } from "./teller.js";

const PEOPLE: readonly string[] = ["fred", "bill", "jeff", "mary"];

/** Task 5: who gave what to whom, the last time that it happened. Only that sentence tells. */
export const threeArgRelations = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new House(random, { people: PEOPLE, hasObjects: true, hasGifts: true }), (house) => {
    const gifts = house.objects.flatMap((object) => house.handlingsOf(object)).filter(({ deed }) => deed === "give");
    /** Whether nothing was given later that is like it. */
    const isLast = (gift: Handling, isLike: (other: Handling) => boolean): boolean =>
      !gifts.some((other) => other.sentence > gift.sentence && isLike(other));
    return gifts.flatMap((gift): Asked[] => {
      const { person, object, holder } = gift;
      if (!isLast(gift, (other) => other.object === object)) return [];
      const isLastOfTwo = isLast(gift, (other) => other.person === person && other.holder === holder);
      const [question, answer] = oneOf(random, [
        ...(isLastOfTwo ? twice([`what did ${person} give to ${holder}`, object]) : []),
        [`who received the ${object}`, holder!],
        [`who gave the ${object}`, person],
        [`who gave the ${object} to ${holder}`, person],
        [`who did ${person} give the ${object} to`, holder!],
      ] as const);
      return [[question, answer, [gift.sentence]]];
    });
  });

/** As likely as two of the others, so that objects are asked for as often as people. */
const twice = <T>(each: T): T[] => [each, each];
