import { fileURLToPath } from "node:url";
import { Engine } from "../bindings/full.js";
import { AttentionSeq2Seq } from "../bindings/models.js";
import { paint } from "./colorScale.js";
import { UsageError } from "./errors.js";
import { readCheckpoint } from "./files.js";
import type { Terminal } from "./terminal.js";
import { visible } from "./text.js";

/** A model that comes with the program. */
export const shipped = (name: string): string =>
  fileURLToPath(new URL(`../checkpoints/${name}.safetensors`, import.meta.url));

export interface TransduceFlags {
  model: string;
  beam: number;
  attention?: boolean;
}

/** What a source was turned into, for people and programs. */
export interface Said {
  readonly source: readonly string[];
  readonly symbols: readonly string[];
  /** How likely the model thinks that all of it is right. */
  readonly probability: number;
  readonly beams: readonly { readonly symbols: readonly string[]; readonly probability: number }[];
  /** Symbols of the source that the model does not know. */
  readonly unknown: readonly string[];
  /** (symbols and the end, source) */
  readonly attention?: readonly (readonly number[])[];
}

/**
 * Turns sources into targets with a saved model.
 * @throws UsageError when it is for something else or a source is empty, FileError and CheckpointError as readCheckpoint.
 */
export async function transduce(
  task: string,
  sources: readonly (readonly string[])[],
  { model: file, beam, attention = false }: TransduceFlags,
): Promise<Said[]> {
  const { checkpoint } = await readCheckpoint(file);
  const { model } = checkpoint;
  if (!(model instanceof AttentionSeq2Seq) || (checkpoint.task && checkpoint.task.name !== task)) {
    const what = checkpoint.task?.name ?? model.name;
    throw new UsageError(`${file} holds a model for ${what}, and must hold one for ${task}`);
  }
  const empty = sources.findIndex((source) => !source.length);
  if (!sources.length || empty >= 0)
    throw new UsageError("There is nothing to read: give it as an argument, or pipe it in, a line each");
  const engine = await Engine.create();
  try {
    return model.run(engine, sources, { beam, attention }).map(({ symbols, score, beams, attention: weights }, i) => {
      const source = sources[i]!;
      const unknown = [...new Set(source)].filter((symbol) => model.source.numberOf(symbol) === undefined);
      return {
        source,
        symbols,
        probability: Math.exp(score),
        beams: beams.map(({ symbols, score }) => ({ symbols, probability: Math.exp(score) })),
        unknown,
        ...(weights && {
          attention: weights.map((row) => [...(row as unknown as ArrayLike<number> & Iterable<number>)]),
        }),
      };
    });
  } finally {
    engine.dispose();
  }
}

/** Where it looked: a row for each symbol that was said, a column for each that was read. */
export function alignment({ source, symbols, attention }: Said, { columns, palette }: Terminal): string {
  const rows = [...symbols, "end"].slice(0, attention!.length).map((symbol) => visible(symbol));
  const margin = Math.max(...rows.map((row) => row.length)) + 2;
  const labels = source.map((symbol) => visible(symbol));
  const wide = Math.max(...labels.map((label) => label.length));
  const width = wide > 1 ? wide + 1 : 2;
  const shown = Math.max(1, Math.min(source.length, Math.floor((columns - margin) / width)));
  const cut = shown < source.length ? " …" : "";
  const head = labels
    .slice(0, shown)
    .map((label) => label.padEnd(width))
    .join("");
  const lines = rows.map((row, t) => {
    const weights = attention![t]!.slice(0, shown).flatMap((weight) => new Array<number>(width).fill(weight));
    return `${row.padStart(margin - 2)}  ${paint(weights, weights, palette)}`;
  });
  return [`${" ".repeat(margin)}${head.trimEnd()}${cut}`, ...lines].map((line) => line.trimEnd()).join("\n");
}
