import type { ReadSentence } from "./readStory.js";
import { words } from "./sentenceKinds.js";

/** What a story lacks for an answer to a question with these words, or undefined. */
export type Premise = (story: readonly ReadSentence[], slots: readonly string[]) => string | undefined;

const capital = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** Where an object is: whoever left it had moved before, or whoever holds it has moved since, as always in training. */
export const isHolderSeen: Premise = (story, [object]) => {
  const at = story.findLastIndex(({ slots }) => slots.includes(object!));
  const [last, holder] = [story[at]!, story[at]!.slots[0]!];
  // A place that somebody came to after they left the object is not the object's.
  const told = last.kind === "drop" ? story.slice(0, at) : story.slice(at);
  if (told.some(({ kind, slots }) => kind === "move" && slots[0] === holder)) return undefined;
  if (story.some(({ kind, slots }) => kind === "move" && slots[0] === holder)) {
    return `does not tell where ${capital(holder)} took the ${object} from there: "${last.text}"`;
  }
  return `does not tell where ${capital(holder)} is, who had the ${object} last: "${last.text}"`;
};

/** Two moves of whoever got an object last, with it, the last to the place that is asked for. */
export const isCarriedTwice: Premise = (story, [object, place]) => {
  const isOf = ({ slots }: ReadSentence): boolean => slots.includes(object!);
  const got = story.findLastIndex((each) => each.kind === "get" && isOf(each));
  const dropped = story.findLastIndex((each) => each.kind === "drop" && isOf(each));
  const carried = got < 0 ? [] : story.slice(got, dropped > got ? dropped : undefined);
  const moves = carried.filter(({ kind, slots }) => kind === "move" && slots[0] === story[got]!.slots[0]);
  if (moves.length > 1 && moves.at(-1)!.slots.at(-1) === place) return undefined;
  return `does not tell that somebody took the ${object} from one place to another, and from there to the ${place} last`;
};

/** Sentences, the last of a story, to which training kept the gifts that it asked about. */
const OF_LATE = 5;

const opposite = (direction: string): string =>
  ({ north: "south", south: "north", east: "west", west: "east" })[direction]!;

/** A sentence that tells what lies in a direction of a place. */
export const isNeighbourTold: Premise = (story, slots) => {
  const [direction, place] = words["compass"]!.includes(slots[0]!) ? slots : [opposite(slots[1]!), slots[0]];
  const isTold = ({ slots: [a, to, b] }: ReadSentence): boolean =>
    (b === place && to === direction) || (a === place && to === opposite(direction!));
  return story.some(isTold) ? undefined : `does not tell what is ${direction} of the ${place}`;
};

/** A gift with all that the question says of it: giver, object and receiver, where it names them. */
export const isGiven =
  (...names: readonly ("giver" | "object" | "receiver" | "verb")[]): Premise =>
  (story, slots) => {
    const isSo = ({ kind, slots: [giver, , object, receiver] }: ReadSentence): boolean =>
      kind === "give" && names.every((name, i) => name === "verb" || { giver, object, receiver }[name] === slots[i]);
    return story.slice(-OF_LATE).some(isSo) ? undefined : `tells of no such gift in its last ${OF_LATE} sentences`;
  };

/** The last that was told of somebody says whether they are in a place: that they are not in one says so of no other. */
export const isPlaceTold: Premise = (story, [who, place]) => {
  const last = story.findLast(({ kind, slots }) => slots[0] === who && /place|^move$/.test(kind))!;
  if (last.kind !== "no place" || last.slots[1] === place) return undefined;
  return `tells only where ${capital(who!)} is not: "${last.text}"`;
};

/** A move at an earlier time than that to the place which is asked for. */
export const isEarlierTold: Premise = (story, [who, place]) => {
  const times = words["time"]!;
  const timeOf = ({ slots }: ReadSentence): number => times.indexOf(slots.find((slot) => times.includes(slot))!);
  const own = story.filter(({ slots }) => slots.includes(who!));
  const there = own.filter(({ slots }) => slots.includes(place!)).map(timeOf);
  if (there.some((time) => own.some((each) => timeOf(each) < time))) return undefined;
  return `does not tell where ${capital(who!)} was before the ${place}`;
};

/** The species that somebody's own is afraid of. */
export const isFearTold: Premise = (story, [who]) => {
  const own = story.find(({ kind, slots }) => kind === "species" && slots[0] === who)!.slots[1]!;
  const plural = words["plural"]![words["species"]!.indexOf(own)];
  if (story.some(({ kind, slots }) => kind === "fear" && slots[0] === plural)) return undefined;
  return `does not tell what ${plural} are afraid of`;
};

/** A chain of two comparisons from one thing to the other. */
export const areCompared: Premise = (story, [one, other]) => {
  const smaller = (thing: string): string[] =>
    story.flatMap(({ slots: [a, b], words: [, ...rest] }) => {
      const [large, small] = rest.includes("bigger") ? [a!, b!] : [b!, a!];
      return large === thing ? [small] : [];
    });
  const isAbove = (large: string, small: string): boolean =>
    smaller(large).some((between) => smaller(between).includes(small));
  if (isAbove(one!, other!) || isAbove(other!, one!)) return undefined;
  return `does not compare the ${one} and the ${other} by a third thing, which is bigger than one and smaller than the other`;
};
