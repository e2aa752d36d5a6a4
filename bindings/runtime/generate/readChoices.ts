import { expectFinite } from "../outputError.js";
import { rowsOf, type Rows, type Values } from "../sequences.js";

/** One sequence of choices. */
export interface Generated {
  /** The choice that ended it included. */
  readonly choices: readonly number[];
  /** Natural logarithm of its probability. */
  readonly score: number;
  /** What beams are ordered by. */
  readonly rank: number;
  /** Whether it ended before the limit. */
  readonly ended: boolean;
  /** (choices, source): attention weights, cut to the example's own source; null unless asked for. */
  readonly attention: Rows | null;
}

/** Outputs of a program that decodes, an example at a time; of a sequence the first `length` elements. */
export interface ReadOutputs {
  has(name: string): boolean;
  of(name: string, example: number, length?: number): Values;
}

/** Attention weights of some steps, cut to the example's source. */
function attentionOf(outputs: ReadOutputs, example: number, rows: readonly number[], source: number): Rows | null {
  if (!outputs.has("attention")) return null;
  const { data, shape } = outputs.of("attention", example);
  const width = shape.at(-1)!;
  const cut = new Float32Array(rows.length * source);
  rows.forEach((row, i) => cut.set(data.subarray(row * width, row * width + source), i * source));
  return rowsOf(cut, [rows.length, source]);
}

export function readOne(outputs: ReadOutputs, example: number, source: number): Generated[] {
  const { data: live } = outputs.of("live", example);
  const steps = live.filter((row) => row > 0).length;
  const choices = [...outputs.of("choices", example, steps).data];
  const { data: scores } = outputs.of("scores", example, steps);
  expectFinite("Decoding", scores);
  const score = scores.reduce((a, b) => a + b, 0);
  const ended = outputs.of("ended", example).data[0]! > 0;
  const attention = attentionOf(outputs, example, [...choices.keys()], source);
  return [{ choices, score, rank: score / steps, ended, attention }];
}

export function readBeams(outputs: ReadOutputs, example: number, source: number): Generated[] {
  const of = (name: string): Float32Array => outputs.of(name, example).data;
  const [choices, parents] = [of("choices"), of("parents")];
  const [totals, lengths, ranks, ended] = [of("totals"), of("lengths"), of("ranks"), of("ended")];
  const beams = totals.length;
  const steps = Math.min(Math.max(...lengths), parents.length / beams);
  const there = [...totals.keys()].filter((beam) => ranks[beam]! > -Infinity);
  // There are fewer beams than asked for where there are fewer targets, and none where no score is a number.
  expectFinite("Decoding", there.length ? Float32Array.from(there, (beam) => ranks[beam]!) : ranks);
  return there.map((last, place) => {
    const chosen: number[] = [];
    const rows: number[] = [];
    for (let t = steps - 1, beam = last; t >= 0; --t) {
      chosen.push(choices[t * beams + beam]!);
      beam = parents[t * beams + beam]!;
      rows.push(t * beams + beam); // the weights are those of the beam that went on
    }
    const length = lengths[last]!;
    return {
      choices: chosen.reverse().slice(0, length),
      score: totals[last]!,
      rank: ranks[last]!,
      ended: ended[last]! > 0,
      attention: place ? null : attentionOf(outputs, example, rows.reverse().slice(0, length), source),
    };
  });
}
