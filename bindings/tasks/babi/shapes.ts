import type { Random } from "../../common/random/philox.js";
import { happens, oneOf, shuffled } from "./draw.js";
import type { BabiQuestion } from "./story.js";
import { Teller } from "./teller.js";

const SHAPES: readonly string[] = [
  "red square",
  "blue square",
  "yellow square",
  "pink rectangle",
  "triangle",
  "red sphere",
];

/** Relations in the order around: the opposite of each is two on. */
const RELATIONS = [
  { text: "above", x: 0, y: 1 },
  { text: "to the right of", x: 1, y: 0 },
  { text: "below", x: 0, y: -1 },
  { text: "to the left of", x: -1, y: 0 },
] as const;

const QUESTIONS = 8;

/** Task 17: how two shapes lie to each other, by how each lies to a third. */
export function positionalReasoning(random: Random): BabiQuestion[] {
  const teller = new Teller();
  const [middle, ...outer] = shuffled(random, SHAPES).slice(0, 3) as [string, string, string];
  const sides = random.permutation(4); // on two sides of the middle, never both on one
  const told = outer.map((shape, i) => {
    const side = sides[i]!;
    const [a, b, is] = happens(random, 0.5) ? [shape, middle, side] : [middle, shape, (side + 2) % 4];
    const sentence = teller.tell(`the ${a} is ${RELATIONS[is]!.text} the ${b}`);
    return { shape, sentence, ...RELATIONS[side]! };
  });
  for (let i = 0; i < QUESTIONS; ++i) {
    const [a, b] = shuffled(random, told);
    const [x, y] = [a!.x - b!.x, a!.y - b!.y];
    const isYes = happens(random, 0.5);
    const fitting = RELATIONS.filter((relation) => relation.x * x + relation.y * y > 0 === isYes);
    const question = `is the ${a!.shape} ${oneOf(random, fitting).text} the ${b!.shape}`;
    teller.ask(question, isYes ? "yes" : "no", [a!.sentence, b!.sentence]);
  }
  return teller.questions;
}
