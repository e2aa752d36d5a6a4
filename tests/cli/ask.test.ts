/** Questions about a user's own table: the table, the question, and the answer. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { NeuralProgrammer, type TableLine } from "../../bindings/systems/neuralProgrammer/neuralProgrammer.js";
import { tableTask } from "../../bindings/tasks.js";
import { extendedOperations, type TableOperation } from "../../bindings/systems/neuralProgrammer/machine.js";
import { drawingOf, wordsRead } from "../../cli/drawing.js";
import { commandLine } from "../support/cli.js";
import { faultsOf, programIn } from "../support/page.js";

const CITIES = `City,Country,Population,Area
Berlin,Germany,"3,645,000",891.7 km²
"Frankfurt, Main",Germany,"763,000",248.3 km²
Vienna,Austria,"1,897,000",414.6 km²
Basel,Switzerland,n/a,23.9 km²
`;

const questions = suite("ask: questions");
questions("a picture has the numbers and the texts that a program compares with, each line's among them", () => {
  const line = (
    operation: TableOperation,
    ...pivots: { value: number | string; probability: number }[]
  ): TableLine => ({
    operation,
    probability: 1,
    column: { index: 1, probability: 0.75 },
    rows: [2],
    isUsed: true,
    ...(pivots.length && { pivot: pivots[0]! }),
    choices: {
      operations: Float32Array.of(1),
      columns: Float32Array.of(0.25, 0.75),
      ...(pivots.length && { pivots }),
    },
  });
  const lines = [
    line("greater", { value: 5, probability: 0.75 }, { value: 5, probability: 0.25 }),
    line("textMatch", { value: "basel", probability: 1 }),
    line("and"),
    line("assign"),
  ];
  const table = {
    header: ["Area", "City"],
    rows: [
      ["1", "Berlin"],
      ["2", "Graz"],
      ["3", "Basel"],
    ],
  };
  const asked = { question: [], operations: ["greater"], table, columns: [-1, 1] };
  const printing = { lines, probability: 0.5, printed: { column: 1, rows: [2] } };
  const { pivots, steps, answer } = drawingOf(printing, asked);
  assert.equal(pivots, [5, 5, "basel"]);
  assert.equal(
    steps.map((step) => step.pivots),
    [[0.75, 0.25, 0], [0, 0, 1], undefined, undefined],
  );
  assert.equal(
    steps.map(({ hasColumn }) => hasColumn),
    [true, true, false, true],
  );
  assert.equal(
    steps.map(({ selected }) => selected && Array.from(selected)),
    [[0, 0, 1], [0, 0, 1], [0, 0, 1], undefined],
  );
  assert.equal(answer, { items: ["Basel"], printed: { column: 1, rows: [2] } });
  assert.is(drawingOf({ ...printing, printed: { column: 0, rows: [2] } }, asked).answer, undefined); // a column that is not there
  assert.equal(drawingOf({ lines, probability: 0.5, number: 1234.5 }, { ...asked, said: "1234.50 km" }).answer, {
    items: ["1234.50 km"],
  });
});
questions("so is every word of one in words of its own", () => {
  const read = ["which", "city", "…", "<number>", "…", "…", "<entry>"];
  assert.equal(wordsRead("which city, pretty: 1,000 (São Paulo)?", { read, found: [4, 5] }), [
    { text: "which", role: "word" },
    { text: "city,", role: "word" },
    { text: "pretty:", role: "ignored" },
    { text: "1,000", role: "number" },
    { text: "(São", role: "entry" },
    { text: "Paulo)?", role: "entry" },
  ]);
});
questions.run();

const { folder, tapehead } = commandLine();
writeFileSync(join(folder, "cities.csv"), CITIES);
for (const columns of [1, 3]) {
  const task = tableTask({ columns });
  const model = new NeuralProgrammer({
    inputSize: task.inputSize,
    outputSize: task.outputSize,
    hiddenSize: 8,
    seed: 1,
  });
  writeFileSync(join(folder, `${columns}.safetensors`), save(model, { task }));
}
const commands = suite("ask: the command");
commands(
  "a model which has learned nothing is refused, and guesses with a program that it is not sure of",
  async () => {
    const args = "ask cities.csv --model 3.safetensors count area > 30";
    const refused = await tapehead(args);
    assert.is(refused.code, 2);
    assert.is(refused.stdout, "");
    assert.match(refused.stderr, /The model reads "greater 30 Area count" as another program: /);
    const { code, stdout, stderr } = await tapehead(`${args} --guess`);
    assert.is(stderr, "");
    assert.is(code, 0);
    assert.match(stdout, /^A guess: The model reads "greater 30 Area count" as another program/);
    assert.match(stdout, /^ {2}4 {2}\w+/m);
    assert.match(stdout, "Read as: greater 30 Area count.");
    assert.match(stdout, /The model is not sure: this program has a probability of \d+\.\d%/);
  },
);
commands("draws the program and the table, in a page beside what it says", async () => {
  const { code, stdout, stderr } = await tapehead(
    "ask cities.csv 'print city where its area above 300' --trace drawn.html",
  );
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^Berlin\nVienna\n[^]*\ndrawn\.html: [\d,]+ bytes\. Open it in a browser\.\n$/);
  const html = readFileSync(join(folder, "drawn.html"), "utf8");
  assert.equal(faultsOf(html), []);
  assert.match(html, "NeuralProgrammer, asked of cities.csv");
  const { words, lines, choices, header, rows } = programIn(html);
  assert.equal(
    words.map(({ role, text }) => `${role} ${text}`),
    ["column city", "ignored where", "ignored its", "column area", "number 300"],
  );
  assert.equal(
    lines.slice(4).map(({ said }) => said),
    ["greater Area 300", "assign City"],
  );
  assert.equal(Object.keys(choices["Operations"]!), extendedOperations);
  assert.equal(Object.keys(choices["Columns"]!), ["Area", "City", "no column"]);
  assert.equal(Object.keys(choices["Numbers"]!), ["300"]);
  assert.equal(header, ["City6", "Country", "Population", "Area5"]);
  assert.equal(
    rows.map(({ printed }) => printed),
    [[0], [], [0], []],
  );
  assert.equal(
    rows.map(({ strip }) => strip[4]!.text),
    ["1.00", "0.00", "1.00", "0.00"],
  );
  assert.ok(rows.every(({ strip }) => strip[5]!.classes.includes("void")));
  const json = await tapehead("ask cities.csv how many rows --trace drawn.html --json", { alone: true });
  const { trace, lines: plain } = JSON.parse(json.stdout) as { trace: unknown; lines: object[] };
  const again = readFileSync(join(folder, "drawn.html"));
  assert.equal(trace, { file: "drawn.html", bytes: again.length });
  assert.match(again.toString(), "→ <b>4</b>");
  assert.equal(Object.keys(plain[0]!).sort(), ["isUsed", "operation", "probability"]);
});
commands("says all as JSON, and what is missing", async () => {
  const { stdout } = await tapehead("ask cities.csv --model 1.safetensors count population > 30 --guess --json");
  const answer = JSON.parse(stdout) as { lines: unknown[]; probability: number; read: string; guess: string };
  assert.is(answer.lines.length, 4);
  assert.is(answer.read, "greater 30 Population count");
  assert.ok(answer.probability > 0 && answer.probability < 0.5);
  assert.match(answer.guess, /another program/);
  const sure = await tapehead("ask cities.csv average population of cities --json");
  const { number, digits, missing, guess } = JSON.parse(sure.stdout) as Record<string, unknown>;
  assert.equal([number, digits, missing, guess], [6305000 / 3, "2101666.666666666667", 1, undefined]);
});
commands("a guess says which words were left out", async () => {
  const { code, stdout } = await tapehead("ask cities.csv how many pretty cities in Germany today --guess");
  assert.is(code, 0);
  assert.match(stdout, /^A guess: left out "pretty", "today"\.\n2\n/);
});
commands("a decimal mark that nothing tells is asked for, and taken", async () => {
  writeFileSync(join(folder, "loads.csv"), "Item;Load\nA;1.250\nB;2.500\n");
  const asked = "ask loads.csv total load";
  const refused = await tapehead(asked);
  assert.is(refused.code, 2);
  assert.match(refused.stderr, /"1\.250", and nothing tells .* --decimal point or --decimal comma/);
  assert.match((await tapehead(`${asked} --decimal comma`)).stdout, /^3750\n/);
  assert.match((await tapehead(`${asked} --decimal point`)).stdout, /^3\.750\n/);
  assert.is((await tapehead(`${asked} --decimal dot`)).code, 2);
});
const answers: readonly (readonly [question: string, answer: string])[] = [
  ["how many rows", "4"],
  ["how many cities have a population greater than 1,000,000?", "2"],
  ["total area of cities with population less than 2 million", "662.9 km²"],
  ["print city where area above 300", "Berlin\nVienna"],
  ["which city has area over 800 or area under 50", "Berlin\nBasel"],
  ["sum of area minus count", "1574.5"],
  ["sum of population minus sum of area", "6303421.5"],
  ["how many cities are in Germany?", "2"],
  ["print city where country is Austria", "Vienna"],
  ["which city in germany has a population above 1 million", "Berlin"],
  ["total area of cities in Austria or with area above 500", "1306.3 km²"],
  ["print city with area above 30 and population below 2,000,000", "Frankfurt, Main\nVienna"],
  ["how many cities are in Switzerland and have area above 30", "0"],
  ['how many cities have the country "Spain"', "0"],
  ["which city has the largest population", "Berlin"],
  ["what is the smallest area in Germany", "248.3 km²"],
  ["average area of cities outside Germany", "219.25 km²"],
  ["print city and population where area above 400", "Berlin, 3645000\nVienna, 1897000"],
];
for (const [question, answer] of answers) {
  commands(`the model that comes with it answers "${question}"`, async () => {
    const { code, stdout } = await tapehead(`ask cities.csv '${question}'`);
    assert.is(code, 0);
    assert.is(stdout.split("\n\n")[0], answer);
  });
}
const refused: readonly (readonly [args: string, code: number, message: RegExp])[] = [
  [
    "ask cities.csv --model 3.safetensors 'how many in Germany'",
    2,
    /The model was trained on tables of numbers, and the question asks for a text/,
  ],
  [
    "ask cities.csv how many rows --trace no/such/folder.html",
    1,
    /Cannot write no\/such\/folder\.html: there is no such folder/,
  ],
  ["ask nowhere.csv --model 3.safetensors count", 1, /Cannot read nowhere.csv/],
  [
    "ask cities.csv --model 1.safetensors count area > 3 and population < 5",
    2,
    /needs 2 columns \("Area", "Population"\), and the model was trained on tables of 1/,
  ],
  ["ask cities.csv total population per country", 2, /Not understood: "per"/],
  ["ask cities.csv how many cities are in Spain", 2, /Not understood: "Spain".* the columns "City" \(text\)/],
];
for (const [args, wanted, message] of refused) {
  commands(`${args} is refused`, async () => {
    const { code, stderr } = await tapehead(args);
    assert.is(code, wanted);
    assert.match(stderr, message);
  });
}
commands.run();
