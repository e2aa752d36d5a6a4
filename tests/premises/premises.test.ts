import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dataFile, dataFolder } from "../../reproduce/data.js";
import { Counts } from "../../reproduce/premises/counts.js";
import { judgePremises } from "../../reproduce/premises/judgePremises.js";
import { Neighbours } from "../../reproduce/premises/neighbours.js";
import { PremiseError, readFormulas, readProblems } from "../../reproduce/premises/readPremises.js";
import { symbolsOf, TokenNumbers } from "../../reproduce/premises/tokens.js";
import { array } from "../support/array.js";
import { close } from "../support/close.js";
import { thrownBy } from "../support/thrown.js";
import { smallPremises } from "./smallPremises.js";

const near = (actual: readonly number[], expected: readonly number[]): void =>
  close(array([actual.length], actual), array([expected.length], expected), { rtol: 1e-12, atol: 1e-14 });

const reading = suite("premises: reading");

reading("formulas are tokens, a line each", () => {
  assert.equal(readFormulas("* cr1 c7\n* *  c= c1 c2\n"), [
    ["*", "cr1", "c7"],
    ["*", "*", "c=", "c1", "c2"],
  ]);
  assert.equal(readFormulas(""), []);
});

reading("problems are numbers of formulas", () => {
  const text = '{"name":"t1","conjecture":2,"needed":[0],"unneeded":[1],"m2k":false}\n';
  assert.equal(readProblems(text, 3), [{ name: "t1", conjecture: 2, needed: [0], unneeded: [1] }]);
});

for (const [what, read, line, wanted] of [
  ["an empty formula", () => readFormulas("c1\n\nc2\n"), 2, /there is no formula/],
  ["what is cut off", () => readProblems('{"name":"t1","conj', 3), 1, /JSON/],
  ["no object", () => readProblems("7\n", 3), 1, /it is 7, and must be an object/],
  ["nothing", () => readProblems("null\n", 3), 1, /it is null, and must be an object/],
  ["no name", () => readProblems('{"conjecture":0,"needed":[],"unneeded":[]}', 3), 1, /the name is undefined/],
  [
    "no list",
    () => readProblems('{"name":"t","conjecture":0,"needed":1,"unneeded":[]}', 3),
    1,
    /needed is 1, and must/,
  ],
  [
    "a formula that is not there",
    () => readProblems('{"name":"t","conjecture":3,"needed":[],"unneeded":[]}', 3),
    1,
    /3 is none of the 3/,
  ],
  ["a half", () => readProblems('{"name":"t","conjecture":0,"needed":[0.5],"unneeded":[]}', 3), 1, /0.5 is none/],
] as const) {
  reading(`${what} is refused, and the message says where`, () => {
    const error = thrownBy(read);
    assert.instance(error, PremiseError);
    assert.is((error as PremiseError).line, line);
    assert.match((error as PremiseError).message, wanted);
  });
}

reading("symbols are what is left without application, binding and what joins", () => {
  assert.equal(symbolsOf("* ! / b0 * * c=> * cv1 b0 * * c= ck2 b12".split(" ")), ["cv1", "c=", "ck2"]);
  assert.equal(symbolsOf(["b", "bx1", "c~", "?"]), ["b", "bx1", "c~", "?"]);
});

reading("rare symbols share the number of their kind, and what is of no kind that was seen has one, too", () => {
  const numbers = new TokenNumbers([["cr1", "ck1"], ["cr1", "ck2"], ["cr1"]], 2);
  const [one] = numbers.of(["cr1"], 4);
  const [rare, other, unknown, unseen] = numbers.of(["ck1", "ck2", "ck3", "zz"], 4);
  assert.is(numbers.size, 3);
  assert.is(rare, other);
  assert.is(rare, unknown);
  assert.is(new Set([one, rare, unseen]).size, 3);
});

reading("of a formula that is too long the begin and the end are read", () => {
  const symbols = ["a", "b", "c", "d", "e", "f"];
  const numbers = new TokenNumbers([symbols], 1);
  assert.equal([...numbers.of(symbols, 4)], [...numbers.of(["a", "b", "e", "f"], 4)]);
  assert.equal([...numbers.of(symbols, 3)], [...numbers.of(["a", "e", "f"], 3)]);
  assert.is(numbers.of(symbols, 6).length, 6);
});

reading.run();

const baselines = suite("premises: baselines");
const problem = (conjecture: number, needed: number[], unneeded: number[]) => ({
  name: "t",
  conjecture,
  needed,
  unneeded,
});

baselines("counts are logarithms of how often, and a problem is left out where it is learned from", () => {
  const counts = new Counts([problem(0, [5], [6]), problem(1, [5], [6]), problem(2, [6], [5])]);
  near([counts.score(5), counts.score(6), counts.score(7)], [Math.log(3 / 2), Math.log(2 / 3), 0]);
  assert.is(counts.of(5), 3);
  near(counts.features(5), [Math.log(3 / 2), Math.log(4)]);
  const others = new Counts([problem(1, [5], [6]), problem(2, [6], [5])]);
  assert.equal(counts.features(5, true), others.features(5));
  assert.equal(counts.features(6, false), others.features(6));
});

baselines("the nearest conjectures say what is needed", () => {
  const symbols = [["p", "q"], ["r", "s"], ["p", "q", "x"], ["r"], ["fact"], ["z"]];
  const options = { symbols, problems: [problem(0, [4], []), problem(1, [], [4])] };
  const nearest = new Neighbours({ ...options, neighbours: 1 });
  assert.equal(nearest.scores(2, [4, 5]), [1, 0]);
  assert.equal(nearest.scores(3, [4]), [-1]);
  // Nobody is near: nothing is said.
  assert.equal(nearest.scores(5, [4]), [0]);
});

baselines("nearness is the cosine of what is rare", () => {
  const symbols = [["p", "q"], ["p", "r"], ["s"], ["p", "q", "q"]];
  const problems = [problem(0, [2], []), problem(1, [], [2]), problem(2, [], [])];
  const [score] = new Neighbours({ symbols, problems, neighbours: 2 }).scores(3, [2]);
  const [p, q] = [Math.log(3 / 2), Math.log(3)];
  const other = (p * p) / (p * p + q * q); // cosine to the second problem, whose r is as rare as q
  near([score!], [(1 - other) / (1 + other)]);
});

baselines("votes are sums of powers of nearness, without those of the problem itself", () => {
  const symbols = [["p", "q"], ["p", "r"], ["fact"], ["p", "q"], ["s"]];
  const problems = [problem(0, [2], []), problem(1, [], [2]), problem(4, [], [])];
  const neighbours = new Neighbours({ symbols, problems, neighbours: 1 });
  const [p, q] = [Math.log(3 / 2), Math.log(3)];
  const other = (p * p) / (p * p + q * q);
  near(neighbours.features(3, [2])[0]!, [
    Math.log((1 + 0.2) / (other ** 2 + 0.2)),
    Math.log((1 + 0.05) / (other ** 4 + 0.05)),
    1,
    other,
  ]);
  near(neighbours.features(0, [2], 0)[0]!, [
    Math.log(0.2 / (other ** 2 + 0.2)),
    Math.log(0.05 / (other ** 4 + 0.05)),
    0,
    other,
  ]);
});

baselines("of made-up problems counts know what is always needed, and neighbours what is about the same", () => {
  const { formulas, problems } = smallPremises(400, 1);
  const [learned, asked] = [problems.slice(0, 300), problems.slice(300)];
  const counts = new Counts(learned);
  const by = (score: (conjecture: number, facts: readonly number[]) => number[]) =>
    judgePremises(
      asked.map(({ conjecture, needed, unneeded }) => ({
        needed: score(conjecture, needed),
        unneeded: score(conjecture, unneeded),
      })),
      0,
    );
  const neighbours = new Neighbours({ symbols: formulas.map(symbolsOf), problems: learned, neighbours: 5 });
  const [counted, near] = [
    by((_, facts) => facts.map((fact) => counts.score(fact))),
    by((conjecture, facts) => neighbours.scores(conjecture, facts)),
  ];
  assert.ok(counted.accuracy > 0.5 && counted.accuracy < 0.9, `${counted.accuracy}`);
  assert.ok(near.accuracy > 0.95, `${near.accuracy}`);
});

const data = dataFolder() === undefined ? baselines.skip : baselines;

data("on the development problems of DeepMath's set counts are right as often as its description says", () => {
  const read = (name: string): string => gunzipSync(readFileSync(dataFile(`premises/${name}`))).toString();
  const formulas = readFormulas(read("formulas.txt.gz"));
  assert.is(formulas.length, 75_851);
  const [train, dev] = ["train", "dev"].map((part) => readProblems(read(`${part}.jsonl.gz`), formulas.length));
  assert.equal([train!.length, dev!.length], [25_929, 1_648]);
  const counts = new Counts(train!);
  const score = (facts: readonly number[]): number[] => facts.map((fact) => counts.score(fact));
  const { accuracy } = judgePremises(
    dev!.map(({ needed, unneeded }) => ({ needed: score(needed), unneeded: score(unneeded) })),
    0,
  );
  assert.is(accuracy.toFixed(3), "0.723");
});

baselines.run();
