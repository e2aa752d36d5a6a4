import type { Engine } from "../bindings/full.js";
import { answersInParts, confidenceInParts, type PartOptions, type Piece } from "../bindings/declarations.js";
import type { UnsureError } from "../bindings/tasks.js";
import type { Transducer } from "./taskViews/view.js";
import type { Answer, Said, SearchFlags, Transduction, Wanted } from "./transducing.js";

/** What is done with sources: the command, its model, its flags. */
export interface Answering extends Wanted {
  readonly transducer: Pick<Transducer, "symbols" | "parts" | "say" | "answer">;
  readonly transduction: Transduction;
  readonly search: SearchFlags;
  readonly parts: Pick<PartOptions, "numbers" | "spell" | "exceptions">;
}

/** A source, and its answer. */
export interface Answered extends Answer, Omit<Said, "source" | "unknown"> {
  readonly source: string;
  readonly unknown: readonly string[];
  /** What the model was given of it, with where it looked. */
  readonly read: readonly Said[];
}

/** Answers to sources in their order, or why there is none. */
export function answersTo(engine: Engine, sources: readonly string[], of: Answering): (Answered | UnsureError)[] {
  const { transducer, transduction, search } = of;
  const { knows, says, vocabulary } = transduction;
  return answersInParts(sources, {
    partsOf: (source) =>
      transducer.parts?.(source, { ...of.parts, knows, says }) ?? [{ symbols: transducer.symbols(source, vocabulary) }],
    run: (parts) => transduction.run(engine, parts, search),
    answer(source, pieces): Answered {
      const joined = joinedOf(pieces);
      return { ...joined, source, ...answerOf(source, joined, of) };
    },
  });
}

type Joined = Omit<Answered, "source" | keyof Answer>;

/** What all parts of a source become: of one that the model reads alone, all that it says of it. */
function joinedOf(pieces: readonly Piece<Said>[]): Joined {
  const read = pieces.flatMap((piece) => ("said" in piece ? [] : [piece]));
  const [only] = read;
  const symbols = pieces.flatMap((piece) => ("said" in piece ? piece.said : piece.symbols));
  const score = read.reduce((sum, piece) => sum + piece.score, 0);
  const probability = Math.exp(score);
  const unknown = [...new Set(read.flatMap((piece) => piece.unknown))];
  if (pieces.length === 1 && only) return { ...only, read };
  return { symbols, score, probability, beams: [{ symbols, probability }], unknown, read };
}

function answerOf(source: string, joined: Joined, of: Answering): Answer {
  const { transducer, calibration, least } = of;
  if (transducer.answer) return transducer.answer(source, joined, of);
  const text = transducer.say(joined.symbols);
  const scores = joined.read.map(({ score }) => score);
  const confidence = confidenceInParts({ source, answer: text, scores }, calibration, least);
  return { text, confidence };
}
