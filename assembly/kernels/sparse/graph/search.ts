/** Finding rows of an index that are like a vector: see layers.ts. */
import { dot } from "../../../simd/rows";
import { numberAt, rowNumber, setNumber } from "../vectors";
import {
  comparedOf,
  down,
  foundOf,
  lastOf,
  linksOf,
  MOST_REACH,
  mostLinks,
  placesOf,
  rowAtPlace,
  SEEN,
  seenOf,
  topLayer,
} from "./layers";

/**
 * Of so many rows all are compared, and none is linked; and so many places of a layer are gone through where no link is
 * known that leads to it.
 */
export const FEW: i32 = 256;

/*
 * Every step of a search takes the memory and its index (index, rows, norms, the rows that there may be, those in use, bytes
 * of a row), and what rows are to be like (vector, its norm, ε, and a row that is not to be found, or −1). They are arguments
 * and in no memory, where a program could change them.
 */

// @ts-ignore: decorator
@inline
export function normOf(norms: usize, i: i32): f32 {
  return numberAt(norms, i);
}

/** Counts a comparison. */
// @ts-ignore: decorator
@inline
function countOne(index: usize, slots: i32): void {
  const at = comparedOf(index, slots);
  store<f32>(at, load<f32>(at) + 1);
}

/** How like the vector the row at a place is; −∞ where there is none, or it is 0, or not to be found. */
function likeness(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  vector: usize,
  size: f32,
  epsilon: f32,
  but: i32,
  layer: i32,
  place: i32,
): f32 {
  const i = rowAtPlace(place, layer);
  // Unsigned, so that no number, whatever an index holds, is a row that there is not.
  if (<u32>i >= <u32>taken || i == but) return -Infinity;
  const norm = normOf(norms, i);
  if (!(norm > 0 && norm < Infinity)) return -Infinity;
  countOne(index, slots);
  return dot(rows + <usize>i * row, vector, row) / (size * norm + epsilon);
}

/** How like each other two rows are; −∞ where one is 0, or there is none. */
export function likenessOf(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  i: i32,
  j: i32,
): f32 {
  if (<u32>i >= <u32>taken || <u32>j >= <u32>taken) return -Infinity;
  const product = normOf(norms, i) * normOf(norms, j);
  if (!(product > 0)) return -Infinity;
  countOne(index, slots);
  return dot(rows + <usize>i * row, rows + <usize>j * row, row) / product;
}

/** The place that a link leads to, or −1 if it leads nowhere. */
// @ts-ignore: decorator
@inline
export function linkAt(links: usize, k: i32, places: i32): i32 {
  return rowNumber(numberAt(links, k) - 1, places);
}

/** From a place of a layer, or −1, to the one from which no link leads to a nearer one; −1 if nothing is linked. */
export function climb(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  vector: usize,
  size: f32,
  epsilon: f32,
  but: i32,
  layer: i32,
  place: i32,
): i32 {
  const places = placesOf(slots, layer);
  let nearest: f32 = -Infinity;
  if (place >= 0) nearest = likeness(index, rows, norms, slots, taken, row, vector, size, epsilon, but, layer, place);
  else {
    const few = min(FEW, placesOf(taken, layer));
    for (let other = 0; other < few; ++other) {
      const near = likeness(index, rows, norms, slots, taken, row, vector, size, epsilon, but, layer, other);
      if (!(near > nearest)) continue;
      nearest = near;
      place = other;
    }
    if (place < 0 && !layer) {
      place = rowNumber(load<f32>(lastOf(index, slots)) - 1, taken);
      if (place >= 0) nearest = likeness(index, rows, norms, slots, taken, row, vector, size, epsilon, but, 0, place);
    }
  }
  for (let from = -1; place != from;) {
    from = place;
    const links = linksOf(index, slots, layer, from);
    for (let k = 0; k < mostLinks(layer); ++k) {
      const to = linkAt(links, k, places);
      if (to < 0) break;
      const near = likeness(index, rows, norms, slots, taken, row, vector, size, epsilon, but, layer, to);
      if (!(near > nearest)) continue;
      nearest = near;
      place = to;
    }
  }
  return place;
}

/** A place of layer 0 that is near the vector, or −1 if nothing is linked. */
export function approach(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  vector: usize,
  size: f32,
  epsilon: f32,
  but: i32,
): i32 {
  let place = -1;
  for (let layer = topLayer(taken); layer >= 0; --layer) {
    place = climb(index, rows, norms, slots, taken, row, vector, size, epsilon, but, layer, place);
    if (place >= 0 && layer) place = down(place, layer);
  }
  return place;
}

/**
 * The up to `reach` places that are nearest, from a place on along links, best first: → how many. They are in the room of
 * the index, as numbers plus 1 that are negative, since their links were followed; their likenesses are behind them.
 */
export function around(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  vector: usize,
  size: f32,
  epsilon: f32,
  but: i32,
  layer: i32,
  place: i32,
  reach: i32,
): i32 {
  const found = foundOf(index, slots);
  const seen = seenOf(index, slots);
  const places = placesOf(slots, layer);
  memory.fill(seen, 0, (<usize>SEEN) << 2);
  see(seen, place);
  let count =
    put(
      found,
      0,
      reach,
      place,
      likeness(index, rows, norms, slots, taken, row, vector, size, epsilon, but, layer, place),
    ) < 0
      ? 0
      : 1;
  let free = (SEEN >> 2) * 3;
  for (let at = 0; at < count;) {
    const held = numberAt(found, at);
    if (held < 0) {
      ++at;
      continue;
    }
    setNumber(found, at, -held);
    const links = linksOf(index, slots, layer, <i32>held - 1);
    for (let k = 0; k < mostLinks(layer) && free; ++k) {
      const to = linkAt(links, k, places);
      if (to < 0) break;
      if (!see(seen, to)) continue;
      --free;
      const where = put(
        found,
        count,
        reach,
        to,
        likeness(index, rows, norms, slots, taken, row, vector, size, epsilon, but, layer, to),
      );
      if (where < 0) continue;
      if (count < reach) ++count;
      at = min(at, where);
    }
  }
  return count;
}

/** Whether a place is seen for the first time. */
function see(seen: usize, place: i32): bool {
  let at = (<u32>place * 0x9e37_79b1) % SEEN;
  for (; ; at = (at + 1) % SEEN) {
    const held = numberAt(seen, at);
    if (held == <f32>(place + 1)) return false;
    if (held == 0) break;
  }
  setNumber(seen, at, <f32>(place + 1));
  return true;
}

/** Puts a place among `count` that were found, the nearest first, of which no more than `reach` are kept: → where, or −1. */
function put(found: usize, count: i32, reach: i32, place: i32, near: f32): i32 {
  const likenesses = found + ((<usize>MOST_REACH) << 2);
  if (!(near > (count < reach ? -Infinity : numberAt(likenesses, count - 1)))) return -1;
  let at = min(count, reach - 1);
  while (at && near > numberAt(likenesses, at - 1)) --at;
  const moved = (<usize>(min(count, reach - 1) - at)) << 2;
  const to = (<usize>at) << 2;
  memory.copy(found + to + 4, found + to, moved);
  memory.copy(likenesses + to + 4, likenesses + to, moved);
  store<f32>(found + to, <f32>(place + 1));
  store<f32>(likenesses + to, near);
  return at;
}
