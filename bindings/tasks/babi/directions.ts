import type { Random } from "../../common/random/philox.js";
import { happens, oneOf, shuffled } from "./draw.js";
import { places } from "./people.js";
import type { BabiQuestion } from "./story.js";
import { Teller } from "./teller.js";

/** Directions in the order around: the opposite of each is two on. */
const COMPASS: readonly string[] = ["north", "east", "south", "west"];
const STEPS: readonly (readonly [x: number, y: number])[] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
];

const opposite = (direction: number): number => (direction + 2) % 4;

/** That a place is in a direction of another, from either's side. */
function relation(random: Random, place: string, direction: number, of: string): string {
  const [a, b, to] = happens(random, 0.5) ? [place, of, direction] : [of, place, opposite(direction)];
  return `the ${a} is ${COMPASS[to]} of the ${b}`;
}

/**
 * Task 4: what is in a direction of a place, or of what it is, by the one sentence about the two. Two neighbours of a
 * place, opposite each other, are told of, in a third of the sentences with the middle place first, about as in the data
 * set; the answer is the place that one of the sentences begins with.
 */
export function twoArgRelations(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const [middle, ...neighbours] = shuffled(random, places).slice(0, 3) as [string, ...string[]];
  const direction = random.integer(0, 3); // of the first neighbour, from the middle place
  const told = neighbours.map((neighbour, i) => {
    const to = i ? opposite(direction) : direction;
    return happens(random, 1 / 3) ? ([middle, opposite(to), neighbour] as const) : ([neighbour, to, middle] as const);
  });
  for (const [place, to, of] of told) teller.tell(`the ${place} is ${COMPASS[to]} of the ${of}`);
  const asked = random.integer(0, 1);
  const [answer, to, of] = told[asked]!;
  const question = happens(random, 0.5)
    ? `what is ${COMPASS[to]} of the ${of}`
    : `what is the ${of} ${COMPASS[opposite(to)]} of`;
  teller.ask(question, answer, [asked]);
  return teller.questions;
}

/** A place, its cell, and the place and direction that it was reached by. */
interface Room {
  readonly place: string;
  readonly x: number;
  readonly y: number;
  readonly from?: Room;
  readonly direction: number;
}

/** Task 19: how to go to a place two steps away. Rooms are next to those only of which it is told, so there is one way. */
export function pathFinding(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const rooms: Room[] = [];
  for (const place of shuffled(random, places)) rooms.push(next(random, place, rooms));
  const sentence = new Map(
    shuffled(random, rooms.slice(1)).map((room) => [
      room,
      teller.tell(relation(random, room.place, room.direction, room.from!.place)),
    ]),
  );
  const [start, ...steps] = oneOf(
    random,
    rooms.flatMap((room) => waysFrom(room, rooms)),
  );
  const answer = steps.map(([direction]) => COMPASS[direction]![0]);
  const goal = steps[1]![1];
  teller.ask(
    `how do you go from the ${start.place} to the ${goal.place}`,
    answer.join(),
    steps.map(([, , by]) => sentence.get(by)!),
  );
  return teller.questions;
}

type Step = readonly [direction: number, to: Room, by: Room];

/** Ways of two steps from a room. */
function waysFrom(start: Room, rooms: readonly Room[]): [Room, Step, Step][] {
  return stepsFrom(start, rooms).flatMap((first) =>
    stepsFrom(first[1], rooms)
      .filter(([, to]) => to !== start)
      .map((second): [Room, Step, Step] => [start, first, second]),
  );
}

/** To the room that a room was reached from, and to those that were reached from it. */
function stepsFrom(room: Room, rooms: readonly Room[]): Step[] {
  const onward = rooms.filter(({ from }) => from === room).map((to): Step => [to.direction, to, to]);
  return room.from ? [[opposite(room.direction), room.from, room], ...onward] : onward;
}

/** A room in a cell that has one neighbour. */
function next(random: Random, place: string, rooms: readonly Room[]): Room {
  if (!rooms.length) return { place, x: 0, y: 0, direction: 0 };
  const free = rooms.flatMap((from) =>
    STEPS.map(([dx, dy], direction): Room => ({ place, x: from.x + dx, y: from.y + dy, from, direction })),
  );
  const beside = (a: Room, b: Room): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  return oneOf(
    random,
    free.filter((room) => rooms.every((other) => other === room.from || beside(room, other) > 1)),
  );
}
