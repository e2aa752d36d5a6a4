/** The page is read as a user reads it: its plan is TypeScript. Runs from its sources. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { planSweep } from "../../cli/sweeping/planned.js";
import { readPlan } from "../../cli/sweeping/readPlan.js";
import { PLAN_NAMES } from "../../runs/sweep/check.js";
import { databaseFolder } from "../support/folderDatabase.js";
import { examplesOf, replaced, runExample } from "../support/example.js";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/sweeps.md", root), "utf8");
const [plan, program, ...others] = examplesOf(page, "ts");
const engine = { version: "1.0.0", binary: "0" };

const sweeps = suite("the page on sweeps");

sweeps("its plan is one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
  const file = join(folder, "plan.ts");
  writeFileSync(file, plan!);
  const { plan: read, ...source } = await readPlan(file);
  const { settings, name, metric } = planSweep(read, source, engine);
  assert.is(name, "plan");
  assert.is(metric, "bitError");
  assert.is(settings.length, 6);
  assert.is(settings[0]!.label, "hidden 64, learningRate 0.001");
  assert.is(settings[0]!.seeds.length, 10);
  rmSync(folder, { recursive: true });
});

sweeps("its table has all that a plan can have", () => {
  const names = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  assert.equal(names.sort(), PLAN_NAMES.filter((name) => name !== "name").sort());
});

sweeps("its program runs as it stands, in a database that is there", async () => {
  const database = await databaseFolder();
  const code = replaced(program!, '"my-runs"', JSON.stringify(database)).replaceAll("console.log(", "said.push(");
  const { exports } = await runExample<{ said: unknown[]; status: { done: number } }>(code, {
    before: "const said = [];",
    after: "export { said, status };",
  });
  assert.is(exports.status.done, 4);
  assert.is(exports.said.filter((word) => word === "done").length, 4);
  assert.match(String(exports.said.at(-1)), /^[0-9a-f]{64}$/);
});

sweeps("the plan of examples/sweeps is one", async () => {
  const { plan: read, ...source } = await readPlan(new URL("examples/sweeps/plan.json", root).pathname);
  const { settings, rungs } = planSweep(read, source, engine);
  assert.is(settings.length, 9);
  assert.equal(rungs!.steps, [200, 600, 1800]);
});

sweeps("there are no other examples", () => assert.equal(others, []));

sweeps.run();
