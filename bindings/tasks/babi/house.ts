import type { Random } from "../../common/random/philox.js";
import { another, happens, oneOf } from "./draw.js";
import { moved, people, places } from "./people.js";
import { Teller } from "./teller.js";

/** A place that someone came to, and the sentence that tells of it. */
export interface Move {
  readonly place: string;
  readonly sentence: number;
}

/** Something that was done with an object, and the sentence that tells of it. */
export interface Handling {
  readonly deed: "get" | "drop" | "give";
  readonly person: string;
  readonly object: string;
  /** Who has it then; nobody when it was dropped. */
  readonly holder: string | undefined;
  /** Where it was done: the person's last move. */
  readonly move: Move;
  readonly sentence: number;
}

/** What may happen in a house. */
export interface HouseOptions {
  readonly people?: readonly string[];
  /** What is done with objects, if anything. */
  readonly deeds?: readonly Handling["deed"][];
  /** How probable it is that "there" ends a sentence about getting something. */
  readonly getThere?: number;
}

const OBJECTS: readonly string[] = ["apple", "football", "milk"];
const VERBS: Readonly<Record<Handling["deed"], readonly string[]>> = {
  get: ["got", "grabbed", "took", "picked up"],
  drop: ["dropped", "discarded", "left", "put down"],
  give: ["gave", "handed", "passed"],
};

/** How often something is done with an object, where it can be; otherwise somebody moves. */
const HANDLED = 0.4;
const DROP_THERE = 0.2;

/** That somebody got an object, in one of its wordings. */
export const gotten = (random: Random, object: string): string => `${oneOf(random, VERBS.get)} the ${object}`;

type Deed = Pick<Handling, "deed" | "person" | "object" | "holder">;

/**
 * People that walk about in a house, and get, drop and give objects. Where somebody is, is not known before the first
 * move, and until then they do nothing else, so that everything that is true of them was told. Objects are somewhere
 * from the beginning, and it is known once somebody got them.
 */
export class House extends Teller {
  readonly people: readonly string[];
  readonly objects = OBJECTS;
  readonly #random: Random;
  readonly #deeds: readonly Handling["deed"][];
  readonly #getThere: number;
  readonly #moves = new Map<string, Move[]>();
  readonly #handlings = new Map<string, Handling[]>();
  readonly #first: ReadonlyMap<string, string>;

  constructor(random: Random, { people: who = people, deeds = [], getThere = 1 }: HouseOptions = {}) {
    super();
    this.people = who;
    this.#random = random;
    this.#deeds = deeds;
    this.#getThere = getThere;
    this.#first = new Map(deeds.length ? OBJECTS.map((object) => [object, oneOf(random, places)]) : []);
  }

  /** What somebody did to get where they are, oldest first. */
  movesOf(person: string): readonly Move[] {
    return this.#moves.get(person) ?? [];
  }

  /** What was done with an object, oldest first. */
  handlingsOf(object: string): readonly Handling[] {
    return this.#handlings.get(object) ?? [];
  }

  /** Those of whom it is known where they are. */
  get seen(): string[] {
    return this.people.filter((person) => this.#moves.has(person));
  }

  /** Tells what happens next. */
  happen(): void {
    const deed = this.#deeds.length && happens(this.#random, HANDLED) ? this.#possible() : undefined;
    if (deed) this.#handle(deed);
    else this.#move();
  }

  #move(): void {
    const person = oneOf(this.#random, this.people);
    const moves = this.#moves.get(person) ?? [];
    const place = another(this.#random, places, [moves.at(-1)?.place]);
    this.#moves.set(person, [...moves, { place, sentence: this.tell(`${person} ${moved(this.#random, place)}`) }]);
  }

  #handle(deed: Deed): void {
    const random = this.#random;
    const there = happens(random, { get: this.#getThere, drop: DROP_THERE, give: 0 }[deed.deed]) ? " there" : "";
    const to = deed.deed === "give" ? ` to ${deed.holder}` : there;
    const sentence = this.tell(`${deed.person} ${oneOf(random, VERBS[deed.deed])} the ${deed.object}${to}`);
    const handling = { ...deed, move: this.movesOf(deed.person).at(-1)!, sentence };
    this.#handlings.set(deed.object, [...this.handlingsOf(deed.object), handling]);
  }

  /** Something that can be done with an object: a deed at random, among all that can be done one of its. */
  #possible(): Deed | undefined {
    const all = this.people.flatMap((person) => this.objects.flatMap((object) => this.#between(person, object)));
    const deeds = this.#deeds.filter((deed) => all.some((each) => each.deed === deed));
    if (!deeds.length) return undefined;
    const deed = oneOf(this.#random, deeds);
    return oneOf(
      this.#random,
      all.filter((each) => each.deed === deed),
    );
  }

  /** What a person can do with an object. */
  #between(person: string, object: string): Deed[] {
    const here = this.movesOf(person).at(-1)?.place;
    const last = this.handlingsOf(object).at(-1);
    const done = (deed: Handling["deed"], holder: string | undefined): Deed => ({ deed, person, object, holder });
    if (last?.holder === person) {
      const others = this.people.filter((other) => other !== person && this.movesOf(other).at(-1)?.place === here);
      return [done("drop", undefined), ...others.map((other) => done("give", other))];
    }
    const lies = last ? !last.holder && last.move.place : this.#first.get(object);
    return lies === here ? [done("get", person)] : [];
  }
}
