import type { Option } from "commander";
import type { SentenceParse } from "../../bindings/parse.js";
import type { TracePageOptions } from "../../bindings/trace.js";
import type { FittedPicture, Fitting } from "../fittedPicture.js";
import type { Held, Subject } from "../held.js";
import type { Part, PartOptions } from "../../bindings/declarations.js";
import type { Answer, Said, Wanted } from "../transducing.js";

/** Sequence for a page, beside what the page says of the model. */
export type Drawn = Omit<TracePageOptions, "task" | "facts">;

/** Command that turns texts into others with a model of the task. */
export interface Transducer {
  readonly command: string;
  readonly description: string;
  readonly argument: readonly [name: string, help: string];
  /** File of the model that comes with the program. */
  readonly model: () => string;
  readonly beam: number;
  /** A source, in words. */
  readonly unit: string;
  /** Options of this command alone. */
  readonly options?: readonly Option[];
  /** Sources of a line of input. */
  readonly sources: (line: string) => string[];
  /** What a model with such a vocabulary of sources reads. */
  readonly symbols: (source: string, vocabulary: readonly string[]) => string[];
  /** What a source is made of. Default: its symbols. @throws UnsureError when some of it cannot be read. */
  readonly parts?: (source: string, options: PartOptions) => readonly Part[];
  readonly say: (symbols: readonly string[]) => string;
  /**
   * What may be said of a source. Default: what the model says, if it is as sure as the command line wants.
   * @throws UnsureError when nothing may.
   */
  readonly answer?: (source: string, said: Pick<Said, "symbols" | "score">, wanted: Wanted) => Answer;
}

/** How the trees that models of a task say of sentences are answered. */
export interface ParserView {
  /** Beams of an answer. */
  readonly beam: number;
  /** What a model reads of the words of a sentence. Default: all. */
  words?(words: readonly string[]): readonly string[];
  /**
   * How often such an answer is right, from 0 to 1; null where the model is not calibrated.
   * @throws UnsureError when it may not be given.
   */
  confidenceOf(parse: SentenceParse, wanted: Wanted): number | null;
}

/** How pictures are made ready for models of a task whose pictures can be drawn, and what is told of them is answered. */
export interface LookingView {
  readonly fitting: Omit<Fitting, "height" | "width" | "channels">;
  /** Why what was seen cannot be right, by the task's options; undefined where it can. */
  doubtOf(symbols: readonly string[], picture: FittedPicture, options: object): string | undefined;
}

/** How a task's sequences are given and shown on the command line, whatever model learned it. */
export interface TaskView {
  /** Name of the task. */
  readonly task: string;
  /** Sequence of a text. Default: the task has none. @throws UsageError when the text does not fit the model. */
  sequenceOf?(held: Held<Subject>, text: string): Drawn;
  /** Example for a page, from one that the task draws. Default: the same. */
  exampleOf?(held: Held<Subject>, draw: () => Drawn): Drawn;
  readonly transducer?: Transducer;
  /** How lines are read and answered, of a task whose command is no such transducer. */
  readonly lines?: Pick<Transducer, "beam" | "sources" | "symbols" | "say">;
  readonly parser?: ParserView;
  readonly looking?: LookingView;
  /** Whether targets are tours, whose last place leads back to the first. Default: false. */
  readonly isTour?: boolean;
}
