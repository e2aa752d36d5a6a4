/** A loss or a gradient was NaN or infinite. The parameters are those from before the step. */
export class NotFiniteError extends Error {
  override readonly name = "NotFiniteError";

  constructor(
    /** The step that failed, counted from 1. */
    readonly step: number,
    readonly loss: number,
    /** Path of the first parameter whose gradient is not finite, if any is. */
    readonly parameter: string | undefined,
  ) {
    const what = parameter === undefined ? `the loss is ${loss}` : `the gradient of ${parameter} is not finite`;
    super(
      `Training stopped at step ${step}: ${what}. The parameters are still those of step ${step - 1}. ` +
        "Try a smaller learning rate, or a smaller limit for clipping",
    );
  }
}
