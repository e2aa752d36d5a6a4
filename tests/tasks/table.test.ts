import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { tableLayout } from "../../bindings/systems/neuralProgrammer/layout.js";
import { encodeQuestion } from "../../bindings/systems/neuralProgrammer/question.js";
import { tableTask } from "../../bindings/tasks.js";
import { answered, drawn, sequencesOf } from "../support/answered.js";
import { array } from "../support/array.js";
import { expectUniform } from "../support/chiSquare.js";
import { testEngine } from "../support/engine.js";
import { answerTo, askedBy } from "../support/tableQuestions.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const [IS_NUMBER, NUMBER, WEIGHT, CELLS] = [0, 1, 2, 3];

const tables = suite("table");
tables("has its sizes, and options that make it again", () => {
  const task = tableTask({ columns: 3, most: 4, seed: 3 });
  assert.equal([task.inputSize, task.outputSize, task.targetSize, task.seed], [22, 4, 6, 3]);
  assert.equal(tableTask(task.options as never).options, task.options);
  assert.equal(tableTask().options, {
    columns: 1,
    textColumns: 0,
    texts: 5,
    minRows: 5,
    maxRows: 15,
    most: 10,
    groups: 4,
    templates: "paper",
    evenly: "templates",
    curriculum: [],
    pivots: "any",
    delta: 10,
    printWeight: 25,
    countWeight: 1,
    seed: 0,
  });
});
for (const [numbers, textColumns] of [
  [1, 0],
  [2, 0],
  [1, 1],
  [2, 2],
] as const) {
  const columns = numbers + textColumns;
  tables(
    `targets answer the questions, as plain loops do, with ${numbers} columns of numbers and ${textColumns} of text`,
    () => {
      const kinds = { number: 0, print: 0 };
      for (const sequence of sequencesOf(drawn(tableTask({ columns: numbers, textColumns }), 500))) {
        const asked = askedBy(sequence, columns);
        const expected = answerTo(asked);
        const rows = asked.table.length;
        assert.ok(asked.table.flat().every((cell) => typeof cell === "string" || Math.abs(cell) <= 10));
        for (const row of asked.table) assert.is(row.filter((cell) => typeof cell === "string").length, textColumns);
        if ("number" in expected) {
          ++kinds.number;
          const [first, ...rest] = sequence.targets;
          assert.is(first![IS_NUMBER!], 1);
          assert.ok(Math.abs(first![NUMBER!]! - expected.number) < 1e-4, asked.tokens.join(" "));
          assert.ok(rest.every((target) => target.every((value) => value === 0)));
          assert.is(first![WEIGHT!], 1);
          assert.equal(
            sequence.due,
            sequence.inputs.map((_, step) => step === 0),
          );
          continue;
        }
        ++kinds.print;
        sequence.targets.forEach((target, row) => {
          const weight = row < rows ? Math.fround(1 / (rows * columns)) : 0;
          const cells = Array.from({ length: columns }, (_, column) =>
            Number(row < rows && column === expected.column && Boolean(expected.rows[row])),
          );
          assert.equal(target, [0, 0, weight, ...cells]);
          assert.is(sequence.due[row], row < rows);
        });
      }
      assert.ok(kinds.number > 250 && kinds.print > 100);
    },
  );
}
tables("templates are drawn alike, up to the group that is asked for", () => {
  for (const [groups, count] of [3, 9, 21, 23].entries()) {
    const drawnOf: Record<string, number> = {};
    for (const sequence of sequencesOf(drawn(tableTask({ groups: groups + 1 }), 2000))) {
      const template = askedBy(sequence, 1)
        .tokens.filter((token) => typeof token === "string")
        .join(" ");
      drawnOf[template] = (drawnOf[template] ?? 0) + 1;
    }
    assert.is(Object.keys(drawnOf).length, count);
    expectUniform(Object.values(drawnOf));
  }
});
tables("where all groups are alike, so are the templates of each", () => {
  const groups: Record<string, number>[] = [{}, {}, {}, {}];
  for (const sequence of sequencesOf(drawn(tableTask({ evenly: "groups" }), 4000))) {
    const words = askedBy(sequence, 1).tokens.filter((token) => typeof token === "string");
    const comparisons = words.filter((word) => word === "greater" || word === "lesser").length;
    const group = groups[words.includes("diff") ? 3 : comparisons]!;
    const template = words.join(" ");
    group[template] = (group[template] ?? 0) + 1;
  }
  assert.equal(
    groups.map((group) => Object.keys(group).length),
    [3, 6, 12, 2],
  );
  expectUniform(groups.map((group) => Object.values(group).reduce((a, b) => a + b)));
  for (const group of groups) expectUniform(Object.values(group));
});
tables("while a model learns them, entries are first large, then small, and answers count little", () => {
  const task = tableTask({ curriculum: [10, 30] });
  const at = (step?: number): [most: number, weight: number] => {
    const sequences = sequencesOf(drawn(task, 60, step ? { step } : {}));
    const entries = sequences.flatMap((sequence) =>
      askedBy(sequence, 1)
        .table.flat()
        .map((cell) => Math.abs(Number(cell))),
    );
    return [
      Math.ceil(Math.max(...entries)),
      sequences.find(({ targets }) => targets[0]![IS_NUMBER!])!.targets[0]![WEIGHT!]!,
    ];
  };
  const [large, small, whole] = [
    [20, Math.fround(1 / 60)],
    [3, Math.fround(1 / 30)],
    [10, 1],
  ];
  assert.equal([1, 10, 11, 30, 31, undefined].map(at), [large, large, small, small, whole, whole]);
});
tables("telling pivots select neither all numbers nor none", () => {
  for (const pivots of ["any", "telling"] as const) {
    let telling = 0;
    let all = 0;
    for (const sequence of sequencesOf(drawn(tableTask({ pivots }), 600))) {
      const { tokens } = askedBy(sequence, 1);
      const [one, other] = tokens.filter((token) => typeof token === "number");
      if (other === undefined) continue;
      const isBetween = (tokens[0] === "greater") === one! < other;
      ++all;
      telling += Number(isBetween === tokens.includes("and"));
    }
    assert.ok(all > 200);
    if (pivots === "telling") assert.is(telling, all);
    else assert.ok(telling > 0.3 * all && telling < 0.7 * all);
  }
});
tables("as many rows as are asked for", () => {
  for (const options of [{ length: 40 }, { difficulty: 40 }]) {
    for (const sequence of sequencesOf(drawn(tableTask(), 20, options)))
      assert.is(askedBy(sequence, 1).table.length, 40);
  }
});
tables("the same stream gives the same questions, and another others", () => {
  const of = (seed: number) => sequencesOf(drawn(tableTask(), 9, {}, new Random(seed)));
  assert.equal(of(7), of(7));
  assert.not.equal(of(7), of(8));
});
tables("loss and errors are those of plain loops", () => {
  const [delta, printWeight, columns] = [2, 7, 2];
  const task = tableTask({ columns, delta, printWeight, curriculum: [1] });
  const batch = drawn(task, 12, { step: 1 });
  const random = new Random(5);
  const logits = array(
    [batch.time, 12, 3],
    new Float64Array(batch.time * 36).map((_, i) => (i % 3 ? random.uniform(0, 1) : 0)),
  );
  let [loss, wrong] = [0, 0];
  sequencesOf(batch).forEach(({ targets, due }, sequence) => {
    const at = (step: number, output: number): number => (step * 12 + sequence) * 3 + output;
    if (targets[0]![IS_NUMBER!]) {
      const error = [0, 0.04, -0.06, 1.5, -9][sequence % 5]!;
      logits.data[at(0, 0)] = targets[0]![NUMBER!]! + error;
      const huber = Math.abs(error) <= delta ? error ** 2 / 2 : delta * Math.abs(error) - delta ** 2 / 2;
      loss += huber * targets[0]![WEIGHT!]!;
      wrong += Number(Math.abs(error) > 0.05);
      return;
    }
    let isWrong = false;
    targets.forEach((target, step) => {
      if (!due[step]) return;
      for (let column = 0; column < columns; ++column) {
        const wanted = target[CELLS! + column]!;
        // Some are all right.
        if (sequence % 2) logits.data[at(step, 1 + column)] = wanted ? 0.9 : 0.2;
        const p = logits.data[at(step, 1 + column)]!;
        loss -= printWeight * target[WEIGHT!]! * Math.log(wanted ? p : 1 - p);
        isWrong ||= p > 0.5 !== (wanted === 1);
      }
    });
    wrong += Number(isWrong);
  });
  const actual = answered(engine, task, batch, logits);
  assert.ok(Math.abs(actual["loss"]! - loss) < 1e-4 * loss, `${actual["loss"]} ${loss}`);
  assert.is(actual["sequenceError"], wrong);
  assert.is(answered(engine, task, batch, array(logits.shape, logits.data.fill(NaN)))["sequenceError"], 12);
});
tables("questions as inputs: words in order, a number beside the word to its left, rows beside both", () => {
  const columns = 2;
  const layout = tableLayout(columns);
  const { isWord, place, value, isRow, cells, present, words } = layout;
  const rows = encodeQuestion(["greater", 1.5, { column: 1 }, "count"], [[1, NaN]], layout);
  assert.is(rows.length, 3);
  assert.equal(
    rows.map((row) => row.slice(0, isWord).indexOf(1)),
    [3, words.length + 1, 1],
  );
  assert.equal(
    rows.map((row) => row[isWord]),
    [1, 1, 1],
  );
  assert.equal([...rows[0]!.slice(place, value + 1)], [1, 0, 1.5]);
  assert.equal([...rows[0]!.slice(isRow)], [1, 1, 0, 1, 0]);
  assert.ok(rows[1]!.slice(place).every((number) => number === 0));
  assert.is(encodeQuestion(["count"], [[1], [2], [3]], tableLayout(1)).length, 3);
  // A number in front of all words is beside the first.
  assert.is(encodeQuestion([7, "greater", "count"], [[1]], tableLayout(1))[0]![tableLayout(1).value], 7);
  assert.is(cells, isRow + 1);
  assert.is(present, cells + columns);
});
tables("texts as inputs: the same text has the same number, in the question and in every column", () => {
  const layout = tableLayout(2, { hasTexts: true });
  const table = [
    ["b", 5],
    ["a", "b"],
    [NaN, "c"],
  ];
  const rows = encodeQuestion(["equal", { text: "a" }, { column: 0 }, "count"], table, layout);
  assert.is(rows[0]![layout.value], 1);
  const cellsOf = (first: number) => rows.map((row) => [...row.slice(first, first + 2)]);
  assert.equal(cellsOf(layout.texts), [
    [2, 0],
    [1, 2],
    [0, 3],
  ]);
  assert.equal(cellsOf(layout.cells), [
    [0, 5],
    [0, 0],
    [0, 0],
  ]);
  assert.equal(cellsOf(layout.present), [
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
  // A table of numbers alone leaves texts out.
  const numbers = tableLayout(2);
  assert.equal(
    encodeQuestion(["count"], table, numbers),
    encodeQuestion(
      ["count"],
      [
        [NaN, 5],
        [NaN, NaN],
        [NaN, NaN],
      ],
      numbers,
    ),
  );
});
tables("with texts there are templates that ask for them, drawn alike; columns of text are anywhere", () => {
  const drawnOf: Record<string, number> = {};
  const places = [0, 0, 0];
  for (const sequence of sequencesOf(drawn(tableTask({ columns: 2, textColumns: 1 }), 5000))) {
    const { tokens, table } = askedBy(sequence, 3);
    const template = tokens.filter((token) => typeof token === "string").join(" ");
    drawnOf[template] = (drawnOf[template] ?? 0) + 1;
    ++places[table[0]!.findIndex((cell) => typeof cell === "string")]!;
  }
  assert.is(Object.keys(drawnOf).length, 3 + 9 + 36 + 2);
  expectUniform(Object.values(drawnOf));
  expectUniform(places);
});
tables("refuses what cannot be", () => {
  for (const options of [
    { columns: 0 },
    { textColumns: -1 },
    { templates: "extended" as const },
    { texts: 0 },
    { minRows: 9, maxRows: 8 },
    { groups: 5 },
    { most: 0 },
    { delta: 0 },
    { printWeight: -1 },
    { countWeight: -1 },
    { curriculum: [5, 5] },
    { curriculum: [1, 2, 3] },
  ]) {
    assert.instance(
      thrownBy(() => tableTask(options)),
      RangeError,
    );
  }
});
tables.run();
