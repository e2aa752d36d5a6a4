import type { Port, Program } from "../graph/program.js";
import { Dimension } from "../graph/size.js";

/** What a method has that runs sequences: x (time, rows, inputSize) → y (time, rows, outputSize), and traces. */
export interface SequencePorts {
  readonly inputSize: number;
  readonly outputSize: number;
  /** Names of outputs "trace NAME" (time, rows, …). */
  readonly trace: readonly string[];
}

const TRACE = "trace ";

/** The sizes of a program that runs sequences one row at a time; undefined of any other. */
export function sequencePorts({ inputs, outputs }: Program): SequencePorts | undefined {
  const [x, y] = [inputs.get("x"), outputs.get("y")];
  const time = x?.shape[0];
  const isSequence = (port: Port | undefined): boolean => port?.shape[0] === time && port?.shape[1] === 1;
  const names = [...outputs.keys()].filter((name) => name.startsWith(TRACE));
  const [inputSize, outputSize] = [x?.shape[2], y?.shape[2]];
  const areSequences =
    time instanceof Dimension &&
    String(time) === "time" &&
    [...inputs.values(), ...outputs.values()].every(isSequence) &&
    inputs.size === 1 &&
    outputs.size === 1 + names.length &&
    x!.shape.length === 3 &&
    y?.shape.length === 3 &&
    names.every(
      (name) =>
        !outputs
          .get(name)!
          .shape.slice(2)
          .some((axis) => axis instanceof Dimension && axis !== time),
    );
  if (!areSequences || typeof inputSize !== "number" || typeof outputSize !== "number") return undefined;
  return { inputSize, outputSize, trace: names.map((name) => name.slice(TRACE.length)) };
}
