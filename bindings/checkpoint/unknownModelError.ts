import { excerpt } from "../common/shown.js";
import { CheckpointError } from "./checkpointError.js";

/** A file holds a model of a class that whoever loads it has not named. */
export class UnknownModelError extends CheckpointError {
  constructor(
    file: string,
    /** Class that the file names. */
    readonly model: string,
    known: readonly string[],
  ) {
    const advice = "tapehead/models has others, for the option `models`";
    super(file, `it holds a ${excerpt(model)}, and was to hold one of ${known.join(", ")}; ${advice}`);
  }
}
