import { beamMethod, GREEDY } from "../../bindings/runtime/generate/names.js";
import { UsageError } from "../errors.js";
import { learnedOf } from "../learnedRunning.js";
import type { Saved } from "../models.js";
import { viewOf } from "../views.js";
import { MODEL, type WorkerKind } from "./source.js";

const LOADED = `import { Engine, loadCompiled } from "tapehead/run";
import bytes from "./${MODEL}";

// When the isolate starts, so that no request waits for it but the first.
const model = loadCompiled(new Uint8Array(bytes), { file: "${MODEL}" });
const engine = await Engine.create();
`;

/** The part of answers that must be right, where a query says one. */
const LEAST = `const leastOf = (searchParams) =>
  searchParams.has("confidence") ? { least: Number(searchParams.get("confidence")) } : {};
`;

const LEARNED = `import { answerTexts } from "tapehead/learn";
${LOADED}
export const answersTo = (texts, searchParams) => answerTexts(model, engine, texts, leastOf(searchParams));

/** A text is a line. */
export const textsIn = (body) => body?.split(/\\r?\\n/).filter((line) => line.trim());

${LEAST}`;

const PRONOUNCED = `import { pronounceWords } from "tapehead/pronounce";
${LOADED}
/** &numbers reads numbers out, &spell says words letter by letter, &spell=0 none. */
export const answersTo = (words, searchParams) =>
  pronounceWords(model, engine, words, {
    ...leastOf(searchParams),
    numbers: searchParams.has("numbers"),
    spell: searchParams.has("spell") ? searchParams.get("spell") !== "0" : null,
  });

/** A text is a word. */
export const textsIn = (body) => body?.split(/\\s+/).filter(Boolean);

${LEAST}`;

/**
 * How a worker answers with a saved model, with as many beams as the command line says, or as it was calibrated with.
 * @throws UsageError when it would not know how to read texts for it, or would follow no beams.
 */
export function workerKindOf(
  file: string,
  { task, metadata = {} }: Pick<Saved, "task" | "metadata">,
  beam: number | undefined,
): WorkerKind {
  if (learnedOf({ file, metadata })) {
    if (beam === undefined || beam === 1) return { source: LEARNED, compiled: { methods: [GREEDY] } };
    throw new UsageError(`A worker answers greedily with a model that \`learn\` made: leave --beam out`);
  }
  const view = viewOf(task?.name);
  if (view?.transducer?.command === "pronounce") {
    const beams = beam ?? view.transducer.beam;
    return { source: PRONOUNCED, compiled: { beam: beams, methods: [beams > 1 ? beamMethod(beams) : GREEDY] } };
  }
  const wanted = "models that `tapehead learn` made, and for models that pronounce";
  throw new UsageError(`${file} was not made from pairs, and does not pronounce: --worker is for ${wanted}`);
}
