import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { loadCheckpoint } from "../bindings/load.js";
import { AttentionSeq2Seq } from "../bindings/models.js";
import { lettersOf } from "../cli/pairs.js";
import { packagePath } from "../cli/sweeping/packagePath.js";
import type { Data } from "../recipes/recipe.js";
import { hashOf, sha256 } from "../runs/canonical.js";
import { dataFile, readPairs } from "./data.js";
import { engineOf } from "./engine.js";
import { wordsLike } from "./wordsLike.js";

/** Words that the model that teaches is asked at once. */
const AT_ONCE = 1000;

/** Words that are enough to see that all of it works. */
const QUICK = 100;

const teacherOf = (name: string): string => packagePath(`checkpoints/${name}`);

/** The file of pairs to train on, with those of the model that teaches, which `teach` has written. */
export function taughtFile(data: Data, isQuick: boolean): string {
  const { by, ...taught } = data.taught!;
  const made = { ...taught, by: sha256(readFileSync(teacherOf(by))), of: sha256(readFileSync(dataFile(data.train))) };
  return packagePath(join("build/taught", `${hashOf({ ...made, isQuick }).slice(0, 16)}.tsv`));
}

/** Has a trained model say what words come to that nobody has written down, and writes these pairs behind the file's. */
export async function teach(data: Data, isQuick: boolean, report: (line: string) => void): Promise<void> {
  const file = taughtFile(data, isQuick);
  if (existsSync(file)) return;
  const { by, words: count, order, beam, seed } = data.taught!;
  const { text, lines } = readPairs(data.train);
  const words = wordsLike([...new Set(lines.map(([word]) => word))], isQuick ? QUICK : count, { order, seed });
  const { model } = loadCheckpoint(new Uint8Array(readFileSync(teacherOf(by))), { models: [AttentionSeq2Seq] });
  const engine = await engineOf(availableParallelism());
  const said: string[] = [];
  for (let begin = 0; begin < words.length; begin += AT_ONCE) {
    const asked = words.slice(begin, begin + AT_ONCE);
    const answers = model.run(engine, asked.map(lettersOf), { beam });
    for (const [i, { symbols, ended }] of answers.entries())
      if (ended && symbols.length) said.push(`${asked[i]}\t${symbols.join(" ")}`);
    if (begin % (20 * AT_ONCE) === 0) report(`${by} teaches ${begin + asked.length} of ${words.length} words`);
  }
  model.release(engine);
  engine.dispose();
  mkdirSync(packagePath("build/taught"), { recursive: true });
  // Whole or not at all: other processes may look for it.
  writeFileSync(`${file}.${process.pid}`, `${text.trimEnd()}\n${said.join("\n")}\n`);
  renameSync(`${file}.${process.pid}`, file);
}
