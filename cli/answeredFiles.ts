import type { AnsweredFile } from "./answeredText.js";
import { withEngine } from "./engine.js";
import { FileError } from "./errors.js";
import type { FileAnswerer } from "./systems/commands.js";

/** Answers to files in their order: of one that cannot be read, why not, so that the others do not depend on it. */
export async function answersTo<File>(
  { read, answer }: FileAnswerer<File>,
  files: readonly string[],
  least: number | undefined,
): Promise<AnsweredFile[]> {
  const unread = new Map<number, FileError>();
  const there: File[] = [];
  for (const [i, file] of files.entries()) {
    try {
      there.push(await read(file));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      unread.set(i, error);
    }
  }
  const answers = (await withEngine((engine) => answer(engine, there, least))).values();
  return files.map((source, i) => {
    const error = unread.get(i);
    return error ? { source, error } : answers.next().value!;
  });
}
