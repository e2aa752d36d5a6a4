import type { Engine } from "../../bindings/engine/engine.js";
import { NeuralProgrammer } from "../../bindings/systems/neuralProgrammer/neuralProgrammer.js";
import { encodeQuestion } from "../../bindings/systems/neuralProgrammer/question.js";
import { tableLayout } from "../../bindings/systems/neuralProgrammer/layout.js";
import type { Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";

const COLUMNS = 3;
const ROWS = 100_000;
const PARTS = 10;

/** A program over one large table, beside the same rows in ten: a step's cost grows as the rows do, or less. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "programmer",
    name: `a program over a table of ${ROWS} rows, ${COLUMNS} columns`,
    peer: `${PARTS} tables of ${ROWS / PARTS}`,
    prepare: () => contest(engine),
  },
];

function contest(engine: Engine): Contest {
  const layout = tableLayout(COLUMNS);
  const sizes = { inputSize: layout.inputSize, outputSize: 1 + COLUMNS };
  const models = [0, 1].map(() => new NeuralProgrammer({ ...sizes, hiddenSize: 32, seed: 1 })) as [
    NeuralProgrammer,
    NeuralProgrammer,
  ];
  const table = Array.from({ length: ROWS }, (_, row) => [row % 11, (row % 7) - 3, row % 5]);
  const question = ["greater", 2.5, { column: 0 }, "sum", { column: 1 }] as const;
  const steps = ROWS / PARTS;
  const whole = encodeQuestion(question, table, layout);
  const parts = Array.from({ length: PARTS }, (_, part) =>
    encodeQuestion(question, table.slice(part * steps, (part + 1) * steps), layout),
  );
  const once = () => models[0].run(engine, whole).outputs;
  const inParts = () => parts.map((part) => models[1].run(engine, part).outputs);
  // What is printed of a row depends on no other, and scalars of an untrained program add up if they do at all.
  const cellsOf = (outputs: readonly ArrayLike<number>[]): number[] =>
    outputs.flatMap((row) => Array.from(row).slice(1));
  if (cellsOf(once()).join() !== cellsOf(inParts().flat()).join()) throw new Error("The tables give different answers");
  return {
    ours: { run: once, runs: 1 },
    peer: { run: inParts, runs: 1 },
    dispose: () => models.forEach((model) => model.release(engine)),
  };
}
