import type { Engine, Rows } from "../bindings/full.js";
import { comparison, verdict } from "./comparison.js";
import { withEngine } from "./engine.js";
import { UsageError } from "./errors.js";
import { heatMap, legend, type Head } from "./heatMap.js";
import { tracedOf, type Held, type Subject } from "./held.js";
import { count } from "./numbers.js";
import type { Runner, RunFlags } from "./systems/commands.js";
import type { Terminal } from "./terminal.js";
import { answeredBytes, cells, copySequence, split, wrongBits } from "./text.js";

/** A part of a text, its copy, and what the heads did meanwhile. */
interface CopiedPiece {
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  /** (time, heads, slots); a compiled model brings back only what it was compiled to. */
  readonly writeWeights?: Rows | undefined;
  readonly readWeights?: Rows | undefined;
}

interface Copied {
  readonly pieces: readonly CopiedPiece[];
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  readonly wrong: number;
  readonly bits: number;
  /** Bytes in the longest piece there may be. */
  readonly most: number;
  /** Bytes in the longest sequence of its training, if the file says. */
  readonly trained?: number | undefined;
}

const DEFAULT_PIECE = 100;

/** Run of a model with a memory that copies texts. */
export const copying = (held: Held<Subject>): Runner => ({
  takesPieces: true,
  async run(text, flags) {
    const copied = await copyText(held, text, flags);
    return { json: copiedJSON(copied), say: (terminal) => sayCopied(copied, terminal) };
  },
});

/**
 * Copies text with a model that was trained to: every byte is a vector of 8 bits.
 * @throws UsageError when the model is for something else, or the pieces do not fit its memory.
 */
async function copyText(held: Held<Subject>, input: Uint8Array, { piece }: RunFlags): Promise<Copied> {
  const { model, task } = held;
  const { slots } = expectCopier(held, input);
  if (piece !== undefined && piece > slots) {
    throw new UsageError(`--piece is ${piece}, and must be at most ${slots}, the slots of the model's memory`);
  }
  const trained = task?.options["maxLength"] as number | undefined;
  const most = piece ?? Math.min(slots, DEFAULT_PIECE);
  return withEngine((engine) => {
    const pieces = split(input, most).map((part) => copyPiece(engine, model, part));
    const output = Uint8Array.from(pieces.flatMap((copied) => [...copied.output]));
    return { pieces, input, output, wrong: wrongBits(input, output), bits: input.length * 8, most, trained };
  });
}

/** Slots of a model that copies a text. @throws UsageError when its vectors are no bytes, or the text is empty. */
export function expectCopier({ file, model }: Held<Subject>, input: Uint8Array): { readonly slots: number } {
  const { inputSize, outputSize } = model;
  const slots = Math.max(1, Number(model.options["slots"]) || DEFAULT_PIECE);
  if (inputSize !== 9 || outputSize !== 8) {
    throw new UsageError(`${file} copies vectors of ${outputSize} bits, and text needs 8`);
  }
  if (!input.length) throw new UsageError("The text is empty, and must have at least one byte");
  return { slots };
}

function copyPiece(engine: Engine, model: Subject, input: Uint8Array): CopiedPiece {
  const trace = tracedOf(model, ["writeWeights", "readWeights"]);
  const { outputs, trace: values } = model.run(engine, copySequence(input), { trace });
  const output = answeredBytes(outputs, input.length);
  return { input, output, writeWeights: values["writeWeights"], readWeights: values["readWeights"] };
}

/** The text and its copy, and where the heads were. */
function sayCopied({ pieces, input, output, wrong, bits, most, trained = most }: Copied, terminal: Terminal): void {
  console.log(comparison(cells(input, output), terminal));
  const parts = pieces.length > 1 ? ` Copied in ${pieces.length} pieces of at most ${count(most)} bytes.` : "";
  console.log(`\n${verdict(wrong, bits)}${parts}`);
  const isBeyond = wrong > 0 && Math.max(...pieces.map((piece) => piece.input.length)) > trained;
  if (isBeyond) console.log(`It was trained on up to ${trained} bytes at a time: --piece ${trained} keeps to that.`);
  if (!pieces.some(({ writeWeights, readWeights }) => writeWeights || readWeights)) {
    console.log("Where its heads were is not to be seen: it was compiled without --trace writeWeights,readWeights.");
    return;
  }
  console.log("");
  // The one to look at is the one that went wrong.
  const shown = Math.max(
    0,
    pieces.findIndex((piece) => wrongBits(piece.input, piece.output) > 0),
  );
  const piece = pieces[shown]!;
  const where = pieces.length > 1 ? ` in piece ${shown + 1}` : "";
  const heads = [
    ...headsOf(piece.writeWeights, `where it wrote${where}`),
    ...headsOf(piece.readWeights, `where it read${where}`),
  ];
  console.log(heatMap(heads, cells(piece.input, piece.output), terminal));
  console.log(legend(terminal));
}

function headsOf(weights: Rows | undefined, name: string): Head[] {
  if (!weights) return [];
  const { data, shape } = weights;
  const [time, heads, slots] = shape as [number, number, number];
  return Array.from({ length: heads }, (_, head) => ({
    name: heads > 1 ? `${name}, head ${head + 1}` : name,
    weights: Array.from({ length: time }, (_, t) =>
      data.subarray((t * heads + head) * slots, (t * heads + head + 1) * slots),
    ),
  }));
}

/** Everything as plain JSON. */
function copiedJSON({ pieces, input, output, wrong, bits }: Copied): object {
  const text = (bytes: Uint8Array): object => ({ text: new TextDecoder().decode(bytes), bytes: [...bytes] });
  return {
    input: text(input),
    output: text(output),
    wrongBits: wrong,
    bits,
    pieces: pieces.map((piece) => ({
      input: text(piece.input),
      output: text(piece.output),
      ...(piece.writeWeights && { writeWeights: nested(piece.writeWeights) }),
      ...(piece.readWeights && { readWeights: nested(piece.readWeights) }),
    })),
  };
}

/** [time][head][slot] */
function nested({ data, shape }: Rows): number[][][] {
  const [time, heads, slots] = shape as [number, number, number];
  const row = (at: number): number[] => [...data.subarray(at * slots, (at + 1) * slots)];
  return Array.from({ length: time }, (_, t) => Array.from({ length: heads }, (_, head) => row(t * heads + head)));
}
