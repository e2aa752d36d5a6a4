import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { suite } from "uvu";
import * as assert from "uvu/assert";

/** Exact, or rounded in the one prescribed way: the same in every engine. */
const safe = ["abs", "ceil", "clz32", "floor", "fround", "imul", "max", "min", "round", "sign", "sqrt", "trunc"];

/**
 * Where a source reaches for mathematics whose bits depend on the host (invariant I4): `**`, and all of `Math` but
 * `allowed`. Comments and strings do not count, and neither do types.
 */
function hostMathematics(source: string, allowed: readonly string[]): string[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AsteriskAsteriskToken || node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
      found.push(node.parent.getText());
    }
    if (ts.isIdentifier(node) && /^(Native)?Mathf?$/.test(node.text)) {
      const { parent } = node;
      const isSafe = ts.isPropertyAccessExpression(parent) && allowed.includes(parent.name.text);
      if (!isSafe) found.push(parent.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** All sources under a folder, by their path. */
function sourcesOf(folder: string): [path: string, source: string][] {
  const root = new URL(`../${folder}/`, import.meta.url);
  const files = (readdirSync(root, { recursive: true }) as string[]).filter((file) => file.endsWith(".ts"));
  return files.map((file) => [`${folder}/${file}`, readFileSync(new URL(file, root), "utf8")]);
}

const invariant = suite("no host mathematics reaches a number (I4)");

for (const [folder, allowed] of Object.entries({ bindings: safe, "runs/statistics": safe, assembly: [] })) {
  invariant(`${folder} uses ${allowed.length ? "only what is exact" : "none of Math at all"}`, () => {
    const sources = sourcesOf(folder);
    assert.ok(sources.length > 5);
    const faults = sources.flatMap(([path, source]) => hostMathematics(source, allowed).map((it) => `${path}: ${it}`));
    assert.equal(faults, []);
  });
}

const faulty = [
  "const y = Math.exp(x);",
  "const y = Math.random();",
  'const y = Math["pow"](x, 2);',
  "const { tanh } = Math;",
  "const y = x ** 2;",
  "x **= 2;",
  "const y = Mathf.log(x);",
  "const y = `${Math.sin(x)}`;",
  "xs.map(Math.cos);",
  "const m = globalThis.Math;",
];
for (const source of faulty) {
  invariant(`the check finds ${source}`, () => assert.is(hostMathematics(source, safe).length, 1));
}

const harmless = [
  "// Math.exp is not used",
  "/** y = x ** 2 */ const z = 1;",
  'const text = "Math.exp(1)";',
  "const y = Math.sqrt(x) + Math.fround(x) * Math.floor(z);",
];
for (const source of harmless) {
  invariant(`the check has nothing against ${source}`, () => assert.equal(hostMathematics(source, safe), []));
}
invariant.run();
