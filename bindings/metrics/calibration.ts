import { between, checkOptions, whole } from "../common/options.js";
import { shown } from "../common/shown.js";

/** An answer to a source that training has not seen. */
export interface Judged {
  /** Natural logarithm of the probability that the model gives it. */
  readonly score: number;
  readonly isRight: boolean;
}

/** How often a model is right, by how likely it thinks that it is. Plain JSON, for a file's metadata. */
export interface Calibration {
  /** Scores and the part of the answers that is right there, both rising: lines between, level outside. */
  readonly points: readonly (readonly [score: number, confidence: number])[];
  /** The part of the accepted answers that is to be right. */
  readonly precision: number;
  /** The least score at which that is so; null where it is so nowhere. */
  readonly threshold: number | null;
  /** The part of the answers with that score or more. */
  readonly coverage: number;
  /** Calibration error of the map, each half of the answers measured with the map of the other. */
  readonly error: number;
  /** Answers that it was made from. */
  readonly answers: number;
}

/** The least score of the answers that are accepted, and how many these are. */
export interface Acceptance {
  readonly threshold: number | null;
  readonly coverage: number;
}

/** A smaller probability is no other. */
const LEAST_SCORE = -1e4;
/** Answers of a group, at least, and groups, at most, before neighbours out of order are joined. */
const GROUP = 50;
const MOST_GROUPS = 40;

/**
 * The map from a model's probability to how often it is right there, by isotonic regression over groups of as many
 * answers each, and the score from which `precision` of the answers are right. Zadrozny & Elkan 2002.
 *
 * @throws RangeError when there is no answer, or a score is no logarithm of a probability.
 * @example
 * const calibration = calibrate(answers.map(({ score, isRight }) => ({ score, isRight })), { precision: 0.99 });
 * save(model, { metadata: { calibration: JSON.stringify(calibration) } });
 */
export function calibrate(answers: readonly Judged[], options: { precision?: number } = {}): Calibration {
  const { precision } = checkOptions("calibrate", options, { precision: [0.99, between(0, 1)] });
  const sorted = inOrder("calibrate", answers);
  const halves = [0, 1].map((half) => sorted.filter((_, i) => i % 2 === half)) as [Judged[], Judged[]];
  const isOne = sorted.length === 1;
  const told = halves.flatMap((half, i) => {
    const points = isotonic(isOne ? sorted : halves[1 - i]!);
    return half.map(({ score, isRight }) => ({ confidence: interpolated(points, score), isRight }));
  });
  return {
    points: isotonic(sorted),
    precision,
    ...acceptanceOf(sorted, precision),
    error: rounded(calibrationError(told)),
    answers: sorted.length,
  };
}

/**
 * The least score from which so many of the answers are right, with one more wrong answer counted than there were: of
 * few answers none are accepted. Its `coverage` is the part of all that are accepted.
 *
 * @throws RangeError as `calibrate` does.
 */
export function acceptance(answers: readonly Judged[], precision: number): Acceptance {
  const checked = checkOptions("acceptance", { precision }, { precision: [undefined, between(0, 1)] });
  return acceptanceOf(inOrder("acceptance", answers), checked.precision as number);
}

/** How often an answer of this score is right, from 0 to 1. */
export const confidenceOf = ({ points }: Pick<Calibration, "points">, score: number): number =>
  interpolated(points, score);

/**
 * Expected calibration error: how far confidences are from how often answers are right, over groups of as many answers
 * each, in the order of confidence. Naeini, Cooper & Hauskrecht 2015; Nixon et al. 2019, arXiv:1904.01685.
 *
 * @throws RangeError when there is no answer.
 */
export function calibrationError(
  answers: readonly { readonly confidence: number; readonly isRight: boolean }[],
  options: { bins?: number } = {},
): number {
  const { bins } = checkOptions("calibrationError", options, { bins: [15, whole(1)] });
  if (!answers.length) throw new RangeError("calibrationError: there must be an answer");
  const sorted = [...answers].sort((a, b) => a.confidence - b.confidence);
  return (
    cut(sorted, bins).reduce((sum, group) => {
      const gap = group.reduce((gap, { confidence, isRight }) => gap + confidence - Number(isRight), 0);
      return sum + Math.abs(gap);
    }, 0) / sorted.length
  );
}

/** Lowest score first, equal scores as they came. */
function inOrder(owner: string, answers: readonly Judged[]): Judged[] {
  if (!Array.isArray(answers) || !answers.length)
    throw new RangeError(`${owner}: the answers are ${shown(answers)}, and must be an array of at least one`);
  return (answers as readonly Judged[])
    .map(({ score, isRight }, i) => {
      if (typeof score === "number" && score <= 1e-3) return { score: Math.max(score, LEAST_SCORE), isRight };
      throw new RangeError(`${owner}: the score of answer ${i} is ${shown(score)}, and must be at most 0`);
    })
    .sort((a, b) => a.score - b.score);
}

/** So many groups of as many each, or fewer; in their order. */
function cut<T>(items: readonly T[], groups: number): T[][] {
  const bounds = Array.from({ length: groups + 1 }, (_, i) => Math.round((i * items.length) / groups));
  return bounds.slice(1).flatMap((end, i) => (end > bounds[i]! ? [items.slice(bounds[i]!, end)] : []));
}

interface Block {
  low: number;
  high: number;
  right: number;
  all: number;
}

/** Blocks of neighbours that rise: pool adjacent violators. Each gives two points, at its lowest and highest score. */
function isotonic(sorted: readonly Judged[]): Calibration["points"] {
  const groups = Math.min(MOST_GROUPS, Math.max(1, Math.floor(sorted.length / GROUP)));
  const blocks: Block[] = [];
  for (const group of cut(sorted, groups)) {
    blocks.push({
      low: group[0]!.score,
      high: group.at(-1)!.score,
      right: group.filter(({ isRight }) => isRight).length,
      all: group.length,
    });
    for (let [one, next] = blocks.slice(-2); next && rateOf(one!) >= rateOf(next); [one, next] = blocks.slice(-2))
      blocks.splice(-2, 2, {
        low: one!.low,
        high: next.high,
        right: one!.right + next.right,
        all: one!.all + next.all,
      });
  }
  const points = blocks.flatMap(({ low, high, right, all }) => {
    const rate = rounded(rateOf({ right, all }));
    return low < high ? [[low, rate] as const, [high, rate] as const] : [[low, rate] as const];
  });
  return points.map(([score, rate]) => [rounded(score), rate] as const);
}

/** From however many answers, neither all nor none are sure to be right. */
const rateOf = ({ right, all }: Pick<Block, "right" | "all">): number => (right + 0.5) / (all + 1);

function interpolated(points: Calibration["points"], score: number): number {
  const next = points.findIndex(([at]) => at >= score);
  if (next < 0) return points.at(-1)![1];
  const [high, above] = points[next]!;
  if (!next || high === score) return above;
  const [low, below] = points[next - 1]!;
  return below + ((above - below) * (score - low)) / (high - low);
}

function acceptanceOf(sorted: readonly Judged[], precision: number): Acceptance {
  let [wrong, best] = [1, sorted.length];
  for (let i = sorted.length - 1; i >= 0; --i) {
    wrong += Number(!sorted[i]!.isRight);
    const isWhole = !i || sorted[i - 1]!.score < sorted[i]!.score; // equal scores are accepted together
    if (isWhole && 1 - wrong / (sorted.length - i + 1) >= precision) best = i;
  }
  return {
    threshold: sorted[best]?.score ?? null,
    coverage: rounded(1 - best / sorted.length),
  };
}

/** Digits that tell something. */
const rounded = (value: number): number => +value.toPrecision(6);
