import { suite } from "uvu";
import * as assert from "uvu/assert";
import fc from "../support/properties.js";
import { bestFirst, type MoveCosts } from "../../bindings/search/bestFirst.js";
import { EvaluationError, NoMoveError } from "../../bindings/search/errors.js";
import type { Puzzle } from "../../bindings/search/game.js";
import { Heap } from "../../bindings/search/heap.js";
import { policyCosts } from "../../bindings/search/policyCosts.js";
import { sliding, slidingDistances } from "./games/sliding.js";
import { uniform } from "./games/ticTacToe.js";
import { thrownBy } from "../support/thrown.js";

const distances = slidingDistances();
const ones = (batch: readonly { readonly moves: readonly unknown[] }[]): number[][] =>
  batch.map(({ moves }) => moves.map(() => 1));
const goals = "12345_";

/** The sum of the tiles' distances to their places: never above the moves that are left. */
const manhattan = (tiles: string): number =>
  [...tiles].reduce((sum, tile, i) => {
    const to = goals.indexOf(tile);
    return tile === "_" ? sum : sum + Math.abs(Math.floor(i / 3) - Math.floor(to / 3)) + Math.abs((i % 3) - (to % 3));
  }, 0);

/** A graph with costs, from 0 to the last place. */
const graph = fc
  .integer({ min: 2, max: 12 })
  .chain((places) =>
    fc
      .array(fc.record({ from: fc.nat(places - 1), to: fc.nat(places - 1), cost: fc.nat(9) }), { maxLength: 40 })
      .map((edges) => ({ places, edges })),
  );
type Edge = { from: number; to: number; cost: number };
const puzzleOf = ({ places, edges }: { places: number; edges: readonly Edge[] }): Puzzle<number, Edge> => ({
  start: () => 0,
  moves: (place) => edges.filter(({ from }) => from === place),
  next: (_, { to }) => to,
  value: (place) => (place === places - 1 ? 1 : undefined),
  key: (place) => place,
});
const edgeCosts: MoveCosts<number, Edge> = (batch) => batch.map(({ moves }) => moves.map(({ cost }) => cost));

/** Least costs from 0, by relaxing every edge as often as there are places. */
function leastCosts({ places, edges }: { places: number; edges: readonly Edge[] }): number[] {
  const least = Array.from({ length: places }, (_, i) => (i ? Infinity : 0));
  for (let i = 0; i < places; ++i)
    for (const { from, to, cost } of edges) least[to] = Math.min(least[to]!, least[from]! + cost);
  return least;
}

const search = suite("best-first search");

search("a heap returns the least, and of equals the first", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (priorities) => {
      const heap = new Heap<number>();
      priorities.forEach((priority, i) => heap.push(priority, i));
      const order = priorities.map((_, i) => i).sort((a, b) => priorities[a]! - priorities[b]! || a - b);
      assert.equal(
        order.map(() => heap.pop()),
        order,
      );
      assert.is(heap.pop(), undefined);
    }),
  );
});

search(
  "the cheapest way through any graph is found, in batches and with keys or without, or that there is none",
  () => {
    fc.assert(
      fc.property(graph, fc.integer({ min: 1, max: 5 }), (drawn, batch) => {
        const puzzle = puzzleOf(drawn);
        const least = leastCosts(drawn).at(-1)!;
        for (const cheapest of [true, false]) {
          const { solution, isExhausted } = bestFirst(puzzle, edgeCosts, { budget: 10_000, batch, cheapest });
          assert.is(solution === undefined, least === Infinity);
          assert.is(isExhausted, least === Infinity);
          if (!solution) continue;
          if (cheapest) assert.is(solution.cost, least);
          assert.is(
            solution.moves.reduce((sum, { cost }) => sum + cost, 0),
            solution.cost,
          );
          assert.equal(solution.states, [0, ...solution.moves.map(({ to }) => to)]);
          solution.moves.forEach(({ from }, i) => assert.is(from, solution.states[i]));
        }
      }),
    );
  },
);

search(
  "the cost of a solution is that of its moves, where a state before it is reached at less cost in the same batch",
  () => {
    const costs = [
      [0, 1, 1],
      [0, 2, 0],
      [2, 1, 0],
      [1, 3, 0],
    ] as const;
    const puzzle = puzzleOf({ places: 4, edges: costs.map(([from, to, cost]) => ({ from, to, cost })) });
    const { solution } = bestFirst(puzzle, edgeCosts, { budget: 10, batch: 2 });
    assert.equal(solution?.states, [0, 2, 1, 3]);
    assert.is(solution?.cost, 0);
  },
);

search("every state of the sliding puzzle is solved in the fewest moves; A* expands fewer on the way", () => {
  assert.is(distances.size, 360);
  assert.is(Math.max(...distances.values()), 21);
  let [plain, guided] = [0, 0];
  for (const [state, distance] of distances) {
    if (distance % 5 !== 1) continue;
    const budget = 1000;
    const one = bestFirst(sliding, ones, { state, budget, cheapest: true });
    const remaining = (states: readonly string[]): number[] => states.map(manhattan);
    const other = bestFirst(sliding, ones, { state, budget, cheapest: true, remaining });
    for (const { solution } of [one, other]) {
      assert.is(solution?.cost, distance);
      assert.is(solution?.moves.reduce(sliding.next, state), goals);
    }
    plain += one.expanded;
    guided += other.expanded;
  }
  assert.ok(guided < 0.7 * plain, `${guided} of ${plain}`);
});

search("states that cannot be solved are exhausted: half of the tiles' orders, of 360 states each", () => {
  const { solution, expanded, isExhausted } = bestFirst(sliding, ones, { state: "21345_", budget: 10_000, batch: 7 });
  assert.is(solution, undefined);
  assert.is(expanded, 360);
  assert.ok(isExhausted);
});

search("the budget is kept, in batches too", () => {
  for (const batch of [1, 7, 64]) {
    const { solution, expanded, isExhausted } = bestFirst(sliding, ones, { state: "21345_", budget: 100, batch });
    assert.equal([solution, expanded, isExhausted], [undefined, 100, false]);
  }
  const [far] = [...distances].find(([, distance]) => distance === 21)!;
  assert.is(bestFirst(sliding, ones, { state: far, budget: 5 }).solution, undefined);
});

search("costs of a policy are −ln p of the legal moves, and a sure policy goes straight to the end", () => {
  const blind = policyCosts(sliding, uniform(sliding));
  const [costs] = blind([{ state: "12345_", moves: sliding.moves("12345_") }]);
  for (const cost of Array.from(costs!)) assert.ok(Math.abs(cost - Math.log(2)) < 1e-12);
  const knowing = policyCosts(sliding, (states) =>
    states.map((tiles) => {
      const policy = Array<number>(4).fill(0.01);
      const isNearer = (move: number): boolean => distances.get(sliding.next(tiles, move))! < distances.get(tiles)!;
      policy[sliding.moves(tiles).find(isNearer)!] = 1;
      return { policy, value: 0 };
    }),
  );
  for (const [state, distance] of distances) {
    const { solution, expanded } = bestFirst(sliding, knowing, { state, budget: 400 });
    assert.is(solution?.moves.length, distance);
    assert.is(expanded, distance);
  }
});

search(
  "moves and states may be anything, lost ends and dead ends are passed by, and without a key it is a tree",
  () => {
    type Word = readonly string[];
    const spelling = (word: string): Puzzle<Word, { readonly add: string }> => ({
      start: () => [],
      moves: (letters) => (letters.length < 3 ? ["a", "b", "x", "y"].map((add) => ({ add })) : []),
      next: (letters, { add }) => [...letters, add],
      value: (letters) => (letters.includes("x") ? -1 : letters.join("") === word ? 1 : undefined),
    });
    const { solution } = bestFirst(spelling("aby"), ones, { budget: 200 });
    assert.equal(
      solution?.moves.map(({ add }) => add),
      ["a", "b", "y"],
    );
    const none = bestFirst(spelling("axe"), ones, { budget: 200 });
    assert.equal([none.solution, none.isExhausted, none.expanded], [undefined, true, 1 + 3 + 9 + 27]);
  },
);

search("moves of infinite cost and states of infinite remaining cost are left out", () => {
  const edges = [
    { from: 0, to: 1, cost: Infinity },
    { from: 0, to: 2, cost: 5 },
    { from: 2, to: 3, cost: 5 },
    { from: 1, to: 3, cost: 0 },
  ];
  const puzzle = puzzleOf({ places: 4, edges });
  assert.is(bestFirst(puzzle, edgeCosts, { budget: 9 }).solution?.cost, 10);
  const remaining = (states: readonly number[]): number[] => states.map((state) => (state === 2 ? Infinity : 0));
  assert.equal(bestFirst(puzzle, edgeCosts, { budget: 9, remaining }).solution, undefined);
});

search("a start that is solved needs no move", () => {
  for (const cheapest of [true, false]) {
    const { solution, expanded } = bestFirst(sliding, ones, { budget: 1, cheapest });
    assert.equal([solution, expanded], [{ moves: [], states: [goals], cost: 0 }, 0]);
  }
});

search("refuses a budget of 0, a start that is lost, and costs that are none", () => {
  for (const options of [{ budget: 0 }, { budget: 0.5 }, { budget: 5, batch: 0 }]) {
    assert.instance(
      thrownBy(() => bestFirst(sliding, ones, options)),
      RangeError,
    );
  }
  assert.throws(() => bestFirst(sliding, ones, {} as { budget: number }), /needs the option "budget"/);
  const lost = { ...sliding, value: () => 0 };
  assert.instance(
    thrownBy(() => bestFirst(lost, ones, { budget: 5 })),
    NoMoveError,
  );
  const faults: [MoveCosts<string, number>, RegExp][] = [
    [() => [], /costs are 0, and must be 1/],
    [(batch) => batch.map(() => [1]), /A state has 3 moves, and 1 costs/],
    [(batch) => batch.map(({ moves }) => moves.map(() => -1)), /cost of a move is -1/],
    [(batch) => batch.map(({ moves }) => moves.map(() => NaN)), /cost of a move is NaN/],
  ];
  for (const [costs, message] of faults) {
    const error = thrownBy(() => bestFirst(sliding, costs, { state: "1234_5", budget: 5 }));
    assert.instance(error, EvaluationError);
    assert.match(error.message, message);
  }
  const remaining = (): number[] => [NaN];
  assert.throws(() => bestFirst(sliding, ones, { budget: 5, remaining }), /remaining cost of a state is NaN/);
});

search.run();
