import { readFile } from "node:fs/promises";
import type { Engine } from "../bindings/full.js";
import type { ShowAttendTell } from "../bindings/models.js";
import { expectSure, UnsureError } from "../bindings/tasks.js";
import { MOST_SIDE } from "../bindings/systems/showAttendTell/scatteredDigits.js";
import { BEAM } from "../recipes/showAttendTell.js";
import type { AnsweredText } from "./answeredText.js";
import { calibrationOf } from "./calibrating.js";
import { captionOf } from "./captions.js";
import type { ColourPicture } from "./colourPicture.js";
import { FileError, UsageError } from "./errors.js";
import { fitted, type FittedPicture } from "./fittedPicture.js";
import type { Held } from "./held.js";
import { pictureIn } from "./pictureFile.js";

/** A file that is looked at. */
export interface SeenFile {
  readonly file: string;
  readonly picture: FittedPicture;
}

/**
 * Pixels of digits that are as high as learned ones. Of test digits that are made smaller, 97% of the answers are right where
 * the highest of a picture has 16 pixels on average, 85% where it has 14, and half where it has 10.
 */
const MARKS = { least: 16, most: MOST_SIDE };

/** A picture in a file, or in bytes that were piped in. @throws FileError when it cannot be read, or is none. */
export async function seenIn(held: Held<ShowAttendTell>, file: string, bytes?: Uint8Array): Promise<SeenFile> {
  const read = async (): Promise<Uint8Array> =>
    readFile(file).catch((cause: Error) => {
      throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
    });
  return seenOf(held, file, pictureIn(file, bytes ?? (await read())));
}

/** A picture as the model that is asked has learned to look at them. */
export function seenOf({ model, task }: Held<ShowAttendTell>, file: string, picture: ColourPicture): SeenFile {
  const isDigits = task?.name === "scattered-digits";
  const fitting = { keepsSmall: isDigits, isLightOnDark: isDigits, ...(isDigits && { marks: MARKS }) };
  return { file, picture: fitted(picture, { ...model.options, ...fitting }) };
}

/** What was told of files, or why it is not said: a file for itself, so that they do not depend on each other. */
export function seenBy(
  engine: Engine,
  held: Held<ShowAttendTell>,
  files: readonly SeenFile[],
  least: number | undefined,
): AnsweredText[] {
  const calibration = calibrationOf(held);
  if (least !== undefined && !calibration)
    throw new UsageError(`${held.file} does not tell how sure it is, so --min-confidence cannot be checked`);
  return files.map(({ file, picture }): AnsweredText => {
    const [{ symbols, score, ended }] = held.model.run(engine, [picture], { beam: BEAM }) as [
      ReturnType<ShowAttendTell["run"]>[number],
    ];
    const answer = captionOf(symbols);
    const note = picture.notes.join("; ") || undefined;
    try {
      const reason = ended ? doubtOf(held, symbols, picture) : "it saw no end";
      if (reason) throw new UnsureError(file, reason);
      const confidence = calibration
        ? expectSure(calibration, { source: file, answer, score }, least === undefined ? {} : { least })
        : null;
      return { source: file, answer, confidence, note };
    } catch (error) {
      if (error instanceof UnsureError) return { source: file, error };
      throw error;
    }
  });
}

/** Why what was seen cannot be right: each digit is one mark at most, and whatever else stands apart was passed over. */
function doubtOf({ task }: Held, symbols: readonly string[], { doubt, apart = 0 }: FittedPicture): string | undefined {
  if (task?.name !== "scattered-digits") return symbols.length ? undefined : "it sees nothing that it has a word for";
  if (!symbols.length) return "it sees no digits";
  if (doubt) return doubt;
  const { maxDigits } = task.options as { readonly maxDigits: number };
  const seen = `it sees "${symbols.join(" ")}"`;
  if (symbols.length >= maxDigits) return `${seen}, and what has ${maxDigits} digits may have more: cut it between two`;
  return apart > symbols.length ? `${seen}, and ${apart} marks stand apart: leave out what is no digit` : undefined;
}
