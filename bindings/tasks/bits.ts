import { binaryCrossEntropy, bitErrors } from "../graph/ops/index.js";
import type { Random } from "../common/random/philox.js";
import type { Answer } from "./task.js";

/** Loss and measure of tasks whose answers are bits. */
export const inBits = {
  loss: ({ logits, targets, mask }: Answer) => binaryCrossEntropy(logits, targets, mask),
  metrics: { bitError: ({ logits, targets, mask }: Answer) => bitErrors(logits, targets, mask) },
};

/** Random bits, 32 to a word of the stream, lowest first. */
export function fillBits(random: Random, count: number, put: (index: number, bit: number) => void): void {
  let word = 0;
  for (let i = 0; i < count; ++i) {
    if (i % 32 === 0) word = random.word();
    put(i, (word >>> (i % 32)) & 1);
  }
}
