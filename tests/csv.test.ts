/** Files of tables that people have: delimiters, line ends, encodings. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseTable } from "../cli/csv.js";
import { decodeText } from "../cli/encoding.js";
import { FileError } from "../cli/errors.js";
import { thrownBy } from "./support/thrown.js";

const csv = suite("csv");
const refused = (text: string): string => {
  const error = thrownBy(() => parseTable(text, "x.csv"));
  assert.instance(error, FileError);
  return error.message;
};
const names = (text: string): readonly string[] => parseTable(text, "x.csv").header;

csv("a header and rows of texts, as they are written", () => {
  const table = parseTable('city,area\nRome, 1285 km \n"Frankfurt, Main",\n\n', "x.csv");
  assert.equal(table, {
    header: ["city", "area"],
    rows: [
      ["Rome", "1285 km"],
      ["Frankfurt, Main", ""],
    ],
    delimiter: ",",
  });
});

csv("the delimiter is what there is most of in the first line, of equals the comma, then the semicolon", () => {
  assert.equal(names("a,b;c,d\n1,2,3\n"), ["a", "b;c", "d"]);
  assert.equal(names("a;b,c;d\n1;2;3\n"), ["a", "b,c", "d"]);
  assert.equal(names("a\tb\tc,d\r\n1\t2\t3\r\n"), ["a", "b", "c,d"]);
  assert.equal(names("a|b|c\n1|2|3\n"), ["a", "b", "c"]);
  assert.equal(names("a,b;c\n1,2\n"), ["a", "b;c"]);
  assert.equal(names("a;b\tc\n1;2\n"), ["a", "b\tc"]);
  assert.equal(names("one\n1;2;3\n"), ["one"]);
  assert.equal(names("\ufeffa,,b\n1,2,3\n\n"), ["a", "column 2", "b"]);
});

csv("delimiters inside quotes are none, and of equals the one that makes a table counts", () => {
  assert.equal(names('"Town, Region, State"|Size\n"A, B, C"|4\n'), ["Town, Region, State", "Size"]);
  assert.equal(names('"say ""hi, you, two"""\tn\nx\t1\n'), ['say "hi, you, two"', "n"]);
  assert.equal(names("Price, EUR;Size, cm;n\n1,5;2;3\n"), ["Price, EUR", "Size, cm", "n"]);
});

csv("a first line may say the delimiter", () => {
  assert.equal(parseTable("sep=|\r\na|b,c\r\n1|2\r\n", "x.csv").header, ["a", "b,c"]);
  assert.equal(parseTable("SEP=\t\na\tb\n1\t2\n", "x.csv").header, ["a", "b"]);
  assert.equal(parseTable("\ufeffsep=;\na,b;c\n1;2\n", "x.csv").delimiter, ";");
  assert.equal(names("sep=,x\n1,2\n"), ["sep=", "x"]);
});

csv("lines end in CR, LF or both", () => {
  for (const end of ["\r", "\n", "\r\n"]) {
    assert.equal(parseTable(["a,b", "1,2", "3,4", ""].join(end), "x.csv").rows, [
      ["1", "2"],
      ["3", "4"],
    ]);
  }
});

csv("UTF-8, UTF-16 of both byte orders with and without a mark, and Windows-1252", () => {
  const text = "Straße,Größe\nÉtoile,5\nŁódź,7\n";
  const little = Buffer.from(text, "utf16le");
  const big = Buffer.from(text, "utf16le").swap16();
  const marked = (mark: readonly number[], bytes: Buffer): Buffer => Buffer.concat([Buffer.from(mark), bytes]);
  for (const bytes of [
    Buffer.from(text),
    marked([0xef, 0xbb, 0xbf], Buffer.from(text)),
    little,
    big,
    marked([0xff, 0xfe], little),
    marked([0xfe, 0xff], big),
  ]) {
    assert.is(decodeText(bytes), text);
  }
  assert.is(decodeText(Uint8Array.of(0x80, 0x20, 0xdc, 0x62, 0x65, 0x72, 0x2c, 0xe9)), "€ Über,é");
  assert.is(decodeText(new Uint8Array()), "");
});

csv("what is no table is refused", () => {
  assert.match(refused(""), /x\.csv is empty/);
  assert.match(refused("\n\n"), /x\.csv is empty/);
  assert.match(refused("a,b\n"), /has names of columns, and no rows/);
  assert.match(refused("a,b,a\n1,2,3\n"), /has two columns "a": rename one of them/);
  assert.match(refused("Name,b,nAME\n1,2,3\n"), /has two columns "nAME": rename one of them/);
  assert.match(refused("caf\u00e9,cafe\u0301\n1,2\n"), /has two columns/);
  assert.match(refused("column 2,,\n1,2,3\n"), /has two columns "column 2"/);
  assert.match(refused("a,b\n1,2\n1\n"), /line 3 has not as many cells/);
  assert.match(refused("a,b\n1,2,3\n"), /line 2 has not as many cells/);
  assert.match(refused('a,b\n"1,2\n'), /x\.csv is no table/);
});
csv.run();
