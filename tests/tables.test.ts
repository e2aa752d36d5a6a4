/** The machine that runs programs over tables, and the model that writes them. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load } from "../bindings/load.js";
import { STREAMS } from "../bindings/graph/streams.js";
import { constant } from "../bindings/graph/ops/index.js";
import { compile } from "../bindings/graph/compile.js";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import { NeuralProgrammer } from "../bindings/systems/neuralProgrammer/neuralProgrammer.js";
import { Random } from "../bindings/common/random/philox.js";
import type { Rows } from "../bindings/runtime/sequences.js";
import {
  encodeQuestion,
  isColumn,
  isLiteral,
  type QuestionToken,
} from "../bindings/systems/neuralProgrammer/question.js";
import {
  EXTENDED_STEPS,
  outputSizeOf,
  tableLayout,
  type TableLayout,
} from "../bindings/systems/neuralProgrammer/layout.js";
import {
  extendedOperations,
  joinings,
  numericOperations,
  TableMachine,
  tableOperations,
  type Joining,
  type TableOperation,
} from "../bindings/systems/neuralProgrammer/machine.js";
import { tableTask } from "../bindings/tasks.js";
import { drawn, sequencesOf } from "./support/answered.js";
import { array, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { evaluateGraph } from "./support/evaluate.js";
import { numericalGradients } from "./support/numericalGradients.js";
import { runProgram } from "./support/program.js";
import { answerTo, askedBy, type AskedTable } from "./support/tableQuestions.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
/** The paper's questions about numbers, the same with texts, and extended ones. */
type Kind = "numbers" | "texts" | "extended";
const STEPS: { readonly [K in Kind]: number } = { numbers: 4, texts: 4, extended: EXTENDED_STEPS };
const OPERATIONS: { readonly [K in Kind]: readonly TableOperation[] } = {
  numbers: numericOperations,
  texts: tableOperations,
  extended: extendedOperations,
};
/** Templates of each kind. */
const TEMPLATES: { readonly [K in Kind]: number } = { numbers: 23, texts: 50, extended: 260 };

interface Line {
  readonly operation: TableOperation;
  readonly column?: number;
}

/** The program of a question, as appendix A of the paper has it: what is not needed resets. */
function programOf({ tokens }: AskedTable, steps: number): Line[] {
  const columnAfter = (i: number): number => {
    const next = tokens.slice(i + 1).find((token) => !isLiteral(token));
    return isColumn(next) ? next.column : 0;
  };
  const lines: Line[] = [];
  let joined: Line | undefined;
  tokens.forEach((token, i) => {
    if (token === "greater" || token === "lesser" || token === "equal") {
      lines.push({ operation: token === "equal" ? "textMatch" : token, column: columnAfter(i) });
      if (tokens[i - 1] === "not") lines.push({ operation: "not" });
      if (joined) lines.push(joined);
    } else if (token === "and" || token === "or") joined = { operation: token };
    else if (token === "diff") lines.push({ operation: "reset" });
    else if (token === "print") lines.push({ operation: "assign", column: columnAfter(i) });
    else if (["sum", "count", "mean", "maximum", "minimum"].includes(token as string))
      lines.push({ operation: token as TableOperation, column: columnAfter(i) });
  });
  if (tokens.includes("diff")) lines.push({ operation: "difference" });
  return [...Array.from({ length: steps - lines.length }, (): Line => ({ operation: "reset" })), ...lines];
}

const oneHot = (size: number, index: number): number[] => Array.from({ length: size }, (_, i) => Number(i === index));

interface MachineSizes {
  readonly rows: number;
  readonly columns: number;
  readonly numbers: number;
  readonly joining?: Joining;
  readonly kind?: Kind;
}

/** The machine over a batch; what is selected comes from outside. */
function machineGraph({ rows, columns, numbers, joining = "product", kind = "numbers" }: MachineSizes): Graph {
  const hasTexts = kind !== "numbers";
  const graph = new Graph();
  const time = graph.dimension("time");
  const tables = {
    cells: graph.input("cells", [time, rows, columns]),
    present: graph.input("present", [time, rows, columns]),
    isRow: graph.input("isRow", [time, rows]),
    ...(hasTexts && { texts: graph.input("texts", [time, rows, columns]) }),
    ...(kind === "extended" && { orders: graph.input("orders", [time, rows, 2 * columns]) }),
  };
  const pivots = {
    numbers: graph.input("numbers", [rows, numbers]),
    greater: graph.input("greater", [rows, numbers]),
    lesser: graph.input("lesser", [rows, numbers]),
    ...(hasTexts && {
      texts: graph.input("wanted", [rows, numbers]),
      textMatch: graph.input("textMatch", [rows, numbers]),
    }),
  };
  const machine = new TableMachine(tables, pivots, joining);
  for (let t = 0; t < STEPS[kind]; ++t) {
    machine.step({
      operation: graph.input(`operation ${t}`, [rows, OPERATIONS[kind].length]),
      column: graph.input(`column ${t}`, [rows, columns]),
    });
  }
  graph.output("scalar", machine.scalar);
  graph.output("lookup", machine.lookup);
  return graph;
}

const machines = suite("TableMachine");
for (const [numbers, textColumns, kind] of [
  [1, 0, "numbers"],
  [3, 0, "numbers"],
  [2, 1, "texts"],
  [2, 1, "extended"],
] as const) {
  const columns = numbers + textColumns;
  const hasTexts = textColumns > 0;
  const names = OPERATIONS[kind];
  machines(
    `programs set by hand answer every template exactly, with ${numbers} columns of numbers and ${textColumns} of text: ${kind}`,
    () => {
      const COUNT = kind === "extended" ? 4000 : 800;
      const templates = kind === "extended" ? "extended" : "paper";
      const task = tableTask({
        columns: numbers,
        textColumns,
        templates,
        texts: 9,
        most: 200,
        minRows: 30,
        maxRows: kind === "extended" ? 40 : 100,
      });
      const batch = drawn(task, COUNT, {}, new Random(3));
      const asked = sequencesOf(batch).map((sequence) => askedBy(sequence, columns));
      const shapes = new Set(asked.map(({ tokens }) => tokens.filter((token) => typeof token === "string").join(" ")));
      assert.is(shapes.size, TEMPLATES[kind]);
      const { time } = batch;
      const [cells, present, texts] = [0, 0, 0].map(() => new Float64Array(time * COUNT * columns)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      const isRow = new Float64Array(time * COUNT);
      const orders = new Float64Array(time * COUNT * 2 * columns).fill(-1);
      asked.forEach(({ table }, sequence) => {
        for (let column = 0; column < columns; ++column) {
          const rows = table.flatMap((row, i) => (typeof row[column] === "number" ? [i] : []));
          const put = (order: number[], at: number): void =>
            order.forEach((row, k) => (orders[(k * COUNT + sequence) * 2 * columns + at] = row));
          put(
            [...rows].sort((a, b) => Number(table[b]![column]) - Number(table[a]![column])),
            column,
          );
          put(
            [...rows].sort((a, b) => Number(table[a]![column]) - Number(table[b]![column])),
            columns + column,
          );
        }
      });
      asked.forEach(({ table }, sequence) => {
        table.forEach((row, i) => {
          isRow[i * COUNT + sequence] = 1;
          row.forEach((cell, column) => {
            const at = (i * COUNT + sequence) * columns + column;
            if (typeof cell === "string") texts[at] = Number(cell.slice(1));
            else [cells[at], present[at]] = [cell, 1];
          });
        });
      });
      const pivots = asked.map(({ tokens }) => tokens.filter((token) => typeof token === "number"));
      const wanted = asked.map(({ tokens }) =>
        tokens.flatMap((token) => (typeof token === "object" && "text" in token ? [Number(token.text.slice(1))] : [])),
      );
      const pivotOf = (word: "greater" | "lesser"): number[] =>
        asked.flatMap(({ tokens }) =>
          oneHot(2, tokens.filter((each) => typeof each === "number" || each === word).indexOf(word)),
        );
      const shape = [time, COUNT, columns];
      const inputs: Record<string, NDArray> = {
        cells: array(shape, cells),
        present: array(shape, present),
        isRow: array([time, COUNT], isRow),
        ...(kind === "extended" && { orders: array([time, COUNT, 2 * columns], orders) }),
        numbers: array(
          [COUNT, 2],
          pivots.flatMap(([one = 0, other = 0]) => [one, other]),
        ),
        greater: array([COUNT, 2], pivotOf("greater")),
        lesser: array([COUNT, 2], pivotOf("lesser")),
        ...(hasTexts && {
          texts: array(shape, texts),
          wanted: array(
            [COUNT, 2],
            wanted.flatMap(([one = 0]) => [0, one]),
          ),
          textMatch: array(
            [COUNT, 2],
            wanted.flatMap((all) => [0, all.length]),
          ),
        }),
      };
      const programs = asked.map((each) => programOf(each, STEPS[kind]));
      for (let t = 0; t < STEPS[kind]; ++t) {
        const lines = programs.map((program) => program[t]!);
        const operations = lines.flatMap(({ operation }) => oneHot(names.length, names.indexOf(operation)));
        inputs[`operation ${t}`] = array([COUNT, names.length], operations);
        inputs[`column ${t}`] = array(
          [COUNT, columns],
          lines.flatMap(({ column = 0 }) => oneHot(columns, column)),
        );
      }
      const graph = machineGraph({ rows: COUNT, columns, numbers: 2, kind });
      const { outputs } = runProgram(engine, compile(graph), inputs, { lengths: { time } });
      asked.forEach((question, sequence) => {
        const expected = answerTo(question);
        const scalar = outputs["scalar"]!.data[sequence]!;
        const wanted = "number" in expected ? expected.number : 0;
        const isNear = Math.abs(scalar - wanted) < 1e-3 + 1e-6 * Math.abs(wanted);
        assert.ok(isNear, `${JSON.stringify(question.tokens)}: ${scalar}, not ${wanted}`);
        for (let row = 0; row < time; ++row) {
          for (let column = 0; column < columns; ++column) {
            const isPrinted = "rows" in expected && expected.column === column && Boolean(expected.rows[row]);
            assert.is(outputs["lookup"]!.data[(row * COUNT + sequence) * columns + column], Number(isPrinted));
          }
        }
      });
    },
  );
}

for (const joining of joinings) {
  machines(`soft selections joined by ${joining}: outputs and gradients are those of double precision`, () =>
    soft({ joining }),
  );
}
machines("soft selections by texts: outputs and gradients are those of double precision", () =>
  soft({ kind: "texts" }),
);
machines("soft selections of extended questions: outputs and gradients are those of double precision", () =>
  soft({ kind: "extended" }),
);

function soft(of: { joining?: Joining; kind?: Kind }): void {
  const [rows, columns, numbers, time] = [3, 2, 2, 5];
  const { kind = "numbers" } = of;
  const hasTexts = kind !== "numbers";
  const operations = OPERATIONS[kind].length;
  const sizes = { rows, columns, numbers, ...of };
  const random = new Random(5);
  const simplex = (count: number, size: number): NDArray => {
    const values = uniform(random, [count, size], 0.1, 1);
    const data = values.data.map((value, i) => {
      const first = i - (i % size);
      return value / values.data.subarray(first, first + size).reduce((a, b) => a + b);
    });
    return array([count, size], data);
  };
  const isRow = Float64Array.from({ length: time * rows }, (_, i) => Number(i < 4 * rows || i % rows === 0));
  const fixed: Record<string, NDArray> = {
    present: array(
      [time, rows, columns],
      Float64Array.from({ length: time * rows * columns }, (_, i) =>
        Number(i % 7 !== 3 && isRow[Math.floor(i / columns)]!),
      ),
    ),
    isRow: array([time, rows], isRow),
    numbers: uniform(random, [rows, numbers], -1, 1),
    ...(hasTexts && {
      wanted: array([rows, numbers], [1, 3, 2, 2, 9, 1]),
      texts: array(
        [time, rows, columns],
        Float64Array.from({ length: time * rows * columns }, (_, i) => i % 4),
      ),
    }),
    ...(kind === "extended" && {
      // Each column has its rows in another order, of which some are no row.
      orders: array(
        [time, rows, 2 * columns],
        Float64Array.from({ length: time * rows * 2 * columns }, (_, i) => {
          const [k, column] = [Math.floor(i / (rows * 2 * columns)), i % (2 * columns)];
          return k === 4 ? -1 : (k * 3 + column) % 5;
        }),
      ),
    }),
  };
  const names = [
    "greater",
    "lesser",
    ...(hasTexts ? ["textMatch"] : []),
    ...Array.from({ length: STEPS[kind] }, (_, t) => [`operation ${t}`, `column ${t}`]).flat(),
  ];
  const cells = uniform(random, [time, rows, columns], -2, 2);
  const given = names.map((name) => simplex(rows, name.startsWith("operation") ? operations : 2));
  const f = (all: readonly NDArray[]): NDArray[] => {
    const graph = machineGraph(sizes);
    const inputs = { ...fixed, cells, ...Object.fromEntries(names.map((name, i) => [name, all[i]!])) };
    const read = evaluateGraph(graph, { inputs, lengths: { time } });
    return ["scalar", "lookup"].map((name) => read(graph.outputs.get(name)!));
  };
  const expected = f(given);
  const dy = expected.map(({ shape }, i) => uniform(new Random(7 + i), shape, -1, 1));
  const graph = machineGraph(sizes);
  const seeds = { scalar: "d scalar", lookup: "d lookup" };
  for (const [output, input] of Object.entries(seeds)) graph.input(input, graph.outputs.get(output)!.shape);
  const inputs = {
    ...fixed,
    cells,
    ...Object.fromEntries(names.map((name, i) => [name, given[i]!])),
    "d scalar": dy[0]!,
    "d lookup": dy[1]!,
  };
  const run = runProgram(engine, compileGradients(graph, { seeds, inputGradients: names }), inputs, {
    lengths: { time },
  });
  ["scalar", "lookup"].forEach((name, i) => close(run.outputs[name]!, expected[i]!, { rtol: 1e-5, atol: 1e-5 }));
  const gradients = numericalGradients(f, given, dy);
  names.forEach((name, i) => close(run.outputs[`gradient of ${name}`]!, gradients[i]!, { rtol: 1e-3, atol: 1e-4 }));
}

machines('while it learns a step\'s selection by "and" is what programs select in the mean', () => {
  const [p, q] = [
    [0.7, 0.3],
    [0.2, 0.8],
  ]; // greater or lesser at either step
  const rows = [-2, 0.5, 3];
  const operations = numericOperations.length;
  const graph = machineGraph({ rows: 1, columns: 1, numbers: 1 });
  const one = (size: number, ...weights: [name: TableOperation, weight: number][]): NDArray => {
    const data = new Float64Array(size);
    for (const [name, weight] of weights) data[tableOperations.indexOf(name)] = weight;
    return array([1, size], data);
  };
  const inputs: Record<string, NDArray> = {
    cells: array([3, 1, 1], rows),
    present: array([3, 1, 1], [1, 1, 1]),
    isRow: array([3, 1], [1, 1, 1]),
    numbers: array([1, 1], [1]),
    greater: array([1, 1], [1]),
    lesser: array([1, 1], [1]),
    "operation 0": one(operations, ["greater", p[0]!], ["lesser", p[1]!]),
    "operation 1": one(operations, ["greater", q[0]!], ["lesser", q[1]!]),
    "operation 2": one(operations, ["and", 1]),
    "operation 3": one(operations, ["assign", 1]),
  };
  for (let t = 0; t < STEPS.numbers; ++t) inputs[`column ${t}`] = array([1, 1], [1]);
  const { outputs } = runProgram(engine, compile(graph), inputs, { lengths: { time: 3 } });
  const expected = rows.map((cell) => (cell > 1 ? p[0]! * q[0]! : p[1]! * q[1]!));
  close(outputs["lookup"]!, array([3, 1, 1], expected), { rtol: 1e-6, atol: 1e-7 });
});
machines.run();

const models = suite("NeuralProgrammer");
const sizesOf = (layout: TableLayout) => ({
  inputSize: layout.inputSize,
  outputSize: outputSizeOf(layout),
  ...(layout.isExtended && { steps: EXTENDED_STEPS }),
  hiddenSize: 3,
  seed: 1,
});
const sizes = (columns: number) => sizesOf(tableLayout(columns));
const questions: readonly (readonly QuestionToken[])[] = [
  ["greater", 0.5, { column: 1 }, "count"],
  ["lesser", -0.2, { column: 0 }, "or", "greater", 0.7, { column: 1 }, "print", { column: 0 }],
  ["sum", { column: 0 }, "diff", "count"],
];
const table = (rows: number, seed = 2): number[][] => {
  const random = new Random(seed);
  return Array.from({ length: rows }, () => [random.uniform(-1, 1), random.uniform(-1, 1)]);
};
const encoded = questions.map((question, i) => encodeQuestion(question, table(3 + i), tableLayout(2)));

const withTexts = tableLayout(2, { hasTexts: true });
const textQuestions: readonly (readonly QuestionToken[])[] = [
  ["equal", { text: "a" }, { column: 1 }, "count"],
  ["equal", { text: "never seen" }, { column: 1 }, "or", "greater", 0.1, { column: 0 }, "print", { column: 1 }],
  ["lesser", 0.3, { column: 0 }, "and", "equal", { text: "b" }, { column: 1 }, "sum", { column: 0 }],
];
const textTable = (rows: number): (number | string)[][] =>
  table(rows).map(([number], row) => [number!, ["a", "b"][(row + rows) % 2]!]);
const encodedTexts = textQuestions.map((question, i) => encodeQuestion(question, textTable(3 + i), withTexts));

const extended = tableLayout(2, { hasTexts: true, isExtended: true });
const extendedQuestions: readonly (readonly QuestionToken[])[] = [
  ["not", "equal", { text: "a" }, { column: 1 }, "mean", { column: 0 }],
  ["greater", 0.1, { column: 0 }, "maximum", { column: 0 }, "print", { column: 1 }],
  ["minimum", { column: 0 }, "count"],
];

function spread(model: NeuralProgrammer): NDArray {
  const values = uniform(new Random(3), [model.parameterCount], -0.9, 0.9);
  const rounded = { ...values, data: values.data.map(Math.fround) };
  model.parameters.set(rounded.data);
  return rounded;
}

models("while it learns: outputs and gradients are those of double precision", () => {
  whileItLearns(new NeuralProgrammer({ ...sizes(2), entropyBonus: 0.3 }), encoded);
});
models("likewise with texts", () => {
  whileItLearns(new NeuralProgrammer({ ...sizesOf(withTexts), entropyBonus: 0.3 }), encodedTexts);
});
models("likewise with operations taken away from steps", () => {
  const { operations } = whileItLearns(new NeuralProgrammer({ ...sizes(2), operationDropout: 0.4 }), encoded);
  const taken = operations.data.filter((p) => p === 0).length / operations.data.length;
  assert.ok(taken > 0.25 && taken < 0.55, `${taken}`);
});

function whileItLearns(model: NeuralProgrammer, encoded: readonly (readonly Float32Array[])[]) {
  const { entropyBonus } = model.options;
  const values = spread(model);
  const words = Uint32Array.from({ length: 4 * STREAMS }, (_, i) => [7, 0, 0, 40 + (i >> 2)][i % 4]!);
  const streams = array([STREAMS, 4], new Float32Array(words.buffer));
  const time = Math.max(...encoded.map((rows) => rows.length));
  const data = Float64Array.from({ length: time * 3 * model.inputSize }, (_, i) => {
    const cell = Math.floor(i / model.inputSize);
    return encoded[cell % 3]![Math.floor(cell / 3)]?.[i % model.inputSize] ?? 0;
  });
  const x = array([time, 3, model.inputSize], data);
  const record = (): Graph => {
    const graph = new Graph(true);
    const { ys, auxiliary: cost } = model.record(
      graph,
      graph.input("x", [graph.dimension("time"), 3, model.inputSize]),
    );
    graph.output("y", ys);
    graph.output("cost", cost ?? constant(graph, [], 0));
    for (const name of ["operations", "columns"]) graph.output(name, graph.traced.get(name)!);
    return graph;
  };
  const f = ([all]: readonly NDArray[]): NDArray[] => {
    const graph = record();
    const parameters = new Map(
      model.parameters.parameters.map((p) => [p, array(p.shape, all!.data.subarray(p.offset, p.offset + p.size))]),
    );
    const read = evaluateGraph(graph, { inputs: { x, streams }, parameters, lengths: { time } });
    return ["y", "cost", "operations", "columns"].map((name) => read(graph.outputs.get(name)!));
  };
  const [expected, cost, ...selections] = f([values]);
  // Selections are the same at every step of time.
  const nats = selections.reduce(
    (sum, { data }) => sum - data.reduce((all, p) => all + p * Math.log(p || 1), 0) / time,
    0,
  );
  assert.ok(Math.abs(cost!.data[0]! + entropyBonus * nats) < 1e-4, `${cost!.data[0]} ${nats}`);
  const dy = [uniform(new Random(7), expected!.shape, -1, 1), array([], [1])];
  const graph = record();
  graph.input("dy", graph.outputs.get("y")!.shape);
  graph.input("dcost", []);
  const program = compileGradients(graph, { seeds: { y: "dy", cost: "dcost" }, parameterCount: model.parameterCount });
  const given = { x, dy: dy[0]!, dcost: dy[1]!, ...(program.inputs.has("streams") && { streams }) };
  const run = runProgram(engine, program, given, { lengths: { time }, parameters: model.parameters.values });
  close(run.outputs["y"]!, expected!, { rtol: 1e-5, atol: 1e-5 });
  const [gradients] = numericalGradients((all) => f(all).slice(0, 2), [values], dy);
  close(array(values.shape, run.gradients), gradients!, { rtol: 1e-3, atol: 1e-4 });
  return { operations: selections[0]! };
}

models("a batch of tables and questions of different lengths gives the bits of each", () => {
  const model = new NeuralProgrammer(sizes(2));
  spread(model);
  const names = ["operations", "columns", "pivots", "selected"];
  const together = model.run(engine, encoded, { trace: names });
  encoded.forEach((rows, i) => {
    const alone = model.run(engine, rows, { trace: names });
    assert.equal((together.outputs as unknown as Rows[])[i], alone.outputs);
    for (const name of names) assert.equal((together.trace[name] as unknown as Rows[])[i], alone.trace[name]);
  });
});

models("when it is used it runs the most probable program: what it says, by hand", () => {
  const written = new Set<TableOperation>();
  const kinds = [
    { layout: tableLayout(2), asked: questions, tableOf: table },
    { layout: withTexts, asked: textQuestions, tableOf: textTable },
    { layout: extended, asked: extendedQuestions, tableOf: textTable },
  ];
  for (let seed = 1; seed < 60; ++seed) {
    const { layout, asked, tableOf } = kinds[seed % 3]!;
    const model = new NeuralProgrammer({ ...sizesOf(layout), seed, initialRange: 0.9 });
    for (const [i, question] of asked.entries()) {
      const rows: (number | string)[][] = tableOf(3 + i);
      const { lines, number, printed } = model.induce(engine, question, rows);
      for (const { operation } of lines) written.add(operation);
      const expected = byHand(lines, rows);
      assert.ok(Math.abs((number ?? 0) - expected.number) < 1e-5, `${seed}: ${JSON.stringify(lines)}`);
      assert.equal(printed?.rows ?? [], expected.printed);
      assert.equal(
        lines.map((line) => line.rows),
        expected.selected,
      );
      for (const { operation, probability, column, pivot, choices } of lines) {
        const { operations, columns, pivots = [] } = choices;
        assert.is(operations[model.operationNames.indexOf(operation)], probability);
        assert.is(columns[column.index], column.probability);
        if (pivot)
          assert.ok(
            pivots.some(({ value, probability }) => value === pivot.value && probability === pivot.probability),
          );
        for (const all of [operations, columns, pivots.map((each) => each.probability)]) {
          if (all.length) assert.ok(Math.abs(Array.from(all).reduce((sum, p) => sum + p) - 1) < 1e-5);
        }
      }
    }
  }
  assert.is(written.size, extendedOperations.length);
});

/** The first selected row whose value comes before all others. */
function extreme(values: readonly number[], selected: readonly boolean[], isBefore: (a: number, b: number) => boolean) {
  let best = -1;
  values.forEach((value, i) => {
    if (selected[i] && !Number.isNaN(value) && (best < 0 || isBefore(value, values[best]!))) best = i;
  });
  return values.map((_, i) => i === best);
}

/** A program over a table, with plain numbers. */
function byHand(
  lines: ReturnType<NeuralProgrammer["induce"]>["lines"],
  rows: readonly (readonly (number | string)[])[],
) {
  const all = rows.map(() => true);
  const selected = [all, all];
  const scalars = [0, 0, 0];
  for (const { operation, column, pivot } of lines) {
    const [last, before] = [selected.at(-1)!, selected.at(-2)!];
    const cells = rows.map((row) => row[column.index]!);
    const values = cells.map((cell) => (typeof cell === "string" ? NaN : cell));
    const beyond = typeof pivot?.value === "number" ? pivot.value : NaN;
    const next: Record<TableOperation, () => [number, boolean[]]> = {
      sum: () => [values.reduce((sum, value, i) => sum + (last[i] ? value || 0 : 0), 0), rows.map(() => false)],
      count: () => [last.filter(Boolean).length, rows.map(() => false)],
      difference: () => [scalars.at(-3)! - scalars.at(-1)!, rows.map(() => false)],
      greater: () => [0, values.map((value) => value > beyond)],
      lesser: () => [0, values.map((value) => value < beyond)],
      and: () => [0, last.map((is, i) => is && before[i]!)],
      or: () => [0, last.map((is, i) => is || before[i]!)],
      assign: () => [0, rows.map(() => false)],
      reset: () => [0, all],
      textMatch: () => [0, cells.map((cell) => typeof cell === "string" && cell === pivot?.value)],
      mean: () => {
        const sum = values.reduce((sum, value, i) => sum + (last[i] ? value || 0 : 0), 0);
        return [sum / Math.max(1, last.filter(Boolean).length), rows.map(() => false)];
      },
      maximum: () => [0, extreme(values, last, (a, b) => a > b)],
      minimum: () => [0, extreme(values, last, (a, b) => a < b)],
      not: () => [0, last.map((is) => !is)],
    };
    const [scalar, rowSelect] = next[operation]();
    scalars.push(scalar);
    selected.push(rowSelect);
  }
  const shown = lines.at(-1)!.operation === "assign" ? selected.at(-2)! : [];
  const indices = (rows: readonly boolean[]): number[] => rows.flatMap((is, i) => (is ? [i] : []));
  return { number: scalars.at(-1)!, printed: indices(shown), selected: selected.slice(2).map(indices) };
}

models("what a line does matters only if the answer depends on it, and only then how sure it is", () => {
  const model = new NeuralProgrammer(sizes(2));
  const cases: readonly (readonly [program: readonly TableOperation[], isUsed: readonly boolean[]])[] = [
    [
      ["greater", "sum", "lesser", "count"],
      [false, false, true, true],
    ],
    [
      ["greater", "lesser", "and", "assign"],
      [true, true, true, true],
    ],
    [
      ["sum", "reset", "count", "difference"],
      [true, true, true, true],
    ],
    [
      ["sum", "greater", "lesser", "difference"],
      [true, false, true, true],
    ],
    [
      ["count", "reset", "or", "sum"],
      [true, true, true, true],
    ],
    [
      ["greater", "reset", "sum", "count"],
      [false, false, true, true],
    ],
    [
      ["and", "count", "reset", "reset"],
      [false, false, false, true],
    ],
  ];
  for (const [program, isUsed] of cases) {
    // Selections come from the trace.
    const chosen = Object.create(model, {
      run: {
        value: (...given: Parameters<NeuralProgrammer["run"]>) => {
          const said = model.run(...given) as { outputs: Rows; trace: Record<string, Rows> };
          const operations = program.flatMap((name) =>
            oneHot(numericOperations.length, numericOperations.indexOf(name as never)),
          );
          return { ...said, trace: { ...said.trace, operations: [Float32Array.from(operations, (p) => p / 2)] } };
        },
      },
    }) as NeuralProgrammer;
    const { lines, probability } = chosen.induce(engine, ["greater", 1, { column: 1 }, "count"], table(3));
    assert.equal(
      lines.map((line) => line.isUsed),
      isUsed,
    );
    const sure = lines.reduce(
      (all, { isUsed, operation, column, pivot }) =>
        all *
        (isUsed
          ? 0.5 *
            (["sum", "assign", "greater", "lesser"].includes(operation) ? column.probability : 1) *
            (pivot?.probability ?? 1)
          : 1),
      1,
    );
    assert.ok(Math.abs(probability - sure) < 1e-6);
  }
});

models("saved and loaded it is the same", () => {
  const model = new NeuralProgrammer(sizes(2));
  spread(model);
  const again = load(save(model), { models: [NeuralProgrammer] });
  assert.equal(again.run(engine, encoded[1]!), model.run(engine, encoded[1]!));
});

models("refuses what cannot be", () => {
  assert.instance(
    thrownBy(() => new NeuralProgrammer({ inputSize: 15, outputSize: 2 })),
    RangeError,
  );
  assert.instance(
    thrownBy(() => new NeuralProgrammer({ ...sizes(2), outputSize: 2 })),
    RangeError,
  );
  const wrong: readonly (readonly [question: readonly QuestionToken[], message: RegExp])[] = [
    [[], /no word/],
    [[5], /no word/],
    [["greater", 1, "and", "lesser", 2, "or", "greater", 3, "count"], /more than 2 numbers/],
    [["sum", { column: 2 }], /column 3 of 2/],
    [["equal", "count"], /word "equal"/],
    [["greater", 1, { text: "a" }, "count"], /text "a", and the model knows tables of numbers/],
  ];
  for (const [question, message] of wrong) {
    const error = thrownBy(() => encodeQuestion(question, table(2), tableLayout(2)));
    assert.instance(error, RangeError);
    assert.match(error.message, message);
  }
});
models.run();
