/** The command line proves statements: what it prints, reads and refuses. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkProof } from "../../bindings/metamath/checkProof.js";
import { claimOf } from "../../bindings/metamath/claim.js";
import { readDatabase } from "../../bindings/metamath/readDatabase.js";
import { commandLine, linesOf } from "../support/cli.js";
import { sums } from "../support/sums.js";

const { folder, tapehead } = commandLine();
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const database = file("sums.mm", sums);

const proving = suite("tapehead prove");

proving("a proof is printed with its steps, and is one", async () => {
  const text = "|- ( x + ( y + z ) ) = ( ( z + y ) + x )";
  const { stdout, stderr, code } = await tapehead(`prove '${text}' --database ${database} --guide none`);
  assert.is(code, 0, stderr);
  assert.match(stdout, /: proved, \d+ states? expanded, checked\n\n1 {2}/);
  const labels = /^proof: (.*)$/m.exec(stdout)![1]!.split(" ");
  const read = readDatabase(sums);
  assert.ok(checkProof(read, claimOf(read, text), labels));
  assert.match(stdout, /What the search applied to which goal:\n.* → /);
});

proving("without the sign of what is provable, too, and from what may be assumed", async () => {
  const given = "--given 'x = y' --given '|- y = z' --json --guide none";
  const { stdout } = await tapehead(`prove 'z = x' ${given} --database ${database}`);
  const [{ statement, proved, steps }] = linesOf(stdout) as [
    { statement: string; proved: boolean; steps: { uses: number[] }[] },
  ];
  assert.is(statement, "|- z = x");
  assert.ok(proved);
  for (const [i, { uses }] of steps.entries()) assert.ok(uses.every((use) => use >= 1 && use <= i));
});

proving("a theorem by its label, from what stands before it, guided by counts", async () => {
  const { stdout } = await tapehead(`prove swap --guide counts --json --database ${database}`);
  const [{ steps }] = linesOf(stdout) as [{ steps: { label: string }[] }];
  assert.not(steps.some(({ label }) => label === "swap"));
  const { stderr, code } = await tapehead(`prove ax-com --guide none --database ${database}`);
  assert.is(code, 2);
  assert.match(stderr, /ax-com is an axiom, which nothing proves/);
});

proving("lines of a pipe are proved one by one, and what is wrong with one does not end the others", async () => {
  const stdin = "( x + y ) = ( y + x )\n\n( x + y = z\nx = y\n( y + x ) = ( x + y )\n";
  const asked = `prove --guide none --nodes 20 --database ${database}`;
  const { stdout, stderr, code } = await tapehead(asked, { stdin });
  assert.is(code, 1);
  assert.is(stdout.match(/: proved,/g)!.length, 2);
  assert.match(stderr, /^error: line 3: no formula: symbol 6 is "=", where "\)" must stand$/m);
  assert.match(stderr, /^line 4: \|- x = y: no proof within 20 states; --nodes allows more$/m);
  const json = await tapehead(`${asked} --json`, { stdin });
  assert.equal(
    linesOf(json.stdout).map(({ proved, error }) => proved ?? typeof error),
    [true, "string", false, true],
  );
});

const refused: readonly (readonly [args: string, code: number, message: RegExp])[] = [
  ["'( x + y = z'", 1, /^error: no formula: symbol 6 is "=", where "\)" must stand\n$/],
  ["'q = x'", 1, /symbol 2, "q", is no symbol of the database/],
  ["'x = y' --nodes 0", 2, /must be a whole number from 1 up/],
  ["'x = y' --guide luck", 2, /Allowed choices are network, counts, none/],
  ["'x = y' --guide none --model other.safetensors", 2, /--guide none takes none/],
  ["'x = y' --given 'y = x' --given 'q = x'", 1, /hypothesis 2: symbol 2, "q", is no symbol of the database/],
  ["swap --given 'x = y'", 2, /--given is for statements/],
];
for (const [args, code, message] of refused) {
  proving(`refused is ${args}`, async () => {
    const guide = args.includes("--guide") ? "" : " --guide none";
    const ended = await tapehead(`prove ${args}${guide} --database ${database}`);
    assert.is(ended.code, code, ended.stderr);
    assert.match(ended.stderr, message);
    assert.is(ended.stdout, "");
  });
}

proving("a database that is none, is cut off, or that the network does not know is refused", async () => {
  const cut = await tapehead(`prove 'x = y' --database ${file("cut.mm", sums.slice(0, 300))}`);
  assert.is(cut.code, 2);
  assert.match(cut.stderr, /It is no Metamath database: Line \d+/);
  const missing = await tapehead("prove 'x = y' --database none.mm");
  assert.match(missing.stderr, /There is no such file/);
  const other = await tapehead(`prove 'x = y' --database ${database}`);
  assert.is(other.code, 2);
  assert.match(
    other.stderr,
    /does not know the statement "ax-com": it has learned from another database. --guide counts/,
  );
  const grammar = new URL("../../checkpoints/grammar.safetensors", import.meta.url).pathname;
  const wrong = await tapehead(`prove 'x = y' --model ${grammar}`);
  assert.is(wrong.code, 2);
  assert.match(wrong.stderr, /holds a model for grammar, and prove takes one for proving/);
  const nothing = await tapehead("prove", { stdin: "\n" });
  assert.match(nothing.stderr, /There is no statement to prove/);
});

proving("--trace writes a page of the proof, every step linked, and refuses a second statement", async () => {
  const page = join(folder, "proof.html");
  const text = "|- ( x + ( y + z ) ) = ( ( z + y ) + x )";
  const asked = `prove --database ${database} --guide counts --trace ${page}`;
  const { stdout, stderr, code } = await tapehead(`${asked} '${text}'`);
  assert.is(code, 0, stderr);
  assert.match(stdout, /proof\.html: [\d,]+ bytes\. Open it in a browser\.\n$/);
  const html = readFileSync(page, "utf8");
  const steps = stdout.match(/^ *\d+ {2}\S/gm)!.length;
  assert.is(html.match(/<tr id="step-/g)!.length, steps);
  for (const [, to] of html.matchAll(/href="#step-(\d+)"/g)) assert.ok(Number(to) < steps);
  assert.match(html, /guided by <b>counts of the database&#39;s proofs<\/b>/);
  const two = await tapehead(`${asked.replace("proof.html", "two.html")}`, { stdin: `${text}\n${text}\n` });
  assert.is(two.code, 2);
  assert.match(two.stderr, /--trace draws one statement, and line 2 is another/);
  assert.not(existsSync(join(folder, "two.html")));
  const none = await tapehead(`${asked.replace("proof.html", "none.html")} 'x = y' --nodes 5`);
  assert.is(none.code, 1);
  assert.match(none.stderr, /none\.html was not written: there is no proof to draw\n$/);
  assert.not(existsSync(join(folder, "none.html")));
});

proving("the page of the shipped network colours what it looked at", async () => {
  const page = join(folder, "or12.html");
  const { stderr, code } = await tapehead(`prove or12 --json --trace ${page}`);
  assert.is(code, 0, stderr);
  const html = readFileSync(page, "utf8");
  const goals = html.split('<p class="goal">').slice(1);
  assert.ok(goals.length > 0);
  for (const goal of goals) {
    const weights = [...goal.matchAll(/--w:([\d.]+)/g)].map(([, weight]) => Number(weight));
    assert.ok(Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 0.0006 * weights.length);
  }
});

proving("the shipped network proves a theorem of quantum logic, and says where it looked", async () => {
  const { stdout, stderr, code } = await tapehead("prove or12 --json");
  assert.is(code, 0, stderr);
  const [{ decisions, proved }] = linesOf(stdout) as [
    { proved: boolean; decisions: { symbols: string[]; attention: number[]; probability: number }[] },
  ];
  assert.ok(proved && decisions.length > 0);
  for (const { symbols, attention, probability } of decisions) {
    assert.is(attention.length, symbols.length);
    assert.ok(Math.abs(attention.reduce((a, b) => a + b, 0) - 1) < 1e-3);
    assert.ok(probability > 0 && probability <= 1);
  }
  const { stdout: text } = await tapehead("prove '|- ( a v b ) = ( b v a )'");
  assert.match(
    text,
    /^\|- \( a v b \) = \( b v a \): proved, 0 states expanded, checked\n\n1 {2}\S+ {2}\|- \( a v b \) = \( b v a \)\n/,
  );
});
proving.run();
