import { suite } from "uvu";
import * as assert from "uvu/assert";
import fc from "../support/properties.js";
import { Random } from "../../bindings/common/random/philox.js";
import { connectFour, type ConnectFour } from "../../bindings/games/connectFour/connectFour.js";
import type { ConnectFourState } from "../../bindings/games/connectFour/state.js";
import { IllegalMoveError, ImpossiblePositionError } from "../../bindings/search/errors.js";
import { simulate } from "../../bindings/search/simulate.js";
import { TreeSearch } from "../../bindings/search/treeSearch.js";
import { unforcedPositions } from "../../reproduce/connectFour/unforcedPositions.js";
import { uniform } from "../search/games/ticTacToe.js";
import { thrownBy } from "../support/thrown.js";

const game = connectFour();

/** The rules in a few lines over a board of columns: whether the last stone made a line of four. */
function plainPlay(columns: number, moves: readonly number[]): { board: number[][]; isWon: boolean } {
  const board: number[][] = Array.from({ length: columns }, () => []);
  let isWon = false;
  moves.forEach((column, i) => {
    board[column]!.push(i % 2);
    const row = board[column]!.length - 1;
    const at = (c: number, r: number): boolean => board[c]?.[r] === i % 2;
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [1, -1],
    ] as const) {
      let length = 1;
      for (const sign of [1, -1]) for (let k = 1; at(column + sign * k * dx, row + sign * k * dy); ++k) ++length;
      isWon ||= length >= 4;
    }
  });
  return { board, isWon };
}

/** A game of random moves, to its end or so many. */
function randomMoves(of: ConnectFour, random: Random, most = Infinity): number[] {
  const moves: number[] = [];
  for (let state = of.start(); moves.length < most && of.value(state) === undefined;) {
    const legal = of.moves(state);
    moves.push(legal[random.integer(0, legal.length - 1)]!);
    state = of.next(state, moves.at(-1)!);
  }
  return moves;
}

const rules = suite("Connect Four");

const sizes: [rows: number, columns: number][] = [
  [6, 7],
  [6, 8],
  [5, 9],
  [4, 4],
  [6, 4],
  [4, 9],
  [1, 5],
  [2, 2],
  [5, 1],
];
for (const [rows, columns] of sizes) {
  rules(`on ${rows} rows and ${columns} columns, games go as they do on a board of columns`, () => {
    const of = connectFour({ rows, columns });
    const random = new Random(rows * 10 + columns);
    for (let i = 0; i < 150; ++i) {
      const moves = randomMoves(of, random);
      let state = of.start();
      moves.forEach((move, ply) => {
        assert.is(of.value(state), undefined);
        state = of.next(state, move);
        const { board, isWon } = plainPlay(columns, moves.slice(0, ply + 1));
        const value = isWon ? -1 : ply + 1 === rows * columns ? 0 : undefined;
        assert.is(of.value(state), value);
        const open = board.flatMap((stones, column) => (stones.length < rows ? [column] : []));
        assert.equal(of.moves(state), value === undefined ? open : []);
        const planes = new Float32Array(rows * columns * 3);
        of.encode(state, planes);
        const expected = Array.from({ length: rows }, (_, r) =>
          board.map((stones) => {
            const stone = stones[rows - 1 - r];
            return stone === undefined ? [0, 0, 1] : stone === (ply + 1) % 2 ? [1, 0, 0] : [0, 1, 0];
          }),
        );
        assert.equal([...planes], expected.flat(2));
      });
    }
  });
}

rules("threats are the empty squares on which a stone would make four in a line", () => {
  const of = connectFour({ threats: true });
  const random = new Random(12);
  let threats = 0;
  for (let i = 0; i < 60; ++i) {
    const moves = randomMoves(of, random, 8 + (i % 16));
    const state = moves.reduce((before, move) => of.next(before, move), of.start());
    if (of.value(state) !== undefined) continue;
    const [plain, planes] = [new Float32Array(6 * 7 * 3), new Float32Array(6 * 7 * 5)];
    game.encode(state, plain);
    of.encode(state, planes);
    const ownerAt = (row: number, column: number): number =>
      row < 0 || row > 5 || column < 0 || column > 6 ? -1 : [0, 1, 2].find((k) => plain[(row * 7 + column) * 3 + k])!;
    for (let square = 0; square < 42; ++square) {
      const [row, column] = [Math.floor(square / 7), square % 7];
      const seen = [...planes.subarray(5 * square, 5 * square + 5)];
      assert.equal(seen.slice(0, 3), [...plain.subarray(3 * square, 3 * square + 3)]);
      const wins = [0, 1].map((player) =>
        [
          [0, 1],
          [1, 0],
          [1, 1],
          [1, -1],
        ].some(([down, right]) => {
          const run = (sign: number): number => {
            let length = 0;
            while (ownerAt(row + sign * (length + 1) * down!, column + sign * (length + 1) * right!) === player)
              ++length;
            return length;
          };
          return ownerAt(row, column) === 2 && run(1) + run(-1) >= 3;
        }),
      );
      threats += Number(wins[0]) + Number(wins[1]);
      assert.equal(seen.slice(3), wins.map(Number));
    }
  }
  assert.ok(threats > 50, `${threats}`);
});

rules("with parity a last plane has the odd rows, from below, for who began, and the even ones for the other", () => {
  for (const threats of [false, true]) {
    const [plain, of] = [connectFour({ threats }), connectFour({ threats, parity: true })];
    const [before, planes] = [plain, of].map((each) => each.planes[2]) as [number, number];
    assert.is(planes, before + 1);
    for (const moves of ["", "4", "44", "4453", "44536"]) {
      const state = of.position(moves);
      const [without, seen] = [new Float32Array(42 * before), new Float32Array(42 * planes)];
      plain.encode(state, without);
      of.encode(state, seen);
      for (let square = 0; square < 42; ++square) {
        const all = [...seen.subarray(planes * square, planes * (square + 1))];
        assert.equal(all.slice(0, -1), [...without.subarray(before * square, before * (square + 1))]);
        const rowFromBelow = 6 - Math.floor(square / 7);
        const isFirstPlayer = moves.length % 2 === 0;
        assert.is(all.at(-1), Number(isFirstPlayer === (rowFromBelow % 2 === 1)), `${moves}, square ${square}`);
      }
    }
  }
});

rules("keys are equal for equal positions alone, whatever the order of the moves", () => {
  const random = new Random(7);
  const seen = new Map<string, string>();
  for (let i = 0; i < 3000; ++i) {
    const state = game.position(
      randomMoves(game, random, i % 12)
        .map((move) => move + 1)
        .join(""),
    );
    const drawn = game.draw(state);
    const key = game.key(state);
    assert.is(seen.get(key) ?? drawn, drawn);
    seen.set(key, drawn);
  }
  assert.is(new Set(seen.values()).size, seen.size);
});

rules("a position is drawn as it lies", () => {
  const lines = [". . . . . . .", ". . . . . . .", ". . . . . . .", ". . . . . . .", ". . . o . . ."];
  assert.is(game.draw(game.position("4453")), [...lines, ". . o x x . .", "1 2 3 4 5 6 7"].join("\n"));
  assert.equal(game.position(""), game.start());
});

rules("positions after n plies are as many as are known (OEIS A212693)", () => {
  let level = new Map([["", game.start()]]);
  const counts = [1];
  for (let ply = 0; ply < 8; ++ply) {
    const next = new Map<string, ConnectFourState>();
    for (const state of level.values()) {
      for (const move of game.moves(state)) {
        const after = game.next(state, move);
        next.set(game.key(after), after);
      }
    }
    counts.push((level = next).size);
  }
  assert.equal(counts, [1, 7, 49, 238, 1120, 4263, 16422, 54859, 184275]);
});

rules(
  "positions of 8 plies that are not over, and in which no move wins or is forced, are the 67,557 of UCI's table",
  () => {
    const positions = unforcedPositions(game, 8);
    assert.is(positions.length, 67_557);
    for (const { plies } of positions) assert.is(plies, 8);
  },
);

rules("the board of 4 × 4 has 161,029 positions", () => {
  const small = connectFour({ rows: 4, columns: 4 });
  const seen = new Set([small.key(small.start())]);
  const rest = [small.start()];
  for (let state = rest.pop(); state; state = rest.pop()) {
    for (const move of small.moves(state)) {
      const next = small.next(state, move);
      const key = small.key(next);
      if (seen.has(key)) continue;
      seen.add(key);
      rest.push(next);
    }
  }
  assert.is(seen.size, 161_029);
});

rules("a search sees a win in one, and a threat that it must answer", () => {
  for (const moves of ["414243", "41424", "172737", "17273"]) {
    const search = new TreeSearch(game, { state: game.position(moves) });
    simulate([search], uniform(game), { simulations: 2000, leaves: 4 });
    assert.is(search.choose(), 3, moves);
  }
});

rules("refuses moves that are not legal", () => {
  const full = game.position("444444");
  const faults: [ConnectFourState, number, RegExp][] = [
    [full, 3, /this column is full; legal are 0, 1, 2, 4, 5, 6/],
    [full, 7, /there are 7 columns/],
    [full, -1, /there are 7 columns/],
    [full, 0.5, /there are 7 columns/],
    [game.position("4142434"), 2, /the game is won before; no move is legal/],
  ];
  for (const [state, move, message] of faults) {
    const error = thrownBy(() => game.next(state, move));
    assert.instance(error, IllegalMoveError);
    assert.match(error.message, message);
  }
});

rules("refuses positions that cannot arise, and says which move is at fault", () => {
  const faults: [string, RegExp][] = [
    ["4444444", /move 7 is "4", but this column is full/],
    ["8", /move 1 is "8", but there are 7 columns/],
    ["40", /move 2 is "0"/],
    ["4 4", /move 2 is " "/],
    ["44é", /move 3 is "é"/],
    ["41424342", /move 8 is "2", but the game is won before/],
  ];
  for (const [moves, message] of faults) {
    const error = thrownBy(() => game.position(moves)) as ImpossiblePositionError;
    assert.instance(error, ImpossiblePositionError);
    assert.is(error.position, moves);
    assert.match(error.message, message);
  }
  const full = connectFour({ rows: 1, columns: 2 });
  assert.throws(() => full.position("121"), /but the board is full/);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."123456789x"), maxLength: 30 }), (text) => {
      try {
        assert.is(game.position(text).plies, text.length);
      } catch (error) {
        assert.instance(error, ImpossiblePositionError);
      }
    }),
  );
});

rules("refuses boards that two words cannot hold", () => {
  for (const options of [
    { rows: 7 },
    { rows: 0 },
    { columns: 9 },
    { columns: 0 },
    { rows: 5, columns: 10 },
    { rows: 2.5 },
  ]) {
    assert.instance(
      thrownBy(() => connectFour(options)),
      RangeError,
    );
  }
  assert.throws(() => connectFour({ height: 6 } as object), /has no option "height"/);
});

rules.run();
