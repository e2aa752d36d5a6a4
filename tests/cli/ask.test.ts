/** Questions about a user's own table: the table, the question, and the answer. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { NeuralProgrammer, type TableLine } from "../../bindings/systems/neuralProgrammer/neuralProgrammer.js";
import { isColumn } from "../../bindings/systems/neuralProgrammer/question.js";
import { tableTask } from "../../bindings/tasks.js";
import { parseTable, quantityOf } from "../../cli/csv.js";
import { FileError, UsageError } from "../../cli/errors.js";
import { translate } from "../../cli/question.js";
import { tableOperations, type TableOperation } from "../../bindings/systems/neuralProgrammer/machine.js";
import { drawingOf, wordsRead } from "../../cli/drawing.js";
import { commandLine } from "../support/cli.js";
import { faultsOf, programIn } from "../support/page.js";
import { thrownBy } from "../support/thrown.js";

const CITIES = `City,Country,Population,Area
Berlin,Germany,"3,645,000",891.7 km²
"Frankfurt, Main",Germany,"763,000",248.3 km²
Vienna,Austria,"1,897,000",414.6 km²
Basel,Switzerland,n/a,23.9 km²
`;

const tables = suite("ask: tables");
tables("numbers with separators and units, missing cells, and texts", () => {
  const { rows, columns } = parseTable(CITIES, "cities.csv");
  assert.is(rows, 4);
  assert.equal(columns[0], { name: "City", texts: ["Berlin", "Frankfurt, Main", "Vienna", "Basel"] });
  assert.equal(columns[2]!.numbers, [3645000, 763000, 1897000, NaN]);
  assert.is(columns[2]!.unit, undefined);
  assert.equal([columns[3]!.numbers, columns[3]!.unit], [[891.7, 248.3, 414.6, 23.9], "km²"]);
});
tables("semicolons, tabs, a mark of the byte order, Windows' line ends, empty lines", () => {
  for (const text of ["\ufeffa;b\r\n1;2,x\r\n\r\n", "a\tb\n1\t2,x\n"]) {
    assert.equal(parseTable(text, "t.csv").columns, [
      { name: "a", texts: ["1"], numbers: [1] },
      { name: "b", texts: ["2,x"] },
    ]);
  }
});
const quantities: readonly (readonly [text: string, value: number | undefined, unit?: string])[] = [
  ["1,234.5", 1234.5],
  ["-12", -12],
  ["−0.5", -0.5],
  [".5", 0.5],
  ["1e3", 1000],
  ["$ 1,000", 1000, "$"],
  ["-$3.20", -3.2, "$"],
  ["12%", 12, "%"],
  ["1 234 567 km", 1234567, "km"],
  ["1,23", undefined],
  ["12,3456", undefined],
  ["1.2.3", undefined],
  ["2020-01-02", undefined],
  ["12:30", undefined],
  ["Route 66", 66, "Route"],
  ["abc", undefined],
];
for (const [text, value, unit = ""] of quantities) {
  tables(`${text} is ${value === undefined ? "a text" : `${value} ${unit}`}`, () =>
    assert.equal(quantityOf(text), value === undefined ? undefined : { value, unit }),
  );
}
tables("a column with two units, or a text among its numbers, is one of texts", () => {
  const { columns } = parseTable("a,b,c\n1 km,2,-\n1 mi,x,\n", "t.csv");
  assert.equal(
    columns.map(({ numbers }) => numbers),
    [undefined, undefined, undefined],
  );
});
const wrongTables: readonly (readonly [text: string, message: RegExp])[] = [
  ["", /t\.csv is empty/],
  ["\n\n", /t\.csv is empty/],
  ["a,b\n", /names of columns, and no rows/],
  ["a,b\n1,2\n1\n", /line 3 has not as many cells/],
  ["a,b\n1,2,3\n", /line 2 has not as many cells/],
  ["a,A\n1,2\n", /two columns "A"/],
  ['a,b\n1,"2\n', /no table/],
  ["a\n1e39\n", /column "a" has 1e39 in row 1, which is more than single precision holds/],
];
for (const [text, message] of wrongTables) {
  tables(`${JSON.stringify(text)} is refused`, () => {
    const error = thrownBy(() => parseTable(text, "t.csv"));
    assert.instance(error, FileError);
    assert.match(error.message, message);
  });
}
tables("1,000 columns are read, and an error names a few of them", () => {
  const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
  const table = parseTable(`${names.join()}\n${names.map((_, i) => i).join()}\n`, "wide.csv");
  assert.is(table.columns.length, 1000);
  assert.equal(translate("sum c999", table).said, "sum c999");
  assert.match(thrownBy(() => translate("sum of x", table)).message, /1,000 columns, the first of them "c0", .*"c19"/);
});
tables.run();

const cities = parseTable(CITIES, "cities.csv");
const questions = suite("ask: questions");
const translated: readonly (readonly [question: string, said: string, ignored?: readonly string[]])[] = [
  ["how many cities have a population greater than 1,000,000?", "greater 1000000 Population count", ["cities"]],
  ["How many rows?", "count"],
  ["count population > -1.5", "greater -1.5 Population count"],
  [
    "what is the total area of cities with population less than 2 million?",
    "lesser 2000000 Population sum Area",
    ["cities"],
  ],
  [
    "print city where area above 200 and population below 1 million",
    "greater 200 Area and lesser 1000000 Population print City",
  ],
  ["which have population over 100 or area under 5", "greater 100 Population or lesser 5 Area print City"],
  ["sum of population minus count", "sum Population diff count"],
  ["sum of area above 3", "greater 3 Area sum Area"],
  ["greater 3 population sum area", "greater 3 Population sum Area"],
  ["How many cities are in Germany?", "equal germany Country count", ["cities"]],
  [
    "which city in germany has a population above 1 million",
    "equal germany Country and greater 1000000 Population print City",
  ],
  [
    "total area where country = Germany or population below 2 million",
    "equal germany Country or lesser 2000000 Population sum Area",
  ],
  ["print the country of Frankfurt, Main", "equal frankfurt, main City print Country"],
  ["print population for the city Basel", "equal basel City print Population"],
  ['count country "Spain"', "equal spain Country count"],
  ["how many countries are Austria", "equal austria Country count", ["countries"]],
];
for (const [question, said, ignored = []] of translated) {
  questions(`"${question}" is ${said}`, () => {
    const read = translate(question, cities);
    assert.is(read.said, said);
    assert.equal(read.ignored, ignored);
    for (const token of read.tokens) if (isColumn(token)) assert.ok(read.columns[token.column]);
  });
}
const wrongQuestions: readonly (readonly [question: string, message: RegExp])[] = [
  ["", /does not say what to do/],
  ["population", /does not say what to do/],
  ["how many have a population greater than many", /no number behind it: greater than what\?/],
  [
    "how many have a weight above 3",
    /which column is to be greater than 3. The columns are "City" \(text\), .* Not understood: weight/,
  ],
  ["how many with country above 3", /Column "Country" holds texts/],
  ["sum of country", /Column "Country" holds texts, which have no sum/],
  ["sum", /which column to sum/],
  ["how many 5", /the number 5, and does not say whether greater or less/],
  ["count area > 1 and area < 5 and population > 3", /more than two comparisons/],
  ["count and sum area", /two things at once/],
  ["count area > 9" + "9".repeat(40), /more than single precision holds/],
  ["count area > 3 and population > 5", /says "greater" twice/],
  ["how many cities are in Germany or Austria", /two texts, "germany" and "austria"/],
  ["how many cities are not in Germany", /says what is not to be/],
  ["count country = Spain", /No cell of the table is "spain"/],
  ['how many "Spain"', /No cell of the table is "spain", and no column is named/],
  ["count population = 5", /greater or less than 5, not whether they are equal/],
  ["how many cities have country equal to", /and not to what/],
];
questions("a text in two columns belongs to the one that is named", () => {
  const table = parseTable("from,to,hours\nParis,Rome,2\nRome,Paris,3\n", "flights.csv");
  assert.is(translate("sum hours where to is Paris", table).said, "equal paris to sum hours");
  assert.match(
    thrownBy(() => translate("sum hours Paris", table)).message,
    /is in the columns "from" and "to": name one/,
  );
});
questions("a cell that is a number is a number, and words of a question are no cells", () => {
  const table = parseTable("code,size\n5,more\nA7,less\n", "codes.csv");
  assert.is(translate("how many code A7", table).said, "equal a7 code count");
  assert.match(
    thrownBy(() => translate("count code above 5", table)).message,
    /"code" holds texts, which are not greater than 5/,
  );
  assert.match(thrownBy(() => translate("how many are more", table)).message, /"greater", and no number behind it/);
});
for (const [question, message] of wrongQuestions) {
  questions(`"${question.slice(0, 50)}" is refused`, () => {
    const error = thrownBy(() => translate(question, cities));
    assert.instance(error, UsageError);
    assert.match(error.message, message);
  });
}
questions("every word of it is something that was read, or was not", () => {
  const { words } = translate("How many CITIES, of all, have populations over 1 million?", cities);
  assert.equal(words, [
    { text: "How many", role: "word" },
    { text: "CITIES,", role: "ignored" },
    { text: "of", role: "ignored" },
    { text: "all,", role: "ignored" },
    { text: "have", role: "ignored" },
    { text: "populations", role: "column" },
    { text: "over", role: "word" },
    { text: "1 million?", role: "number" },
  ]);
});
questions("texts of the table are found as they were written", () => {
  const wordsOf = (question: string) => translate(question, cities).words;
  assert.equal(wordsOf("which City is  Frankfurt, MAIN?"), [
    { text: "which", role: "word" },
    { text: "City", role: "column" },
    { text: "is", role: "ignored" },
    { text: "Frankfurt, MAIN?", role: "entry" },
  ]);
  assert.equal(wordsOf("count country = “Spain”").slice(1), [
    { text: "country", role: "column" },
    { text: "=", role: "word" },
    { text: "“Spain”", role: "entry" },
  ]);
});
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
  assert.equal(drawingOf({ lines, probability: 0.5, number: 1234.5 }, { ...asked, unit: "km" }).answer, {
    items: ["1,234.5 km"],
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
commands("says what the model's program is, and that a model which has learned nothing is not sure", async () => {
  const { code, stdout, stderr } = await tapehead(
    'ask cities.csv --model 3.safetensors "count area > 30"'.replaceAll('"', ""),
  );
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^ {2}4 {2}\w+/m);
  assert.match(stdout, "Read as: greater 30 Area count.");
  assert.match(stdout, /The model is not sure: this program has a probability of \d+\.\d%/);
});
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
    lines.slice(2).map(({ said }) => said),
    ["greater Area 300", "assign City"],
  );
  assert.equal(Object.keys(choices["Operations"]!), tableOperations);
  assert.equal(Object.keys(choices["Columns"]!), ["Area", "City", "no column"]);
  assert.equal(Object.keys(choices["Numbers"]!), ["300"]);
  assert.equal(header, ["City4", "Country", "Population", "Area3"]);
  assert.equal(
    rows.map(({ printed }) => printed),
    [[0], [], [0], []],
  );
  assert.equal(
    rows.map(({ strip }) => strip[2]!.text),
    ["1.00", "0.00", "1.00", "0.00"],
  );
  assert.ok(rows.every(({ strip }) => strip[3]!.classes.includes("void")));
  const json = await tapehead("ask cities.csv how many --trace drawn.html --json", { alone: true });
  const { trace, lines: plain } = JSON.parse(json.stdout) as { trace: unknown; lines: object[] };
  const again = readFileSync(join(folder, "drawn.html"));
  assert.equal(trace, { file: "drawn.html", bytes: again.length });
  assert.match(again.toString(), "→ <b>4</b>");
  assert.equal(Object.keys(plain[0]!).sort(), ["isUsed", "operation", "probability"]);
});
commands("says all as JSON, and what is missing", async () => {
  const { stdout } = await tapehead("ask cities.csv --model 1.safetensors count population > 30 --json");
  const answer = JSON.parse(stdout) as { lines: unknown[]; probability: number; read: string };
  assert.is(answer.lines.length, 4);
  assert.is(answer.read, "greater 30 Population count");
  assert.ok(answer.probability > 0 && answer.probability < 0.5);
});
const answers: readonly (readonly [question: string, answer: string])[] = [
  ["how many", "4"],
  ["how many cities have a population greater than 1,000,000?", "2"],
  ["total area of cities with population less than 2 million", "662.9 km²"],
  ["print city where area above 300", "Berlin\nVienna"],
  ["which city has area over 800 or area under 50", "Berlin\nBasel"],
  ["sum of area minus count", "1,574.5"],
  ["how many cities are in Germany?", "2"],
  ["print city where country is Austria", "Vienna"],
  ["which city in germany has a population above 1 million", "Berlin"],
  ["total area of cities in Austria or with area above 500", "1,306.3 km²"],
  ["print city with area above 30 and population below 2,000,000", "Frankfurt, Main\nVienna"],
  ["how many cities are in Switzerland and have area above 30", "0"],
  ['how many cities have the country "Spain"', "0"],
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
    /3.safetensors was trained on tables of numbers, and the question asks for a text/,
  ],
  [
    "ask cities.csv how many --trace no/such/folder.html",
    1,
    /Cannot write no\/such\/folder\.html: there is no such folder/,
  ],
  ["ask nowhere.csv --model 3.safetensors count", 1, /Cannot read nowhere.csv/],
  [
    "ask cities.csv --model 1.safetensors count area > 3 and population < 5",
    2,
    /names 2 columns, and 1.safetensors was trained on tables of 1/,
  ],
];
for (const [args, wanted, message] of refused) {
  commands(`${args} is refused`, async () => {
    const { code, stderr } = await tapehead(args);
    assert.is(code, wanted);
    assert.match(stderr, message);
  });
}
commands.run();
