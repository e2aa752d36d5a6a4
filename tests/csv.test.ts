/** Tables that people have as files. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { columnsInWords, parseTable, quantityOf } from "../cli/csv.js";
import { thrownBy } from "./support/thrown.js";

const csv = suite("csv");
const refused = (text: string): string => thrownBy(() => parseTable(text, "x.csv")).message;

csv("columns are numbers, or texts", () => {
  const table = parseTable("city,people,area\nRome,2.8,1285 km\nOslo,,454 km\n", "x.csv");
  assert.is(table.rows, 2);
  assert.equal(table.columns[0], { name: "city", texts: ["Rome", "Oslo"] });
  assert.equal(table.columns[1], { name: "people", texts: ["2.8", ""], numbers: [2.8, NaN] });
  assert.equal(table.columns[2], { name: "area", texts: ["1285 km", "454 km"], numbers: [1285, 454], unit: "km" });
  assert.is(columnsInWords(table), '"city" (text), "people", "area"');
});

csv("the delimiter is what there is most of in the first line, of equals the comma, then the semicolon", () => {
  const names = (text: string): string[] => parseTable(text, "x.csv").columns.map(({ name }) => name);
  assert.equal(names("a,b;c,d\n1,2,3\n"), ["a", "b;c", "d"]);
  assert.equal(names("a;b,c;d\n1;2;3\n"), ["a", "b,c", "d"]);
  assert.equal(names("a\tb\tc,d\r\n1\t2\t3\r\n"), ["a", "b", "c,d"]);
  assert.equal(names("a,b;c\n1,2\n"), ["a", "b;c"]);
  assert.equal(names("a;b\tc\n1;2\n"), ["a", "b\tc"]);
  assert.equal(names("a,b\tc\n1,2\n"), ["a", "b\tc"]);
  assert.equal(names("one\n1;2;3\n"), ["one"]);
  assert.equal(names("\ufeffa,,b\n1,2,3\n\n"), ["a", "column 2", "b"]);
});

csv("a column of two units, or with a text in it, is text", () => {
  const numbersOf = (...cells: string[]): readonly number[] | undefined =>
    parseTable(`a|b\n${cells.join("\n")}\n`, "x.csv").columns[0]!.numbers;
  assert.equal(numbersOf("1 km", "2 km"), [1, 2]);
  assert.is(numbersOf("1 km", "2 mi"), undefined);
  assert.is(numbersOf("1", "2 km"), undefined);
  assert.is(numbersOf("1", "two"), undefined);
  assert.is(numbersOf("n/a", "?"), undefined, "nothing is known of it");
  assert.equal(numbersOf("n/a", "3", "–", "unknown", "NaN"), [NaN, 3, NaN, NaN, NaN]);
});

csv("a quantity is a number, with what stands around it", () => {
  for (const [text, value, unit] of [
    ["7", 7, ""],
    ["-7.5", -7.5, ""],
    ["−7", -7, ""],
    ["+7", 7, ""],
    [".5", 0.5, ""],
    ["1e3", 1000, ""],
    ["1,234.5 km", 1234.5, "km"],
    ["1'234", 1234, ""],
    ["1 234 567", 1_234_567, ""],
    ["$3", 3, "$"],
    ["-$3", -3, "$"],
    ["$-3", -3, "$"],
    ["12%", 12, "%"],
  ] as const) {
    assert.equal(quantityOf(text), { value, unit }, text);
  }
  for (const text of [
    "",
    "km",
    "1,23",
    "12,34,567",
    "1.2.3",
    "3:4",
    "1,",
    "no. 3",
    "2014-01-02",
    "1 and then some",
    "1-2",
  ]) {
    assert.is(quantityOf(text), undefined, text);
  }
});

csv("what is no table is refused", () => {
  assert.match(refused(""), /x\.csv is empty/);
  assert.match(refused("a,b\n"), /has names of columns, and no rows/);
  assert.match(refused("a,b,a\n1,2,3\n"), /has two columns "a": rename one of them/);
  assert.match(refused("Name,b,nAME\n1,2,3\n"), /has two columns "nAME": rename one of them/);
  assert.match(refused("a,b\n1,2\n1\n"), /line 3 has not as many cells/);
  assert.match(refused("a,b\n1,2,3\n"), /line 2 has not as many cells/);
  assert.match(refused('a,b\n"1,2\n'), /x\.csv is no table/);
  assert.match(refused("a\n1\n4e38\n"), /column "a" has 4e38 in row 2, which is more than single precision holds/);
});
csv.run();
