import type { Engine } from "../../engine/engine.js";
import type { Program } from "../../graph/program.js";
import { Executable, type Feed, type Parametric, type Variant } from "../executable.js";
import type { Decoding } from "./methods.js";
import { beamMethod, GREEDY, SAMPLED, STREAM_START, STREAM_STEP } from "./names.js";
import { readBeams, readOne, type Generated } from "./readChoices.js";
import { Stream } from "./stream.js";

/** The most beams that a search follows. */
export const MOST_BEAMS = 256;

/** How sequences are generated. */
export interface Generating {
  /** Choices of the longest sequence. */
  readonly limit: number;
  /** Beams that are followed at once; 1 decodes greedily, or samples. */
  readonly beam: number;
  /** α of score / length^α, by which beams that have ended are ordered. */
  readonly lengthPenalty: number;
  readonly attention: boolean;
  /** Draws choices from the softmax of logits / temperature, with this seed; otherwise takes the likeliest. */
  readonly sample?: { readonly temperature: number; readonly seed: number } | undefined;
}

/** Where the programs that decode are: in a model that records them, or in a file. */
export interface DecodingPrograms extends Parametric {
  /** A method that decodes, by its name. */
  variant(method: string, options: Decoding): Variant;
}

/** Runs programs that decode: greedy, by samples, by beam search, or streamed. */
export class Generator {
  readonly #programs: DecodingPrograms;
  readonly #executable: Executable;

  constructor(programs: DecodingPrograms) {
    this.#programs = programs;
    this.#executable = new Executable(programs);
  }

  /**
   * Sequences for each example of a batch, the best first; one each where no beams are searched. `sources` are the
   * lengths of the examples, to which attention is cut.
   */
  run(engine: Engine, feed: Feed, sources: readonly number[], options: Generating): Generated[][] {
    const { beam, lengthPenalty, limit, attention, sample } = options;
    const fields = sample
      ? [...feed.fields, { name: "temperature", data: everyOne(feed.count, sample.temperature), time: 1, size: 1 }]
      : feed.fields;
    // What does not search has no penalty, and one program whatever it is.
    const [method, penalty] = beam > 1 ? [beamMethod(beam), lengthPenalty] : [sample ? SAMPLED : GREEDY, 0];
    const outputs = this.#executable.run(
      engine,
      this.#programs.variant(method, { beam, lengthPenalty: penalty, attention }),
      { count: feed.count, dimensions: { ...feed.dimensions, limit }, fields },
      { seed: sample?.seed ?? 0 },
    );
    const read = beam === 1 ? readOne : readBeams;
    return sources.map((source, example) => read(outputs, example, source));
  }

  /** Greedy choices for one example, each computed when it is asked for. */
  stream(engine: Engine, feed: Feed): Stream {
    const program = (method: string): Program =>
      this.#programs.variant(method, { beam: 1, lengthPenalty: 0, attention: false }).program(1);
    const programs = { start: program(STREAM_START), step: program(STREAM_STEP) };
    return new Stream(engine, this.#programs, programs, feed);
  }

  /** Gives back what it keeps in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}

const everyOne = (count: number, value: number): Float32Array => new Float32Array(count).fill(value);
