import { excerpt } from "../common/shown.js";
import { refusing, type Fail } from "./checkpointError.js";
import type { Dtypes, Numbers, Stored } from "./dtypes.js";
import { fromJSON, isDeep, MOST_DEPTH } from "./json.js";
import { decodeSafetensors, isChecked, type Container } from "./safetensors.js";

/** A kind of safetensors file that is ours, as its metadata name it. */
export interface Format {
  readonly name: string;
  /** Raised when a file of the version before would be misread. */
  readonly version: string;
  /** Name of such a file in messages. */
  readonly kind: string;
  /** What loads it, for whoever took it for a file of another format. */
  readonly loader: string;
}

/** A model as `save` writes it. */
export const SAVED: Format = {
  name: "tapehead",
  version: "1",
  kind: "saved model",
  loader: "`load` loads; `tapehead compile` makes a compiled model of it",
};

/** A model as `compileModel` writes it. */
export const COMPILED: Format = {
  name: "tapehead compiled",
  version: "2",
  kind: "compiled model",
  loader: "`loadCompiled` of tapehead/run loads",
};

/** The contents of a file of one format, and what reads on in it. */
export interface FormatContents<Data extends Stored = Numbers> extends Container<Data> {
  /** A text of the metadata as JSON; null where there is none. @throws CheckpointError when it is not JSON. */
  readonly json: (name: string) => unknown;
  readonly fail: Fail;
}

/** @throws CheckpointError unless the bytes are an undamaged file of this format and version. */
export function decodeFormat<Data extends Stored = Numbers>(
  bytes: Uint8Array,
  { file, format, dtypes }: { readonly file: string; readonly format: Format; readonly dtypes?: Dtypes },
): FormatContents<Data> {
  const container = decodeSafetensors<Data>(bytes, file, dtypes);
  const { metadata } = container;
  const fail: Fail = refusing(file);
  if (metadata["format"] !== format.name) {
    const other = [SAVED, COMPILED].find(({ name }) => name === metadata["format"]);
    if (other) fail(`it is a ${other.kind}, which ${other.loader}`);
    fail(`it is a safetensors file, and no ${format.kind} of Tapehead's: its metadata name no format "${format.name}"`);
  }
  if (!isChecked(container)) fail("it has no checksum, so it is damaged");
  if (metadata["version"] !== format.version) {
    const version = excerpt(String(metadata["version"]));
    fail(`it has format version ${version}, and this version of Tapehead reads version ${format.version}`);
  }
  const json = (name: string): unknown => {
    let value: unknown;
    try {
      value = fromJSON(metadata[name] ?? "null");
    } catch (cause) {
      return fail(`its ${name} are not JSON`, cause);
    }
    return isDeep(value) ? fail(`its ${name} are nested deeper than ${MOST_DEPTH}`) : value;
  };
  return { ...container, json, fail };
}
