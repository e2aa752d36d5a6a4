import type { Random } from "../../common/random/philox.js";
import { another, happens, oneOf, shuffled } from "./draw.js";
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
  const [a, middle, b] = shuffled(random, SHAPES) as [string, string, string];
  const ofA = random.integer(0, 3);
  const ofB = another(random, [0, 1, 2, 3], [ofA]); // two shapes are not in one place
  const tell = (shape: string, relation: number): number => {
    const [first, second, as] = happens(random, 0.5) ? [shape, middle, relation] : [middle, shape, (relation + 2) % 4];
    return teller.tell(`the ${first} is ${RELATIONS[as]!.text} the ${second}`);
  };
  const isAFirst = happens(random, 0.5);
  const early = isAFirst ? tell(a, ofA) : tell(b, ofB);
  const late = isAFirst ? tell(b, ofB) : tell(a, ofA);
  const x = RELATIONS[ofA]!.x - RELATIONS[ofB]!.x;
  const y = RELATIONS[ofA]!.y - RELATIONS[ofB]!.y;
  const [aTold, bTold] = isAFirst ? [early, late] : [late, early];
  for (let i = 0; i < QUESTIONS; ++i) {
    const isA = happens(random, 0.5);
    const sign = isA ? 1 : -1;
    const isYes = happens(random, 0.5);
    const relation = oneOf(
      random,
      RELATIONS.filter((each) => each.x * x * sign + each.y * y * sign > 0 === isYes),
    );
    const [first, second] = isA ? [a, b] : [b, a];
    teller.ask(
      `is the ${first} ${relation.text} the ${second}`,
      isYes ? "yes" : "no",
      isA ? [aTold, bTold] : [bTold, aTold],
    );
  }
  return teller.questions;
}
