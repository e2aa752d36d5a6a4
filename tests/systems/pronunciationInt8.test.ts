/** The small model of pronunciation after int8, on all of the test split: error rates, and what its confidence is worth. */
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Vocabulary } from "../../bindings/common/vocabulary.js";
import { compileModel } from "../../bindings/compile.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { generate } from "../../bindings/decode.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { models } from "../../bindings/models.js";
import { calibrationError, calibrationIn, confidenceOf, errorRates } from "../../bindings/tasks.js";
import { lettersOf } from "../../cli/pairs.js";
import { dataFolder, readPairs } from "../../reproduce/data.js";
import { testEngine } from "../support/engine.js";

const TEST = "g2p-cmudict/test.tsv.gz";
/** Beams of `tapehead pronounce`, with which the file was calibrated on other words. */
const BEAM = 5;
const AT_ONCE = 64;

const small = suite("the small model of pronunciation, in int8");
const test = dataFolder() === undefined ? small.skip : small;

test("at most 7.0% of the phonemes and 29.5% of the words are wrong, and its confidence is off by at most 2%", async () => {
  const file = new URL("../../checkpoints/pronunciation-small.safetensors", import.meta.url);
  const { model, metadata } = loadCheckpoint(new Uint8Array(readFileSync(file)), { models });
  const calibration = calibrationIn(metadata)!;
  const compiled = loadCompiled(compileModel(model, { dtype: "int8", beam: BEAM, methods: [`beam ${BEAM}`] }));
  const [source, target] = ["sourceSymbols", "targetSymbols"].map(
    (name) => new Vocabulary(compiled.options[name] as string[]),
  ) as [Vocabulary, Vocabulary];

  const references = new Map<string, string[][]>();
  for (const [word, phonemes] of readPairs(TEST).lines) {
    const known = references.get(word) ?? [];
    references.set(word, [...known, phonemes.split(/\s+/)]);
  }
  const words = [...references.keys()];
  assert.is(words.length, 11_994);
  const engine = await testEngine("release");
  const said = Array.from({ length: Math.ceil(words.length / AT_ONCE) }, (_, i) =>
    generate(
      compiled,
      engine,
      words
        .slice(i * AT_ONCE, (i + 1) * AT_ONCE)
        .map((word) => lettersOf(word).map((letter) => source.numberOf(letter) ?? 0)),
      { beam: BEAM },
    ),
  ).flat();
  engine.dispose();
  const answers = said.map(({ choices, ended }) =>
    Array.from(ended ? choices.slice(0, -1) : choices, (id) => target.symbolOf(id)),
  );

  const { symbolErrorRate, sequenceErrorRate } = errorRates(answers, [...references.values()]);
  const judged = answers.map((answer, i) => ({
    confidence: confidenceOf(calibration, said[i]!.score),
    isRight: references.get(words[i]!)!.some((reference) => reference.join() === answer.join()),
  }));
  const error = calibrationError(judged);
  const percent = (part: number): string => `${(100 * part).toFixed(2)}%`;
  const measured = `PER ${percent(symbolErrorRate)}, WER ${percent(sequenceErrorRate)}, calibration ${percent(error)}`;
  assert.ok(symbolErrorRate <= 0.07 && sequenceErrorRate <= 0.295 && error <= 0.02, measured);
  // The same on every host, to the bit.
  assert.is(measured, "PER 6.97%, WER 29.30%, calibration 1.36%");
});

small.run();
