import { readFile } from "node:fs/promises";
import type { Engine } from "../bindings/full.js";
import { hear, readWav, RecordingError, UnsureError, type WavRecording } from "../bindings/listen.js";
import type { ListenAttendSpell } from "../bindings/models.js";
import { BEAM } from "../recipes/listenAttendSpell.js";
import type { AnsweredText } from "./answeredText.js";
import { calibrationOf } from "./calibrating.js";
import { FileError, UsageError } from "./errors.js";
import type { Held } from "./held.js";

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
  const read = async (): Promise<Uint8Array> =>
    readFile(file).catch((cause: Error) => {
      throw new FileError(`Cannot read ${file}: ${cause.message}`, { cause });
    });
  return { file, recording: wavOf(file, bytes ?? (await read()), model.options.sampleRate) };
}

/** The recording of a WAV file. @throws FileError when it is none that can be listened to. */
export function wavOf(name: string, bytes: Uint8Array, sampleRate: number): WavRecording {
  try {
    return readWav(bytes, { sampleRate, name });
  } catch (error) {
    if (error instanceof RecordingError) throw new FileError(error.message, { cause: error });
    throw error;
  }
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
    const note = recording.notes.join("; ") || undefined;
    try {
      const { text, confidence } = hear(engine, held, recording, { beam: BEAM, name: file, least: least ?? null });
      return { source: file, answer: text, confidence, note };
    } catch (error) {
      if (error instanceof UnsureError) return { source: file, error };
      throw error;
    }
  });
}
