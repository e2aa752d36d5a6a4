import type { Engine } from "../../bindings/full.js";
import type { StoryModel, StoryReply } from "../../bindings/questions.js";
import type { CompiledModel } from "../../bindings/run.js";
import type { ConnectFour, ConnectFourState, Evaluator } from "../../bindings/search.js";
import type { Calibration, Judged } from "../../bindings/tasks.js";
import type { AnsweredText } from "../answeredText.js";
import type { Asked, AskFlags } from "../asking.js";
import type { CSVTable } from "../csv.js";
import type { Held } from "../held.js";
import type { HeardFile } from "../listening.js";
import type { ParsedSentence, ParseFlags, Sentence } from "../parsing.js";
import type { RecordingsFile } from "../recordings.js";
import type { SeenFile } from "../looking.js";
import type { Terminal } from "../terminal.js";
import type { Transduction } from "../transducing.js";
import type { DigitsFile } from "../writtenDigits.js";

/** Flags of `tapehead run`. */
export interface RunFlags {
  /** Most bytes of a piece that longer texts are cut into. */
  readonly piece?: number;
  /** How often an answer like it must be right, from 0 to 1. Default: what the file says. */
  readonly minConfidence?: number;
  /** Whether an answer that is not sure enough is given all the same, and called a guess. */
  readonly guess?: boolean;
  /** Cells of a memory. Default: those that it needs. */
  readonly cells?: number;
  /** Most steps of a machine. Default: those that its task gives it. */
  readonly steps?: number;
  /** Whether a machine runs discretised. */
  readonly discrete?: boolean;
}

/** Result of a run: fields of a JSON object, or lines on a terminal. */
export interface Shown {
  readonly json: object;
  say(terminal: Terminal): void;
}

/** Run of a model over a text. */
export interface Runner {
  /** Whether --piece is one of its flags. Default: false. */
  readonly takesPieces?: boolean;
  /** Whether --guess is. Default: false. */
  readonly takesGuess?: boolean;
  /** Whether --min-confidence is. Default: false. */
  readonly takesConfidence?: boolean;
  /** Whether --cells, --steps and --discrete are. Default: false. */
  readonly takesMemory?: boolean;
  /**
   * The words of the command line, or none where the text is from stdin, are what the text is made of.
   * @throws UsageError when the text or the flags do not fit the model.
   */
  run(text: Uint8Array, flags: RunFlags, words: readonly string[]): Promise<Shown>;
}

/** Flags of `tapehead trace` that choose a sequence, and how the model decodes it. */
export interface TraceFlags {
  readonly seed?: number;
  readonly length?: number;
  readonly input?: string;
  readonly beam?: number;
}

/** Page that is not drawn yet. */
export interface Page {
  /** Unit in which the input is counted, and its size. */
  readonly read: readonly [unit: "step" | "symbol" | "vector" | "word" | "sample" | "cell", size: number];
  draw(engine: Engine): string;
}

/** Calibration of a model, and the answers that it was made from. */
export interface Calibrated {
  readonly calibration: Calibration;
  readonly judged: readonly Judged[];
  /** What the file holds of it. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A model that answers questions about stories, and a page of what it read of one. */
export interface StoryTeller {
  readonly reader: StoryModel;
  page(question: string, reply: StoryReply): string;
}

/** A model that answers files, such as recordings or pictures. */
export interface FileAnswerer<File> {
  /** @throws FileError when it cannot be read, or is none of these. */
  read(file: string): Promise<File>;
  /** What is in files, or why it is not said. `least` is how often an answer like it must be right. */
  answer(engine: Engine, files: readonly File[], least: number | undefined): readonly AnsweredText[];
}

/** A model that parses sentences, and a page of one. */
export interface SentenceParser {
  /** @throws UsageError when the flags do not fit the model. */
  parse(engine: Engine, sentences: readonly Sentence[], flags: ParseFlags): readonly ParsedSentence[];
  /** @throws RangeError when there is too much to draw. */
  page(parsed: ParsedSentence): string;
}

/** A model that plays. */
export interface Player {
  readonly game: ConnectFour;
  evaluator(engine: Engine): Evaluator<ConnectFourState>;
}

/** What models were trained on that cannot be calibrated without. */
export interface CalibrationFiles {
  readonly recordings?: RecordingsFile | undefined;
  readonly digits?: DigitsFile | undefined;
}

/** Work that a model does on the command line. A capability that is left out is refused, with those that are there. */
export interface ModelCommands<Model> {
  /** `tapehead run`: work on a text; undefined for tasks whose texts it does not read. */
  run?(held: Held<Model>): Runner | undefined;
  /**
   * `tapehead trace`: a page of what the model does with one sequence.
   * @throws UsageError when words or flags do not fit the model, FileError when a file cannot be read.
   */
  trace?(held: Held<Model>, words: readonly string[], flags: TraceFlags): Page | Promise<Page>;
  /** `tapehead ask`: an answer about a table. @throws UsageError when the question cannot be asked of this table. */
  ask?(held: Held<Model>, table: CSVTable, question: string, flags: AskFlags): Promise<Asked>;
  /**
   * `tapehead pronounce` and other commands that turn symbols into symbols, by the task that they are for.
   * @throws UsageError when the model is for another task.
   */
  transduce?(held: Held<Model>, task: string): Transduction;
  /** `tapehead story`: the model as a reader of stories, and a page of an answer. */
  story?(held: Held<Model>): StoryTeller;
  /** `tapehead parse`: trees of sentences. @throws UsageError when the model's task has no trees. */
  parse?(held: Held<Model>): SentenceParser;
  /** `tapehead listen`: what is said in files. */
  listen?(held: Held<Model>): FileAnswerer<HeardFile>;
  /** `tapehead describe`: what is in pictures. */
  describe?(held: Held<Model>): FileAnswerer<SeenFile>;
  /** `tapehead play`: the game that it has learned, and what it thinks of its states. */
  play?(held: Held<Model>): Player;
  /**
   * `tapehead calibrate`, of models that draw the questions that they are calibrated with.
   * @throws UsageError when the file does not say what to draw, or what it was trained on is missing, or is not what it
   * is calibrated with.
   */
  calibrate?(held: Held<Model>, engine: Engine, precision: number, files: CalibrationFiles): Calibrated;
}

/** Capability of a model on the command line. */
export type Capability = keyof ModelCommands<never>;

/** How the models of one class run, trace and answer on the command line. */
export interface SystemCommands<Model extends Held["model"] = Held["model"]> extends ModelCommands<Model> {
  /** Class of models in files. */
  readonly className: string;
  /** What `tapehead run` does with such a model, for its help: "one with stacks says …". */
  readonly runHelp?: string;
  /** The same for compiled models of the class. Default: those of any model that answers at every step. */
  readonly compiled?: ModelCommands<CompiledModel>;
}
