import type { Engine } from "../engine/engine.js";
import type { Tree } from "../graph/tree.js";
import type { RecurrentModel } from "../models/recurrentModel.js";
import type { SequenceModel } from "../models/sequenceModel.js";
import type { Batches } from "./defineSystem.js";

type Sequential = SequenceModel<string>;

/** Rows of numbers for a model: (time, inputSize). */
const rowsOf = ({ inputSize }: Sequential, time: number): number[][] =>
  Array.from({ length: time }, (_, t) =>
    Array.from({ length: inputSize }, (_, i) => ((1 + t * inputSize + i) % 7) / 4 - 0.75),
  );

export const runSteps = (model: Sequential, engine: Engine): unknown => model.run(engine, rowsOf(model, 3)).outputs;

export function runSession(model: RecurrentModel<Tree, string>, engine: Engine): unknown {
  const session = model.session(engine); // without `using`, which not every host has
  try {
    return rowsOf(model, 3).map((row) => session.step(row).slice());
  } finally {
    session.dispose();
  }
}

/** Sequences of different lengths. */
export const stepBatches: Batches<Sequential> = {
  inputs: (model) => [3, 1, 5, 2, 4].map((time) => rowsOf(model, time)),
  run: (model, engine, inputs) => model.run(engine, inputs).outputs,
};
