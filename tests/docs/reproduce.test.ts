/** Experiments as sweeps, whose processes run TypeScript as this one does. Runs from its sources. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { experiments, suites } from "../../recipes/suites.js";
import type { Run } from "../../reproduce/run.js";
import { reproduce } from "../../reproduce/reproduce.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
/** What a quick run says. */
async function quickly(names: readonly string[], options: { only?: string; again?: boolean } = {}): Promise<string> {
  const lines: string[] = [];
  await reproduce(names, { ...options, quick: true, out: folder, report: (line) => lines.push(`${line}\n`) });
  return lines.join("");
}
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

const results = suite("reproduce");

results("a few steps of every experiment: results, tables and checkpoints as whole runs leave them", async () => {
  const said = await quickly(Object.keys(suites));
  const hasData = process.env["TAPEHEAD_DATA"] !== undefined;
  const all = experiments.filter(({ data }) => hasData || !data);
  for (const { name, seeds, tests } of all) {
    for (const seed of seeds.slice(0, 1)) {
      assert.match(said, new RegExp(`^${name}-${seed}: 3 steps in .*; ${Object.keys(tests)[0]} \\d`, "m"));
      const result = JSON.parse(read(`runs/${name}-${seed}.json`)) as Run;
      assert.is(result.steps, 3);
      for (const hash of [result.run, result.weights]) assert.match(hash!, /^[0-9a-f]{64}$/);
      const possible = Object.keys(tests).filter((test) => hasData || !tests[test]!.file);
      assert.equal(Object.keys(result.tests), possible);
    }
  }
  for (const name of Object.keys(suites)) assert.match(read(`${name}.md`), /^# .*\n\nMade by/);
  const entries = JSON.parse(read("index.json")) as { file: string }[];
  const files = all.flatMap(({ checkpoint }) => checkpoint ?? []);
  assert.equal(
    entries.map(({ file }) => file),
    files,
  );
  for (const file of files) assert.match(read("README.md"), file);
});

results("a study: its results, its page, and no more than one of each", async () => {
  assert.match(await quickly(["copy"]), /^copy 1: fewer than 0.1 wrong bits .*s in all$/m);
  assert.match(read("copy.md"), /^# Copy.*\n\nMade by/);
  assert.is(await quickly(["copy"]), "");
  assert.match(
    await quickly(["ownPairs"]),
    /^roman: \d\S*% of 571 exactly right, \d+ s\nnumber words: .*\nsnake case: /,
  );
  assert.match(read("ownPairs.md"), /^# Pairs of one's own\n\nMade by/);
});

results("what there is a result for is not trained again", async () => {
  assert.is(await quickly(["turing"]), "");
  const system = await quickly(["neuralTuringMachine"], { only: "copy", again: true });
  assert.match(system, /^copy-ntm-1: 3 steps/m);
  const args = ["turing", "--quick", "--out", folder, "--only", "copy-ntm", "--again"];
  const command = await run(process.execPath, ["--import", "tsx", "reproduce/main.ts", ...args], { cwd: root });
  assert.match(command.stdout, /^copy-ntm-1: 3 steps/);
});

results("a run is asked for again by its hash, and must come out the same", async () => {
  const { run } = JSON.parse(read("runs/copy-ntm-1.json")) as Run;
  const asked = { quick: true, out: folder, run: run!.slice(0, 16) };
  const lines: string[] = [];
  await reproduce([], { ...asked, report: (line) => lines.push(line) });
  assert.match(lines.join("\n"), /^copy-ntm-1: 3 steps/m);
  const file = join(folder, "runs/copy-ntm-1.json");
  writeFileSync(file, read("runs/copy-ntm-1.json").replace(/"weights": "..../, '"weights": "0000'));
  const error = await reproduce([], { ...asked, report: () => undefined }).catch((error: Error) => error);
  assert.match(String(error), /ConflictError: .*copy-ntm-1.json has the weights 0000/);
  const none = await reproduce([], { ...asked, run: "zz", report: () => undefined }).catch((error: Error) => error);
  assert.match(String(none), /No result has a run whose hash begins with zz/);
});

results("its help, and what it does not know", async () => {
  const asked = (...args: string[]) =>
    run(process.execPath, ["--import", "tsx", "reproduce/main.ts", ...args], { cwd: root }).then(
      ({ stdout }) => stdout,
      ({ code, stderr }: { code: number; stderr: string }) => `${code}: ${stderr}`,
    );
  assert.match(await asked("--help"), /^Usage: npm run reproduce -- NAME/);
  assert.match(await asked("copy", "--thread", "2"), /^2: Unknown option '--thread'[^\n]*--help says more\n$/);
  assert.match(await asked("nowhere"), /^2: There is no nowhere; NAME is one of turing,/);
});

results.after(() => rmSync(folder, { recursive: true, force: true }));
results.run();
