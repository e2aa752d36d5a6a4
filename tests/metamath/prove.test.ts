import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkProof } from "../../bindings/metamath/checkProof.js";
import { claimOf } from "../../bindings/metamath/claim.js";
import type { Assertion, Database } from "../../bindings/metamath/database.js";
import { replayProof } from "../../bindings/metamath/decisions.js";
import { FormulaGrammar } from "../../bindings/metamath/formulaGrammar.js";
import { CountPolicy, uniformPolicy, type ProofPolicy } from "../../bindings/metamath/policies.js";
import { ProofPuzzle } from "../../bindings/metamath/proofPuzzle.js";
import { prove } from "../../bindings/metamath/prove.js";
import { readDatabase } from "../../bindings/metamath/readDatabase.js";
import { RuleBook } from "../../bindings/metamath/rules.js";
import { Terms } from "../../bindings/metamath/terms.js";
import { unify } from "../../bindings/metamath/unify.js";
import { faultOf } from "../support/metamathFault.js";
import { sums } from "../support/sums.js";
import { thrownBy } from "../support/thrown.js";

const proving = suite("search for Metamath proofs");
const bookOf = (text: string): RuleBook => {
  const database = readDatabase(text);
  return new RuleBook(database, new FormulaGrammar(database));
};
const book = bookOf(sums);
const { database } = book;
const theorem = (label: string): Assertion => database.statements.get(label) as Assertion;
const labelsUsed = (proof: readonly string[]): Set<string> => new Set(proof);

proving("a statement that follows is proved, and the proof is checked", () => {
  const claim = claimOf(database, "|- ( x + ( y + z ) ) = ( ( z + y ) + x )");
  const { found, nodes, reached } = prove(book, claim);
  assert.equal(checkProof(database, claim, found!.proof), found!.steps);
  assert.equal(found!.steps.at(-1)!.symbols, claim.symbols);
  assert.ok(nodes >= 1 && nodes <= 1000 && reached >= nodes, `${nodes} ${reached}`);
});

proving("a proof uses what stands before its theorem alone", () => {
  for (const label of ["com2", "cong2", "cong3", "swap"]) {
    const each = theorem(label);
    const { found } = prove(book, each);
    for (const used of labelsUsed(found!.proof)) {
      const statement = database.statements.get(used)!;
      assert.ok(!("index" in statement) || statement.index < each.index, used);
    }
  }
  assert.not(labelsUsed(prove(book, theorem("cong2")).found!.proof).has("cong2"));
});

proving("hypotheses of a claim are used, and its variables are constants", () => {
  const claim = claimOf(database, "|- z = x", { hypotheses: ["|- x = y", "|- y = z"] });
  const { found } = prove(book, claim);
  assert.ok(found && labelsUsed(found.proof).has("claim.1") && labelsUsed(found.proof).has("claim.2"));
  const { found: none, nodes } = prove(book, claimOf(database, "|- x = y"), { nodes: 60 });
  assert.is(none, undefined);
  assert.is(nodes, 60);
});

proving("what a fact says needs no node", () => {
  assert.is(prove(book, claimOf(database, "|- ( w + x ) = ( x + w )")).nodes, 0);
});

proving("variables that must be distinct are", () => {
  for (const text of ["|- all z z", "|- all z w"]) {
    const { found, isExhausted } = prove(book, claimOf(database, text));
    assert.is(found, undefined);
    assert.ok(isExhausted);
  }
  assert.ok(prove(book, theorem("all2")).found);
  // Where a fact may not be used for a goal, another statement may prove it.
  const other = bookOf(`${sums} \${ same.1 $e |- x = y $. same $a |- all x y $. $}`);
  const { found } = prove(other, claimOf(other.database, "|- all z z", { hypotheses: ["|- z = z"] }));
  assert.equal(found!.proof, ["tz", "tz", "claim.1", "same"]);
});

proving("a metavariable that may be anything becomes a variable, if there is one", () => {
  const head = "$c t |- wff @ # $. $v x $. tx $f t x $. wat $a wff @ x $. wsh $a wff # $. at $a |- @ x $.";
  const text = `${head} \${ sh.1 $e |- @ x $. sh $a |- # $. $}`;
  const its = bookOf(text);
  const { found } = prove(its, claimOf(its.database, "|- #"));
  assert.equal(found!.proof, ["tx", "tx", "at", "sh"]);
});

proving("what does not parse, is not provable or has no budget is refused", () => {
  const notParsed = faultOf(() => prove(book, claimOf(database, "|- x + y")));
  assert.match(notParsed.message, /symbol 3 is "\+", where "=" must stand/);
  assert.match(faultOf(() => prove(book, claimOf(database, "term x"))).message, /can be proved/);
  for (const nodes of [0, -1, 1.5, NaN]) {
    assert.instance(
      thrownBy(() => prove(book, claimOf(database, "|- x = y"), { nodes })),
      RangeError,
    );
  }
  assert.instance(
    thrownBy(() => prove(book, claimOf(database, "|- x = y"), { width: 0 })),
    RangeError,
  );
  for (const options of [{ width: 0 }, { goalCost: -1 }]) {
    assert.instance(
      thrownBy(() => prove(book, claimOf(database, "|- x = y"), options)),
      RangeError,
    );
  }
  let sum = "x";
  for (let i = 0; i < 200; i++) sum = `( ${sum} + y )`;
  assert.is(faultOf(() => prove(book, claimOf(database, `|- x = ${sum}`))).fault, "too long");
});

proving("the likeliest moves are tried first, and no others than so many", () => {
  const claim = theorem("swap");
  const labels: string[] = [];
  const favours =
    (wanted: string): ProofPolicy =>
    (_, __, moves) => {
      labels.push(...moves.map(({ rule }) => rule.label));
      return moves.map(({ rule }) => (rule.label === wanted ? 0 : 1));
    };
  const { reached, nodes } = prove(book, claim, { policy: favours("ax-tr"), width: 1, nodes: 5 });
  assert.ok(new Set(labels).size > 3);
  assert.ok(reached <= nodes);
});

proving("unification is most general, and no metavariable is within what it stands for", () => {
  const puzzle = new ProofPuzzle(book, theorem("swap"));
  const terms = new Terms(book.heads);
  const rule = (label: string) => puzzle.rules.find((each) => each.label === label)!;
  const [x, weq, tpl] = [terms.of({ label: "tx", children: [] }), book.heads.of("weq"), book.heads.of("tpl")];
  const [one, other] = [terms.fresh("term"), terms.fresh("term")];
  // x + y = y + x  and  (?1 + x) = ?2
  const { values, bindings } = unify(terms, rule("ax-com"), terms.make(weq, [terms.make(tpl, [one, x]), other]))!;
  assert.equal(values, [one, x]);
  assert.is(terms.resolve(other, bindings), terms.make(tpl, [x, one]));
  // x + y = y + x  and  (?1 + ?2) = ?1: ?1 would be y + x, whose y it is.
  assert.is(unify(terms, rule("ax-com"), terms.make(weq, [terms.make(tpl, [one, other]), one])), undefined);
  // Nothing that is a term stands where a formula must.
  const formula = terms.fresh("wff");
  assert.ok(unify(terms, rule("ax-com"), formula));
  assert.is(unify(terms, rule("ax-com"), one), undefined);
});

proving("replayed, a proof is a way of the search, and its decisions are counted", () => {
  const counts = new CountPolicy();
  for (const label of ["cong2", "swap"]) {
    const puzzle = new ProofPuzzle(book, theorem(label));
    const { decisions, last } = replayProof(puzzle, checkProof(database, theorem(label)));
    assert.is(puzzle.value(last), 1);
    assert.ok(decisions.length > 0);
    for (const decision of decisions) counts.learn(puzzle, decision);
  }
  const puzzle = new ProofPuzzle(book, theorem("swap"));
  const state = puzzle.start();
  const moves = puzzle.moves(state);
  const costs = counts.policy(puzzle, state, moves);
  assert.ok(Math.abs(costs.reduce((sum, cost) => sum + Math.exp(-cost), 0) - 1) < 1e-12);
  assert.is(moves[costs.indexOf(Math.min(...costs))]!.rule.label, "ax-tr");
  for (const cost of uniformPolicy(puzzle, state, moves)) assert.ok(Math.abs(cost - Math.log(moves.length)) < 1e-12);
  const guided = prove(book, theorem("swap"), { policy: counts.policy });
  assert.ok(guided.nodes <= prove(book, theorem("swap")).nodes);
});

const file = `${process.env["TAPEHEAD_DATA"]}/metamath/ql.mm.gz`;
if (existsSync(file)) {
  const logic = bookOf(gunzipSync(readFileSync(file)).toString("latin1"));
  const theorems = (from: Database): Assertion[] => from.assertions.filter(({ proof }) => proof);

  proving("every proof of quantum logic is a way of the search that ends in a proof", () => {
    let tooLarge = 0;
    for (const each of theorems(logic.database)) {
      const puzzle = new ProofPuzzle(logic, each);
      const { last } = replayProof(puzzle, checkProof(logic.database, each));
      if (last.isDead) tooLarge++;
      else assert.is(puzzle.value(last), 1, each.label);
    }
    assert.ok(tooLarge < 20, `${tooLarge}`);
  });

  proving("statements of quantum logic are proved", () => {
    const claim = claimOf(logic.database, "|- ( a ^ ( b v c ) ) = ( ( c v b ) ^ a )");
    const { found } = prove(logic, claim);
    assert.equal(found!.steps.at(-1)!.symbols, claim.symbols);
  });
}
proving.run();
