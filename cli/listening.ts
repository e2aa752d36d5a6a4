import { readFile } from "node:fs/promises";
import type { Engine } from "../bindings/full.js";
import type { ListenAttendSpell } from "../bindings/models.js";
import { digitWords, expectSure, UnsureError } from "../bindings/tasks.js";
import type { AnsweredText } from "./answeredLines.js";
import { calibrationOf } from "./calibrating.js";
import { FileError, UsageError } from "./errors.js";
import type { Held } from "./held.js";
import { wavOf, type WavRecording } from "./wav.js";

/** Beams of an answer, which its calibration has as well. */
export const BEAM = 4;

/** A file that is listened to. */
export interface HeardFile {
  readonly file: string;
  readonly recording: WavRecording;
}

/** A recording in a file, or in bytes that were piped in. @throws FileError when it cannot be read, or is none. */
export async function heardIn(
  { model }: Held<ListenAttendSpell>,
  file: string,
  bytes?: Uint8Array,
): Promise<HeardFile> {
  const { sampleRate } = model.options;
  const read = async (): Promise<Uint8Array> =>
    readFile(file).catch((cause: Error) => {
      throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
    });
  return { file, recording: wavOf(file, bytes ?? (await read()), sampleRate) };
}

/** What was heard in files, or why it is not said: a file for itself, so that they do not depend on each other. */
export function heardBy(
  engine: Engine,
  held: Held<ListenAttendSpell>,
  files: readonly HeardFile[],
  least: number | undefined,
): AnsweredText[] {
  const calibration = calibrationOf(held);
  if (least !== undefined && !calibration)
    throw new UsageError(`${held.file} does not tell how sure it is, so --min-confidence cannot be checked`);
  return files.map(({ file, recording }): AnsweredText => {
    const [{ symbols, score, ended }] = held.model.run(engine, [recording], { beam: BEAM }) as [
      ReturnType<ListenAttendSpell["run"]>[number],
    ];
    const answer = symbols.join("");
    const note = recording.notes.join("; ") || undefined;
    try {
      if (spellsDigits(held) && !isDigits(answer))
        throw new UnsureError(file, `what it heard, ${JSON.stringify(answer)}, is no string of digits`);
      if (!ended) throw new UnsureError(file, "it heard no end");
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

const spellsDigits = ({ task }: Held): boolean => task?.name === "spoken-digits";

const isDigits = (text: string): boolean =>
  text.split(" ").every((word) => (digitWords as readonly string[]).includes(word));
