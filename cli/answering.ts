import type { Engine } from "../bindings/full.js";
import { confidenceOf, UnsureError } from "../bindings/tasks.js";
import type { Transducer } from "./taskViews/view.js";
import type { Answer, Part, PartOptions, Said, SearchFlags, Transduction, Wanted } from "./transducing.js";

/** What is done with sources: the command, its model, its flags. */
export interface Answering extends Wanted {
  readonly transducer: Pick<Transducer, "symbols" | "parts" | "say" | "answer">;
  readonly transduction: Transduction;
  readonly search: SearchFlags;
  readonly parts: Pick<PartOptions, "numbers" | "spell" | "isShipped">;
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
  const { knows, says } = transduction;
  const taken = sources.map((source): readonly Part[] | UnsureError => {
    return unlessUnsure(() => {
      const parts = transducer.parts?.(source, { ...of.parts, knows, says }) ?? [
        { symbols: transducer.symbols(source) },
      ];
      if (parts.every((part) => ("said" in part ? part.said : part.symbols).length)) return parts;
      throw new UnsureError(source, "there is nothing in it to read");
    });
  });
  const read = taken.flatMap((parts) => (parts instanceof UnsureError ? [] : parts.flatMap(symbolsOf)));
  const said = read.length ? transduction.run(engine, read, search) : [];
  let next = 0;
  return taken.map((parts, i) => {
    if (parts instanceof UnsureError) return parts;
    const source = sources[i]!;
    const pieces = parts.map((part) => ("said" in part ? part : said[next++]!));
    const joined = joinedOf(pieces);
    return unlessUnsure(() => ({ ...joined, source, ...answerOf(source, joined, of) }));
  });
}

function unlessUnsure<T>(make: () => T): T | UnsureError {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnsureError) return error;
    throw error;
  }
}

const symbolsOf = (part: Part): (readonly string[])[] => ("said" in part ? [] : [part.symbols]);

type Joined = Omit<Answered, "source" | keyof Answer>;

/** What all parts of a source become: of one that the model reads alone, all that it says of it. */
function joinedOf(pieces: readonly (Said | { readonly said: readonly string[] })[]): Joined {
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
  if (!calibration) return { text, confidence: null };
  const confidence = joined.read.reduce((product, { score }) => product * confidenceOf(calibration, score), 1);
  if (least === undefined || confidence >= least) return { text, confidence };
  const percent = `${Math.floor(100 * confidence)}%`;
  const reason = `its likeliest answer, ${text}, is right in ${percent} of such cases, and must be in ${100 * least}%`;
  throw new UnsureError(source, reason, { answer: text, confidence });
}
