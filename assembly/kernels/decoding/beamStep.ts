/**
 * One step of beam search: the best of all ways to go on from the beams there are. A beam that has ended stays as it is.
 *
 *   candidates  of beam j, where it goes on: (j, c), score[j] + logp[j,c], length[j] + 1, for each class c
 *               where it has ended:          (j, 0), score[j],             length[j]
 *   rank        score / length^α                                  Wu et al. 2016, arXiv:1609.08144, without its constant
 *   forward     the `beams` candidates of highest rank, the highest first; of equals the one in front
 *               nextScore, nextLength, parent = j, symbol = c, ended = [c = 0], rank
 *
 * Class 0 ends a sequence.
 *
 * Shapes  logp: f32 (beams, classes), classes ≥ 1; all others f32 (beams). Any alignment.
 * Alias   none: every argument its own buffer.
 * Error   of the rank: 8 ulp for α other than 0 and 1. A candidate whose rank is NaN or −∞ is none. Where there are
 *         fewer candidates than beams, the rest have ended with score −∞ and rank −∞, from beam 0.
 */
import { exp4 } from "../../simd/exp";
import { log4 } from "../../simd/log";

/** length^α. */
// @ts-ignore: decorator
@inline
function norm(length: f32, alpha: f32): f32 {
  if (alpha == 0) return 1;
  if (alpha == 1) return length;
  return f32x4.extract_lane(exp4(f32x4.mul(f32x4.splat(alpha), log4(f32x4.splat(length)))), 0);
}

export function beamStep(
  nextScores: usize,
  nextLengths: usize,
  nextEnded: usize,
  parents: usize,
  symbols: usize,
  ranks: usize,
  logp: usize,
  scores: usize,
  lengths: usize,
  ended: usize,
  classes: i32,
  beams: i32,
  alpha: f32,
): void {
  assert(beams > 0 && classes > 0);
  const last = (<usize>(beams - 1)) << 2;
  for (let j = 0; j < beams; ++j) {
    const at = (<usize>j) << 2;
    store<f32>(nextScores + at, -Infinity);
    store<f32>(nextLengths + at, 1);
    store<f32>(nextEnded + at, 1);
    store<f32>(parents + at, 0);
    store<f32>(symbols + at, 0);
    store<f32>(ranks + at, -Infinity);
  }
  for (let j = 0; j < beams; ++j) {
    const here = (<usize>j) << 2;
    const score = load<f32>(scores + here);
    const over = load<f32>(ended + here) != 0;
    const length = load<f32>(lengths + here) + <f32>(over ? 0 : 1);
    const by = <f32>1 / norm(length, alpha);
    const ways = over ? 1 : classes;
    const row = logp + ((<usize>j * <usize>classes) << 2);
    for (let c = 0; c < ways; ++c) {
      const total = over ? score : score + load<f32>(row + ((<usize>c) << 2));
      const rank = total * by;
      if (!(rank > load<f32>(ranks + last))) continue;
      // Put in where it belongs: those below move down a place.
      let at = last;
      while (at > 0 && rank > load<f32>(ranks + at - 4)) {
        store<f32>(ranks + at, load<f32>(ranks + at - 4));
        store<f32>(nextScores + at, load<f32>(nextScores + at - 4));
        store<f32>(nextLengths + at, load<f32>(nextLengths + at - 4));
        store<f32>(nextEnded + at, load<f32>(nextEnded + at - 4));
        store<f32>(parents + at, load<f32>(parents + at - 4));
        store<f32>(symbols + at, load<f32>(symbols + at - 4));
        at -= 4;
      }
      store<f32>(ranks + at, rank);
      store<f32>(nextScores + at, total);
      store<f32>(nextLengths + at, length);
      store<f32>(nextEnded + at, <f32>(c == 0 ? 1 : 0));
      store<f32>(parents + at, <f32>j);
      store<f32>(symbols + at, <f32>c);
    }
  }
}
