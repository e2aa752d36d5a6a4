import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";
import { gotten } from "./house.js";
import { moved } from "./people.js";
import type { BabiQuestion } from "./story.js";
import { Teller } from "./teller.js";

const PEOPLE: readonly string[] = ["jason", "antoine", "sumit", "yann"];

const MOTIVES = [
  { state: "hungry", place: "kitchen", object: "apple" },
  { state: "thirsty", place: "kitchen", object: "milk" },
  { state: "bored", place: "garden", object: "football" },
  { state: "tired", place: "bedroom", object: "pajamas" },
] as const;

/** Task 20: where somebody will go, and why they went there and got something. */
export function agentsMotivations(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const taken = new Set<string>();
  let agents = PEOPLE.map((person) => deedsOf(person, random, teller, taken));
  while (agents.length) {
    const agent = oneOf(random, agents);
    if (agent.next().done) agents = agents.filter((other) => other !== agent);
  }
  return teller.questions;
}

/** What somebody does one thing after the other, as told, with a question about each. There is one of each object. */
function* deedsOf(person: string, random: Random, teller: Teller, taken: Set<string>): Generator<undefined> {
  const { state, place, object } = oneOf(random, MOTIVES);
  const support = [teller.tell(`${person} is ${state}`)];
  teller.ask(`where will ${person} go`, place, support);
  yield;
  teller.tell(`${person} ${moved(random, place)}`);
  teller.ask(`why did ${person} go to the ${place}`, state, support);
  yield;
  if (taken.has(object)) return;
  taken.add(object);
  teller.tell(`${person} ${gotten(random, object)} there`);
  teller.ask(`why did ${person} get the ${object}`, state, support);
}
