import type { AdaptiveComputationTime } from "../models/adaptiveComputationTime.js";
import type { NeuralTuringMachine } from "../models/neuralTuringMachine.js";
import type { RecurrentNetwork } from "../models/recurrentNetwork.js";
import { checkOptions, oneOf } from "../options.js";
import { shown } from "../shown.js";
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
  /** Name of the file, for messages. */
  file?: string;
}

/** An implementation whose trained networks we can take. */
export type ImportSource = "pytorch-ntm" | "ntm-lasagne" | "tf-rnn-adaptive";

interface Importer {
  readonly is: (from: Foreign) => boolean;
  readonly make: (from: Foreign) => ImportedModel;
}

const importers: Readonly<Record<ImportSource, Importer>> = {
  "pytorch-ntm": { is: isPytorchNtm, make: fromPytorchNtm },
  "ntm-lasagne": { is: isNtmLasagne, make: fromNtmLasagne },
  "tf-rnn-adaptive": { is: isTfRnnAdaptive, make: fromTfRnnAdaptive },
};

/** Every source by its name. */
export const importSources = Object.keys(importers) as readonly ImportSource[];

/**
 * A network that somebody else's program trained, from its tensors in a safetensors file.
 *
 * @throws CheckpointError when the file is damaged, of no source that we know, or lacks what its source must have;
 * TypeError when what is given are no bytes; RangeError for a source there is none of.
 * @example
 * const model = importModel(await readFile("ntm-copy.safetensors"), { source: "pytorch-ntm" });
 */
export function importModel(bytes: Uint8Array, options: ImportOptions = {}): ImportedModel {
  const { source, file } = checkOptions("importModel", options, {
    source: ["", oneOf("", ...importSources)],
    file: ["the file", (value) => (typeof value === "string" ? undefined : "a text")],
  });
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`importModel: the bytes of a file are ${shown(bytes)}, and must be a Uint8Array`);
  }
  const from = new Foreign(bytes, file as string);
  const importer = source ? importers[source as ImportSource] : Object.values(importers).find(({ is }) => is(from));
  return (importer ?? from.fail(`its tensors are those of none of ${importSources.join(", ")}`)).make(from);
}
