/** Sweeps as a user has them: the packed package with its peers, a database in a folder, then workers from another path. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noPostgres, startPostgres } from "../support/postgres.js";
import { commandIn } from "./writtenWorker.mjs";

/** Every run's hash with that of its weights. */
const weightsIn = (json) =>
  Object.fromEntries(
    json
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
      .map(({ run, weights }) => [run, weights]),
  );

/** @param {string} folder the example, where the package is installed */
export async function checkSweeps(folder, check, skip) {
  const tapehead = commandIn(folder);
  const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"));
  const small = { ...plan, options: { steps: 40, batch: 4 }, seeds: [1, 2], halving: { first: 10 } };
  writeFileSync(join(folder, "small.json"), JSON.stringify(small));

  let alone;
  await check("a plan is done with a database in a folder, and compared", () => {
    assert.match(tapehead("sweep", "small.json"), /small: 18 runs, 18 new\n[^]*9 settings/);
    assert.match(tapehead("status"), /small: \d+ of 18 done, \d+ stopped early/);
    alone = weightsIn(tapehead("results", "--format", "json"));
    assert.equal(Object.keys(alone).length, 18);
  });
  await check("the same plan again is nothing to do", () => {
    assert.match(tapehead("sweep", "small.json"), /small: 18 runs, 0 new/);
  });
  if (noPostgres !== undefined) return skip("sweeps on a server", 1, noPostgres);
  await check("on a server, a worker with nothing but the package and the address does the same", async () => {
    const elsewhere = join(folder, "elsewhere", "deeper");
    mkdirSync(elsewhere, { recursive: true });
    cpSync(join(folder, "node_modules"), join(elsewhere, "node_modules"), { recursive: true });
    const server = await startPostgres();
    try {
      const database = await server.address("sweeps");
      assert.match(tapehead("sweep", "small.json", "--database", database), /tapehead work --database postgres:/);
      const said = commandIn(elsewhere)("work", "--until-empty", "--workers", "2", "--database", database);
      assert.match(said, /^[0-9a-f]{12} done$/m);
      assert.deepEqual(weightsIn(tapehead("results", "--format", "json", "--database", database)), alone);
    } finally {
      await server.remove();
    }
  });
}
