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
  /** Whether objects are got and dropped. */
  readonly hasObjects?: boolean;
  /** Whether they are given, too. */
  readonly hasGifts?: boolean;
  /** How probable it is that "there" ends a sentence about getting something. */
  readonly getThere?: number;
}

const OBJECTS: readonly string[] = ["apple", "football", "milk"];
const VERBS: Readonly<Record<Handling["deed"], readonly string[]>> = {
  get: ["got", "grabbed", "took", "picked up"],
  drop: ["dropped", "discarded", "left", "put down"],
  give: ["gave", "handed", "passed"],
};

/** How often something is done where it can be, asked in this order; otherwise somebody moves. About as in the data set. */
const OFTEN = [
  ["give", 0.5],
  ["drop", 0.25],
  ["get", 0.4],
] as const;
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
  readonly objects: readonly string[];
  readonly #random: Random;
  readonly #hasGifts: boolean;
  readonly #getThere: number;
  readonly #moves = new Map<string, Move[]>();
  readonly #handlings = new Map<string, Handling[]>();
  readonly #first: ReadonlyMap<string, string>;

  constructor(random: Random, options: HouseOptions = {}) {
    super();
    const { people: all = people, hasObjects = false, hasGifts = false, getThere = 1 } = options;
    this.people = all;
    this.objects = hasObjects ? OBJECTS : [];
    this.#random = random;
    this.#hasGifts = hasGifts;
    this.#getThere = getThere;
    this.#first = new Map(this.objects.map((object) => [object, oneOf(random, places)]));
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
    const deed = this.#deed();
    if (deed) this.#handle(deed);
    else this.#move();
  }

  #placeOf(person: string): string | undefined {
    return this.movesOf(person).at(-1)?.place;
  }

  #move(): void {
    const person = oneOf(this.#random, this.people);
    const place = another(this.#random, places, [this.#placeOf(person)]);
    const sentence = this.tell(`${person} ${moved(this.#random, place)}`);
    this.#moves.set(person, [...this.movesOf(person), { place, sentence }]);
  }

  #handle(deed: Deed): void {
    const random = this.#random;
    const there = happens(random, { get: this.#getThere, drop: DROP_THERE, give: 0 }[deed.deed]) ? " there" : "";
    const to = deed.deed === "give" ? ` to ${deed.holder}` : there;
    const sentence = this.tell(`${deed.person} ${oneOf(random, VERBS[deed.deed])} the ${deed.object}${to}`);
    const handling = { ...deed, move: this.movesOf(deed.person).at(-1)!, sentence };
    this.#handlings.set(deed.object, [...this.handlingsOf(deed.object), handling]);
  }

  /** Something that can be done with an object, if it is to be. */
  #deed(): Deed | undefined {
    const all = this.people.flatMap((person) => this.objects.flatMap((object) => this.#between(person, object)));
    for (const [kind, probability] of OFTEN) {
      const possible = all.filter(({ deed }) => deed === kind);
      if (possible.length && happens(this.#random, probability)) return oneOf(this.#random, possible);
    }
    return undefined;
  }

  /** What a person can do with an object. */
  #between(person: string, object: string): Deed[] {
    const here = this.#placeOf(person);
    const last = this.handlingsOf(object).at(-1);
    const done = (deed: Handling["deed"], holder: string | undefined): Deed => ({ deed, person, object, holder });
    if (last?.holder === person) {
      const others = this.#hasGifts
        ? this.people.filter((other) => other !== person && this.#placeOf(other) === here)
        : [];
      return [done("drop", undefined), ...others.map((other) => done("give", other))];
    }
    const lies = last ? !last.holder && last.move.place : this.#first.get(object);
    return lies === here ? [done("get", person)] : [];
  }
}
