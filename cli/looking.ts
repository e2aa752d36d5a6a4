import { readFile } from "node:fs/promises";
import type { Engine } from "../bindings/full.js";
import type { ShowAttendTell } from "../bindings/models.js";
import { expectSure, UnsureError } from "../bindings/tasks.js";
import { BEAM } from "../recipes/showAttendTell.js";
import type { AnsweredText } from "./answeredText.js";
import { calibrationOf } from "./calibrating.js";
import { captionOf } from "./captions.js";
import type { ColourPicture } from "./colourPicture.js";
import { FileError, UsageError } from "./errors.js";
import { fitted, type FittedPicture } from "./fittedPicture.js";
import type { Held } from "./held.js";
import { pictureIn } from "./pictureFile.js";
import type { LookingView } from "./taskViews/view.js";

/** A file that is looked at. */
export interface SeenFile {
  readonly file: string;
  readonly picture: FittedPicture;
}

/** Of pictures of any task. */
const AS_IT_IS = { keepsSmall: false, isLightOnDark: false };

/** A model that looks, and how pictures of its task are answered. Default: as they are. */
export interface Looker extends Held<ShowAttendTell> {
  readonly looking?: LookingView;
}

/** A picture in a file, or in bytes that were piped in. @throws FileError when it cannot be read, or is none. */
export async function seenIn(looker: Looker, file: string, bytes?: Uint8Array): Promise<SeenFile> {
  const read = async (): Promise<Uint8Array> =>
    readFile(file).catch((cause: Error) => {
      throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
    });
  return seenOf(looker, file, pictureIn(file, bytes ?? (await read())));
}

/** A picture as the model that is asked has learned to look at them. */
export function seenOf({ model, looking }: Looker, file: string, picture: ColourPicture): SeenFile {
  const { fitting = AS_IT_IS } = looking ?? {};
  return { file, picture: fitted(picture, { ...model.options, ...fitting }) };
}

/** What was told of files, or why it is not said: a file for itself, so that they do not depend on each other. */
export function seenBy(
  engine: Engine,
  held: Looker,
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

/** Why what was seen cannot be right. */
function doubtOf({ task, looking }: Looker, symbols: readonly string[], picture: FittedPicture): string | undefined {
  if (task && looking) return looking.doubtOf(symbols, picture, task.options);
  return symbols.length ? undefined : "it sees nothing that it has a word for";
}
