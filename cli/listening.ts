import { readFile } from "node:fs/promises";
import type { Engine } from "../bindings/full.js";
import type { ListenAttendSpell } from "../bindings/models.js";
import { digitWords, expectSure, UnsureError } from "../bindings/tasks.js";
import type { AnsweredText } from "./answeredText.js";
import { calibrationOf } from "./calibrating.js";
import { FileError, UsageError } from "./errors.js";
import { BEAM } from "../recipes/listenAttendSpell.js";
import type { Held } from "./held.js";
import { wavOf, type WavRecording } from "./wav.js";

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
      const reason = doubtOf(held, answer);
      if (reason) throw new UnsureError(file, reason);
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

/** Why what was heard cannot be right, of models that spell digits. */
function doubtOf({ task }: Held, answer: string): string | undefined {
  if (task?.name !== "spoken-digits") return undefined;
  if (!answer) return "it heard no digits";
  const words = answer.split(" ");
  if (!words.every((word) => (digitWords as readonly string[]).includes(word)))
    return `what it heard, ${JSON.stringify(answer)}, is no string of digits`;
  const { maxDigits } = task.options as { readonly maxDigits: number };
  if (words.length < maxDigits) return undefined;
  return `it heard ${JSON.stringify(answer)}, and what has ${maxDigits} digits may have more: cut it at a pause`;
}
