/** A few steps of all that the pages of results show: `npm run test:results`. Runs from its sources. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { experiments, suites } from "../../recipes/suites.js";
import type { Run } from "../../reproduce/run.js";
import { QuickResults } from "../support/quickResults.js";

const quick = new QuickResults();
const results = suite("every result");

results("a few steps of every experiment: results, tables and checkpoints as whole runs leave them", async () => {
  const said = await quick.make(Object.keys(suites));
  const hasData = process.env["TAPEHEAD_DATA"] !== undefined;
  const all = experiments.filter(({ data }) => hasData || !data);
  for (const { name, seeds, tests } of all) {
    for (const seed of seeds.slice(0, 1)) {
      assert.match(said, new RegExp(`^${name}-${seed}: 3 steps in .*; ${Object.keys(tests)[0]} \\d`, "m"));
      const result = JSON.parse(quick.read(`runs/${name}-${seed}.json`)) as Run;
      assert.is(result.steps, 3);
      for (const hash of [result.run, result.weights]) assert.match(hash!, /^[0-9a-f]{64}$/);
      const possible = Object.keys(tests).filter((test) => hasData || !tests[test]!.file);
      assert.equal(Object.keys(result.tests), possible);
    }
  }
  for (const name of Object.keys(suites)) assert.match(quick.read(`${name}.md`), /^# .*\n\nMade by/);
  const entries = JSON.parse(quick.read("index.json")) as { file: string }[];
  const files = all.flatMap(({ checkpoint }) => checkpoint ?? []);
  assert.equal(
    entries.map(({ file }) => file),
    files,
  );
  for (const file of files) assert.match(quick.read("README.md"), file);
});

results("a study: its results, its page, and no more than one of each", async () => {
  assert.match(await quick.make(["copy"]), /^copy 1: fewer than 0.1 wrong bits .*s in all$/m);
  assert.match(quick.read("copy.md"), /^# Copy.*\n\nMade by/);
  assert.is(await quick.make(["copy"]), "");
  assert.match(
    await quick.make(["ownPairs"]),
    /^roman: \d\S*% of 571 exactly right, \d+ s\nnumber words: .*\nsnake case: /,
  );
  assert.match(quick.read("ownPairs.md"), /^# Pairs of one's own\n\nMade by/);
});

results("who pronounces, where the words are: networks, counts, and those that teach together", async () => {
  const said = await quick.make(["pronunciation"]);
  if (process.env["TAPEHEAD_DATA"] === undefined) return assert.is(said, "");
  const page = quick.read("pronunciation.md");
  const names = ["pronunciation-first", "pronunciation-small", "joint sequence model", "those that teach, together"];
  for (const name of names) {
    assert.match(said, new RegExp(`^${name}: \\d\\S*% of learned words, \\d\\S*% of dev$`, "m"));
    assert.match(page, new RegExp(`^\\| ${name} +\\| +\\d\\S*% \\| +\\d\\S*% \\|$`, "m"));
  }
});

results.after(() => quick.remove());
results.run();
