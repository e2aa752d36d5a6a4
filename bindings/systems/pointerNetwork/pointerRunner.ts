import { checkOptions, flag, whole } from "../../common/options.js";
import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import type { Feed } from "../../runtime/executable.js";
import { Generator, MOST_BEAMS } from "../../runtime/generate/generator.js";
import type { Generated } from "../../runtime/generate/readChoices.js";
import { RecordedDecoding } from "../../runtime/generate/recorded.js";
import { inGroups } from "../../runtime/groups.js";
import { pack, type PackedSequences, type Rows, type Sequence } from "../../runtime/sequences.js";
import { PlaceDecoder } from "./placeDecoder.js";
import type { PointerNetwork } from "./pointerNetwork.js";

/** How sets are pointed at. */
export interface PointOptions {
  /** Ways to go on that are followed at once; 1 takes the likeliest place each time. Default: 1. */
  beam?: number;
  /** Whether to bring back how likely each place was. Default: false. */
  attention?: boolean;
}

/** A way to point that was found. */
export interface PointedBeam {
  /** Where it pointed, counted from 0. */
  readonly places: readonly number[];
  /** Natural logarithm of its probability. */
  readonly score: number;
}

/** Where a set was pointed at. */
export interface Pointed extends PointedBeam {
  /** (steps, vectors): how likely each place was at each step; null unless asked for. */
  readonly attention: Rows | null;
  /** All that beam search has found, the likeliest first. */
  readonly beams: readonly PointedBeam[];
}

/** Sets that are pointed at in one call. */
const AT_ONCE = 64;

/** Points at vectors of sets. */
export class PointerRunner {
  readonly #model: PointerNetwork;
  readonly #generator: Generator;

  constructor(model: PointerNetwork) {
    this.#model = model;
    this.#generator = new Generator(new RecordedDecoding(model, new PlaceDecoder(model)));
  }

  run(engine: Engine, sets: readonly Sequence[], options: PointOptions): Pointed[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { beam, attention } = checkOptions(owner, options, {
      beam: [1, whole(1, { most: MOST_BEAMS })],
      attention: [false, flag()],
    });
    const packed = pack(owner, sets, this.#model.options.inputSize);
    if (!packed.isBatch) throw new TypeError(`${owner}: the sets are one set of vectors, and must be an array of sets`);
    const all = [...packed.lengths.keys()];
    return inGroups(all, { sizeOf: (set) => packed.lengths[set]!, most: AT_ONCE }, (chosen) => {
      const lengths = chosen.map((set) => packed.lengths[set]!);
      const limit = Math.max(...lengths) + Number(this.#model.options.ends === "repeat");
      const generating = { beam, attention, lengthPenalty: 0, limit };
      return this.#generator.run(engine, this.#feed(packed, chosen), lengths, generating).map(pointedOf);
    });
  }

  /** Some of the sets, as the encoder's inputs. */
  #feed({ data, lengths }: PackedSequences, chosen: readonly number[]): Feed {
    const size = this.#model.options.inputSize;
    const count = chosen.length;
    const taken = chosen.map((set) => lengths[set]!);
    const time = Math.max(...taken);
    const [source, inside] = [new Float32Array(time * count * size), new Float32Array(time * count)];
    for (let t = 0; t < time; ++t) {
      chosen.forEach((set, i) => {
        const from = (t * lengths.length + set) * size;
        source.set(data.subarray(from, from + size), (t * count + i) * size);
        inside[t * count + i] = Number(t < taken[i]!);
      });
    }
    return {
      count,
      dimensions: { source: time },
      fields: [
        { name: "source", data: source, time, size },
        { name: "inside", data: inside, time, size: 1 },
        { name: "lengths", data: Float32Array.from(taken), time: 1, size: 1 },
      ],
    };
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    this.#generator.release(engine);
  }
}

function pointedOf(generated: readonly Generated[]): Pointed {
  const beams = generated.map(({ choices, score }): PointedBeam => ({ places: choices, score }));
  return { ...beams[0]!, attention: generated[0]!.attention, beams };
}
