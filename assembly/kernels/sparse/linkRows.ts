/**
 * Links the rows of a memory that were written to rows that are like them, in place: the index by which
 * `approximateNearestRows` searches. Malkov & Yashunin 2016, arXiv:1603.09320, algorithms 1, 3 and 4: links are chosen so
 * that each leads elsewhere, then the nearest are taken that are left; where a row has too many, the one least like it goes.
 * What a row that changes place was linked to is unlinked first.
 *
 *   A row is linked when it was erased, or when what was added to it since it was linked, Σ |w||a| / |M|, is more than `turn`.
 *   A row of zeros is not. While no more than FEW rows are in use none is, and then all are.
 *   compared: how many pairs of rows were.
 *
 * Shapes  compared, linked, used: f32 (batch); index: (batch, 35·slots + 9216), see graph/layers.ts; memory: (batch, slots,
 *         width); norms: (batch, slots); w: (batch, heads, count + 1); a: (batch, heads, width); indices: (batch, heads,
 *         count); oldest: (batch, heads); as writeRows has them. Contiguous, any alignment; 1 ≤ reach ≤ 256; slots < 2²⁴.
 * Range   batch [begin, end).
 * Alias   none: every argument its own buffer.
 * Note    There is no gradient, and nothing is undone: backward does not search.
 */
import { dot } from "../../simd/rows";
import {
  comparedOf,
  foundOf,
  indexBytes,
  lastOf,
  linksOf,
  lostOf,
  MOST_REACH,
  mostLinks,
  ownLinks,
  placeOf,
  placesOf,
  rowAtPlace,
  topLayer,
  turnOf,
  down,
} from "./graph/layers";
import { around, climb, FEW, likenessOf, linkAt, normOf } from "./graph/search";
import { inUse } from "./ring";
import { numberAt, setNumber } from "./vectors";
import { written } from "./written";

/** Links of a full list of which one makes room for another. */
const TRIED: i32 = 8;

export function linkRowsForward(
  compared: usize,
  index: usize,
  linked: usize,
  rows: usize,
  norms: usize,
  used: usize,
  weights: usize,
  add: usize,
  indices: usize,
  oldest: usize,
  heads: i32,
  count: i32,
  slots: i32,
  width: i32,
  reach: i32,
  begin: i32,
  end: i32,
  turn: f32,
): void {
  assert(reach <= MOST_REACH);
  const row = (<usize>width) << 2;
  for (let b = begin; b < end; ++b) {
    const own = index + <usize>b * indexBytes(slots);
    const taken = inUse(used + ((<usize>b) << 2), slots);
    const m = rows + <usize>(b * slots) * row;
    const n = norms + ((<usize>(b * slots)) << 2);
    setNumber(compared, b, 0);
    if (taken <= FEW) continue;
    const known = inUse(linked + ((<usize>b) << 2), slots);
    if (known == 0) {
      store<f32>(lostOf(own, slots), 0);
      store<f32>(lastOf(own, slots), 0);
    }
    for (let i = known; i < taken; ++i) enter(own, slots, i);
    setNumber(linked, b, <f32>taken);
    store<f32>(comparedOf(own, slots), 0);
    if (known == 0) {
      for (let i = 0; i < taken; ++i) {
        setNumber(turnOf(own, slots, 0), i, 0);
        link(own, m, n, slots, taken, row, i, reach, true);
      }
      setNumber(compared, b, load<f32>(comparedOf(own, slots)));
      continue;
    }
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      const a = add + <usize>h * row;
      const size = sqrt(dot(a, a, row));
      for (let k = 0; k <= count; ++k) {
        const i = written(oldest, indices, h, k, count, slots);
        if (i < 0 || i >= taken) continue;
        const at = turnOf(own, slots, i);
        const w = abs(numberAt(weights, h * (count + 1) + k));
        store<f32>(at, k == count ? Infinity : load<f32>(at) + (w * size) / normOf(n, i));
      }
    }
    for (let h = b * heads; h < (b + 1) * heads; ++h) {
      for (let k = 0; k <= count; ++k) {
        const i = written(oldest, indices, h, k, count, slots);
        if (i < 0 || i >= taken) continue;
        const at = turnOf(own, slots, i);
        if (load<f32>(at) <= turn && load<f32>(at) < Infinity) continue;
        store<f32>(at, 0);
        link(own, m, n, slots, taken, row, i, reach, i >= known);
      }
    }
    setNumber(compared, b, load<f32>(comparedOf(own, slots)));
  }
}

/** A row that was not in use has no links. */
function enter(index: usize, slots: i32, i: i32): void {
  store<f32>(turnOf(index, slots, i), Infinity);
  for (let layer = topLayer(slots); layer >= 0; --layer) {
    const place = placeOf(i, layer);
    if (place >= 0) store<f32>(linksOf(index, slots, layer, place), 0);
  }
}

function link(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  i: i32,
  reach: i32,
  isNew: bool,
): void {
  if (!isNew) unlink(index, slots, i);
  const norm = normOf(norms, i);
  if (!(norm < Infinity)) store<f32>(lostOf(index, slots), <f32>(i + 1));
  if (!(norm > 0 && norm < Infinity)) return;
  const vector = rows + <usize>i * row;
  let place = -1;
  for (let layer = topLayer(taken); layer >= 0; --layer) {
    place = climb(index, rows, norms, slots, taken, row, vector, norm, 0, i, layer, place);
    if (place < 0) continue;
    const own = placeOf(i, layer);
    if (own >= 0) {
      const found = around(index, rows, norms, slots, taken, row, vector, norm, 0, i, layer, place, reach);
      choose(index, rows, norms, slots, taken, row, layer, own, found, ownLinks(layer, isNew));
      linkBack(index, rows, norms, slots, taken, row, layer, own, i);
    }
    if (layer) place = down(place, layer);
  }
  store<f32>(lastOf(index, slots), <f32>(i + 1));
}

/** Takes the links that lead to a row out of the rows that it has links to, and then those. */
function unlink(index: usize, slots: i32, i: i32): void {
  for (let layer = topLayer(slots); layer >= 0; --layer) {
    const own = placeOf(i, layer);
    if (own < 0) continue;
    const places = placesOf(slots, layer);
    const links = linksOf(index, slots, layer, own);
    for (let k = 0; k < mostLinks(layer); ++k) {
      const to = linkAt(links, k, places);
      if (to < 0) break;
      remove(linksOf(index, slots, layer, to), layer, places, own);
    }
    // The way in of last resort leads on to where this one led.
    const last = lastOf(index, slots);
    if (!layer && load<f32>(last) == <f32>(i + 1)) store<f32>(last, load<f32>(links));
    store<f32>(links, 0);
  }
}

/** Takes a link out of a list, unless it is the only one. */
function remove(links: usize, layer: i32, places: i32, link: i32): void {
  let at = -1;
  let count = 0;
  for (; count < mostLinks(layer); ++count) {
    const to = linkAt(links, count, places);
    if (to < 0) break;
    if (to == link) at = count;
  }
  if (at < 0 || count < 2) return;
  const last = links + ((<usize>count - 1) << 2);
  setNumber(links, at, load<f32>(last));
  store<f32>(last, 0);
}

/** Of the rows that were found, those which are less like each one taken before than like the row; then the nearest. */
function choose(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  layer: i32,
  own: i32,
  found: i32,
  most: i32,
): void {
  const first = foundOf(index, slots);
  const likenesses = first + ((<usize>MOST_REACH) << 2);
  const links = linksOf(index, slots, layer, own);
  let count = 0;
  for (let at = 0; at < found && count < most; ++at) {
    const held = numberAt(first, at);
    const near = numberAt(likenesses, at);
    const other = rowAtPlace(<i32>-held - 1, layer);
    let isApart = true;
    for (let k = 0; k < count && isApart; ++k) {
      const before = rowAtPlace(<i32>numberAt(links, k) - 1, layer);
      isApart = !(likenessOf(index, rows, norms, slots, taken, row, other, before) > near);
    }
    if (!isApart) continue;
    setNumber(links, count, -held);
    ++count;
    setNumber(first, at, 0);
  }
  for (let at = 0; at < found && count < most; ++at) {
    const held = numberAt(first, at);
    if (held == 0) continue;
    setNumber(links, count, -held);
    ++count;
  }
  if (count < mostLinks(layer)) setNumber(links, count, 0);
}

/** Links the rows that a row has links to with it. */
function linkBack(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  layer: i32,
  own: i32,
  i: i32,
): void {
  const places = placesOf(slots, layer);
  const links = linksOf(index, slots, layer, own);
  for (let k = 0; k < mostLinks(layer); ++k) {
    const from = linkAt(links, k, places);
    if (from < 0) return;
    linkTo(index, rows, norms, slots, taken, row, layer, from, own, i);
  }
}

/**
 * Adds a link to a list: at its end, or, where that is full, in place of the link that leads to the row least like the one
 * it is of, among a few: which ones depends on both rows, so that all come to it.
 */
function linkTo(
  index: usize,
  rows: usize,
  norms: usize,
  slots: i32,
  taken: i32,
  row: usize,
  layer: i32,
  from: i32,
  own: i32,
  i: i32,
): void {
  const places = placesOf(slots, layer);
  const links = linksOf(index, slots, layer, from);
  const most = mostLinks(layer);
  let count = 0;
  for (; count < most; ++count) {
    const to = linkAt(links, count, places);
    if (to == own) return;
    if (to < 0) break;
  }
  let at = count;
  if (count == most) {
    const source = rowAtPlace(from, layer);
    let least = likenessOf(index, rows, norms, slots, taken, row, source, i);
    for (let tried = 0; tried < TRIED; ++tried) {
      const k = (own + from + tried) & (most - 1);
      const other = rowAtPlace(linkAt(links, k, places), layer);
      const near = likenessOf(index, rows, norms, slots, taken, row, source, other);
      if (!(near < least)) continue;
      least = near;
      at = k;
    }
    if (at == most) return;
  } else if (count + 1 < most) setNumber(links, count + 1, 0);
  setNumber(links, at, <f32>(own + 1));
}
