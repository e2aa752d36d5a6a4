/** Pages with a program over a table: what they show, what they refuse, and those of the command line. */
import { existsSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProgramDrawing } from "../bindings/trace.js";
import { faultsOf, programIn, requestsOf } from "./support/page.js";
import { thrownBy } from "./support/thrown.js";

const dist = new URL("../dist/trace.js", import.meta.url).href;
if (!existsSync(new URL(dist))) throw new Error("There is no dist/trace.js; npm run build makes it");
const { programPage } = (await import(dist)) as typeof import("../bindings/trace.js");

/** Which cities have more than 5 of something; its first step does not matter. */
const cities: ProgramDrawing = {
  question: [
    { text: "which" },
    { text: "pretty", role: "ignored" },
    { text: "City", role: "column" },
    { text: "above" },
    { text: "5", role: "number" },
  ],
  read: "greater 5 Size print City",
  operations: ["greater", "count", "print"],
  pivots: [5, 1_000_000.5, "Rome"],
  table: {
    header: ["City", "Size"],
    rows: [
      ["Athens", "7"],
      ["Oslo", "3"],
      ["", "9"],
    ],
  },
  steps: [
    { operations: [0.2, 0.7, 0.1], columns: [0.5, 0.5], hasColumn: false, isUsed: false },
    { operations: [0.9, 0.06, 0.04], columns: [0.3, 0.7], pivots: [0.8, 0.15, 0.05], selected: [1, 0, 0.5] },
    { operations: Float32Array.of(0, 0, 1), columns: Float64Array.of(1, 0) },
  ],
  answer: { items: ["Athens", ""], printed: { column: 0, rows: [0, 2] } },
  probability: 0.45,
};

const pages = suite("trace: a program");

pages("has a cell for every probability, and an outline around the most probable of a step", () => {
  const { choices } = programIn(programPage(cities));
  assert.equal(Object.keys(choices), ["Operations", "Columns", "Numbers and texts"]);
  const shown = (group: string): number[][] =>
    Object.values(choices[group]!).map((cells) => cells.map(({ weight }) => weight));
  assert.equal(shown("Operations"), [
    [0.2, 0.9, 0],
    [0.7, 0.06, 0],
    [0.1, 0.04, 1],
  ]);
  assert.equal(shown("Columns"), [
    [0.5, 0.3, 1],
    [0.5, 0.7, 0],
  ]);
  assert.equal(Object.keys(choices["Numbers and texts"]!), ["5", "1,000,000.5", "“Rome”"]);
  const best = Object.values(choices).flatMap((rows) =>
    Object.entries(rows).flatMap(([name, cells]) =>
      cells.flatMap(({ classes, text }, t) => (classes.includes("best") ? [`${t + 1} ${name} ${text}`] : [])),
    ),
  );
  assert.equal(best, [
    "2 greater 90.0%",
    "1 count 70.0%",
    "3 print 100.0%",
    "3 City 100.0%",
    "2 Size 70.0%",
    "2 5 80.0%",
  ]);
  const [idle, , none] = choices["Columns"]!["City"]!;
  assert.ok(idle!.classes.includes("idle") && !none!.classes.includes("idle"));
  assert.is(idle!.title, "step 1: City 50.0%, but it looks at no column");
  const blank = choices["Numbers and texts"]!["5"]![2]!;
  assert.equal([blank.classes, blank.text, blank.title], [["s3", "void"], "", "step 3 compares nothing"]);
});

pages("says what each step does and how likely that is, and which do not matter", () => {
  assert.equal(programIn(programPage(cities)).lines, [
    { said: "count", note: "the answer does not depend on it", isUsed: false },
    { said: "greater Size 5", note: "90.0% × 70.0% × 80.0%", isUsed: true },
    { said: "print City", note: "100.0% × 100.0%", isUsed: true },
  ]);
});

pages("has the table, how much each step selects of its rows, and the cells that are printed", () => {
  const { header, rows } = programIn(programPage(cities));
  assert.equal(header, ["City3", "Size2"]); // the steps that look at them
  assert.equal(
    rows.map(({ cells }) => cells),
    [
      ["Athens", "7"],
      ["Oslo", "3"],
      ["missing", "9"],
    ],
  );
  assert.equal(
    rows.map(({ printed }) => printed),
    [[0], [], [0]],
  );
  assert.equal(
    rows.map(({ strip }) => strip[1]!.text),
    ["1.00", "0.00", "0.50"],
  );
  assert.ok(rows.every(({ strip }) => strip.length === 3 && strip[0]!.classes.includes("void")));
});

pages("shows the question with what was read of it, the answer, and whether the model is sure", () => {
  const html = programPage(cities, { task: "table", source: "asked of cities.csv", facts: { file: "x" } });
  assert.equal(programIn(html).words, [
    { role: "ignored", text: "pretty" },
    { role: "column", text: "City" },
    { role: "number", text: "5" },
  ]);
  assert.match(html, "<title>Program · table · “which pretty City above 5” · → Athens · (missing)</title>");
  assert.match(html, '<p class="read">Read as: greater 5 Size print City</p>');
  assert.match(html, "→ <b>Athens</b> · <b>(missing)</b>");
  assert.match(html, "not sure: this program has a probability of 45.0%");
  const sure = programPage({ ...cities, probability: 0.5 });
  assert.match(sure, '<p class="verdict">probability 50.0%');
  assert.not.match(sure, "not sure");
  assert.match(programPage({ ...cities, answer: { items: [] } }), "→ <i>nothing: no row is selected");
  const { answer: _, ...unanswered } = cities;
  assert.match(programPage(unanswered), "→ <i>no answer: ");
});

pages("of a table with many rows and columns has the first, those of the answer, and counts of the others", () => {
  const header = Array.from({ length: 50 }, (_, i) => `c${i}`);
  const rows = Array.from({ length: 1234 }, (_, row) => header.map((_, i) => `${row}.${i}`));
  const steps = [{ operations: [0, 0, 1], columns: [1], selected: rows.map(() => 1) }];
  const answer = { items: ["0.40"], printed: { column: 40, rows: [0, 30, 1000] } };
  const drawn: ProgramDrawing = { ...cities, columns: [40], table: { header, rows }, steps, answer };
  const html = programPage(drawn);
  const shown = programIn(html);
  assert.is(shown.rows.length, 30);
  assert.equal(shown.header, [...header.slice(0, 20), "c401"]);
  assert.equal(shown.rows[0]!.printed, [20]);
  assert.match(html, "… and 1,204 more rows, 2 of them printed, and 29 more columns");
  assert.ok(html.length < 100_000, `${html.length}`);
  const many = { items: Array.from({ length: 1000 }, (_, i) => `${i}`) };
  assert.match(programPage({ ...drawn, answer: many }), "· <b>11</b> … and 988 more");
  const three = { ...cities.table, rows: cities.table.rows.concat(Array.from({ length: 28 }, () => ["a", "1"])) };
  const one = programPage({ ...cities, table: three, steps: [cities.steps[0]!] });
  assert.match(one, "… and 1 more row<");
});

pages("needs nothing from anywhere, no script either, and is well-formed", () => {
  const html = programPage(cities, { facts: { file: "x" } });
  assert.equal(requestsOf(html), []);
  assert.equal(faultsOf(html), []);
  assert.not.match(html, "<script");
  assert.not.match(html, /NaN|undefined/);
  assert.match(html, /Content-Security-Policy" content="default-src 'none';/);
});

pages("shows hostile text as text", () => {
  const hostile = `</script><script>alert(1)</script>"'&<img src=x onerror=alert(1)>\u202e`;
  const html = programPage(
    {
      ...cities,
      question: [{ text: hostile, role: "column" }],
      read: hostile,
      operations: [hostile, hostile, hostile],
      pivots: [hostile, hostile, hostile],
      table: { header: [hostile, hostile], rows: cities.table.rows.map(() => [hostile, hostile]) },
      answer: { ...cities.answer!, items: [hostile] },
    },
    { task: hostile, source: hostile, facts: { [hostile]: hostile } },
  );
  assert.equal(faultsOf(html), []);
  assert.not.match(html, /<script|<img/);
  assert.not.ok(html.includes("\u202e"), "a character that turns text around");
});

const [first, second, third] = cities.steps as [
  ProgramDrawing["steps"][0],
  ProgramDrawing["steps"][0],
  ProgramDrawing["steps"][0],
];
const unfit: readonly (readonly [what: string, program: object, message: RegExp])[] = [
  [
    "operations that are no names",
    { operations: [1, 2, 3] },
    /operations are an array, and must be an array of strings/,
  ],
  ["a word with another role", { question: [{ text: "a", role: "verb" }] }, /a word is "a", "verb", and must be/],
  ["a pivot that is no number", { pivots: [NaN, 1, 2] }, /a pivot is NaN, and must be a number or a string/],
  ["a ragged table", { table: { header: ["a", "b"], rows: [["1"]] } }, /rows have a row of 1, and must be \(1, 2\)/],
  [
    "cells that are no texts",
    { table: { header: ["a", "b"], rows: [[1, 2]] } },
    /cells of a row are an array, and must be/,
  ],
  ["columns that are not there", { columns: [0, 2] }, /columns have 2, and must have indices of 2, or −1/],
  [
    "a printed column that is not there",
    { answer: { items: [], printed: { column: -1, rows: [] } } },
    /the printed column is -1/,
  ],
  [
    "printed rows that are not there",
    { answer: { items: [], printed: { column: 0, rows: [3] } } },
    /printed rows have 3/,
  ],
  ["no steps", { steps: [] }, /there are 0 steps and 3 operations/],
  ["65 steps", { steps: Array.from({ length: 65 }, () => third) }, /there are 65 steps, and a page can draw 64/],
  [
    "more than a page can draw",
    { columns: Array.from({ length: 4000 }, () => -1) },
    /there are 12,018 probabilities, and a page can draw 10,000/,
  ],
  [
    "too few probabilities",
    { steps: [first, { ...second, columns: [1] }] },
    /columns of step 2 are 1 numbers, and must be 2/,
  ],
  ["no probabilities", { steps: [{ columns: [0, 1] }] }, /operations of step 1 are none, and must be 3/],
  [
    "rows that are not there",
    { steps: [{ ...third, selected: [1] }] },
    /selected of step 1 are 1 numbers, and must be 3/,
  ],
  [
    "a probability above 1",
    { steps: [{ ...third, columns: [1.5, 0] }] },
    /one of the columns of step 1 is 1\.5, and must be from 0 to 1/,
  ],
  ["a probability that is none", { probability: NaN }, /the probability is NaN, and must be from 0 to 1/],
];
for (const [what, part, message] of unfit) {
  pages(`refuses ${what}`, () =>
    assert.match(thrownBy(() => programPage({ ...cities, ...part } as never)).message, message),
  );
}
pages.run();
