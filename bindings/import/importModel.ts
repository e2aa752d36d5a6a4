import { isBytes } from "../common/encodings.js";
import { CheckpointError } from "../checkpoint/checkpointError.js";
import type { AdaptiveComputationTime } from "../systems/adaptiveComputationTime/adaptiveComputationTime.js";
import type { NeuralTuringMachine } from "../systems/neuralTuringMachine/neuralTuringMachine.js";
import type { RecurrentNetwork } from "../systems/recurrentNetwork/recurrentNetwork.js";
import { checkOptions, oneOf } from "../common/options.js";
import { shown } from "../common/shown.js";
import { Foreign } from "./foreign.js";
import { fromNtmLasagne, isNtmLasagne } from "./ntmLasagne.js";
import { fromPytorchNtm, isPytorchNtm } from "./pytorchNtm.js";
import { fromTfRnnAdaptive, isTfRnnAdaptive } from "./tfRnnAdaptive.js";

/** Any model that an importer makes. */
export type ImportedModel = NeuralTuringMachine | AdaptiveComputationTime | RecurrentNetwork;

/** How a file of somebody else's is taken. */
export interface ImportOptions {
  /** Whose names and layout the tensors have. Default: found out from the names. */
  source?: ImportSource;
  /**
   * The equations that the network was trained by, where its tensors do not say. Of pytorch-ntm "2017", with rectifiers,
   * or "2018", with softplus and sigmoid. Of ntm-lasagne "defaults", the activations of its layers, or what differs from
   * them, such as "key=identity,erase=relu": controller, key (and add), strength (β and γ), gate, erase.
   */
  equations?: string;
  /** Name of the file, for messages. */
  file?: string;
}

/** Every source by its name. */
export const importSources = ["pytorch-ntm", "ntm-lasagne", "tf-rnn-adaptive"] as const;

/** An implementation whose trained networks we can take. */
export type ImportSource = (typeof importSources)[number];

interface Importer {
  readonly is: (from: Foreign) => boolean;
  readonly make: (from: Foreign, equations: string) => ImportedModel;
}

const importers: Readonly<Record<ImportSource, Importer>> = {
  "pytorch-ntm": { is: isPytorchNtm, make: fromPytorchNtm },
  "ntm-lasagne": { is: isNtmLasagne, make: fromNtmLasagne },
  "tf-rnn-adaptive": { is: isTfRnnAdaptive, make: fromTfRnnAdaptive },
};

/** A network of somebody else's, and where it is from. */
export interface Imported {
  readonly model: ImportedModel;
  readonly source: ImportSource;
  /** What the file says of itself, such as its licence, for `save`: each under its name with `import.` in front. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A network that somebody else's program trained, from its tensors in a safetensors file.
 *
 * @throws CheckpointError when the file is damaged, of no source that we know, or lacks what its source must have;
 * TypeError when what is given are no bytes; RangeError for a source there is none of.
 * @example
 * const { model, metadata } = importModel(await readFile("ntm-copy.safetensors"), { source: "pytorch-ntm" });
 * await writeFile("copy.safetensors", save(model, { metadata }));
 */
export function importModel(bytes: Uint8Array, options: ImportOptions = {}): Imported {
  const isText = (value: unknown): string | undefined => (typeof value === "string" ? undefined : "a text");
  const {
    source: given,
    file,
    equations,
  } = checkOptions("importModel", options, {
    source: ["", oneOf("", ...importSources)],
    equations: ["", isText],
    file: ["the file", isText],
  });
  if (!isBytes(bytes)) {
    throw new TypeError(`importModel: the bytes of a file are ${shown(bytes)}, and must be a Uint8Array`);
  }
  const from = new Foreign(bytes, file as string);
  const source = (given || importSources.find((name) => importers[name].is(from))) as ImportSource | undefined;
  if (!source) return from.fail(`its tensors are those of none of ${importSources.join(", ")}`);
  const texts = Object.entries(from.metadata).filter(([name]) => name !== "crc32"); // that of another file
  const metadata = Object.fromEntries(texts.map(([name, text]) => [`import.${name}`, text]));
  return { model: make(from, source, equations as string), source, metadata };
}

function make(from: Foreign, source: ImportSource, equations: string): ImportedModel {
  let model: ImportedModel;
  try {
    model = importers[source].make(from, equations);
  } catch (cause) {
    if (cause instanceof CheckpointError || !(cause instanceof RangeError)) throw cause;
    return from.fail(`its tensors make no network: ${cause.message}`);
  }
  from.expectAllTaken(source);
  if (model.parameters.values.every(Number.isFinite)) return model;
  return from.fail("its numbers add up to more than single precision can hold");
}
