import { UnsureError } from "../bindings/tasks.js";
import type { AnsweredFile } from "./answeredText.js";
import { ExitCode } from "./errors.js";
import type { RunFlags, Shown } from "./systems/commands.js";
import { visible } from "../bindings/common/visible.js";

/** Characters of a source beside its answer. */
const WIDEST = 40;

/**
 * One answer by itself; of several, a line each with its source, and why some have none on stderr.
 * @throws UnsureError, FileError when there is one line alone, and nothing to be said to it.
 */
export function answeredLines(lines: readonly AnsweredFile[], { guess = false }: RunFlags): Shown {
  const guessed = ({ error }: AnsweredFile): string | undefined =>
    guess && error instanceof UnsureError ? error.guess?.answer : undefined;
  const isAlone = lines.length === 1;
  const [first] = lines;
  if (isAlone && first!.error && guessed(first!) === undefined) throw first!.error;
  const fields = lines.map(({ source, answer, confidence, note, error }) => {
    if (!error) return { source, answer, confidence, ...(note && { note }) };
    if (!(error instanceof UnsureError)) return { source, refused: error.message };
    return { source, refused: error.reason, ...(error.guess && { guess: error.guess }) };
  });
  const longest = lines.reduce((most, { source }) => Math.max(most, visible(source).length), 0);
  const width = Math.min(WIDEST, longest);
  return {
    get json() {
      if (lines.some((line) => line.error && guessed(line) === undefined)) process.exitCode = ExitCode.failed;
      return isAlone ? fields[0]! : { answers: fields };
    },
    say() {
      lines.forEach((line, i) => {
        const { source, answer, note, error } = line;
        const said = error ? guessed(line) : answer;
        const where = isAlone ? "" : `line ${i + 1}: `;
        console.log(
          `${isAlone ? "" : `${visible(source).padEnd(width)}  `}${said === undefined ? "–" : visible(said)}`,
        );
        if (note) console.error(`note: ${where}${note}`);
        if (error && said === undefined) console.error(`error: ${where}${error.message}`);
        else if (error instanceof UnsureError) console.error(`note: ${where}a guess, since ${error.reason}`);
        if (said === undefined) process.exitCode = ExitCode.failed;
      });
    },
  };
}
