/** What was attempted on which shapes, and what would have been right. */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";

  constructor(
    message: string,
    readonly op: string,
    readonly expected: string,
    readonly actual: string,
  ) {
    super(message);
  }
}
