import type { Layout } from "./layout.js";

/** Alpha-beta search over positions of one board. */
export interface ColumnSearch {
  /**
   * The score of a position that is not over, if it is between alpha and beta; else a bound on the same side: at most
   * alpha, or at least beta.
   */
  solve(own0: number, own1: number, all0: number, all1: number, plies: number, alpha: number, beta: number): number;
  /** Positions looked at so far. */
  nodes(): number;
}

/** Bits that are set. */
function count(x: number): number {
  x -= (x >>> 1) & 0x5555_5555;
  x = (x & 0x3333_3333) + ((x >>> 2) & 0x3333_3333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/**
 * Negamax with alpha-beta over two words a board (`Layout`), after Pascal Pons, "Solving Connect 4: how to build a
 * perfect AI": moves that lose at once are never looked at, moves that open more squares to win on come first, of equals
 * the middle, and bounds of positions are kept in a table, where a new one replaces what is in its place. Before a move is
 * searched, the table is asked for all of them (enhanced transposition cutoffs, Plaat, Schaeffer, Pijls & de Bruin 1996),
 * which saves a quarter of the positions.
 *
 * It is one function around its variables: nothing is allocated in the search.
 */
export function columnSearch(layout: Layout, tableBits: number): ColumnSearch {
  const { rows, columns, height, bits } = layout;
  const [board0, board1] = layout.board;
  const [bottom0, bottom1] = layout.bottom;
  const cells = rows * columns;
  /** Scores are from here up, and bounds are kept as positive numbers. */
  const lowest = -Math.floor(cells / 2) - 1;
  const range = 2 * -lowest + 1;

  const column0 = new Int32Array(columns);
  const column1 = new Int32Array(columns);
  /** Columns from the middle outwards. */
  const order = Array.from({ length: columns }, (_, i) => i).sort(
    (a, b) => Math.abs(2 * a - columns + 1) - Math.abs(2 * b - columns + 1) || a - b,
  );
  order.forEach((column, i) => {
    for (let row = 0; row < rows; ++row) {
      const bit = column * height + row;
      if (bit < bits) column0[i]! |= 1 << bit;
      else column1[i]! |= 1 << (bit - bits);
    }
  });

  const tableMask = (1 << tableBits) - 1;
  const keys = new Int32Array(2 << tableBits);
  const bounds = new Uint8Array(1 << tableBits);
  /** Moves of each depth, sorted: square and number of squares to win on. */
  const moves0 = new Int32Array(cells * columns);
  const moves1 = new Int32Array(cells * columns);
  const worth = new Int32Array(cells * columns);

  const steps = [height - 1, height, height + 1];
  let [win0, win1, looked] = [0, 0, 0];

  /** Sets win0, win1: the empty squares that complete a line of four of these stones. */
  function winning(x0: number, x1: number, all0: number, all1: number): void {
    let r0 = (x0 << 1) & (x0 << 2) & (x0 << 3);
    let r1 = (x1 << 1) & (x1 << 2) & (x1 << 3);
    for (let i = 0; i < 3; ++i) {
      const s = steps[i]!;
      const s2 = 2 * s;
      const s3 = 3 * s;
      const left0 = x0 << s;
      const left1 = (x1 << s) | (x0 >>> (bits - s));
      const right0 = (x0 >>> s) | (x1 << (bits - s));
      const right1 = x1 >>> s;
      const p0 = left0 & (x0 << s2);
      const p1 = left1 & ((x1 << s2) | (x0 >>> (bits - s2)));
      const q0 = right0 & ((x0 >>> s2) | (x1 << (bits - s2)));
      const q1 = right1 & (x1 >>> s2);
      r0 |= (p0 & ((x0 << s3) | right0)) | (q0 & (left0 | (x0 >>> s3) | (x1 << (bits - s3))));
      r1 |= (p1 & ((x1 << s3) | (x0 >>> (bits - s3)) | right1)) | (q1 & (left1 | (x1 >>> s3)));
    }
    win0 = r0 & board0 & ~all0;
    win1 = r1 & board1 & ~all1;
  }

  function placeOf(key0: number, key1: number): number {
    const mixed = Math.imul(key0, 0x9e37_79b1) ^ Math.imul(key1, 0x85eb_ca6b);
    return (mixed ^ (mixed >>> 15)) & tableMask;
  }

  function negamax(
    own0: number,
    own1: number,
    all0: number,
    all1: number,
    plies: number,
    alpha: number,
    beta: number,
  ): number {
    ++looked;
    // Squares that do not lose at once: none under a square that the other wins on, and where he threatens, that one.
    const other0 = own0 ^ all0;
    const other1 = own1 ^ all1;
    let open0 = (all0 + bottom0) & board0;
    let open1 = (all1 + bottom1) & board1;
    winning(other0, other1, all0, all1);
    const threat0 = win0;
    const threat1 = win1;
    const forced0 = open0 & threat0;
    const forced1 = open1 & threat1;
    if (forced0 | forced1) {
      if (forced0 & (forced0 - 1) || forced1 & (forced1 - 1) || (forced0 && forced1)) {
        return -((cells - plies) >> 1);
      }
      open0 = forced0;
      open1 = forced1;
    }
    open0 &= ~(threat0 >>> 1);
    open1 &= ~(threat1 >>> 1);
    if (!(open0 | open1)) return -((cells - plies) >> 1);
    if (plies >= cells - 2) return 0;

    const least = -((cells - 2 - plies) >> 1);
    if (alpha < least) {
      alpha = least;
      if (alpha >= beta) return alpha;
    }
    let most = (cells - 1 - plies) >> 1;
    const key0 = own0 + all0 + 1; // never 0, which is what an empty place has
    const key1 = own1 + all1;
    const place = placeOf(key0, key1);
    if (keys[2 * place] === key0 && keys[2 * place + 1] === key1) {
      const bound = bounds[place]!;
      if (bound > range) {
        const known = bound - range + lowest;
        if (known > alpha) {
          alpha = known;
          if (alpha >= beta) return alpha;
        }
      } else most = bound + lowest;
    }
    if (beta > most) {
      beta = most;
      if (alpha >= beta) return beta;
    }

    const first = plies * columns;
    let last = first;
    for (let i = 0; i < columns; ++i) {
      const square0 = open0 & column0[i]!;
      const square1 = open1 & column1[i]!;
      if (!(square0 | square1)) continue;
      winning(own0 | square0, own1 | square1, all0, all1);
      const value = count(win0) + count(win1);
      let at = last++;
      for (; at > first && worth[at - 1]! < value; --at) {
        worth[at] = worth[at - 1]!;
        moves0[at] = moves0[at - 1]!;
        moves1[at] = moves1[at - 1]!;
      }
      worth[at] = value;
      moves0[at] = square0;
      moves1[at] = square1;
    }
    // A move behind which little enough is known for the other ends the search before any is searched.
    for (let at = first; at < last; ++at) {
      const next0 = other0 + (all0 | moves0[at]!) + 1;
      const next1 = other1 + (all1 | moves1[at]!);
      const known = placeOf(next0, next1);
      if (keys[2 * known] !== next0 || keys[2 * known + 1] !== next1) continue;
      const bound = bounds[known]!;
      if (bound <= range && -(bound + lowest) >= beta) return -(bound + lowest);
    }
    for (let at = first; at < last; ++at) {
      const score = -negamax(other0, other1, all0 | moves0[at]!, all1 | moves1[at]!, plies + 1, -beta, -alpha);
      if (score >= beta) {
        keep(place, key0, key1, score + range - lowest);
        return score;
      }
      if (score > alpha) alpha = score;
    }
    keep(place, key0, key1, alpha - lowest);
    return alpha;
  }

  function keep(place: number, key0: number, key1: number, bound: number): void {
    keys[2 * place] = key0;
    keys[2 * place + 1] = key1;
    bounds[place] = bound;
  }

  return {
    solve(own0, own1, all0, all1, plies, alpha, beta) {
      winning(own0, own1, all0, all1);
      if (win0 & (all0 + bottom0) || win1 & (all1 + bottom1)) return (cells + 1 - plies) >> 1;
      return negamax(own0, own1, all0, all1, plies, alpha, beta);
    },
    nodes: () => looked,
  };
}
