import type { Batch } from "../../bindings/tasks/batch.js";
import { sequencesOf } from "./answered.js";
import type { NDArray } from "./array.js";

/** What a step says to each of its questions: the loss in nats, and whether it is wrong. */
export type Judge = (logits: readonly number[], targets: readonly number[]) => { loss: number; wrong: boolean }[];

/** Every number of a target is a bit. */
export const judgeBits: Judge = (logits, targets) =>
  targets.map((bit, i) => {
    const x = logits[i]!;
    return { loss: Math.log(1 + Math.exp(bit ? -x : x)), wrong: x > 0 !== (bit === 1) };
  });

/** Every number of a target is a class of as many as there are logits for it. */
export const judgeClasses: Judge = (logits, targets) =>
  targets.map((target, i) => {
    const size = logits.length / targets.length;
    const own = logits.slice(i * size, (i + 1) * size);
    const total = own.reduce((sum, x) => sum + Math.exp(x), 0);
    return { loss: Math.log(total) - own[target]!, wrong: own.indexOf(Math.max(...own)) !== target };
  });

export interface Judged {
  /** Sum over the batch. */
  readonly loss: number;
  /** Wrong answers of a sequence. */
  readonly wrong: readonly number[];
  /** Answers that were due in a sequence. */
  readonly due: readonly number[];
}

/** Loss and mistakes of a batch by plain loops in double precision. Logits: (time, batch, outputSize). */
export function judged(batch: Batch, { data }: NDArray, outputSize: number, judge: Judge): Judged {
  const sequences = sequencesOf(batch).map(({ targets, due }, sequence) => {
    const answers = targets.flatMap((target, step) => {
      const first = (step * batch.count + sequence) * outputSize;
      return due[step] ? judge([...data.subarray(first, first + outputSize)], target) : [];
    });
    return {
      loss: answers.reduce((sum, { loss }) => sum + loss, 0),
      wrong: answers.filter(({ wrong }) => wrong).length,
      due: answers.length,
    };
  });
  return {
    loss: sequences.reduce((sum, { loss }) => sum + loss, 0),
    wrong: sequences.map(({ wrong }) => wrong),
    due: sequences.map(({ due }) => due),
  };
}
