import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";

/** Who and where, in most tasks. */
export const people: readonly string[] = ["john", "mary", "sandra", "daniel"];
export const places: readonly string[] = ["bedroom", "kitchen", "garden", "hallway", "bathroom", "office"];

/** Who and where, in tasks of time and of indefinite knowledge. */
export const townspeople: readonly string[] = ["fred", "mary", "julie", "bill"];
export const townPlaces: readonly string[] = ["office", "bedroom", "school", "park", "cinema", "kitchen"];

const MOVES: readonly string[] = ["went", "journeyed", "travelled", "moved", "went back"];

/** A move to a place, in one of its wordings. */
export const moved = (random: Random, place: string): string => `${oneOf(random, MOVES)} to the ${place}`;
