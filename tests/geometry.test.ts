import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "./support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { convexHull, isSimple, signedArea } from "../bindings/systems/pointerNetwork/geometry/convexHull.js";
import {
  nearestNeighbourTour,
  shortestTour,
  tourLength,
  twoOptTour,
} from "../bindings/systems/pointerNetwork/geometry/tours.js";
import { hullScore, tourScore, exactScore } from "../bindings/systems/pointerNetwork/pointerScores.js";
import { thrownBy } from "./support/thrown.js";

type P = readonly [number, number];

/** Points of a coarse grid, so that many coincide or lie on a line; or of a fine one, where hardly any do. */
const points = (most: number, least = 1): fc.Arbitrary<P[]> =>
  fc.constantFrom(4, 8, 0x100_0000).chain((grid) =>
    fc.array(
      fc.tuple(fc.nat(grid), fc.nat(grid)).map(([x, y]): P => [x / grid, y / grid]),
      {
        minLength: least,
        maxLength: most,
      },
    ),
  );

const cross = ([ax, ay]: P, [bx, by]: P, [cx, cy]: P): number => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
const equal = (p: P, q: P): boolean => p[0] === q[0] && p[1] === q[1];
const distance = (p: P, q: P): number => Math.hypot(p[0] - q[0], p[1] - q[1]);

/** Whether p is in a triangle of others, its border included, by the definition: a corner of the hull is in none. */
function isCorner(p: P, others: readonly P[]): boolean {
  for (const a of others) {
    for (const b of others) {
      for (const c of others) {
        const turns = [cross(a, b, p), cross(b, c, p), cross(c, a, p)];
        const isWithin = turns.every((t) => t >= 0) || turns.every((t) => t <= 0);
        const isFlat = turns.every((t) => t === 0);
        const [x, y] = [0, 1].map((axis) => [a, b, c].map((q) => q[axis]!)) as [number[], number[]];
        const isInBox =
          p[0] >= Math.min(...x) && p[0] <= Math.max(...x) && p[1] >= Math.min(...y) && p[1] <= Math.max(...y);
        if (isWithin && (!isFlat || isInBox)) return false;
      }
    }
  }
  return true;
}

const hulls = suite("convexHull");
hulls("its corners are the points that are in no triangle of the others, of equals the first", () => {
  fc.assert(
    fc.property(points(9), (all) => {
      const distinct = all.filter((p, i) => all.findIndex((q) => equal(p, q)) === i);
      const corners = distinct.filter((p) =>
        isCorner(
          p,
          distinct.filter((q) => q !== p),
        ),
      );
      const expected = corners.map((p) => all.findIndex((q) => equal(p, q)));
      assert.equal(
        convexHull(all).sort((a, b) => a - b),
        expected,
      );
    }),
  );
});
hulls("goes around to the left, from the lowest place, with every point on its left", () => {
  fc.assert(
    fc.property(points(12), (all) => {
      const hull = convexHull(all);
      assert.is(hull[0], Math.min(...hull));
      if (hull.length < 3) return;
      hull.forEach((place, i) => {
        const next = hull[(i + 1) % hull.length]!;
        for (const p of all) assert.ok(cross(all[place]!, all[next]!, p) >= 0);
      });
      assert.ok(isSimple(all, hull));
      assert.ok(signedArea(all, hull) > 0);
    }),
  );
});
hulls("points that all coincide have one corner, points on a line two", () => {
  const on = (x: number): P => [x, 2 * x];
  assert.equal(convexHull([on(1), on(1), on(1)]), [0]);
  assert.equal(convexHull([on(0.5), on(1), on(0), on(1), on(0.25)]), [1, 2]);
});
hulls("the area of shapes that everybody knows", () => {
  const square: P[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  assert.is(signedArea(square, [0, 1, 2, 3]), 1);
  assert.is(signedArea(square, [3, 2, 1, 0]), -1);
  assert.is(signedArea(square, [0, 1, 2]), 0.5);
  assert.is(signedArea(square, [0, 1]), 0);
});
hulls("what is no simple polygon: crossings, touches, ways back, repeated and too few corners", () => {
  const all: P[] = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  for (const corners of [
    [0, 1, 2, 3],
    [0, 5, 2, 3],
    [3, 2, 1, 0],
  ])
    assert.ok(isSimple(all, corners), String(corners));
  const bad = [
    [0, 2, 1, 3],
    [0, 1, 2, 4, 3],
    [0, 1, 4, 3],
    [0, 1],
    [0, 6, 1, 2],
    [0, 1, 2, 0, 3],
    [0, 1, 2, 5, 2],
  ];
  for (const corners of bad) assert.not(isSimple(all, corners), String(corners));
});
hulls.run();

/** All orders of the places after the first. */
function* orders(places: readonly number[]): Iterable<number[]> {
  if (!places.length) yield [];
  for (const place of places) for (const rest of orders(places.filter((p) => p !== place))) yield [place, ...rest];
}

const tours = suite("tours");
tours("shortestTour is as short as the shortest of all, and starts at the first in the right direction", () => {
  fc.assert(
    fc.property(points(7), (all) => {
      const tour = shortestTour(all);
      assert.equal([...tour].sort(), [...all.keys()]);
      assert.is(tour[0], 0);
      if (all.length > 2) assert.ok(tour[1]! < tour.at(-1)!);
      let best = Infinity;
      for (const rest of orders([...all.keys()].slice(1))) {
        const way = [0, ...rest, 0].map((place) => all[place]!);
        best = Math.min(
          best,
          way.slice(1).reduce((sum, p, i) => sum + distance(way[i]!, p), 0),
        );
      }
      assert.ok(Math.abs(tourLength(all, tour) - best) < 1e-9, `${tourLength(all, tour)} is not ${best}`);
    }),
    { numRuns: 40 },
  );
});
tours("nearestNeighbourTour goes to the nearest; twoOptTour is no longer, and no exchange of two edges helps", () => {
  fc.assert(
    fc.property(points(9), (all) => {
      const nearest = nearestNeighbourTour(all);
      assert.equal([...nearest].sort(), [...all.keys()]);
      nearest.slice(1).forEach((next, i) => {
        const left = nearest.slice(i + 1);
        const least = Math.min(...left.map((place) => distance(all[nearest[i]!]!, all[place]!)));
        assert.ok(Math.abs(distance(all[nearest[i]!]!, all[next]!) - least) < 1e-12);
      });
      const tour = twoOptTour(all);
      const length = tourLength(all, tour);
      assert.ok(length <= tourLength(all, nearest) + 1e-12);
      assert.ok(length >= tourLength(all, shortestTour(all)) - 1e-12);
      for (let i = 1; i < all.length; ++i) {
        for (let j = i + 1; j <= all.length; ++j) {
          const other = [...tour.slice(0, i), ...tour.slice(i, j).reverse(), ...tour.slice(j)];
          assert.ok(tourLength(all, other) >= length - 1e-9);
        }
      }
    }),
  );
});
tours("a known tour", () => {
  const square: P[] = [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
  ];
  assert.equal(shortestTour(square), [0, 2, 1, 3]);
  assert.is(tourLength(square, [0, 2, 1, 3]), 4);
  assert.equal(shortestTour([[5, 5]]), [0]);
  assert.is(tourLength([[5, 5]], [0]), 0);
});
tours("refuse what is no plane, and more points than the table holds", () => {
  const many = Array.from({ length: 13 }, (_, i): P => [i, 0]);
  assert.match(thrownBy(() => shortestTour(many)).message, /there are 13 points, and must be at most 12/);
  for (const f of [convexHull, shortestTour, nearestNeighbourTour, twoOptTour]) {
    for (const bad of [[], [[1]], [[1, NaN]], [[0, 0], , [1, 1]], [null]] as never[]) {
      assert.instance(
        thrownBy(() => f(bad)),
        RangeError,
      );
    }
  }
  assert.match(thrownBy(() => tourLength([[0, 0]], [1])).message, /place 0 is 1, and must be a whole number below 1/);
});

const data = process.env["TAPEHEAD_DATA"];
(data ? tours : tours.skip)("on real cities: the optima and hulls that come with them", () => {
  const bytes = readFileSync(`${data}/cities-tsp/tsp-test.jsonl.gz`);
  const rows = gunzipSync(bytes)
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as City);
  for (const { points, tour, length, hull } of rows.filter((_, i) => i % 10 === 0)) {
    assert.ok(Math.abs(tourLength(points, shortestTour(points)) - length) < 1e-5);
    assert.ok(Math.abs(tourLength(points, tour) - length) < 1e-5);
    assert.equal(convexHull(points), hull);
  }
});
interface City {
  points: P[];
  tour: number[];
  length: number;
  hull: number[];
}
tours.run();

const scores = suite("scores of what was pointed at");
const square: P[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0.5, 0.5],
];
scores("exact sequences", () => {
  assert.is(
    exactScore(
      [[0, 1], [1, 0], [1]],
      [
        [0, 1],
        [0, 1],
        [1, 0],
      ],
    ),
    1 / 3,
  );
});
scores("hulls: any rotation is right, and the area is of simple polygons only", () => {
  const answers = [
    [0, 1, 2, 3, 0],
    [2, 3, 0, 1, 2],
    [0, 1, 2, 0],
    [0, 2, 1, 3, 0],
    [0, 1, 2, 3],
    [3, 2, 1, 0, 3],
  ];
  const { accuracy, simple, area } = hullScore(
    answers,
    answers.map(() => square),
  );
  assert.is(accuracy, 2 / 6);
  assert.is(simple, 4 / 6);
  assert.is(area, (1 + 1 + 0.5 + 1) / 4);
});
scores("hulls: a point that coincides with a corner is as good", () => {
  const doubled: P[] = [...square, [1, 0]];
  assert.is(hullScore([[0, 5, 2, 3, 0]], [doubled]).accuracy, 1);
});
scores("hulls: sets without an area have no place in the area", () => {
  const { accuracy, simple, area } = hullScore(
    [[0, 0]],
    [
      [
        [1, 1],
        [1, 1],
      ],
    ],
  );
  assert.is(accuracy, 1);
  assert.ok(Number.isNaN(simple) && Number.isNaN(area));
});
scores("tours: what visits a city twice is not valid and not in the means", () => {
  const corners = square.slice(0, 4);
  const crossing = 2 + 2 * Math.SQRT2;
  const score = tourScore(
    [
      [0, 1, 2, 3],
      [0, 2, 1, 3],
      [0, 1, 1, 3],
      [0, 1],
    ],
    Array(4).fill(corners),
  );
  assert.is(score.valid, 0.5);
  assert.ok(Math.abs(score.length - (4 + crossing) / 2) < 1e-12);
  assert.ok(Math.abs(score.overOptimum - (1 + crossing / 4) / 2) < 1e-12);
  assert.equal([score.optimum, score.nearestNeighbour, score.twoOpt], [4, 1, 1]);
  assert.is(
    tourScore(
      [[0, 1]],
      [
        [
          [1, 1],
          [1, 1],
        ],
      ],
    ).overOptimum,
    1,
  );
});
scores("refuse answers that are not as many as the examples", () => {
  for (const f of [exactScore, hullScore, tourScore] as ((a: never, b: never) => unknown)[]) {
    assert.match(thrownBy(() => f([[0]] as never, [] as never)).message, /1 answers for 0 examples/);
  }
});
scores.run();
