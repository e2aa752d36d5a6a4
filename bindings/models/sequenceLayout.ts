/** The batch of a task of sequences: see Batch. `inside` (time, batch) is the padding mask. */
export const sequenceLayout = ({
  inputSize,
  targetSize,
}: {
  readonly inputSize: number;
  readonly targetSize: number;
}) =>
  ({
    x: ["time", "batch", inputSize],
    targets: ["time", "batch", targetSize],
    mask: ["time", "batch"],
    inside: ["time", "batch"],
  }) as const;
