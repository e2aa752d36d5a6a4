import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeRunLog } from "../../cli/sweeping/runLog.js";
import type { RunRow } from "../../runs/store/results.js";

const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
const run: RunRow = {
  run: "ab".repeat(32),
  setting: "hidden 8, learningRate 0.01",
  seed: 3,
  state: "done",
  step: 4,
  measured: { loss: 0.5, bitError: 2, worst: null },
  curve: [
    { step: 2, loss: 3, bitError: 9 },
    { step: 4, loss: 1, bitError: 4 },
  ],
  options: { hidden: 8, learningRate: 0.01 },
  doneAt: 1_700_000_000,
};

const logs = suite("logs of a sweep");

logs("a run's curve and what was measured after it, under a folder for its setting", () => {
  assert.ok(writeRunLog(folder, "my sweep", run));
  const path = join(folder, "my-sweep", "hidden-8,learningRate-0.01", "seed-3");
  const names = readdirSync(path).map((name) => name.replace(/^events\..*/, "events"));
  assert.equal(names.sort(), ["events", "metrics.csv", "metrics.jsonl", "run.json"]);
  assert.is(
    readFileSync(join(path, "metrics.csv"), "utf8"),
    "step,train/loss,train/bitError,evaluation/loss,evaluation/bitError\n2,3,9,,\n4,1,4,0.5,2\n",
  );
});

logs("a log is written once, and none of a run that is not done", () => {
  assert.not.ok(writeRunLog(folder, "my sweep", run));
  assert.not.ok(writeRunLog(folder, "my sweep", { ...run, seed: 4, state: "failed" }));
  assert.not.ok(writeRunLog(folder, "my sweep", { ...run, seed: 5, state: "stopped" }));
  assert.equal(readdirSync(join(folder, "my-sweep", "hidden-8,learningRate-0.01")), ["seed-3"]);
});

logs("another run in its place is refused", () => {
  assert.throws(() => writeRunLog(folder, "my sweep", { ...run, run: "cd".repeat(32) }), /Cannot log|another|holds/);
});

logs.after(() => rmSync(folder, { recursive: true }));
logs.run();
