/**
 * What every host is asked to show, the same program in all of them: that it runs a shipped checkpoint, steps a session
 * and trains, with the same bits, and so does every system. It touches nothing but the language and the library it is
 * given.
 */
import type * as Tapehead from "../../bindings/core.js";
import type { SystemDeclaration } from "../../bindings/systems/defineSystem.js";
import { proveSystems } from "./systems.js";

export interface Proof {
  /** Threads the engine had. */
  readonly threads: number;
  /** What the checkpoint made of `texts`. */
  readonly copies: readonly string[];
  /** Bytes in hexadecimal: outputs, a trace and a session's steps. */
  readonly outputs: string;
  /** Bytes in hexadecimal: a small model's parameters after 200 steps of training. */
  readonly weights: string;
  /** Bytes in hexadecimal, by the class of a system's model; empty where the engine has not the kernels of all. */
  readonly systems: Readonly<Record<string, string>>;
}

/** More of them than a shard has rows, of many lengths. Printable ASCII: hosts need no TextDecoder. */
export const texts: readonly string[] = [
  "Neural Turing Machine",
  "content",
  "location",
  "a",
  "interpolate, shift, sharpen",
  "erase, then add",
  "read",
  "0123456789",
  "The same bits everywhere.",
  "end",
];

/** Loads a checkpoint of the copy task, runs and steps it, trains another model from scratch, and one of each system. */
export async function prove(
  tapehead: typeof Tapehead,
  checkpoint: Uint8Array,
  engineOptions: object | undefined,
  systems: readonly SystemDeclaration[],
): Promise<Proof> {
  const engine = await tapehead.Engine.create(engineOptions as Tapehead.BinarySource);
  try {
    return {
      threads: engine.threads,
      ...runCheckpoint(tapehead, engine, checkpoint),
      weights: hexadecimal([await trainSmall(tapehead, engine)]),
      systems: Object.fromEntries(
        Object.entries(await proveSystems(tapehead, engine, systems)).map(([name, blocks]) => [
          name,
          hexadecimal(blocks),
        ]),
      ),
    };
  } finally {
    engine.dispose();
  }
}

function runCheckpoint({ load }: typeof Tapehead, engine: Tapehead.Engine, bytes: Uint8Array) {
  const model = load(bytes);
  const { outputs, trace } = model.run(engine, texts.map(copySequence), { trace: ["readWeights"] });
  const runs = outputs as unknown as Tapehead.Rows[];
  const weightings = trace["readWeights"] as unknown as Tapehead.Rows[];

  const session = model.session(engine);
  const steps = copySequence(texts[0]!).map((x) => session.step(x).slice());
  session.dispose();

  return {
    copies: runs.map((rows, i) => textOf(rows.slice(texts[i]!.length + 1))),
    outputs: hexadecimal([...runs.map(({ data }) => data), ...weightings.map(({ data }) => data), ...steps]),
  };
}

/** A batch of 30 is four shards, one of them smaller than the others. */
async function trainSmall(tapehead: typeof Tapehead, engine: Tapehead.Engine): Promise<Float32Array> {
  const { NeuralTuringMachine, adam, copyTask, train } = tapehead;
  const model = new NeuralTuringMachine({ inputSize: 5, outputSize: 4, hiddenSize: 32, slots: 24, width: 8, seed: 7 });
  const task = copyTask({ bits: 4, maxLength: 10, seed: 7 });
  const optimizer = adam({ learningRate: 3e-3 });
  for await (const _ of train(engine, model, task, { batch: 30, steps: 200, optimizer }));
  return model.parameters.values;
}

/** The text a byte a step, the delimiter, and as many blanks. */
function copySequence(text: string): number[][] {
  const rows = Array.from({ length: 2 * text.length + 1 }, () => new Array<number>(9).fill(0));
  for (let t = 0; t < text.length; ++t) {
    for (let bit = 0; bit < 8; ++bit) rows[t]![bit] = (text.charCodeAt(t) >> bit) & 1;
  }
  rows[text.length]![8] = 1;
  return rows;
}

function textOf(rows: readonly Float32Array[]): string {
  const code = (row: Float32Array): number => row.reduce((sum, logit, bit) => sum + (logit > 0 ? 1 << bit : 0), 0);
  return rows.map((row) => String.fromCharCode(code(row))).join("");
}

function hexadecimal(blocks: readonly Float32Array[]): string {
  const digits = (byte: number): string => byte.toString(16).padStart(2, "0");
  return blocks
    .map(({ buffer, byteOffset, byteLength }) =>
      Array.from(new Uint8Array(buffer, byteOffset, byteLength), digits).join(""),
    )
    .join("");
}
