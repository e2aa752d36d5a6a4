import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { loadCheckpoint } from "../../bindings/load.js";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { pronunciations } from "../../cli/pairs.js";
import { packagePath } from "../../cli/sweeping/packagePath.js";
import type { Data, Taught } from "../../recipes/recipe.js";
import { hashOf, sha256, type Json } from "../../runs/canonical.js";
import { dataFile, readPairs } from "../data.js";
import { engineOf } from "../engine.js";
import { JointSequence } from "./jointSequence.js";
import { likeliest } from "./likeliest.js";
import { jointTeacher, network } from "./teachers.js";
import { trainedPath } from "../trainedFiles.js";
import { wordsLike } from "./wordsLike.js";

/** Words that those who teach are asked at once. */
const AT_ONCE = 1000;

/** Words that are enough to see that all of it works. */
const QUICK = 100;

/** Those that teach, by the SHA-256 of their files, and how. */
export const taughtBy = ({ by, ...how }: Taught, isQuick: boolean): Json => ({
  ...how,
  by: by.map((file) => sha256(readFileSync(trainedPath(file, isQuick)))),
});

/** The file of pairs to train on, with those of the models that teach, which `teach` has written. */
export function taughtFile({ taught, train }: Data, isQuick: boolean): string {
  const made = { taught: taughtBy(taught!, isQuick), of: sha256(readFileSync(dataFile(train))), isQuick };
  return packagePath(join("build/taught", `${hashOf(made).slice(0, 16)}.tsv`));
}

/** Has trained models say what words come to that nobody has written down, and writes these pairs behind the file's. */
export async function teach(data: Data, isQuick: boolean, report: (line: string) => void): Promise<void> {
  const file = taughtFile(data, isQuick);
  if (existsSync(file)) return;
  const { by, jointSequence, words: count, order, beam, seed } = data.taught!;
  const pairs = readPairs(data.train);
  const words = wordsLike([...new Set(pairs.lines.map(([word]) => word))], isQuick ? QUICK : count, { order, seed });
  const models = by.map(
    (file) =>
      loadCheckpoint(new Uint8Array(readFileSync(trainedPath(file, isQuick))), { models: [AttentionSeq2Seq] }).model,
  );
  const engine = await engineOf(availableParallelism());
  const teachers = models.map((model) => network(engine, model, beam));
  if (jointSequence) {
    const known = pronunciations(pairs).slice(0, isQuick ? 20 * QUICK : undefined);
    teachers.push(jointTeacher(new JointSequence(known)));
  }
  const taughtPairs: string[] = [];
  for (let begin = 0; begin < words.length; begin += AT_ONCE) {
    const asked = words.slice(begin, begin + AT_ONCE);
    const answers = likeliest(teachers, asked);
    for (const [i, answer] of answers.entries()) if (answer) taughtPairs.push(`${asked[i]}\t${answer}`);
    if (begin % (20 * AT_ONCE) === 0) {
      report(
        `${[...by, ...(jointSequence ? ["a joint sequence model"] : [])].join(" and ")} teach ${begin + asked.length} of ${words.length} words`,
      );
    }
  }
  for (const model of models) model.release(engine);
  engine.dispose();
  mkdirSync(packagePath("build/taught"), { recursive: true });
  // Whole or not at all: other processes may look for it.
  writeFileSync(`${file}.${process.pid}`, `${pairs.text.trimEnd()}\n${taughtPairs.join("\n")}\n`);
  renameSync(`${file}.${process.pid}`, file);
}
