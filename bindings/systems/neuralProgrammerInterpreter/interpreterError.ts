/** Why a program could not go on: too many steps or open calls, or an act that the world does not allow. */
export class InterpreterError extends Error {
  override readonly name = "InterpreterError";
  readonly reason: "steps" | "depth" | "act";
  /** Steps of the core that were taken. */
  readonly steps: number;
  /** Calls that were open. */
  readonly depth: number;

  /** @internal */
  constructor(
    reason: InterpreterError["reason"],
    message: string,
    { steps, depth, cause }: { steps: number; depth: number; cause?: unknown },
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.reason = reason;
    this.steps = steps;
    this.depth = depth;
  }
}
