import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";
import { moved } from "./people.js";
import type { BabiQuestion } from "./story.js";
import { gotten } from "./house.js";
import { Teller } from "./teller.js";

const PEOPLE: readonly string[] = ["jason", "antoine", "sumit", "yann"];

const MOTIVES = [
  { state: "hungry", place: "kitchen", object: "apple" },
  { state: "thirsty", place: "kitchen", object: "milk" },
  { state: "bored", place: "garden", object: "football" },
  { state: "tired", place: "bedroom", object: "pajamas" },
] as const;

/** Somebody with a motive, the sentence that tells of it, and what they did since. */
interface Agent {
  readonly person: string;
  readonly motive: (typeof MOTIVES)[number];
  readonly sentence: number;
  hasMoved: boolean;
}

/** Task 20: where somebody will go, and why they went there and got something. */
export function agentsMotivations(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const agents = new Map<string, Agent>();
  const taken = new Set<string>();
  let waiting = PEOPLE;
  while (waiting.length) {
    const person = oneOf(random, waiting);
    const agent = agents.get(person);
    if (!agent) {
      const motive = oneOf(random, MOTIVES);
      const sentence = teller.tell(`${person} is ${motive.state}`);
      agents.set(person, { person, motive, sentence, hasMoved: false });
      teller.ask(`where will ${person} go`, motive.place, [sentence]);
      continue;
    }
    const { motive, sentence } = agent;
    if (!agent.hasMoved) {
      teller.tell(`${person} ${moved(random, motive.place)}`);
      teller.ask(`why did ${person} go to the ${motive.place}`, motive.state, [sentence]);
      agent.hasMoved = true;
      continue;
    }
    waiting = waiting.filter((other) => other !== person);
    if (taken.has(motive.object)) continue; // there is one of each
    taken.add(motive.object);
    teller.tell(`${person} ${gotten(random, motive.object)} there`);
    teller.ask(`why did ${person} get the ${motive.object}`, motive.state, [sentence]);
  }
  return teller.questions;
}
