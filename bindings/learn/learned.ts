import { decodeCheckpoint, save } from "../checkpoint/checkpoint.js";
import type { Engine } from "../engine/engine.js";
import type { Calibration } from "../metrics/calibration.js";
import { AttentionSeq2Seq } from "../systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { answersOf } from "./answering.js";
import type { AnswerOptions, TextAnswer } from "./judge.js";
import { learnedIn, learnedMetadata, type LearnedMetadata } from "./learnedMetadata.js";
import { subwordsFor, symbolsOf, type Sides } from "./reading.js";
import type { LearningReport } from "./report.js";

/**
 * A model of pairs of texts, which answers a text, or says why it does not.
 *
 * @example
 * const learned = loadLearned(await readFile("roman.safetensors"));
 * const [{ answer, confidence, error }] = learned.answer(engine, ["MCMXCIV"]);
 */
export class Learned {
  readonly model: AttentionSeq2Seq;
  readonly sides: Sides;
  /** What its probabilities are worth; undefined where no held-out pair had an answer. */
  readonly calibration: Calibration | undefined;
  /** How well it does on pairs that it has not seen; undefined of one that is still being trained. */
  readonly report: LearningReport | undefined;

  /** A model that `load` gave, and what `learnedIn` found in its file's metadata. */
  constructor(model: AttentionSeq2Seq, { sides, calibration, report }: LearnedMetadata) {
    this.model = model;
    this.sides = sides;
    this.calibration = calibration;
    this.report = report;
  }

  /** What a file says of it beside the model, for `save` and `compileModel`. */
  get metadata(): Readonly<Record<string, string>> {
    return learnedMetadata(this);
  }

  /**
   * Answers texts. What is not sure enough, is longer than all that was learned, or holds symbols that were not learned,
   * has an `error` instead, which says so.
   *
   * @throws TypeError, RangeError when a text is none, or an option is out of range.
   */
  answer(engine: Engine, texts: readonly string[], options: AnswerOptions = {}): TextAnswer[] {
    const { model } = this;
    const speaker = {
      owner: "Learned.answer",
      vocabulary: model.source.symbols,
      knows: (symbol: string) => model.source.numberOf(symbol) !== undefined,
      say: (sources: readonly (readonly string[])[], limit: number) => model.run(engine, sources, { limit }),
    };
    return answersOf(speaker, this, texts, options);
  }

  /** What the model reads of a text. */
  symbolsOf(text: string): string[] {
    const { source } = this.sides;
    return symbolsOf(source, text, subwordsFor(source, this.model.source.symbols));
  }

  /** The bytes of a file that `loadLearned`, `load` and `tapehead run` read. */
  save(): Uint8Array<ArrayBuffer> {
    return save(this.model, { metadata: this.metadata });
  }
}

/**
 * The model in a file that `learn` made, or `tapehead learn`.
 * @throws CheckpointError when the file is damaged or holds another model, TypeError when it was not made by `learn`.
 */
export function loadLearned(
  bytes: Uint8Array,
  { file = "the checkpoint" }: { /** Name of the file, for messages. */ file?: string } = {},
): Learned {
  const { model, metadata } = decodeCheckpoint(bytes, { file, models: [AttentionSeq2Seq] });
  const about = learnedIn(metadata);
  if (!about) throw new TypeError(`${file} holds a model that was not made by learn, and must hold one that was`);
  return new Learned(model, about);
}
