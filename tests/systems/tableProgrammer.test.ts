/** The programmer over tables of text: how it reads, the machine that runs its programs, and the model that writes them. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load } from "../../bindings/load.js";
import { compile } from "../../bindings/graph/compile.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { STREAMS } from "../../bindings/graph/streams.js";
import { Graph } from "../../bindings/graph/graph.js";
import { ShapeError } from "../../bindings/graph/shape.js";
import { isSameDenotation } from "../../bindings/metrics/denotation.js";
import {
  TableProgrammer,
  type TableProgrammerOptions,
} from "../../bindings/systems/tableProgrammer/tableProgrammer.js";
import { Random } from "../../bindings/common/random/philox.js";
import type { RowLine } from "../../bindings/systems/tableProgrammer/tableRunner.js";
import { readQuestion } from "../../bindings/systems/tableProgrammer/asked.js";
import { answerLoss } from "../../bindings/systems/tableProgrammer/answerLoss.js";
import { RowMachine, rowOperations, type RowOperation } from "../../bindings/systems/tableProgrammer/rowMachine.js";
import { firstNumber, normalized, numberOf, tokensOf } from "../../bindings/common/text.js";
import { readTable, type TextTable } from "../../bindings/systems/tableProgrammer/textTable.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { fillTableQuestions, tableQuestionLayout } from "../../bindings/systems/tableProgrammer/fillTableQuestions.js";
import {
  cellAnswer,
  questionSymbols,
  tableQuestionsTask,
  type TableQuestion,
} from "../../bindings/systems/tableProgrammer/tableQuestionsTask.js";
import { Vocabulary } from "../../bindings/common/vocabulary.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();

/** Two rows share the most frequent city; a year is missing, two are equal. */
const games: TextTable = {
  header: ["Year", "City", "Medals won"],
  rows: [
    ["1996", "Atlanta", "44"],
    ["2000[1]", "Sydney", "16"],
    ["", "Athens", "16 (tie)"],
    ["2008", "Athens", "1,041"],
    ["2012", "“London”", "65"],
  ],
};
const COLUMNS = 3;

const reading = suite("reading tables and questions");

reading("texts are compared as the evaluator of WikiTableQuestions does", () => {
  const same = [
    ["Curaçao", "curacao"],
    ["‘Rock’ – ‘Roll’", "'rock' - 'roll'"],
    ["Athens[2][note]", "athens"],
    ["Wembley Stadium (London) (old)", "wembley stadium"],
    ["“The  End.”", "the end"],
    ["(none)", "(none)"],
    ["Jr.", "jr"],
    ["Usain Bolt*†", "usain bolt"],
  ];
  for (const [text, expected] of same) assert.is(normalized(text!), expected);
});

reading("numbers: what is one, what begins with one, and what counts in words", () => {
  assert.equal(["12", "-0.5", "1e3", "1,000", "x1", ""].map(numberOf), [
    12,
    -0.5,
    1000,
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(["$45,661,556", "3rd (tie)", "−7.5 km", "none"].map(firstNumber), [45661556, 3, -7.5, undefined]);
  assert.equal(
    tokensOf("More than 1,234.5 of the 3rd? B12 or twelve.").map(({ text, value }) => [text, value]),
    [
      ["more", undefined],
      ["than", undefined],
      ["1,234.5", 1234.5],
      ["of", undefined],
      ["the", undefined],
      ["3rd", 3],
      ["b12", undefined],
      ["or", undefined],
      ["twelve", 12],
    ],
  );
});

reading("answers: as many items, each equal as text, as number or as date", () => {
  const cases: [string[], string[], boolean][] = [
    [["Athens"], ["athens[1]"], true],
    [["3"], ["3.0"], true],
    [["3"], ["3.1"], false],
    [["a", "b"], ["b", "a"], true],
    [["a", "A"], ["a"], true],
    [["a"], ["a", "b"], false],
    [[], ["a"], false],
    [["2004-08-xx"], ["2004-8-XX"], true],
    [["2004-08-01"], ["2004-08-02"], false],
    [["1,041"], ["1041"], false],
  ];
  for (const [ours, theirs, expected] of cases)
    assert.is(isSameDenotation(ours, theirs), expected, `${ours} ${theirs}`);
});

reading("a table: numbers, the most frequent entry, and rows in the order of a column", () => {
  const { values, frequent, descending, ascending, names, texts } = readTable(games);
  assert.equal(
    [...values].filter((_, cell) => cell % COLUMNS === 0),
    [1996, 2000, NaN, 2008, 2012],
  );
  assert.equal(
    [...values].filter((_, cell) => cell % COLUMNS === 2),
    [44, 16, 16, 1041, 65],
  );
  assert.equal(
    [...frequent].flatMap((flag, cell) => (flag ? [cell] : [])),
    [5, 7, 8, 10],
  );
  assert.equal(descending[0], [4, 3, 1, 0]);
  assert.equal(descending[2], [3, 4, 0, 1, 2]); // of equals the first comes first, both ways
  assert.equal(ascending[2], [1, 2, 0, 4, 3]);
  assert.equal([descending[1], ascending[1]], [[], []]);
  assert.equal(names, [["year"], ["city"], ["medal", "won"]]);
  assert.is(texts[13], "london");
});

reading("dates count as years and parts of one, unless they are years alone", () => {
  const rows = [["May 1, 2000"], ["2001"], ["March 2000"]];
  const dates = [["2000-05-01", "2001-xx-xx", "2000-03-xx"]];
  assert.equal(
    [...readTable({ header: ["Date"], rows, numbers: [[12000, 2001, 2000]], dates }).ascending[0]!],
    [2, 0, 1],
  );
  const years = { header: ["Date"], rows, numbers: [[3, 2, 1]], dates: [["2000-xx-xx", "2001-xx-xx", null]] };
  assert.equal([...readTable(years).values], [3, 2, 1]);
});

const symbols = questionSymbols(
  [{ question: "how many times which city was before won more than the last medal year?", table: games, answer: [] }],
  1,
);
const vocabulary = new Vocabulary(symbols);
const ask = (question: string) => readQuestion(question, readTable(games), vocabulary);
const said = (words: readonly number[]): string[] => words.map((word) => (word ? vocabulary.symbolOf(word) : "_"));

reading("a question: numbers out of the words, entries that it names, columns that it names", () => {
  const one = ask("Which city was before Athens?");
  assert.equal(said(one.words), ["which", "city", "was", "before", "_", "<entry>", "<column>"]);
  assert.equal(one.matches, [7, 10]);
  assert.equal(one.found, [4]);
  assert.equal(one.named, [0, 1, 0]);
  const two = ask("how many won more than 50 medals in 2008");
  assert.equal(said(two.words), [
    "how",
    "many",
    "won",
    "more",
    "than",
    "<number>",
    "medal",
    "_",
    "<number>",
    "<entry>",
    "<column>",
  ]);
  assert.equal(two.numbers, [
    { value: 50, place: 5 },
    { value: 2008, place: 8 },
  ]);
  assert.equal(two.matches, [9]);
  assert.equal(two.found, [8]);
  assert.equal(two.named, [0, 0, 1]); // not word for word, so by any word
  assert.equal(ask("how many?").matches, []);
  assert.equal(ask("12 13 14").numbers, [
    { value: 12, place: 0 },
    { value: 13, place: 1 },
  ]);
  assert.equal(said(ask("12 13 14").words), ["<number>", "<number>", "<number>"]);
  assert.equal(ask("?").words, [0]);
});

reading("an answer is cells, a number that rows can count, both, or out of reach", () => {
  const table = readTable(games);
  assert.equal(cellAnswer(["athens"], table), { cells: [[7, 10]], number: 0 });
  assert.equal(cellAnswer(["London", "Sydney"], table), { cells: [[13], [4]], number: 0 });
  assert.equal(cellAnswer(["4"], table), { cells: [], number: 4 });
  assert.equal(cellAnswer(["16"], table), { cells: [[5, 8]], number: 0 });
  assert.is(cellAnswer(["6"], table), undefined);
  assert.is(cellAnswer(["Rome"], table), undefined);
  assert.is(cellAnswer(["athens", "Rome"], table), undefined);
});

reading("tables that are none are refused", () => {
  assert.match(thrownBy(() => readTable({ header: ["a"], rows: [] })).message, /has 0 rows and 1 columns/);
  assert.match(thrownBy(() => readTable({ header: ["a"], rows: [["1"], []] })).message, /Row 1 has 0 cells/);
});
reading.run();

interface Step {
  readonly operation: RowOperation;
  readonly column?: number;
}

const oneHot = (size: number, index: number): number[] => Array.from({ length: size }, (_, i) => Number(i === index));
const PIVOTS: readonly RowOperation[] = ["greater", "lesser", "atLeast", "atMost"];

/** What questions and tables come to as a machine's inputs, beside a question of fewer rows. */
function filled(question: string): { batch: Batch; inputs: Record<string, NDArray> } {
  const batch = new Batch(tableQuestionLayout(COLUMNS + 1)); // a column that no table has
  const short = readTable({ header: ["City"], rows: [["Rome"], ["Oslo"]] });
  fillTableQuestions(batch, [ask(question), readQuestion("rome", short, vocabulary)]);
  const inputs = Object.fromEntries(
    batch.fields.map(({ name, data, time, size }) => [name, array([time, 2, size], data.subarray(0, time * 2 * size))]),
  );
  return { batch, inputs };
}

/** Runs a program that is set by hand; the pivot of each comparison is the question's number of that index. */
function execute(question: string, program: readonly Step[], pivot = 0) {
  const { batch, inputs } = filled(question);
  const columns = COLUMNS + 1;
  const graph = new Graph();
  const rows = graph.dimension("rows");
  const cells = (name: string, size = columns) => graph.input(name, size === 1 ? [rows, 2] : [rows, 2, size]);
  const machine = new RowMachine(
    {
      cells: cells("cells"),
      present: cells("present"),
      matches: cells("matches"),
      frequent: cells("frequent"),
      orders: cells("orders", 2 + 2 * columns),
      isRow: cells("isRow", 1),
    },
    { numbers: graph.input("numbers", [2, 2]), weights: PIVOTS.map((name) => graph.input(name, [2, 2])) },
  );
  program.forEach(({ operation, column = 0 }, t) => {
    machine.step({
      operation: graph.input(`operation ${t}`, [2, rowOperations.length]),
      column: graph.input(`column ${t}`, [2, columns]),
    });
    const twice = (values: number[]): number[] => [...values, ...values];
    inputs[`operation ${t}`] = array(
      [2, rowOperations.length],
      twice(oneHot(rowOperations.length, rowOperations.indexOf(operation))),
    );
    inputs[`column ${t}`] = array([2, columns], twice(oneHot(columns, column)));
  });
  for (const name of PIVOTS) inputs[name] = array([2, 2], [...oneHot(2, pivot), ...oneHot(2, pivot)]);
  graph.output("scalar", machine.scalar);
  graph.output("lookup", machine.lookup);
  graph.output("selected", machine.selected);
  const compiled = compile(graph);
  const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => compiled.inputs.has(name)));
  const { outputs } = runProgram(engine, compiled, given, { lengths: batch.dimensions });
  const { scalar, lookup, selected } = outputs as Record<string, NDArray>;
  const isZero = (value: number): boolean => value === 0;
  assert.ok(selected!.data.filter((_, i) => i % 2 === 1 && i >= 4).every(isZero), "rows that are not there");
  return {
    scalar: scalar!.data[0]!,
    printed: Array.from({ length: 5 * columns }, (_, i) => i)
      .filter((i) => lookup!.data[Math.floor(i / columns) * 2 * columns + (i % columns)] === 1)
      .map((i) => [Math.floor(i / columns), i % columns]),
    rows: Array.from({ length: 5 }, (_, row) => row).filter((row) => selected!.data[2 * row] === 1),
    weights: [...selected!.data],
  };
}

const machines = suite("RowMachine");
const asked = "was Athens in 2000 or 20?"; // pivots 2000 and 20
const selections: Record<string, readonly [program: readonly Step[], rows: readonly number[], pivot?: number]> = {
  select: [[{ operation: "select", column: 1 }], [2, 3]],
  previous: [
    [{ operation: "select", column: 1 }, { operation: "previous" }],
    [1, 2],
  ],
  "previous of the first": [[{ operation: "first" }, { operation: "previous" }], []],
  next: [
    [{ operation: "select", column: 1 }, { operation: "next" }],
    [3, 4],
  ],
  "next of the last": [[{ operation: "last" }, { operation: "next" }], []],
  reset: [
    [{ operation: "first" }, { operation: "reset" }],
    [0, 1, 2, 3, 4],
  ],
  first: [[{ operation: "select", column: 1 }, { operation: "first" }], [2]],
  last: [[{ operation: "select", column: 1 }, { operation: "last" }], [3]],
  max: [[{ operation: "max", column: 2 }], [3]],
  "max of what is selected": [
    [
      { operation: "lesser", column: 2 },
      { operation: "max", column: 0 },
    ],
    [1],
    1,
  ],
  min: [[{ operation: "min", column: 0 }], [0]],
  "min, the first of equals": [[{ operation: "min", column: 2 }], [1]],
  "max of no numbers": [[{ operation: "max", column: 1 }], []],
  mostFrequent: [[{ operation: "mostFrequent", column: 1 }], [2, 3]],
  "mostFrequent of a column without": [[{ operation: "mostFrequent", column: 0 }], []],
  greater: [[{ operation: "greater", column: 0 }], [3, 4]],
  lesser: [[{ operation: "lesser", column: 0 }], [0]],
  atLeast: [[{ operation: "atLeast", column: 0 }], [1, 3, 4]],
  atMost: [[{ operation: "atMost", column: 0 }], [0, 1]],
  "greater than the other number": [[{ operation: "greater", column: 2 }], [0, 3, 4], 1],
  "a comparison looks at all rows": [
    [{ operation: "first" }, { operation: "greater", column: 0 }],
    [3, 4],
  ],
  count: [[{ operation: "select", column: 1 }, { operation: "count" }], []],
  print: [[{ operation: "print", column: 1 }], []],
};
const OFTEN = Object.entries(selections);
for (const [what, [program, rows, pivot = 0]] of OFTEN) {
  machines(`set by hand: ${what}`, () => assert.equal(execute(asked, program, pivot).rows, rows));
}

machines("every operation is among them", () => {
  const run = new Set(OFTEN.flatMap(([, [program]]) => program.map(({ operation }) => operation)));
  assert.equal([...run].sort(), [...rowOperations].sort());
});

machines("count counts the rows that are selected, and print prints their cells", () => {
  const both = [{ operation: "select", column: 1 }, { operation: "reset" }] as const;
  assert.is(execute(asked, [both[0], { operation: "count" }]).scalar, 2);
  assert.is(execute(asked, [both[1], { operation: "count" }]).scalar, 5);
  assert.is(execute(asked, [{ operation: "count" }]).scalar, 5);
  assert.is(execute(asked, [both[0], { operation: "print" }]).scalar, 0);
  assert.equal(execute(asked, [both[0], { operation: "print", column: 2 }]).printed, [
    [2, 2],
    [3, 2],
  ]);
  assert.equal(execute(asked, [both[0], { operation: "count" }]).printed, []);
});
machines.run();

const questions: readonly TableQuestion[] = [
  { question: "which city was the last?", table: games, answer: ["London"] },
  { question: "how many times was Athens?", table: games, answer: ["2"] },
  { question: "which city won more than 1,000 medals?", table: games, answer: ["Athens"] },
  { question: "which year was before Athens?", table: games, answer: ["2000"] },
  { question: "how many cities won more than 20?", table: games, answer: ["3"] },
  {
    question: "how many?",
    table: {
      header: ["Rank", "City"],
      rows: [
        ["2", "Rome"],
        ["1", "Oslo"],
      ],
    },
    answer: ["2"],
  },
  { question: "which cities?", table: { header: ["City"], rows: [["Rome"], ["Oslo"]] }, answer: ["Oslo", "Rome"] },
];
const task = tableQuestionsTask({ questions, symbols: questionSymbols(questions, 1), columns: COLUMNS, seed: 1 });
const tiny: TableProgrammerOptions = { symbols: task.symbols, columns: COLUMNS, hiddenSize: 3, steps: 3, seed: 1 };

/** Values with which nothing is small. */
function spread(model: TableProgrammer, seed = 3, most = 0.9): NDArray {
  void model.parameters; // lays them out
  const values = uniform(new Random(seed), [model.parameterCount], -most, most);
  model.parameters.set(values.data);
  return values;
}

const models = suite("TableProgrammer");
const variants: Record<string, Partial<TableProgrammerOptions>> = {
  "nothing dropped": { dropout: 0, recurrentDropout: 0, wordDropout: 0 },
  "dropout of all kinds": { dropout: 0.25, recurrentDropout: 0.25, wordDropout: 0.3 },
};
for (const [what, options] of Object.entries(variants)) {
  models(`with ${what}: the loss and all gradients are those of double precision`, () => {
    const model = new TableProgrammer({ ...tiny, steps: 2, ...options });
    const values = spread(model);
    const batch = new Batch(model.batchLayout());
    const ROWS = 3;
    task.generate(new Random(9), ROWS, batch);
    const words = Uint32Array.from({ length: 4 * STREAMS }, (_, i) => [7, 0, 0, 40 + (i >> 2)][i % 4]!);
    const inputs: Record<string, NDArray> = { streams: array([STREAMS, 4], new Float32Array(words.buffer)) };
    for (const { name, data, time, size } of batch.fields)
      inputs[name] = array([time, ROWS, size], data.subarray(0, time * ROWS * size));
    const record = (): Graph => {
      const graph = new Graph(true);
      const { loss, metrics } = model.objective(graph, task, ROWS);
      graph.result("loss", loss);
      graph.result("answerError", metrics["answerError"]!);
      return graph;
    };
    const lengths = batch.dimensions;
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const graph = record();
      const parameters = new Map(
        model.parameters.parameters.map((p) => [p, array(p.shape, all!.data.subarray(p.offset, p.offset + p.size))]),
      );
      return [evaluateGraph(graph, { inputs, parameters, lengths })(graph.results.get("loss")!)];
    };
    const [expected] = f([values]);
    const program = compileGradients(record(), { differentiate: "loss", parameterCount: model.parameterCount });
    const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => program.inputs.has(name)));
    const run = runProgram(engine, program, given, { lengths, parameters: model.parameters.values });
    assert.ok(
      Math.abs(run.results["loss"]! / expected!.data[0]! - 1) < 1e-5,
      `${run.results["loss"]} ${expected!.data[0]}`,
    );
    const [gradients] = numericalGradients(f, [values], [array([], [1])]);
    assert.ok(gradients!.data.filter((g) => Math.abs(g) > 1e-2).length > model.parameterCount / 3);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-4 });
  });
}

/** A program over a table, with plain sets of rows. */
function byHand(lines: readonly RowLine[], question: string, table: TextTable): string[] {
  const read = readTable(table);
  const { matches, numbers } = readQuestion(question, read, new Vocabulary(task.symbols));
  const all = table.rows.map((_, row) => row);
  const { columns } = read;
  let rows = all;
  let answer: string[] = [];
  for (const { operation, column, pivot } of lines) {
    const { index } = column;
    const before = rows;
    const valueAt = (row: number): number => read.values[row * columns + index]!;
    const where = (holds: (value: number) => boolean): number[] =>
      all.filter((row) => numbers.length > 0 && holds(valueAt(row)));
    const known = before.filter((row) => !Number.isNaN(valueAt(row)));
    const best = (sign: 1 | -1): number[] =>
      known.filter((row) =>
        known.every(
          (other) => sign * valueAt(other) < sign * valueAt(row) || (valueAt(other) === valueAt(row) && other >= row),
        ),
      );
    const q = pivot?.value ?? NaN;
    const next: Record<RowOperation, () => number[]> = {
      count: () => [],
      print: () => [],
      previous: () => all.filter((row) => before.includes(row + 1)),
      next: () => all.filter((row) => before.includes(row - 1)),
      reset: () => all,
      first: () => before.slice(0, 1),
      last: () => before.slice(-1),
      max: () => best(1),
      min: () => best(-1),
      mostFrequent: () => all.filter((row) => read.frequent[row * columns + index]),
      greater: () => where((value) => value > q),
      lesser: () => where((value) => value < q),
      atLeast: () => where((value) => value >= q),
      atMost: () => where((value) => value <= q),
      select: () => all.filter((row) => matches.includes(row * columns + index)),
    };
    rows = next[operation]();
    answer = [];
    if (operation === "count") answer = [String(before.length)];
    if (operation === "print") answer = [...new Set(before.map((row) => table.rows[row]![index]!))];
  }
  return answer;
}

models("when it is used it runs the most probable program: what it answers, by hand", () => {
  const run = new Set<RowOperation>();
  let answered = 0;
  for (let seed = 1; seed <= 40; ++seed) {
    const model = new TableProgrammer(tiny);
    spread(model, seed, 2);
    model.answers(engine, questions).forEach(({ lines, items, probability }, i) => {
      const { question, table } = questions[i]!;
      for (const { operation, probability, column, pivot, choices } of lines) {
        run.add(operation);
        assert.ok(column.index < table.header.length);
        assert.is(choices.operations[model.operationNames.indexOf(operation)], probability);
        assert.is(choices.columns.length, table.header.length);
        assert.is(choices.columns[column.index], column.probability);
        assert.is(choices.pivots !== undefined, pivot !== undefined);
        if (pivot)
          assert.ok(
            choices.pivots!.some((each) => each.value === pivot.value && each.probability === pivot.probability),
          );
      }
      assert.equal(items, byHand(lines, question, table), JSON.stringify(lines));
      const used = lines.filter(({ isUsed }) => isUsed); // the others may go, where nothing but the table comes before
      if (used[0] !== lines[0]) assert.equal(byHand(used, question, table), items, JSON.stringify(lines));
      assert.ok(probability > 0 && probability <= 1);
      answered += Number(items.length > 0);
    });
    model.release(engine);
  }
  assert.ok(run.size > 10 && answered > 30, `${[...run].join()} ${answered}`);
});

models("questions together are answered as each by itself", () => {
  const model = new TableProgrammer(tiny);
  spread(model);
  const alone = questions.map(({ question, table }) => model.answer(engine, question, table));
  assert.equal(model.answers(engine, questions), alone);
});

const CITIES = ["Rome", "Oslo", "Athens", "Beijing", "Sydney", "London", "Quito", "Lima"];

/** Questions of four kinds, each about a table of its own. */
function drawn(seed: number, count: number): TableQuestion[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i): TableQuestion => {
    const rows = Array.from({ length: random.integer(5, 9) }, () => [
      CITIES[random.integer(0, 7)]!,
      `${random.integer(10, 99)}`,
    ]);
    const asked = rows[random.integer(0, rows.length - 1)]![0]!;
    const best = rows.reduce((a, b) => (Number(b[1]) > Number(a[1]) ? b : a))[0]!;
    const times = rows.filter(([city]) => city === asked).length;
    const [question, answer] = [
      ["which city was the last?", rows.at(-1)![0]!],
      ["which city was the first?", rows[0]![0]!],
      [`how many times was ${asked}?`, `${times}`],
      ["which city won the most medals?", best],
    ][i % 4] as [string, string];
    return { question, table: { header: ["City", "Medals"], rows }, answer: [answer] };
  });
}

models("it learns programs that hold for other tables, and what is measured is what the evaluator says", async () => {
  const [learned, others] = [drawn(1, 400), drawn(2, 200)];
  const sizes = { symbols: questionSymbols(learned, 1), columns: 2 };
  const task = tableQuestionsTask({ questions: learned, ...sizes, seed: 1 });
  const other = tableQuestionsTask({ questions: others, ...sizes, seed: 1 });
  const model = new TableProgrammer({
    ...sizes,
    steps: 2,
    hiddenSize: 16,
    dropout: 0,
    recurrentDropout: 0,
    wordDropout: 0,
    seed: 2,
  });
  assert.ok((await evaluate(engine, model, other, { sequences: 64 })).answerError > 0.5);
  let last = 1;
  const options = { batch: 16, steps: 500, optimizer: adam({ learningRate: 5e-3 }), clip: { norm: 1 } };
  for await (const { answerError } of train(engine, model, task, options)) last = answerError;
  assert.ok(last < 0.5, `${last}`); // of the last thousand, of which the first had not been learned
  assert.is((await evaluate(engine, model, other, { sequences: 256 })).answerError, 0);
  model.answers(engine, others).forEach(({ items }, i) => {
    assert.ok(isSameDenotation(items, others[i]!.answer), `${others[i]!.question} ${items.join()}`);
  });
});

models("it is saved and loaded, and reads tables with more columns and rows than it was trained on", () => {
  const model = new TableProgrammer(tiny);
  spread(model);
  const again = load(save(model, { task }), { models: [TableProgrammer] });
  const wide = {
    header: [...games.header, "More"],
    rows: games.rows.flatMap((row) => [
      [...row, "x"],
      [...row, "y"],
    ]),
  };
  assert.equal(again.answer(engine, "which city?", wide), model.answer(engine, "which city?", wide));
});

models("what is refused", () => {
  const message = (f: () => unknown): string => thrownBy(f).message;
  assert.match(
    message(() => new TableProgrammer({ ...tiny, steps: 0 })),
    /steps is 0/,
  );
  assert.match(
    message(() => new TableProgrammer({ ...tiny, symbols: [] })),
    /symbols is/,
  );
  assert.match(
    message(() => tableQuestionsTask({ questions: [{ question: "why?", table: games, answer: ["Rome"] }] })),
    /no question that/,
  );
  const other = new TableProgrammer({ ...tiny, columns: 2 });
  assert.instance(
    thrownBy(() => other.expectFit("train", task)),
    ShapeError,
  );
  const model = new TableProgrammer(tiny);
  assert.match(
    message(() => model.answer(engine, "what?", { header: [], rows: [] })),
    /0 rows and 0 columns/,
  );
  assert.match(
    message(() => fillTableQuestions(new Batch(tableQuestionLayout(2)), [ask("what?")])),
    /3 columns, and there can be 2/,
  );
});
models.run();

const losses = suite("answerLoss");
losses("a number, cells, either: what the paper says, in double precision", () => {
  const [batch, columns, items] = [3, 2, 3];
  const graph = new Graph();
  const rows = graph.dimension("rows");
  const one = (name: string) => graph.input(name, [batch]);
  const pair = {
    scalar: one("scalar"),
    lookup: graph.input("lookup", [rows, batch, columns]),
    number: one("number"),
    items: graph.input("items", [batch, items]),
    answers: graph.input("answers", [rows, batch, items * columns]),
    isCell: graph.input("isCell", [rows, batch, columns]),
    perRow: one("perRow"),
    perCell: one("perCell"),
  };
  graph.output("loss", answerLoss(pair));
  const lookup = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.05, 0.15, 0.25, 0.35]; // (2, 3, 2)
  const answers = new Float64Array(2 * batch * items * columns);
  // Of the second, either cell of column 0; of the third, the last cell for the first item, the first for the second.
  const put = (row: number, b: number, item: number, column: number): void =>
    void (answers[((row * batch + b) * items + item) * columns + column] = 1);
  put(0, 1, 0, 0);
  put(1, 1, 0, 0);
  put(1, 2, 0, 1);
  put(0, 2, 1, 0);
  const inputs = {
    scalar: array([batch], [1.5, 0.5, 9]),
    lookup: array([2, batch, columns], lookup),
    number: array([batch], [2, 1, 0]),
    items: array([batch, items], [0, 0, 0, 1, 0, 0, 1, 1, 0]),
    answers: array([2, batch, items * columns], answers),
    isCell: array([2, batch, columns], Array<number>(12).fill(1)),
    perRow: array([batch], [0.5, 0.5, 0.5]),
    perCell: array([batch], [0.25, 0.25, 0.25]),
  };
  const { outputs } = runProgram(engine, compile(graph), inputs, { lengths: { rows: 2 } });
  const not = (p: number): number => Math.log(1 - 0.999 * p);
  const scalar = (0.5 * 0.5 * 0.5) / 2;
  const second = (50 / 4) * -(Math.log(0.3) + not(0.4) + not(0.15)); // cells 0.3 and 0.05 hold it
  const third = (50 / 4) * -(Math.log(0.35) + Math.log(0.5) + not(0.6) + not(0.25));
  const either = -Math.log(Math.exp(-5 * ((0.5 * 0.5 * 0.5) / 2)) + Math.exp(-5 * second)) / 5;
  close(outputs["loss"]!, array([batch], [scalar, Math.max(0, either), third]), { rtol: 1e-5, atol: 1e-6 });
});
losses.run();
