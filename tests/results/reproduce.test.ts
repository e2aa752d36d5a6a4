/** Experiments as sweeps, whose processes run TypeScript as this one does. Runs from its sources. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Run } from "../../reproduce/run.js";
import { experimentsOf, reproduce } from "../../reproduce/reproduce.js";
import { QuickResults } from "../support/quickResults.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const quick = new QuickResults();
const results = suite("reproduce");

results("what there is a result for is not trained again", async () => {
  assert.match(await quick.make(["turing"], { only: "copy-ntm" }), /^copy-ntm-1: 3 steps/m);
  assert.is(await quick.make(["turing"], { only: "copy-ntm" }), "");
  // As a command, by the name of the system.
  const args = ["neuralTuringMachine", "--quick", "--out", quick.folder, "--only", "copy-ntm", "--again"];
  const command = await run(process.execPath, ["--import", "tsx", "reproduce/main.ts", ...args], { cwd: root });
  assert.match(command.stdout, /^copy-ntm-1: 3 steps/);
});

results("one process takes all cores, and its weights are the same: else this would be a conflict", async () => {
  const threads = (): number => (JSON.parse(quick.read("runs/copy-ntm-1.json")) as Run).threads;
  assert.match(await quick.make(["turing"], { only: "copy-ntm", workers: 1, again: true }), /^copy-ntm-1: 3 steps/m);
  assert.is(threads(), availableParallelism());
});

results("a run is asked for again by its hash, and must come out the same", async () => {
  const { run } = JSON.parse(quick.read("runs/copy-ntm-1.json")) as Run;
  const asked = { quick: true, out: quick.folder, run: run!.slice(0, 16) };
  const lines: string[] = [];
  await reproduce([], { ...asked, report: (line) => lines.push(line) });
  assert.match(lines.join("\n"), /^copy-ntm-1: 3 steps/m);
  const file = join(quick.folder, "runs/copy-ntm-1.json");
  writeFileSync(file, quick.read("runs/copy-ntm-1.json").replace(/"weights": "..../, '"weights": "0000'));
  const error = await reproduce([], { ...asked, report: () => undefined }).catch((error: Error) => error);
  assert.match(String(error), /ConflictError: .*copy-ntm-1.json has the weights 0000/);
  const none = await reproduce([], { ...asked, run: "zz", report: () => undefined }).catch((error: Error) => error);
  assert.match(String(none), /No result has a run whose hash begins with zz/);
});

results("--only is an experiment's name, or else a part of names", () => {
  const namesOf = (only?: string): string[] => experimentsOf(["neuralTuringMachine"], only).map(({ name }) => name);
  assert.equal(namesOf("copy-ntm"), ["copy-ntm"]);
  assert.ok(namesOf("copy").length > 1 && namesOf("copy").length < namesOf().length);
  for (const name of namesOf("copy")) assert.match(name, "copy");
});

results("its help, and what it does not know", async () => {
  const asked = (...args: string[]) =>
    run(process.execPath, ["--import", "tsx", "reproduce/main.ts", ...args], { cwd: root }).then(
      ({ stdout }) => stdout,
      ({ code, stderr }: { code: number; stderr: string }) => `${code}: ${stderr}`,
    );
  assert.match(await asked("--help"), /^Usage: npm run reproduce -- NAME/);
  assert.match(await asked("copy", "--thread", "2"), /^2: Unknown option '--thread'[^\n]*--help says more\n$/);
  const unknown = await asked("memoryNetworks", "--only", "babi-joint-memnn");
  assert.is(unknown, '2: memoryNetworks: no experiment\'s name is "babi-joint-memnn" or holds it. --help says more\n');
  assert.match(await asked("nowhere"), /^2: There is no nowhere; NAME is one of turing,/);
});

results.after(() => quick.remove());
results.run();
