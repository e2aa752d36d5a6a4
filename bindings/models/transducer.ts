import { checkOptions, expectOptions, flag, notNegative, positive, whole } from "../common/options.js";
import { shown } from "../common/shown.js";
import type { Vocabulary } from "../common/vocabulary.js";
import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import type { Feed } from "../runtime/executable.js";
import { Generator, MOST_BEAMS, type Generating } from "../runtime/generate/generator.js";
import { limitOf } from "../runtime/generate/limit.js";
import type { Generated } from "../runtime/generate/readChoices.js";
import { RecordedDecoding } from "../runtime/generate/recorded.js";
import { inGroups } from "../runtime/groups.js";
import type { Compiling } from "../runtime/method.js";
import type { Beam, Transduced, TransduceOptions } from "./transduction.js";
import { SymbolDecoder, type SymbolModel } from "./symbolDecoder.js";

/** Sources that are turned at once. */
const AT_ONCE = 64;

/** How what a model reads gets into its programs. */
export interface Sources<Source extends { readonly length: number }> {
  /** A source that is asked for, checked; its `length` counts annotations. @throws TypeError, RangeError. */
  read(owner: string, source: unknown, what: string): Source;
  feed(sources: readonly Source[]): Feed;
}

/** A model that turns sources into symbols of `target`. */
type TransducerModel = SymbolModel & Compiling & { readonly name: string; readonly target: Vocabulary };

/** Turns sources, whatever they are, into symbols. */
export class Transducer<Source extends { readonly length: number }> {
  readonly #model: TransducerModel;
  readonly #sources: Sources<Source>;
  readonly #generator: Generator;

  constructor(model: TransducerModel, sources: Sources<Source>) {
    this.#model = model;
    this.#sources = sources;
    this.#generator = new Generator(new RecordedDecoding(model, new SymbolDecoder(model)));
  }

  run(engine: Engine, sources: readonly unknown[], options: TransduceOptions): Transduced[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { limit, temperature, seed, ...rest } = expectOptions(owner, options);
    const checked = checkOptions(owner, rest, {
      beam: [1, whole(1, { most: MOST_BEAMS })],
      lengthPenalty: [1, notNegative()],
      attention: [false, flag()],
    });
    if (limit !== undefined) checkOptions(owner, { limit }, { limit: [undefined, whole(1)] });
    const sample = sampleOf(owner, { temperature, seed, beam: checked.beam });
    if (!Array.isArray(sources))
      throw new TypeError(`${owner}: the sources are ${shown(sources)}, and must be an array`);
    const asked = sources.map((source, i) => this.#sources.read(owner, source, `source ${i}`));
    const alike = (a: Source, b: Source): boolean => limitOf(a.length) === limitOf(b.length);
    return inGroups(asked, { sizeOf: ({ length }) => length, most: AT_ONCE, alike }, (group) => {
      const generating: Generating = { ...checked, sample, limit: limit ?? limitOf(group[0]!.length) };
      const lengths = group.map(({ length }) => length);
      return this.#generator
        .run(engine, this.#sources.feed(group), lengths, generating)
        .map((beams) => this.#transduced(beams));
    });
  }

  #transduced(generated: readonly Generated[]): Transduced {
    const beams = generated.map(({ choices, score, rank, ended }): Beam => {
      const said = ended ? choices.slice(0, -1) : choices; // without the end
      return { symbols: said.map((id) => this.#model.target.symbolOf(id)), score, rank, ended };
    });
    return { ...beams[0]!, attention: generated[0]!.attention, beams };
  }

  async *decode(engine: Engine, source: unknown, options: { limit?: number }): AsyncGenerator<string> {
    const owner = `${this.#model.name}.decode`;
    expectEngine(owner, engine);
    const read = this.#sources.read(owner, source, "the source");
    const { limit } = checkOptions(owner, options, { limit: [limitOf(read.length), whole(1)] });
    const stream = this.#generator.stream(engine, this.#sources.feed([read]));
    try {
      for (let t = 0; t < limit; ++t) {
        const { choice, ended } = await stream.next();
        if (ended) return;
        yield this.#model.target.symbolOf(choice);
      }
    } finally {
      stream.free();
    }
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    this.#generator.release(engine);
  }
}

/** How choices are drawn, if they are. @throws TypeError, RangeError when an option has no effect or is out of range. */
function sampleOf(
  owner: string,
  { temperature, seed, beam }: Pick<TransduceOptions, "temperature" | "seed"> & { beam: number },
): Generating["sample"] {
  if (temperature === undefined) {
    if (seed === undefined) return undefined;
    throw new TypeError(`${owner}: seed is for symbols that are drawn at random: give it a temperature too`);
  }
  if (beam !== 1) throw new TypeError(`${owner}: beam search draws nothing at random: leave temperature or beam out`);
  return checkOptions(
    owner,
    { temperature, seed },
    { temperature: [undefined, positive()], seed: [0, whole(0, { most: 0xffff_ffff })] },
  );
}
