/** Answers of the shipped model over cells as they are written, and questions that the table makes unclear. */
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { load } from "../../bindings/load.js";
import { NeuralProgrammer } from "../../bindings/models.js";
import { askTable, QuestionError, questionTable, type TableReply } from "../../bindings/questions.js";
import { tableTask } from "../../bindings/tasks.js";
import { testEngine } from "../support/engine.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine("release");
const file = new URL("../../checkpoints/table.safetensors", import.meta.url);
const model = load(readFileSync(file), { models: [NeuralProgrammer] });
const tableOf = (lines: string) => {
  const [header, ...rows] = lines.split("\n").map((line) => line.split("|"));
  return questionTable({ header: header!, rows });
};
const ask = (lines: string, question: string, guess = false): TableReply =>
  askTable(engine, model, tableOf(lines), question, { guess });
const said = ({ cells, digits, unit }: TableReply): string =>
  cells?.join(", ") ?? [digits, unit].filter(Boolean).join(" ");

const BIG = "Key|Amount|Id\na|100000000|90071992547409931\nb|100000001|90071992547409932\nc|0.10|90071992547409930";
const SALES = "Shop|Sales|Currency|Open\nNorth|10.10|USD|yes\nSouth|20.20|EUR|no\nEast|30.30|USD|yes\nWest||USD|no";
const TIES = "Team|Cup|Points|Road km|Cost €\nx|A|7|3 km|€1\ny|A|9|4 km|€2\nz|B|9|5 km|€3";

const answers = suite("questions: answers");
const right: readonly (readonly [table: string, question: string, answer: string])[] = [
  [BIG, "how many rows have an amount above 100,000,000", "1"],
  [BIG, "how many rows have an amount of at least 100000000", "2"],
  [BIG, "total amount", "200000001.10"],
  [BIG, "print key with id 90071992547409931", "a"],
  [BIG, "which key has the largest id", "b"],
  [BIG, "how many rows have id below 90071992547409931", "1"],
  [SALES, "total sales in USD", "40.40"],
  [SALES, "average sales of shops that are open", "20.2"],
  [SALES, "how many shops are not open", "2"],
  [SALES, "print sales of West", ""],
  [TIES, "which team has the most points", "y, z"],
  [TIES, "what are the most points", "9"],
  [TIES, "sum of road km minus count", "9"],
  [TIES, "total road km where cost € is at least 2 euros", "9 km"],
  [TIES, "print team and points where points above 8", "y, 9, z, 9"],
  [TIES, "how many teams have road km over 3500 m", "2"],
];
for (const [table, question, answer] of right) {
  answers(`"${question}" is ${answer || "an empty cell"}`, () => {
    const reply = ask(table, question);
    assert.is(said(reply), answer);
    assert.is(reply.isGuess, false);
  });
}

const refused: readonly (readonly [table: string, question: string, message: RegExp])[] = [
  [SALES, "total sales", /is in "USD" and "EUR", as "Currency" says/],
  [SALES, "which shop has the largest sales", /is in "USD" and "EUR"/],
  [TIES, "how many cups have points above 8", /"Cup" may be counted by row or by name/],
  [TIES, "how many cups", /"Cup" may be counted by row or by name, since "a" comes more than once/],
  [TIES, "sum of road km minus sum of cost €", /km minus € is no number of either/],
  [TIES, "average points where points above 100", /no average/],
  ["Name|Group\na|x\nb|\nc|y", "how many rows are not in x", /"Group" is missing in some rows/],
  [TIES, "how many teams with points above 3 and road km above 1", /compares twice in one way/],
  [TIES, "print team where points between 7 and 9 and cup is A", /more than two comparisons/],
];
for (const [table, question, message] of refused) {
  answers(`"${question}" is refused`, () => {
    const error = thrownBy(() => ask(table, question));
    assert.instance(error, QuestionError);
    assert.match(error.message, message);
  });
}

answers("lines select rows of the cells as they are written", () => {
  const { program } = ask(BIG, "print key with amount of at least 100,000,000");
  const line = program.lines.find(({ operation }) => operation === "greater")!;
  assert.equal(line.rows, [0, 1]);
  assert.is(line.pivot!.value, 100_000_000);
});

answers("a guess says what was left out, and how many rows lack a cell", () => {
  const { isGuess, reading, digits, missing } = ask(SALES, "total weekly sales in USD please", true);
  assert.equal([isGuess, reading.left, digits, missing], [true, ["weekly"], "40.40", 1]);
});

answers("a program that is not the question's is refused, and a guess runs it", () => {
  const task = tableTask({ columns: 2, textColumns: 1 });
  const untrained = new NeuralProgrammer({
    inputSize: task.inputSize,
    outputSize: task.outputSize,
    hiddenSize: 4,
    seed: 5,
  });
  const table = tableOf(TIES);
  const question = "how many teams have points above 8";
  const error = thrownBy(() => askTable(engine, untrained, table, question));
  assert.instance(error, QuestionError);
  assert.match(error.message, /reads "greater 8 Points count" as another program/);
  const { isGuess, differs } = askTable(engine, untrained, table, question, { guess: true });
  assert.ok(isGuess);
  assert.match(differs!, /another program/);
  // It has no word for an average.
  assert.match(
    thrownBy(() => askTable(engine, untrained, table, "average points")).message,
    /not trained to answer with "mean"/,
  );
});
answers.after(() => engine.dispose());
answers.run();
