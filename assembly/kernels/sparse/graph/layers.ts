/**
 * An index of the rows of a memory: layers of graphs, each with a sixteenth of the rows of the one below, in which every
 * row has links to rows that are like it. Malkov & Yashunin 2016, arXiv:1603.09320: a hierarchical navigable small world.
 *
 * There rows draw their layers when they come. Here one of every sixteen places, by a hash, is in the layer above, so that
 * a place there is the place here divided by sixteen, nothing is allocated, and every host finds the same. Layer 0 has all
 * rows, and up to 32 links for each; others 16. A link is the place it leads to plus 1, in a float; 0 ends a shorter list.
 * A link that leads nowhere ends it, too, so that no index, whatever is in it, leads outside.
 *
 * In floats, for each memory: links of layer 0, links of the layers above, how far each row has turned since it was linked,
 * a row that is lost, and room for a search. In all 35 for each row, and ROOM.
 */

/** Rows of a layer for each of the one above, as bits. */
const BITS: i32 = 4;
export const MOST_LINKS: i32 = 32;
const LINKS_ABOVE: i32 = 16;

/** Links that a new row makes; later ones link themselves to it. */
const FIRST_LINKS: i32 = 16;

/** Places that a search may see. Beyond three quarters of them it sees no more. */
export const SEEN: i32 = 8192;

/** Rows that a search may keep. */
export const MOST_REACH: i32 = 256;

/** Floats of links of a row: 32 on layer 0, fewer than 2 above, which are rounded up by fewer than HEAD. */
const LINKS_EACH: i32 = 34;
const HEAD: i32 = 128;

/** Floats for each row: links, and how far it has turned. */
const EACH: i32 = LINKS_EACH + 1;

/** Floats beside those. The extents of kernels.table.ts and indexSize of bindings/graph/sparse.ts say the same. */
const ROOM: i32 = 9216;

// @ts-ignore: decorator
@inline
export function indexBytes(slots: i32): usize {
  return (<usize>slots * <usize>EACH + <usize>ROOM) << 2;
}

// @ts-ignore: decorator
@inline
export function mostLinks(layer: i32): i32 {
  return layer ? LINKS_ABOVE : MOST_LINKS;
}

/** How many links a row makes, that is new or comes again: it has none of the ones that later rows have made to it. */
// @ts-ignore: decorator
@inline
export function ownLinks(layer: i32, isNew: bool): i32 {
  return layer || isNew ? FIRST_LINKS : MOST_LINKS;
}

/** Places of a layer. */
// @ts-ignore: decorator
@inline
export function placesOf(slots: i32, layer: i32): i32 {
  return ((slots - 1) >> (BITS * layer)) + 1;
}

/** The layer above which no row is: it is gone through from its beginning. */
export function topLayer(rows: i32): i32 {
  let layer = 0;
  while (placesOf(rows, layer) > 1 << BITS) ++layer;
  return layer;
}

/** Which of the sixteen places below it a place of a layer stands for. */
// @ts-ignore: decorator
@inline
export function down(place: i32, layer: i32): i32 {
  return (place << BITS) | ((((<u32>place + 1) * 0x9e37_79b1) ^ (<u32>layer * 0x85eb_ca6b)) >> (32 - BITS));
}

/** The row at a place. It may be none, behind the last. */
export function rowAtPlace(place: i32, layer: i32): i32 {
  for (; layer > 0; --layer) place = down(place, layer);
  return place;
}

/** The place of a row in a layer, or −1 if it has none. */
export function placeOf(row: i32, layer: i32): i32 {
  let place = row;
  for (let l = 1; l <= layer; ++l) {
    const above = place >> BITS;
    if (down(above, l) != place) return -1;
    place = above;
  }
  return place;
}

/** The links of a place. */
// @ts-ignore: decorator
@inline
export function linksOf(index: usize, slots: i32, layer: i32, place: i32): usize {
  let floats = <usize>place * <usize>mostLinks(layer);
  for (let l = 0; l < layer; ++l) floats += <usize>placesOf(slots, l) * <usize>mostLinks(l);
  return index + (floats << 2);
}

/** How far a row has turned since it was linked: the sum of |change| / |row|. */
// @ts-ignore: decorator
@inline
export function turnOf(index: usize, slots: i32, row: i32): usize {
  return index + ((<usize>slots * <usize>LINKS_EACH + <usize>(HEAD + row)) << 2);
}

/** The number plus 1 of a row whose norm is no number, and which is not linked therefore; or 0. */
// @ts-ignore: decorator
@inline
export function lostOf(index: usize, slots: i32): usize {
  return index + ((<usize>slots * <usize>EACH + <usize>HEAD) << 2);
}

/** The number plus 1 of the row that was linked last, or 0: a way in where no other is known. */
// @ts-ignore: decorator
@inline
export function lastOf(index: usize, slots: i32): usize {
  return lostOf(index, slots) + 4;
}

/** How many rows were compared. */
// @ts-ignore: decorator
@inline
export function comparedOf(index: usize, slots: i32): usize {
  return lostOf(index, slots) + 8;
}

/** SEEN places that a search has seen, by a hash. */
// @ts-ignore: decorator
@inline
export function seenOf(index: usize, slots: i32): usize {
  return lostOf(index, slots) + (64 << 2);
}

/** Up to MOST_REACH places that a search has found, the nearest first; behind them as many similarities. */
// @ts-ignore: decorator
@inline
export function foundOf(index: usize, slots: i32): usize {
  return seenOf(index, slots) + ((<usize>SEEN) << 2);
}
