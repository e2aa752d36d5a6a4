/** Cells as they come: numbers of every writing, units, days, codes, and columns that tell their decimal mark. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  QuestionError,
  questionTable,
  type QuestionColumn,
  type QuestionTableOptions,
} from "../../bindings/questions.js";
import {
  compare,
  decimalOf,
  digitsOf,
  dividedBy,
  numberOf,
  plus,
} from "../../bindings/systems/neuralProgrammer/reader/decimal.js";
import { convert } from "../../bindings/systems/neuralProgrammer/reader/units.js";
import { thrownBy } from "../support/thrown.js";

const column = (cells: readonly string[], options: QuestionTableOptions = {}, name = "x"): QuestionColumn =>
  questionTable({ header: [name], rows: cells.map((cell) => [cell]) }, options).columns[0]!;
const numbers = ({ values }: QuestionColumn): (string | undefined)[] | undefined =>
  values?.map((value) => value && digitsOf(value));

const cells = suite("questions: cells");
const readable: readonly (readonly [
  cells: readonly string[],
  numbers: readonly (string | undefined)[],
  unit?: string,
])[] = [
  [
    ["1,234.5", "-12", "+3", "−0.5", ".5"],
    ["1234.5", "-12", "3", "-0.5", "0.5"],
  ],
  [["$ 1,000", "-$3.20", "$-4", "($5.00)"], ["1000", "-3.20", "-4", "-5.00"], "$"],
  [
    ["(30.00)", "12.50", "30.00-", "7"],
    ["-30.00", "12.50", "-30.00", "7"],
  ],
  [["12%", "7 %"], ["12", "7"], "%"],
  [["1 234 567 km", "3 km"], ["1234567", "3"], "km"],
  [
    ["1\u202f234,5", "2,25"],
    ["1234.5", "2.25"],
  ],
  [
    ["1'234.50", "9"],
    ["1234.50", "9"],
  ],
  [
    ["1e3", "2.5E-2"],
    ["1000", "0.025"],
  ],
  [
    ["12k", "3k"],
    ["12000", "3000"],
  ],
  [["3.2 million", "1 million km"].slice(0, 1), ["3200000.0"]],
  [["EUR 3", "€4", "5 €"], ["3", "4", "5"], "EUR"],
  [["5 km", "n/a", "7 kilometres"], ["5", undefined, "7"], "km"],
  [
    ["208310224003697457", "208310224003697685"],
    ["208310224003697457", "208310224003697685"],
  ],
  [
    ["1e300", "1"],
    [`1${"0".repeat(300)}`, "1"],
  ],
];
for (const [texts, wanted, unit] of readable) {
  cells(`${texts.join(" | ")} are numbers`, () => {
    const read = column(texts, { decimal: texts.some((text) => /,\d\d?$|,\d$/.test(text)) ? "comma" : "point" });
    assert.equal(numbers(read), wanted);
    assert.is(read.unit, unit);
  });
}
const unreadable: readonly (readonly [cells: readonly string[], problem: RegExp])[] = [
  [["1 km", "2 mi"], /mixes units, "1 km" and "2 mi"/],
  [["€3", "$4"], /mixes units/],
  [["3.2 km", "800 m"], /mixes units/],
  [["3", "4 km"], /mixes units/],
  [["1", "two"], /has "two" in row 2, which is no number/],
  [["1", "1.2.3"], /"1\.2\.3" in row 2/],
  [["01002", "94110"], /codes, such as "01002"/],
  [["Q2", "Q3"], /"Q2" in row 1/],
  [["12A", "13A"], /"12A" in row 1/],
  [["Route 66", "Route 1"], /"Route 66"/],
  [["3 M", "4 M"], /may be a unit or multiply/],
  [["12:30", "13:00"], /no number/],
  [["1-2", "3-4"], /no number/],
  [["12,34,567", "1"], /no number/],
  [["(3", "4"], /no number/],
  [["n/a", "?"], /no cell that is there/],
  [["2014-02-30", "2014-02-28"], /"2014-02-30"/],
];
for (const [texts, problem] of unreadable) {
  cells(`${texts.join(" | ")} are texts, and why`, () => {
    const read = column(texts);
    assert.is(read.kind, "text");
    assert.is(read.values, undefined);
    assert.match(read.problem!, problem);
  });
}

cells("a column's own cells tell its decimal mark", () => {
  const told: readonly (readonly [cells: readonly string[], numbers: readonly string[]])[] = [
    [
      ["1.000,50", "2.000"],
      ["1000.50", "2000"],
    ],
    [
      ["1,000.50", "2,000"],
      ["1000.50", "2000"],
    ],
    [
      ["0,250", "1,500"],
      ["0.250", "1.500"],
    ],
    [
      ["0.250", "1.500"],
      ["0.250", "1.500"],
    ],
    [
      ["1.234.567", "1.000"],
      ["1234567", "1000"],
    ],
    [
      ["3,645,000", "763,000"],
      ["3645000", "763000"],
    ],
    [
      ["1234.567", "1.234"],
      ["1234.567", "1.234"],
    ],
    [
      ["7", "1,5"],
      ["7", "1.5"],
    ],
  ];
  for (const [texts, wanted] of told) assert.equal(numbers(column(texts)), wanted, texts.join(" | "));
});

cells("where nothing tells the mark, only questions about numbers of the column are refused", () => {
  const read = column(["1.000", "2.500"]);
  assert.match(read.problem!, /"1\.000", and nothing tells whether .* --decimal point or --decimal comma/);
  assert.equal(numbers(column(["1.000", "2.500"], { decimal: "point" })), ["1.000", "2.500"]);
  assert.equal(numbers(column(["1.000", "2.500"], { decimal: "comma" })), ["1000", "2500"]);
  assert.match(column(["1,000", "2,500"]).problem!, /nothing tells/);
  // Between commas, a comma inside a cell is no decimal one.
  assert.equal(numbers(column(["1,000", "2,500"], { delimiter: "," })), ["1000", "2500"]);
  assert.match(column(["1,5", "2"], { decimal: "point" }).problem!, /no number with a decimal point/);
});

cells("other columns tell the mark of one that does not, if they agree", () => {
  const table = (second: string) =>
    questionTable({
      header: ["a", "b", "c"],
      rows: [
        ["1.000", second, "3"],
        ["2.000", second, "4"],
      ],
    }).columns[0]!;
  assert.equal(numbers(table("0,5")), ["1000", "2000"]);
  assert.equal(numbers(table("0.5")), ["1.000", "2.000"]);
  assert.is(table("x").values, undefined);
  const both = questionTable({ header: ["a", "b", "c"], rows: [["1.000", "0,5", "0.5"]] });
  assert.is(both.columns[0]!.values, undefined);
  assert.is(both.mark, undefined);
});

cells("a bad cell spoils its column alone", () => {
  const { columns } = questionTable({
    header: ["a", "b"],
    rows: [
      ["1", "2"],
      ["oops", "3"],
    ],
  });
  assert.equal(
    columns.map(({ kind }) => kind),
    ["text", "number"],
  );
  assert.equal(columns[0]!.keys, ["1", "oops"]);
});

cells("days, yes and no, names and units in the header", () => {
  const days = column(["2014-01-31", "", "2016/2/29"]);
  assert.equal([days.kind, numbers(days)], ["date", ["20140131", undefined, "20160229"]]);
  assert.is(column(["2015-02-29", "2014-01-01"]).kind, "text");
  assert.is(column(["1", "0", ""]).yes, "1");
  assert.is(column(["1", "2"]).yes, undefined);
  assert.is(column(["Yes", "no"]).yes, "yes");
  assert.is(column(["TRUE", "FALSE"]).yes, "true");
  assert.is(column(["yes", "maybe"]).yes, undefined);
  assert.is(column(["5"], {}, "Area (km²)").unit, "km²");
  assert.ok(column(["5"], {}, "Share %").names.includes("share"));
  assert.ok(column(["5"], {}, "unitPrice").names.includes("unit prices"));
  assert.equal(column(["5"], {}, "PassengerId").rowNames.slice(0, 2), ["passenger", "passengers"]);
});

cells("what is no table is refused", () => {
  const wrong: readonly (readonly [header: string[], rows: string[][], message: RegExp])[] = [
    [["a"], [], /no rows/],
    [["a", "b"], [["1"]], /Row 1 of the table has 1 cells, and its header 2/],
    [["a", " A "], [["1", "2"]], /two columns "A"/],
    [["caf\u00e9", "cafe\u0301"], [["1", "2"]], /two columns/],
  ];
  for (const [header, rows, message] of wrong) {
    const error = thrownBy(() => questionTable({ header, rows }));
    assert.instance(error, QuestionError);
    assert.match(error.message, message);
  }
});

cells("decimals are exact, and quotients round to the last of twelve more digits", () => {
  const of = (text: string) => decimalOf(text)!;
  assert.is(digitsOf(plus(of("0.1"), of("0.20"))), "0.30");
  assert.is(digitsOf(plus(of("100000000000000000000.01"), of("-0.02"))), "99999999999999999999.99");
  assert.is(compare(of("9007199254740993"), of("9007199254740992")), 1);
  assert.is(compare(of("1.50"), of("1.5")), 0);
  assert.is(compare(of("-2"), of("1e-3")), -1);
  assert.is(digitsOf(dividedBy(of("1"), 3)), "0.333333333333");
  assert.is(digitsOf(dividedBy(of("-2"), 3)), "-0.666666666667");
  assert.is(digitsOf(dividedBy(of("10.0"), 4)), "2.5");
  assert.is(numberOf(of("-0.05")), -0.05);
  assert.is(decimalOf("1e999"), undefined);
  assert.is(decimalOf("."), undefined);
});

cells("units convert within a family, and not beyond", () => {
  const factor = (from: string, to: string): string | undefined => {
    const converted = convert(decimalOf("3")!, from, to);
    return converted && `${digitsOf(converted.value)}/${digitsOf(converted.cells)}`;
  };
  assert.is(factor("km", "m"), "3000000/1000");
  assert.is(factor("metres", "km"), "3000/1000000");
  assert.is(factor("ft", "yd"), "36/36");
  assert.is(factor("stars", "Stars"), "3/1");
  for (const [from, to] of [
    ["mi", "km²"],
    ["mi", "km"],
    ["kg", "km"],
    ["€", "$"],
    ["%", "km"],
  ] as const)
    assert.is(factor(from, to), undefined);
});
cells.run();
