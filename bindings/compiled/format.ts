/**
 * A compiled model is a safetensors file. Its tensors are the parameters, under their names and in the order of the
 * model's block, and the words of each program; everything else is text in its metadata:
 *
 *   format    "tapehead compiled"
 *   version   raised when a file of before would be misread
 *   model     class and
 *   options   its options as JSON, for people: nothing is made from them
 *   programs  a Description as JSON
 *
 * and whatever else is to go with the model, such as its task or its vocabulary. A parameter is F32, F16, or I8 with a
 * tensor "factors of" its name, a factor for each row.
 */

/** Names in the metadata that are the format's. */
export const OWN: readonly string[] = ["format", "version", "model", "options", "programs", "crc32"];

/** What a file says of its programs. */
export interface Description {
  /** Opcodes by name; in the words of a program an opcode is a place in this list, so new ones do not renumber it. */
  readonly opcodes: readonly string[];
  /** By name, programs for some numbers of rows, the least first, and a row is the least. */
  readonly methods: Readonly<Record<string, readonly (ProgramDescription & { readonly rows: number })[]>>;
  /** Of a model that can run one step at a time. */
  readonly session?: SessionDescription;
}

export interface ProgramDescription {
  /** The tensor that holds the words. */
  readonly words: string;
  /** Activations, what goes in and out, and then frames, as far as relocations need them. */
  readonly regions: readonly RegionDescription[];
  readonly relocations: readonly RelocationDescription[];
  readonly inputs: Readonly<Record<string, PortDescription>>;
  readonly outputs: Readonly<Record<string, PortDescription>>;
}

export interface SessionDescription extends ProgramDescription {
  /** The word at which a step starts; a reset starts at the first. */
  readonly step: number;
  readonly frameRegister: number;
  /** Bytes of a frame. */
  readonly frame: number;
  readonly sequences: readonly (readonly [register: number, offset: OffsetDescription])[];
}

/** A factor times lengths. */
export type SizeDescription = readonly [factor: number, ...dimensions: string[]];
export type RegionDescription = readonly [fixedBytes: number, ...dynamic: SizeDescription[]];
export type OffsetDescription = readonly [bytes: number, dynamic: number];
/** An axis that is a text is a length known only at run time; of numbers that choose a symbol, how many there are. */
export type PortDescription = readonly [
  shape: readonly (number | string)[],
  offset: OffsetDescription,
  symbols?: number | undefined,
];
export type RelocationDescription =
  | readonly [kind: "size", word: number, size: SizeDescription]
  | readonly [kind: "operand", word: number, register: number, region: number, dynamic: number]
  | readonly [kind: "bytes", word: number, region: number];
