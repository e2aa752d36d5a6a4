import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Assertion } from "../../bindings/metamath/database.js";
import type { MetamathFault } from "../../bindings/metamath/metamathError.js";
import { readDatabase } from "../../bindings/metamath/readDatabase.js";
import { faultOf } from "../support/metamathFault.js";
import { sums } from "../support/sums.js";

const reading = suite("databases of Metamath");

reading("declarations, frames and scopes are read", () => {
  const database = readDatabase(sums);
  assert.is(database.assertions.length, 14);
  assert.equal([...database.variables], ["x", "y", "z", "w"]);
  assert.ok(database.constants.has("|-"));
  const labels = (label: string) => (database.statements.get(label) as Assertion).hypotheses.map((each) => each.label);
  assert.equal(labels("com2"), ["tx", "ty"]);
  assert.equal(labels("cong2"), ["tx", "ty", "tz", "cong2.1"]);
  assert.equal(labels("ax-tr"), ["tx", "ty", "tz", "tr.1", "tr.2"]);
  const all = database.statements.get("all2") as Assertion;
  assert.equal(all.distinct, ["w z"]);
  assert.equal([...all.scope.distinct], ["w z"]);
  assert.is(all.line, 24);
  assert.is(all.kind, "theorem");
  assert.equal((database.statements.get("ax-all") as Assertion).distinct, ["x y"]);
  // A block's hypotheses and distinct variables end with it.
  assert.equal(labels("swap"), ["tx", "ty", "tz"]);
  assert.is(database.scope.distinct.size, 0);
  assert.is(database.scope.hypotheses.length, 4);
});

reading("comments may stand anywhere, also within a statement", () => {
  const database = readDatabase("$( a $) $c a $( within $) b $. $( $j . $)");
  assert.equal([...database.constants], ["a", "b"]);
  assert.is(readDatabase("").assertions.length, 0);
});

const head = "$c a t $. $v x y $. tx $f t x $. ty $f t y $.\n";
const faults: readonly (readonly [text: string, fault: MetamathFault, message: RegExp])[] = [
  ["$c a", "cut off", /^Line 1: the text ends within a statement: \$\. is missing$/],
  ["$( a", "cut off", /^Line 1: the comment that begins here never ends$/],
  ["\n${ $c", "symbol", /outermost block alone/],
  ["\n${ $v x $.", "cut off", /^Line 2: the block that begins here never ends: \$} is missing$/],
  ["$}", "token", /does not begin/],
  ["$)", "token", /does not begin/],
  ["$( $( $)", "token", /within a comment/],
  ["$c é $.", "token", /not printable ASCII/],
  ["$[ other.mm $]", "include", /the file includes another/],
  ["$c a $[ other.mm $] $.", "include", /the file includes another/],
  ["$x", "token", /stands where a statement begins/],
  ["$c $.", "symbol", /\$c declares nothing/],
  ["$v $.", "symbol", /\$v declares nothing/],
  ["$c a a $.", "symbol", /"a" is a constant already/],
  ["$c a $. $v a $.", "symbol", /"a" is a constant already/],
  ["$v a a $.", "symbol", /"a" is a variable already/],
  ["${ $v a $. $} $c a $.", "symbol", /"a" is a variable already/],
  [`${head}$v tx $.`, "symbol", /"tx" is the label of a statement already/],
  [`${head}$d x $.`, "symbol", /fewer than two/],
  [`${head}$d x x $.`, "symbol", /names "x" twice/],
  [`${head}$d x a $.`, "symbol", /names "a", which is no variable here/],
  [`${head}tz $f t x $.`, "symbol", /^Line 2, statement "tz": the variable "x" has a type already$/],
  [`${head}tz $f x t $.`, "symbol", /\$f must have a constant and a variable/],
  [`${head}tz $f t $.`, "symbol", /\$f must have a constant and a variable/],
  [`${head}tx $a a $.`, "label", /there is a statement of this label already/],
  [`${head}x $a a $.`, "label", /a math symbol has this name already/],
  [`${head}x+y $a a $.`, "label", /letters, digits/],
  [`${head}lab`, "cut off", /the text ends behind a label/],
  [`${head}lab lab2 $a a $.`, "token", /stands behind a label/],
  [`${head}lab $c a $.`, "token", /stands behind a label/],
  [`${head}lab $a x $.`, "symbol", /the first symbol of a statement must be a constant/],
  [`${head}lab $a $.`, "symbol", /the first symbol of a statement must be a constant/],
  [`${head}lab $a a q $.`, "symbol", /^Line 2, statement "lab": "q" is not declared here$/],
  [`${head}$v q $. lab $a a q $.`, "symbol", /"q" is a variable without a type here/],
  [`${head}lab $p a x $.`, "token", /"\$\." stands where a symbol or \$= must/],
  [
    `${head}lab $p a x $= tx`,
    "cut off",
    /^Line 2, statement "lab": the text ends within a statement: \$\. is missing$/,
  ],
];
for (const [text, fault, message] of faults) {
  reading(`refused is ${JSON.stringify(text)}`, () => {
    const error = faultOf(() => readDatabase(text));
    assert.is(error.fault, fault);
    assert.match(error.message, message);
  });
}

reading("a database that is cut off anywhere within a statement or a block is refused", () => {
  let whole = 0;
  for (let length = 1; length < sums.length; length++) {
    const text = sums.slice(0, length);
    // Cut between two statements of the outermost block it is a database, of fewer statements.
    const open = text.split("${").length - text.split("$}").length;
    if (/(^|\$\.|\$\)|\$\})\s*$/.test(text) && !open) {
      readDatabase(text);
      whole++;
    } else {
      const error = faultOf(() => readDatabase(text));
      assert.ok(["cut off", "token", "label"].includes(error.fault), `${length}: ${error.fault}, ${error.message}`);
    }
  }
  assert.ok(whole > 10 && whole < 100, `${whole}`);
});
reading.run();
