/** What questions mean, word by word, and which are refused. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { QuestionError, questionTable, readQuestion, type Condition, type Reading } from "../../bindings/questions.js";
import { digitsOf, trimmed } from "../../bindings/systems/neuralProgrammer/reader/decimal.js";
import { thrownBy } from "../support/thrown.js";

const towns = questionTable({
  header: ["Town", "Region", "People", "Area (km²)", "Founded", "HasPort", "Rank"],
  rows: [
    ["Oslo", "East", "709,037", "454", "1048-01-01", "1", "1"],
    ["Bergen", "West", "291,940", "465.3", "1070-05-06", "1", "2"],
    ["Hamar", "East", "32,861", "350.94", "1849-03-21", "0", "3"],
    ["Voss", "West", "n/a", "1805", "1838-01-01", "0", "4"],
  ],
});

/** A reading in short: conditions, the largest or smallest, what is made of it. */
function short({ conditions, joined, superlative, targets, isDifference }: Reading): string {
  const conditioned = (each: Condition): string => {
    if (each.kind === "compare") {
      const factor = digitsOf(each.factor);
      return `${each.column.name} ${each.relation} ${digitsOf(trimmed(each.value))}${factor === "1" ? "" : `/${factor}`}`;
    }
    const among = each.among.map((one) => (typeof one === "string" ? one : digitsOf(one)));
    return `${each.column.name} ${each.isNegated ? "not " : ""}in ${among.join("|")}`;
  };
  const made = targets.map(({ aggregate, column }) => `${aggregate}${column ? ` ${column.name}` : ""}`);
  return [
    conditions.map(conditioned).join(` ${joined} `),
    superlative ? `${superlative.word} ${superlative.column.name}` : "",
    made.join(isDifference ? " - " : ", "),
  ]
    .filter(Boolean)
    .join("; ");
}

const reading = suite("questions: reading");
const read: readonly (readonly [question: string, meaning: string])[] = [
  // What to do, and of what.
  ["how many rows?", "count"],
  ["How many towns are there?", "count"],
  ["count of towns in the East", "Region in east; count"],
  ["what is the total area", "sum Area (km²)"],
  ["average people of towns in West", "Region in west; mean People"],
  ["print town, region and area", "print Town, print Region, print Area (km²)"],
  ["what is Oslo's area?", "Town in oslo; print Area (km²)"],
  ["what's the area of “Bergen”", "Town in bergen; print Area (km²)"],
  ["sum of people minus sum of area", "sum People - sum Area (km²)"],
  ["total area minus number of towns", "sum Area (km²) - count"],
  // Comparisons and their opposites.
  ["how many towns have people above 30 thousand", "People greater 30000; count"],
  ["how many towns have more than 3e5 people", "People greater 300000; count"],
  ["how many towns have 1.5 million people or fewer", "People atMost 1500000; count"],
  ["how many towns have fewer than 14 hundred people", "People lesser 1400; count"],
  ["how many towns have at least 300k people", "People atLeast 300000; count"],
  ["how many towns do not exceed 5000 people", "People atMost 5000; count"],
  ["how many towns have no fewer than 5000 people", "People atLeast 5000; count"],
  ["how many towns are not above 5000 people", "People atMost 5000; count"],
  ["print town with people between 10,000 and 300,000", "People atLeast 10000 and People atMost 300000; print Town"],
  ["print town with people from 10,000 to 300,000", "People atLeast 10000 and People atMost 300000; print Town"],
  ["print town with people not between 5 and 7", "People lesser 5 or People greater 7; print Town"],
  ["how many towns with 3 or more people", "People atLeast 3; count"],
  ["how many towns with 300+ people", "People atLeast 300; count"],
  ["how many towns have more than two people", "People greater 2; count"],
  ["how many towns have area above 300 and below 460", "Area (km²) greater 300 and Area (km²) lesser 460; count"],
  ["how many towns with area != 454", "Area (km²) not in 454; count"],
  ["total area of all but Oslo", "Town not in oslo; sum Area (km²)"],
  ["area of Oslo", "Town in oslo; print Area (km²)"],
  ["towns with area below 400", "Area (km²) lesser 400; print Town"],
  ["how many towns have over a million people", "People greater 1000000; count"],
  ["how many towns have exactly 32,861 people", "People in 32861; count"],
  ["print town where rank is 2 or 3", "Rank in 2|3; print Town"],
  ["print town where rank is 3rd", "Rank in 3; print Town"],
  ["print town where rank is not 3", "Rank not in 3; print Town"],
  // Units.
  ["print town with area above 400 km²", "Area (km²) greater 400; print Town"],
  ["print town with area above 400 square kilometres", "Area (km²) greater 400; print Town"],
  ["print town with area above 40000 ha", "Area (km²) greater 400000000/1000000; print Town"],
  // Cells.
  ["how many towns are in East or West", "Region in east|west; count"],
  ["how many towns are not in the East", "Region not in east; count"],
  ["total area outside West", "Region not in west; sum Area (km²)"],
  ["print town except Oslo", "Town not in oslo; print Town"],
  ["print town with region East and area below 400", "Region in east and Area (km²) lesser 400; print Town"],
  ["print town in East or with area over 1000", "Region in east or Area (km²) greater 1000; print Town"],
  ['print town where region = "North"', "Region in north; print Town"],
  // The largest and the smallest, of the rows that meet conditions.
  ["which town has the most people", "maximum People; print Town"],
  ["which town in the East has the fewest people", "Region in east; minimum People; print Town"],
  ["what is the smallest area in West", "Region in west; minimum Area (km²); print Area (km²)"],
  ["largest area", "maximum Area (km²); print Area (km²)"],
  ["what is the area of the town with the most people", "maximum People; print Area (km²)"],
  // Yes and no.
  ["how many towns that has port", "HasPort in 1; count"],
  ["total people where has port is 0", "HasPort in 0; sum People"],
  // Days and years.
  ["how many towns after 1840", "Founded greater 18401231; count"],
  ["how many towns with founded since 1849-01-01", "Founded atLeast 18490101; count"],
  ["print town before 1100", "Founded lesser 11000101; print Town"],
  ["how many towns in 1849", "Founded atLeast 18490101 and Founded atMost 18491231; count"],
  ["which town has the earliest founded", "minimum Founded; print Town"],
];
for (const [question, meaning] of read) {
  reading(`"${question}" means ${meaning}`, () => assert.is(short(readQuestion(question, towns)), meaning));
}

const refused: readonly (readonly [question: string, words: readonly string[], message?: RegExp])[] = [
  ["", [], /does not say what to do/],
  ["people", [], /does not say what to do/],
  ["how many towns are in Sweden", ["Sweden"], /Not understood: "Sweden".*the columns "Town" \(text\)/],
  ["total people per region", ["per"]],
  ["total people by region", ["by"]],
  ["how many different regions", ["different"]],
  ["second largest area", ["second"]],
  ["largest 3 areas", ["largest"], /not of which column/],
  ["print 3 towns", ["3", "towns"]],
  ["how many pretty towns", ["pretty"]],
  ["sum of people and area", ["and", "area"]],
  ["how many towns have more people than Oslo", ["more"], /no number behind it/],
  ["how many towns have area above 30 miles", ["30 miles"], /nothing converts/],
  ["how many towns have people above 30 kg", ["30 kg"], /has no unit/],
  ["how many towns are in East and West", ["West"], /say "or"/],
  ["how many towns are in East West", ["West"], /cannot be "West" as well/],
  ["how many people", ["people"], /counted or added up/],
  ["list all", [], /which column to print/],
  ["count towns and sum area", ["count", "sum"], /two things at once/],
  ["how many towns above 3", ["Town"], /holds texts/],
  ["how many rows above 3", ["above 3"], /which column/],
  ["how many towns have region above 3", ["Region"], /holds texts/],
  ["sum of region", ["Region"], /has no sum/],
  ["sum of founded", ["Founded"], /holds days/],
  ["highest rank", ["highest"], /both ends/],
  ["how many towns with rank below 3", ["below"], /both ends/],
  ["how many towns older than 50", ["older than"]],
  ["which town is the oldest", ["oldest"]],
  ["is Oslo in the East", ["is"], /begins with/],
  ["who has the most people", ["who"], /not of which column/],
  ["which region has the largest area", ["Region"], /sums/],
  ["which town with the largest area is in the East", ["is"], /conditions first/],
  ["print town and area above 300", ["area"], /may be printed, or compared/],
  ["how many towns not in East and area above 3", ["not"], /may deny/],
  ["how many towns in East and with area above 3 or people below 5", ["and", "or"], /two ways/],
  ["print town with people between 7 and 5", ["7", "5"], /the smaller comes first/],
  ["print town with people between 7", ["between"], /which two numbers/],
  ["how many towns 5", ["5"]],
  ["how many towns without people", ["without", "people"]],
  ["print town in the North", ["North"]],
];
for (const [question, words, message] of refused) {
  reading(`"${question}" is refused, naming ${words.join(", ") || "what is missing"}`, () => {
    const error = thrownBy(() => readQuestion(question, towns));
    assert.instance(error, QuestionError);
    assert.equal((error as QuestionError).words, words);
    if (message) assert.match(error.message, message);
  });
}

reading("a guess leaves out words that are not understood, and says which", () => {
  const { left, ...rest } = readQuestion("how many lovely towns are in the East today", towns, { guess: true });
  assert.equal(left, ["lovely", "today"]);
  assert.is(short({ left, ...rest }), "Region in east; count");
  assert.instance(
    thrownBy(() => readQuestion("hello", towns, { guess: true })),
    QuestionError,
  );
});

reading("every word is said with what it was taken for", () => {
  const { words } = readQuestion("How many TOWNS, in all, have people over 1 million?", towns);
  assert.equal(words, [
    { text: "How many", role: "word" },
    { text: "TOWNS,", role: "column" },
    { text: "in", role: "ignored" },
    { text: "all,", role: "ignored" },
    { text: "have", role: "ignored" },
    { text: "people", role: "column" },
    { text: "over", role: "word" },
    { text: "1 million?", role: "number" },
  ]);
});

reading("a cell in two columns belongs to the one that is named", () => {
  const flights = questionTable({
    header: ["Origin", "Goal", "Hours"],
    rows: [
      ["Paris", "Rome", "2"],
      ["Rome", "Paris", "3"],
    ],
  });
  assert.is(short(readQuestion("sum of hours where goal is Paris", flights)), "Goal in paris; sum Hours");
  assert.match(
    thrownBy(() => readQuestion("sum of hours of Paris", flights)).message,
    /columns "Origin" and "Goal": name one/,
  );
  assert.match(thrownBy(() => readQuestion("sum of hours from Paris", flights)).message, /columns "Origin" and "Goal"/);
});

reading("cells that are words of questions are cells only behind their column's name", () => {
  const sizes = questionTable({
    header: ["Item", "Size"],
    rows: [
      ["a", "more"],
      ["in", "less"],
      ["b", "large"],
    ],
  });
  assert.is(short(readQuestion("how many rows have size more", sizes)), "Size in more; count");
  assert.is(short(readQuestion("print size where item is a", sizes)), "Item in a; print Size");
  assert.match(thrownBy(() => readQuestion("how many rows are more", sizes)).message, /no number behind it/);
});

reading("accents composed or not, curly quotes, capitals and camel case are the same", () => {
  const table = questionTable({
    header: ["FileName", "nb_octets"],
    rows: [
      ["E\u0301te\u0301", "3"],
      ["d’été", "4"],
    ],
  });
  assert.is(short(readQuestion("print nb octets of ÉTÉ", table)), "FileName in été; print nb_octets");
  assert.is(short(readQuestion("print file name where nb_octets is 4", table)), "nb_octets in 4; print FileName");
  assert.is(short(readQuestion("sum of nb octets of d'été", table)), "FileName in d'été; sum nb_octets");
});
reading("cells in their own capitals are cells, and not words that join others", () => {
  const states = questionTable({
    header: ["City", "State"],
    rows: [
      ["Salem", "OR"],
      ["Gary", "IN"],
      ["Bangor", "ME"],
    ],
  });
  assert.is(short(readQuestion("how many cities are in OR", states)), "State in or; count");
  assert.is(short(readQuestion("how many cities in IN or ME", states)), "State in in|me; count");
  assert.match(thrownBy(() => readQuestion("how many cities are in or", states)).message, /Not understood: "or"/);
  assert.match(thrownBy(() => readQuestion("how many cities are in in", states)).message, /twice in a row/);
});

reading("a number with a scale is not compared with numbers whose scale a column's name says, or may say", () => {
  const sizes = questionTable({
    header: ["Firm", "Revenue (millions)", "Debt"],
    rows: [
      ["A", "12.5", "3 m"],
      ["B", "99", "4 m"],
    ],
  });
  assert.is(
    short(readQuestion("how many firms have revenue above 13 million", sizes)),
    "Revenue (millions) greater 13000000/1000000; count",
  );
  for (const question of ["revenue above 13", "debt above 3 million", "revenue between 20 and 60 million"]) {
    assert.instance(
      thrownBy(() => readQuestion(`how many firms have ${question}`, sizes)),
      QuestionError,
    );
  }
});

reading("a number below one and without a unit is not compared with percent", () => {
  const towns = questionTable({
    header: ["Town", "Share"],
    rows: [
      ["Rome", "45%"],
      ["Kiel", "0.5%"],
    ],
  });
  for (const [bound, read] of [
    ["0.1%", "0.1"],
    ["0.1 percent", "0.1"],
    ["10", "10"],
    ["0", "0"],
  ] as const) {
    assert.is(short(readQuestion(`how many towns have a share above ${bound}`, towns)), `Share greater ${read}; count`);
  }
  for (const question of ["share above 0.1", "share between 0.1 and 20", "share below .07"]) {
    const error = thrownBy(() => readQuestion(`how many towns have a ${question}`, towns));
    assert.instance(error, QuestionError);
    assert.match(error.message, /may be 0\.\d+% or \d+%, since "Share" is in percent: write 0\.\d+% or \d+%/);
  }
});

reading("a year behind a number's column is a year", () => {
  const visits = questionTable({
    header: ["Day", "Visits"],
    rows: [
      ["2023-01-02", "2023"],
      ["2024-05-06", "7"],
    ],
  });
  assert.is(
    short(readQuestion("total visits in 2023", visits)),
    "Day atLeast 20230101 and Day atMost 20231231; sum Visits",
  );
  assert.is(short(readQuestion("total visits after 2023", visits)), "Day greater 20231231; sum Visits");
  assert.is(short(readQuestion("total visits on 2024-05-06", visits)), "Day in 20240506; sum Visits");
  const unclear = ["total visits between 2022 and 2024", "total visits above 2022", "sum of visits of 2022 or more"];
  for (const question of unclear)
    assert.instance(
      thrownBy(() => readQuestion(question, visits)),
      QuestionError,
      question,
    );
  assert.is(short(readQuestion("total visits where visits is above 2022", visits)), "Visits greater 2022; sum Visits");
});
reading.run();
