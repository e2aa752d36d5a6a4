/**
 * Answers to questions about stories, from their words alone, by what each kind of question means. It knows nothing of
 * the generators: it is held against the answers of the data set, and these against it.
 */
import type { BabiQuestion } from "../../bindings/tasks/babi/story.js";

type Story = readonly string[];

const TIMES = ["yesterday", "this morning", "this afternoon", "this evening"];
const GOT = "got|grabbed|took|picked up";
const DROPPED = "dropped|discarded|left|put down";
const GAVE = "gave|handed|passed";

const MOVE = new RegExp(
  `^(?:(then|after that|afterwards|following that|${TIMES.join("|")}) )?(.+?) ` +
    `(?:went back|went|journeyed|travelled|moved) to the (\\w+)(?: (${TIMES.join("|")}))?$`,
);
const HANDLED = new RegExp(`^(\\w+) (?:(${GOT})|(${DROPPED})|(${GAVE})) the (\\w+)(?: there| to (\\w+))?$`);
const STATED = /^(\w+) is (in|not in|no longer in|either in) the (\w+)(?: or the (\w+))?$/;

/** Somebody is in a place, is not, or may be; or has, has no more or gets something from another. */
type Event =
  | { kind: "place"; isThere: boolean; who: string; places: string[]; time: number }
  | { kind: "get" | "drop"; who: string; object: string }
  | { kind: "give"; who: string; object: string; to: string };

/** What sentences tell of people, one after the other. */
function eventsOf(story: Story): Event[] {
  let last: string[] = [];
  return story.flatMap((sentence): Event[] => {
    const moved = MOVE.exec(sentence);
    if (moved) {
      const [, front, names, place, behind] = moved;
      const who = /^(he|she|they)$/.test(names!) ? last : names!.split(" and ");
      last = who;
      const time = TIMES.indexOf(behind ?? front ?? "");
      return who.map((each) => ({ kind: "place", isThere: true, who: each, places: [place!], time }));
    }
    const handled = HANDLED.exec(sentence);
    if (handled) {
      const [, who, got, dropped, , object, to] = handled;
      if (got || dropped) return [{ kind: got ? "get" : "drop", who: who!, object: object! }];
      return [{ kind: "give", who: who!, object: object!, to: to! }];
    }
    const [, who, how, place, other] = STATED.exec(sentence) ?? [];
    if (!who) return [];
    const isThere = !how!.startsWith("no");
    return [{ kind: "place", isThere, who, places: [place!, ...(other ? [other] : [])], time: -1 }];
  });
}

/** Places of an object, oldest first, each another than the one before; "?" for one that was not told. */
function placesOf(object: string, events: readonly Event[]): string[] {
  const placesOfPeople = new Map<string, string[]>();
  const trace: string[] = [];
  const come = (place: string): void => void (place === trace.at(-1) || trace.push(place));
  let holder: string | undefined;
  for (const event of events) {
    const own = placesOfPeople.get(event.who) ?? [];
    if (event.kind === "place") {
      placesOfPeople.set(event.who, [...own, event.places[0]!]);
      if (event.who === holder) come(event.places[0]!);
    } else if (event.object === object) {
      if (event.kind === "get") come(own.at(-1) ?? "?");
      else if (holder !== event.who) own.forEach(come); // they must have had it all the time
      holder = event.kind === "get" ? event.who : event.kind === "give" ? event.to : undefined;
    }
  }
  return trace;
}

/**
 * What cannot be in a story of people that walk, and get, drop and give objects, as far as it tells: that somebody comes
 * to where they are, has no hold of what they drop or give, or is not where an object or the other person is.
 */
export function impossibleIn(story: BabiQuestion["story"]): string | undefined {
  const places = new Map<string, string | undefined>();
  const holders = new Map<string, string | undefined>();
  const areApart = (a: string, b: string): boolean => {
    const [atA, atB] = [places.get(a), places.get(b)];
    return atA !== undefined && atB !== undefined && atA !== atB;
  };
  for (const event of eventsOf(story.map((words) => words.join(" ")))) {
    if (event.kind === "place") {
      if (places.get(event.who) === event.places[0]) return `${event.who} is there`;
      places.set(event.who, event.places[0]);
    } else if (event.kind === "get") {
      if (holders.get(event.object) !== undefined) return `${event.who} cannot get what another has`;
      if (areApart(event.who, event.object)) return `${event.who} is not where the ${event.object} is`;
      holders.set(event.object, event.who);
    } else {
      const { who, object } = event;
      const to = event.kind === "give" ? event.to : undefined;
      if (holders.get(object) !== who) return `${who} has not the ${object}`;
      if (to !== undefined && areApart(who, to)) return `${who} is not with ${to}`;
      holders.set(object, to);
      places.set(object, places.get(who));
    }
  }
  return undefined;
}

const isKnown = (place: string | undefined): string | undefined => (place === "?" ? undefined : place);

/** In the order in which the person had them for the first time. */
function carriedBy(person: string, events: readonly Event[]): string[] {
  const carried = new Map<string, boolean>();
  for (const event of events) {
    if (event.kind === "place") continue;
    if ((event.kind === "give" ? event.to : event.who) === person) carried.set(event.object, event.kind !== "drop");
    else if (event.who === person) carried.set(event.object, false);
  }
  return [...carried].filter(([, is]) => is).map(([object]) => object);
}

/** All sentences that match, oldest first. */
const allOf = (story: Story, pattern: RegExp): string[][] =>
  story.flatMap((sentence) => {
    const found = pattern.exec(sentence);
    return found ? [[...found].slice(1)] : [];
  });

const VECTORS: Readonly<Record<string, readonly [number, number]>> = {
  "north of": [0, 1],
  "south of": [0, -1],
  "east of": [1, 0],
  "west of": [-1, 0],
  above: [0, 1],
  below: [0, -1],
  "to the right of": [1, 0],
  "to the left of": [-1, 0],
};
const RELATION = new RegExp(`^the (.+) is (${Object.keys(VECTORS).join("|")}) the (.+)$`);

/** Names of what is beside something, and how one gets there from it. */
function besides(name: string, story: Story): [string, readonly [number, number]][] {
  return allOf(story, RELATION).flatMap(([a, relation, b]): [string, readonly [number, number]][] => {
    const [x, y] = VECTORS[relation!]!;
    if (b === name) return [[a!, [x, y]]];
    return a === name ? [[b!, [-x, -y]]] : [];
  });
}

/** Shortest ways from one to another, as names of the ways' steps. */
function waysFrom(from: string, to: string, story: Story): (readonly (readonly [number, number])[])[] {
  let ways = [{ name: from, steps: [] as (readonly [number, number])[] }];
  const seen = new Set([from]);
  while (ways.length && !ways.some(({ name }) => name === to)) {
    const next = ways.flatMap(({ name, steps }) =>
      besides(name, story)
        .filter(([other]) => !seen.has(other))
        .map(([other, step]) => ({ name: other, steps: [...steps, step] })),
    );
    for (const { name } of next) seen.add(name);
    ways = next;
  }
  return ways.filter(({ name }) => name === to).map(({ steps }) => steps);
}

/** Whether one thing is bigger than another, by any chain of sentences. */
function isBigger(large: string, small: string, story: Story): boolean {
  const pairs = [
    ...allOf(story, /^the (.+) is bigger than the (.+)$/),
    ...allOf(story, /^the (.+) fits inside the (.+)$/).map(([inner, outer]) => [outer, inner]),
  ];
  const reached = new Set([large]);
  for (const each of reached) for (const [a, b] of pairs) if (a === each) reached.add(b!);
  return reached.has(small);
}

const SINGULAR: Readonly<Record<string, string>> = { mice: "mouse", sheep: "sheep", wolves: "wolf", cats: "cat" };
const GOALS: Readonly<Record<string, string>> = {
  hungry: "kitchen",
  thirsty: "kitchen",
  bored: "garden",
  tired: "bedroom",
};

const only = <T>(all: readonly T[]): T | undefined => (new Set(all).size === 1 ? all[0] : undefined);
const yesNo = (is: boolean): string => (is ? "yes" : "no");
const GIFT = `(\\w+) (?:${GAVE}) the (\\w+) to (\\w+)`;

type Reader = (story: Story, ...found: string[]) => string | undefined;

/** What the kinds of questions mean. The first that fits counts. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^where is the (\w+)$/, (story, object) => isKnown(placesOf(object, eventsOf(story)).at(-1))],
  [
    /^where is (\w+)$/,
    (story, person) => {
      const last = eventsOf(story).findLast(({ kind, who }) => kind === "place" && who === person);
      return last?.kind === "place" ? last.places[0] : undefined;
    },
  ],
  [
    /^where was the (\w+) before the (\w+)$/,
    (story, object, place) => {
      const trace = placesOf(object, eventsOf(story));
      return isKnown(trace[trace.lastIndexOf(place) - 1]);
    },
  ],
  [
    /^where was (\w+) before the (\w+)$/,
    (story, person, place) => {
      const visits = eventsOf(story)
        .flatMap((event) => (event.kind === "place" && event.who === person ? [event] : []))
        .sort((a, b) => a.time - b.time);
      return visits[visits.findLastIndex(({ places }) => places[0] === place) - 1]?.places[0];
    },
  ],
  [
    /^is (\w+) in the (\w+)$/,
    (story, person, place) => {
      const last = eventsOf(story).findLast(({ kind, who }) => kind === "place" && who === person);
      if (last?.kind !== "place") return undefined;
      if (!last.places.includes(place)) return last.isThere ? "no" : undefined;
      return !last.isThere ? "no" : last.places.length > 1 ? "maybe" : "yes";
    },
  ],
  [
    /^how many objects is (\w+) carrying$/,
    (story, person) => ["none", "one", "two", "three"][carriedBy(person, eventsOf(story)).length],
  ],
  [/^what is (\w+) carrying$/, (story, person) => carriedBy(person, eventsOf(story)).join() || "nothing"],
  [
    /^what did (\w+) give to (\w+)$/,
    (story, from, to) => allOf(story, new RegExp(GIFT)).findLast(([a, , b]) => a === from && b === to)?.[1],
  ],
  [
    /^who received the (\w+)$/,
    (story, object) => allOf(story, new RegExp(GIFT)).findLast(([, it]) => it === object)?.[2],
  ],
  [/^who gave the (\w+)$/, (story, object) => allOf(story, new RegExp(GIFT)).findLast(([, it]) => it === object)?.[0]],
  [
    /^who gave the (\w+) to (\w+)$/,
    (story, object, to) => allOf(story, new RegExp(GIFT)).findLast(([, it, b]) => it === object && b === to)?.[0],
  ],
  [
    /^who did (\w+) give the (\w+) to$/,
    (story, from, object) => allOf(story, new RegExp(GIFT)).findLast(([a, it]) => a === from && it === object)?.[2],
  ],
  [
    /^what is (\w+) afraid of$/,
    (story, person) => {
      const species = allOf(story, /^(\w+) is a (\w+)$/).find(([who]) => who === person)?.[1];
      const feared = allOf(story, /^(\w+) are afraid of (\w+)$/).find(([who]) => SINGULAR[who!] === species)?.[1];
      return feared && SINGULAR[feared];
    },
  ],
  [
    /^what color is (\w+)$/,
    (story, person) => {
      const animals = allOf(story, /^(\w+) is a (\w+)$/) as [string, string][];
      const own = animals.find(([who]) => who === person)?.[1];
      const colours = new Map(allOf(story, /^(\w+) is (\w+)$/) as [string, string][]);
      // The data set has animals of two colours: those of the one who was called so last count there.
      const alike = animals.findLast(([who, animal]) => animal === own && colours.has(who));
      return alike && colours.get(alike[0]);
    },
  ],
  [/^what is the (\w+) (\w+ of)$/, (story, place, direction) => READERS.at(-1)![1](story, opposite(direction), place)],
  [
    /^(?:does the (.+) fit in the (.+)|is the (.+) bigger than the (.+))$/,
    (story, inner, outer, large, small) => {
      const [a, b] = [large ?? outer!, small ?? inner!];
      const is = isBigger(a, b, story);
      return is !== isBigger(b, a, story) ? yesNo(is) : undefined;
    },
  ],
  [
    /^is the (.+?) (above|below|to the left of|to the right of) the (.+)$/,
    (story, a, relation, b) => {
      const [way] = waysFrom(b, a, story);
      if (!way) return undefined;
      const [x, y] = VECTORS[relation]!;
      return yesNo(way.reduce((sum, [dx, dy]) => sum + dx * x + dy * y, 0) > 0);
    },
  ],
  [
    /^how do you go from the (\w+) to the (\w+)$/,
    (story, from, to) => {
      const names = (way: readonly (readonly [number, number])[]): string =>
        way.map(([x, y]) => (x ? (x > 0 ? "e" : "w") : y > 0 ? "n" : "s")).join();
      return only(waysFrom(from, to, story).map(names));
    },
  ],
  [
    /^where will (\w+) go$/,
    (story, person) => GOALS[allOf(story, /^(\w+) is (\w+)$/).find(([who]) => who === person)?.[1] ?? ""],
  ],
  [
    /^why did (\w+) (?:go to|get) the \w+$/,
    (story, person) => allOf(story, /^(\w+) is (\w+)$/).find(([who]) => who === person)?.[1],
  ],
  [
    /^what is (\w+ of) the (\w+)$/,
    (story, direction, place) =>
      only(
        besides(place, story)
          .filter(([, [x, y]]) => VECTORS[direction]![0] === x && VECTORS[direction]![1] === y)
          .map(([name]) => name),
      ),
  ],
];

function opposite(direction: string): string {
  const [x, y] = VECTORS[direction]!;
  return Object.keys(VECTORS).find((name) => VECTORS[name]![0] === -x && VECTORS[name]![1] === -y)!;
}

/** The answer that the words of a story and a question give; undefined where they give none. */
export function answerFrom({ story, question }: Pick<BabiQuestion, "story" | "question">): string | undefined {
  const asked = question.join(" ");
  const [pattern, reader] = READERS.find(([pattern]) => pattern.test(asked)) ?? [];
  const found = pattern?.exec(asked)?.slice(1);
  return (
    found &&
    reader!(
      story.map((words) => words.join(" ")),
      ...found,
    )
  );
}

/** The answer that only the sentences of a question's support give, in the order in which they were told. */
export const answerFromSupport = ({ story, question, support }: BabiQuestion): string | undefined =>
  answerFrom({ story: story.filter((_, i) => support.includes(i)), question });
