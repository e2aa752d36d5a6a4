import type { Random } from "../../common/random/philox.js";
import { another, oneOf, shuffled } from "./draw.js";
import type { BabiQuestion } from "./story.js";
import { Teller } from "./teller.js";

const PLURALS: Readonly<Record<string, string>> = { mouse: "mice", sheep: "sheep", wolf: "wolves", cat: "cats" };
const FEARFUL: readonly string[] = ["gertrude", "winona", "jessica", "emily"];
const ANIMALS: readonly string[] = ["swan", "lion", "frog", "rhino"];
const COLOURS: readonly string[] = ["gray", "white", "yellow", "green"];
const COLOURED: readonly string[] = ["lily", "bernhard", "greg", "julius", "brian"];

/** Tells sentences in random order. The index of each. */
function tellShuffled(teller: Teller, random: Random, sentences: readonly string[]): ReadonlyMap<string, number> {
  return new Map(shuffled(random, sentences).map((sentence) => [sentence, teller.tell(sentence)]));
}

/** Task 15: what somebody is afraid of, by what they are and what those are afraid of. */
export function basicDeduction(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const species = Object.keys(PLURALS);
  const ofPerson = new Map(FEARFUL.map((person) => [person, oneOf(random, species)]));
  const feared = new Map(species.map((each) => [each, another(random, species, [each])]));
  const isA = (person: string): string => `${person} is a ${ofPerson.get(person)}`;
  const fears = (each: string): string => `${PLURALS[each]} are afraid of ${PLURALS[feared.get(each)!]}`;
  const told = tellShuffled(teller, random, [...FEARFUL.map(isA), ...species.map(fears)]);
  for (let i = 0; i < 4; ++i) {
    const person = oneOf(random, FEARFUL);
    const own = ofPerson.get(person)!;
    teller.ask(`what is ${person} afraid of`, feared.get(own)!, [told.get(isA(person))!, told.get(fears(own))!]);
  }
  return teller.questions;
}

/** Task 16: the colour of somebody who is the same animal as another whose colour was told. */
export function basicInduction(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const colours = new Map(shuffled(random, COLOURS).map((colour, i) => [ANIMALS[i]!, colour]));
  const [asked, alike, ...others] = shuffled(random, COLOURED) as [string, string, ...string[]];
  const shared = oneOf(random, ANIMALS);
  const ofPerson = new Map(others.map((each) => [each, oneOf(random, ANIMALS)]));
  ofPerson.set(asked, shared).set(alike, shared);
  const isA = (person: string): string => `${person} is a ${ofPerson.get(person)}`;
  const isOf = (person: string): string => `${person} is ${colours.get(ofPerson.get(person)!)}`;
  const told = tellShuffled(teller, random, [...COLOURED.map(isA), ...[alike, ...others].map(isOf)]);
  const indexOf = (sentence: string): number => told.get(sentence)!;
  // Several may be the same animal: the one who was said to be so last.
  const same = [alike, ...others].filter((person) => ofPerson.get(person) === shared);
  const last = same.reduce((a, b) => (indexOf(isA(a)) > indexOf(isA(b)) ? a : b));
  const support = [isA(asked), isA(last), isOf(last)].map(indexOf);
  teller.ask(`what color is ${asked}`, colours.get(shared)!, support);
  return teller.questions;
}
