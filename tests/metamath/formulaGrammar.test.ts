import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkProof } from "../../bindings/metamath/checkProof.js";
import { claimOf } from "../../bindings/metamath/claim.js";
import { syntaxProof, type Formula } from "../../bindings/metamath/formula.js";
import { FormulaGrammar } from "../../bindings/metamath/formulaGrammar.js";
import { readDatabase } from "../../bindings/metamath/readDatabase.js";
import { faultOf } from "../support/metamathFault.js";
import { sums } from "../support/sums.js";

const parsing = suite("formulas of Metamath");
const database = readDatabase(sums);
const grammar = new FormulaGrammar(database);
const words = (text: string): string[] => text.split(" ");
const inBrackets = ({ label, children }: Formula): string =>
  children.length ? `(${[label, ...children.map(inBrackets)].join(" ")})` : label;

parsing("a statement is a tree of syntax axioms", () => {
  const tree = grammar.parse(words("|- ( ( x + y ) + z ) = ( x + y )"));
  assert.is(inBrackets(tree), "(weq (tpl (tpl tx ty) tz) (tpl tx ty))");
  assert.is(grammar.print(tree).join(" "), "( ( x + y ) + z ) = ( x + y )");
  assert.is(inBrackets(grammar.parse(words("term ( x + y )"))), "(tpl tx ty)");
  assert.is(inBrackets(grammar.parse(words("wff all z w"))), "(wall tz tw)");
  assert.ok(grammar.isProvable("|-"));
  assert.not(grammar.isProvable("wff"));
});

parsing("a tree in postfix is the proof of its syntax", () => {
  const claim = claimOf(database, "wff ( ( x + y ) + z ) = ( x + y )");
  assert.ok(checkProof(database, claim, syntaxProof(grammar.parse(claim.symbols))));
});

parsing("children stand in the order of the hypotheses, and operators may follow their operand", () => {
  const text = `$c term wff |- ' if then $. $v a b c $. wa $f term a $. wb $f term b $. wc $f term c $.
    wn $a term a ' $. wi $a wff if c then a b $. wu $a wff a $.`;
  const other = new FormulaGrammar(readDatabase(text));
  const tree = other.parse(words("|- if a ' ' then b c '"));
  assert.is(inBrackets(tree), "(wi wb (wn wc) (wn (wn wa)))");
  assert.is(other.print(tree).join(" "), "if a ' ' then b c '");
  assert.is(inBrackets(other.parse(words("wff a '"))), "(wu (wn wa))");
});

const refused: readonly (readonly [text: string, at: number, message: RegExp])[] = [
  ["|-", 1, /^no formula: it ends after symbol 1, where a wff must stand$/],
  ["|- x = + y", 3, /symbol 4 is "\+", where a term must stand/],
  ["|- ( x + y = z", 5, /symbol 6 is "=", where "\)" must stand/],
  ["|- x = y z", 4, /symbol 5 is "z", where the formula has ended/],
  ["|- ( x + y )", 6, /it ends after symbol 6, where "=" must stand/],
  ["term x = y", 2, /symbol 3 is "=", where the formula has ended/],
  ["|- q", 1, /symbol 2 is "q"/],
  ["nothing x", 1, /symbol 2 is "x", where a nothing must stand/],
];
for (const [text, at, message] of refused) {
  parsing(`refused is ${text}`, () => {
    const error = faultOf(() => grammar.parse(words(text)));
    assert.is(error.fault, "syntax");
    assert.is(error.at, at);
    assert.match(error.message, message);
  });
}

parsing("what is no rule of a grammar, no statement or too long is refused", () => {
  const head = "$c t |- ( $. $v x $. tx $f t x $. ";
  const twice = faultOf(() => new FormulaGrammar(readDatabase(`${head} pair $a t ( x x $.`)));
  assert.match(twice.message, /^Line 1, statement "pair": the syntax axiom has a variable twice$/);
  const assumes = () => new FormulaGrammar(readDatabase(`${head} given $e |- x $. thus $a t ( $.`));
  assert.match(faultOf(assumes).message, /statement "thus": the syntax axiom has a hypothesis/);
  assert.match(faultOf(() => new FormulaGrammar(readDatabase(`${head} none $a t $.`))).message, /has no symbols/);
  assert.is(faultOf(() => grammar.parse([])).fault, "syntax");
  assert.is(faultOf(() => grammar.parse(words(`|- ${"( ".repeat(3000)}`))).fault, "too long");
  assert.is(faultOf(() => grammar.print({ label: "none", children: [] })).fault, "label");
});

parsing("variables have the types of where the statement stands", () => {
  const local = readDatabase("$c t u |- $. $v x $. ${ tx $f t x $. $} ${ ux $f u x $. it $a |- x $. $} wt $a t u $.");
  const it = local.assertions[0]!;
  const other = new FormulaGrammar(local, { sentence: "u" });
  assert.is(other.parse(it.symbols, it.scope).label, "ux");
  assert.is(faultOf(() => other.parse(it.symbols)).fault, "syntax");
});

const file = `${process.env["TAPEHEAD_DATA"]}/metamath/ql.mm.gz`;
if (existsSync(file)) {
  parsing("all statements of quantum logic are trees, and print as they are written", () => {
    const logic = readDatabase(gunzipSync(readFileSync(file)).toString("latin1"));
    const its = new FormulaGrammar(logic);
    for (const { symbols, scope, hypotheses } of logic.assertions) {
      for (const each of [symbols, ...hypotheses.map((hypothesis) => hypothesis.symbols)]) {
        assert.is(its.print(its.parse(each, scope)).join(" "), each.slice(1).join(" "));
      }
    }
  });
}
parsing.run();
