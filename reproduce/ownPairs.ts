import { Random } from "../bindings/common/random/philox.js";
import type { TextPair } from "../bindings/learn.js";

/** Pairs to learn from, and others of the same kind that are held out. */
export interface OwnPairs {
  readonly pairs: readonly TextPair[];
  readonly heldOut: readonly TextPair[];
}

const NUMERALS = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
] as const;

export function romanOf(number: number): string {
  let [text, rest] = ["", number];
  for (const [value, letters] of NUMERALS) for (; rest >= value; rest -= value) text += letters;
  return text;
}

/** Roman numerals from 1 to 3999 and the numbers they are; every seventh is held out. */
export function romanPairs(): OwnPairs {
  const all = Array.from({ length: 3999 }, (_, i) => [romanOf(i + 1), String(i + 1)] as const);
  const isSeventh = (i: number): boolean => (i + 1) % 7 === 0;
  return { pairs: all.filter((_, i) => !isSeventh(i)), heldOut: all.filter((_, i) => isSeventh(i)) };
}

const UNDER_20 =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** A whole number below a million in English. */
export function englishOf(number: number): string {
  if (number < 20) return UNDER_20[number]!;
  const [size, mark] = number < 100 ? [10, "-"] : number < 1000 ? [100, " "] : [1000, " "];
  const many = Math.floor(number / size);
  const head = size === 10 ? TENS[many]! : `${englishOf(many)} ${size === 100 ? "hundred" : "thousand"}`;
  return number % size ? `${head}${mark}${englishOf(number % size)}` : head;
}

/** Numbers below a million and how English says them; `count` of them to learn from, and a thousand that are held out. */
export function numberWordPairs({ count = 5000, seed = 1 } = {}): OwnPairs {
  const random = new Random(seed, 0);
  return drawn(count, () => {
    const number = random.integer(0, 999_999);
    return [String(number), englishOf(number)];
  });
}

const WORDS = `
  account action active address admin alert amount array async author balance batch begin block body border buffer button
  cache callback cancel cell change channel char check child class clear client code color column command comment config
  content context count create current cursor data date default delete depth device dialog display document domain draft
  edge element email empty enable encode end entry error event export factor feature field file filter find first flag
  focus format frame from get global grid group handle handler has hash header height hidden host icon id image import
  index info init input insert is item join key kind label last layout left length level limit line link list load local
  lock log login loop map margin match max menu merge message method min mode model month mouse move name next node note
  number object offset old on open option order output owner page panel parent parse password path pattern payment phone
  point pop port position prefix price print process product profile query queue range rate read record region remove
  render reply report request reset resize response result right role root row rule run save scale score screen scroll
  search select send server session set shape show sign size slot sort source stack start state status step stop stream
  string style submit sum table tag target task text theme time title to token top total track tree trigger type unit
  update upload user value vector version view visible wait weight width window with word write year zone`
  .trim()
  .split(/\s+/);
const ACRONYMS = "HTTP URL XML JSON HTML API SQL CSS DNS IP TCP UDP PDF CSV UTF TLS SSH FTP GPU CPU UI DB IO RGB".split(
  " ",
);

/**
 * Names in camelCase, a quarter of whose parts are acronyms, and the same in snake_case: "parseHTTPResponse" and
 * "parse_http_response". Two acronyms do not follow each other, since nobody could tell where one ends.
 */
export function snakeCasePairs({ count = 2000, seed = 1 } = {}): OwnPairs {
  const random = new Random(seed, 0);
  const one = (list: readonly string[]): string => list[random.integer(0, list.length - 1)]!;
  return drawn(count, () => {
    const parts: string[] = [];
    for (let left = random.integer(2, 4); left; --left) {
      const isAcronym = !random.integer(0, 3) && !ACRONYMS.includes(parts.at(-1) ?? "");
      parts.push(one(isAcronym ? ACRONYMS : WORDS));
    }
    const [first, ...rest] = parts as [string, ...string[]];
    const capital = (part: string): string => part[0]!.toUpperCase() + part.slice(1);
    return [[first.toLowerCase(), ...rest.map(capital)].join(""), parts.join("_").toLowerCase()];
  });
}

const HELD_OUT = 1000;

/** So many different pairs, and a thousand others. */
function drawn(count: number, draw: () => TextPair): OwnPairs {
  const all = new Map<string, TextPair>();
  while (all.size < count + HELD_OUT) {
    const pair = draw();
    all.set(pair[0], pair);
  }
  const pairs = [...all.values()];
  return { pairs: pairs.slice(0, count), heldOut: pairs.slice(count) };
}
