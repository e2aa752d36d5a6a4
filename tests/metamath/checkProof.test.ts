import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { checkProof } from "../../bindings/metamath/checkProof.js";
import { claimOf } from "../../bindings/metamath/claim.js";
import type { Assertion, Database } from "../../bindings/metamath/database.js";
import { MetamathError, type MetamathFault } from "../../bindings/metamath/metamathError.js";
import { proofSteps } from "../../bindings/metamath/proofSteps.js";
import { readDatabase } from "../../bindings/metamath/readDatabase.js";
import { faultOf } from "../support/metamathFault.js";
import { sums } from "../support/sums.js";

const checking = suite("checker of Metamath proofs");
const database = readDatabase(sums);
const theorem = (label: string): Assertion => database.statements.get(label) as Assertion;

checking("proofs are derivations that end in what they prove", () => {
  for (const each of database.assertions.filter(({ proof }) => proof)) {
    const steps = checkProof(database, each);
    assert.equal(steps.at(-1)!.symbols, each.symbols);
    for (const [i, { uses }] of steps.entries()) assert.ok(uses.every((use) => use < i));
  }
  const steps = checkProof(database, theorem("swap"));
  const last = steps.at(-1)!;
  assert.is(last.label, "ax-tr");
  assert.equal(
    last.uses.map((use) => steps[use]!.symbols.join(" ")),
    [
      "term ( ( x + y ) + z )",
      "term ( z + ( x + y ) )",
      "term ( z + ( y + x ) )",
      "|- ( ( x + y ) + z ) = ( z + ( x + y ) )",
      "|- ( z + ( x + y ) ) = ( z + ( y + x ) )",
    ],
  );
});

checking("a compressed proof says what the normal one does", () => {
  const [normal, compressed] = ["cong2", "cong3"].map((label) => checkProof(database, theorem(label)));
  const told = (steps: typeof normal) => new Set(steps!.map(({ label, symbols }) => `${label}: ${symbols.join(" ")}`));
  assert.equal([...told(normal)].sort(), [...told(compressed)].sort());
  assert.ok(compressed!.length < normal!.length);
});

checking("numbers of compressed proofs are in base 20 and 5", () => {
  const labels = Array.from({ length: 130 }, (_, i) => `l${i + 1}`);
  const letters = "A T UA UT VA YT UUA".split(" ");
  const claim = { ...theorem("swap"), hypotheses: [] };
  const steps = proofSteps(claim, ["(", ...labels, ")", ...letters]);
  assert.equal(
    steps.map((step) => step.kind === "label" && step.label),
    ["l1", "l20", "l21", "l40", "l41", "l120", "l121"],
  );
});

checking("a claim of one's own is checked over the whole database", () => {
  const claim = claimOf(database, "|- ( w + x ) = ( x + w )");
  assert.equal(
    claim.hypotheses.map(({ label }) => label),
    ["tx", "tw"],
  );
  assert.is(checkProof(database, claim, ["tx", "tw", "com2"]).length, 3);
  const assumed = claimOf(database, "|- y = x", { label: "own", hypotheses: ["|- x = y"] });
  assert.is(checkProof(database, assumed, ["tx", "ty", "own.1", "ax-sym"]).at(-1)!.label, "ax-sym");
  assert.is(faultOf(() => claimOf(database, " ")).fault, "syntax");
  assert.match(faultOf(() => claimOf(database, "|- q = x")).message, /symbol 2, "q", is no symbol of the database/);
  assert.match(faultOf(() => claimOf(database, "x = x")).message, /must with a constant/);
  const taken = { label: "tr", hypotheses: ["|- x = y"] };
  assert.is(faultOf(() => claimOf(database, "|- x = y", taken)).fault, "label");
});

const refused: readonly (readonly [label: string, proof: string, fault: MetamathFault, message: RegExp])[] = [
  ["com2", "", "incomplete", /^Statement "com2": the proof is empty$/],
  ["com2", "ty ?", "incomplete", /step 2 of the proof is open/],
  ["com2", "( ax-com ) B?", "incomplete", /letter 2 of the proof is open/],
  ["com2", "( ax-com )", "incomplete", /the proof is empty/],
  ["com2", "ty tx ax-none", "unknown label", /step 3 of the proof names "ax-none", which there is not/],
  ["com2", "ty tx com2", "unknown label", /names "com2", which comes later/],
  ["com2", "ty tx swap", "unknown label", /names "swap", which comes later/],
  ["com2", "ty tx tr.1", "unknown label", /names "tr.1", which is out of scope/],
  ["com2", "tx ax-com", "underflow", /step 2 of the proof applies "ax-com", which takes 2 from the stack, where 1 are/],
  ["com2", "ax-com", "underflow", /where 0 are/],
  ["com2", "ty tx ax-com ty", "conclusion", /the proof ends with 2 statements on the stack/],
  ["com2", "tx ty ax-com", "conclusion", /the proof ends in "\|- \( x \+ y \) = \( y \+ x \)", and must in "\|- \( y/],
  ["com2", "ty", "conclusion", /the proof ends in "term y"/],
  ["com2", "ty tx weq tx ax-com", "mismatch", /applies "ax-com" to "wff y = x" for "x", which must be a term/],
  ["cong2", "cong2.1 tx cong2.1 ax-sym", "mismatch", /applies "ax-sym" to "\|- x = y" for "x", which must be a term/],
  ["cong2", "ty tx tz cong2.1 ax-cong", "mismatch", /to "\|- x = y", and needs "\|- y = x"/],
  ["all2", "tz tz ax-all", "distinct", /whose "x" and "y" must be distinct: both have "z"/],
  ["all2", "tz tx ax-all", "distinct", /"z" and "x" are not declared distinct/],
  ["all2", "tz tw tx tpl ax-all", "distinct", /"z" and "x" are not declared distinct/],
  ["com2", "( ax-com BAC", "compressed", /the list of labels never ends/],
  ["com2", "( tx ) BAC", "compressed", /"tx" is listed though it has a number already/],
  ["com2", "( ax-com ax-com ) BAC", "compressed", /"ax-com" is listed though/],
  ["com2", "( ax-com ) BAD", "compressed", /letter 3 of the proof: the number 4 stands for nothing/],
  ["com2", "( ax-com ) BAb", "compressed", /"b" is no capital letter/],
  ["com2", "( ax-com ) ZBAC", "compressed", /Z keeps a step, and follows none/],
  ["com2", "( ax-com ) BZZAC", "compressed", /Z keeps a step, and follows none/],
  ["com2", "( ax-com ) BAU", "compressed", /the last number is cut off/],
  ["com2", `( ax-com ) BA${"Y".repeat(40)}A`, "compressed", /the number is too large/],
];
for (const [label, proof, fault, message] of refused) {
  checking(`refused for ${label} is ${JSON.stringify(proof.slice(0, 40))}`, () => {
    const error = faultOf(() => checkProof(database, theorem(label), proof.split(" ").filter(Boolean)));
    assert.is(error.fault, fault, error.message);
    assert.match(error.message, message);
    assert.is(error.statement, label);
  });
}

checking("an axiom has no proof, and an expression that doubles with every letter ends", () => {
  assert.is(faultOf(() => checkProof(database, theorem("ax-com"))).fault, "incomplete");
  // ( tpl ): x, then x + x kept, recalled twice, …
  const doubling = Array.from({ length: 60 }, (_, i) => `${letterOf(i + 4)}${letterOf(i + 4)}DZ`).join("");
  const error = faultOf(() => checkProof(database, theorem("swap"), ["(", "tpl", ")", `AADZ${doubling}`]));
  assert.is(error.fault, "too long");
});

/** A number from 0 in letters of a compressed proof. */
function letterOf(number: number): string {
  const low = String.fromCharCode(65 + (number % 20));
  let high = "";
  for (let left = Math.floor(number / 20); left; left = Math.floor((left - 1) / 5)) {
    high = String.fromCharCode(85 + ((left - 1) % 5)) + high;
  }
  return high + low;
}

/** A theorem's proof as labels alone, in full. */
function normalProof(from: Database, each: Assertion): string[] {
  const steps = checkProof(from, each);
  const labels: string[] = [];
  const write = (place: number): void => {
    steps[place]!.uses.forEach(write);
    labels.push(steps[place]!.label);
  };
  write(steps.length - 1);
  return labels;
}

/** Proofs that end early, lack a step, or have one twice, are none: each changes how many statements are on the stack. */
function refusesCorrupted(from: Database, theorems: readonly Assertion[], random: Random, times: number): number {
  let cases = 0;
  for (const each of theorems) {
    const proof = normalProof(from, each);
    const takes = (label: string): number => {
      const statement = from.statements.get(label)!;
      return "index" in statement ? statement.hypotheses.length : 0;
    };
    for (let i = 0; i < times; i++) {
      const at = random.integer(0, proof.length - 1);
      const corrupted = [
        proof.slice(0, at),
        ...(takes(proof[at]!) === 1 ? [] : [proof.toSpliced(at, 1), proof.toSpliced(at, 0, proof[at]!)]),
        proof.toSpliced(at, 1, "no-such-label"),
        proof.toSpliced(at, 1, each.label),
      ];
      for (const wrong of corrupted) {
        assert.throws(
          () => checkProof(from, each, wrong),
          (error: unknown) => error instanceof MetamathError,
          wrong.join(" "),
        );
        cases++;
      }
    }
    // Any other label is refused, or proves the very same.
    const at = random.integer(0, proof.length - 1);
    const other = from.assertions[random.integer(0, each.index - 1)]!.label;
    try {
      assert.equal(checkProof(from, each, proof.toSpliced(at, 1, other)).at(-1)!.symbols, each.symbols);
    } catch (error) {
      assert.instance(error, MetamathError);
    }
  }
  return cases;
}

checking("corrupted proofs are refused", () => {
  const theorems = database.assertions.filter(({ proof }) => proof);
  assert.ok(refusesCorrupted(database, theorems, new Random(1), 40) > 500);
});

const file = `${process.env["TAPEHEAD_DATA"]}/metamath/ql.mm.gz`;
if (existsSync(file)) {
  checking("all proofs of quantum logic are proofs, and corrupted they are not", () => {
    const logic = readDatabase(gunzipSync(readFileSync(file)).toString("latin1"));
    const theorems = logic.assertions.filter(({ proof }) => proof);
    assert.is(theorems.length, 1140); // 38 further $p statements stand in comments
    for (const each of theorems) assert.equal(checkProof(logic, each).at(-1)!.symbols, each.symbols);
    const short = theorems.filter((each) => checkProof(logic, each).length < 60);
    assert.ok(
      refusesCorrupted(
        logic,
        short.filter((_, i) => i % 8 === 0),
        new Random(2),
        3,
      ) > 600,
    );
  });
}
checking.run();
