/** A run's outputs are NaN or infinite, so they answer nothing. */
export class OutputError extends RangeError {
  override readonly name = "OutputError";
}

/** @throws OutputError unless all numbers of what a run brought back are finite. */
export function expectFinite(owner: string, data: Float32Array): void {
  if (data.every(Number.isFinite)) return;
  throw new OutputError(`${owner}: the outputs are not finite; the model has diverged, or the inputs are too large`);
}
