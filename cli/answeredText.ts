import type { UnsureError } from "../bindings/tasks.js";
import type { FileError } from "./errors.js";

/** A line of a text with the answer to it, or why there is none. */
export interface AnsweredText {
  readonly source: string;
  readonly answer?: string | undefined;
  /** How often such an answer is right, from 0 to 1; null where the file does not tell. */
  readonly confidence?: number | null | undefined;
  /** What somebody who reads the answer has to know. */
  readonly note?: string | undefined;
  readonly error?: UnsureError | undefined;
}

/** A line, or a file, which perhaps cannot be read. */
export interface AnsweredFile extends Omit<AnsweredText, "error"> {
  readonly error?: UnsureError | FileError | undefined;
}
