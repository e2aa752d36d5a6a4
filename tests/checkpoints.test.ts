/** What is in checkpoints/ is what its index says: the same bytes, and the same score on the same sequences. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../bindings/load.js";
import { models } from "../bindings/models.js";
import { experiments } from "../recipes/suites.js";
import type { Entry } from "../reproduce/checkpointsPage.js";
import { dataFolder } from "../reproduce/data.js";
import { SCORED, scoreOf } from "../reproduce/measure.js";
import { testEngine } from "./support/engine.js";

const folder = new URL("../checkpoints/", import.meta.url);
const read = (file: string): Buffer => readFileSync(new URL(file, folder));
const entries = JSON.parse(read("index.json").toString()) as Entry[];
const engine = await testEngine("release");

const checkpoints = suite("checkpoints");

checkpoints("every file has an entry, every entry a file, and every preset with one is there", () => {
  const files = readdirSync(folder).filter((file) => file.endsWith(".safetensors"));
  const named = entries.map(({ file }) => file);
  assert.equal(files.sort(), [...named].sort());
  const wanted = experiments.flatMap(({ checkpoint }) => checkpoint ?? []);
  assert.equal([...named].sort(), wanted.sort());
  assert.ok(entries.reduce((sum, { bytes }) => sum + bytes, 0) <= 18e6, "no bulk: 18 MB in all");
});

for (const { file, sha256, bytes, command, task: taskName, score } of entries) {
  const experiment = experiments.find(({ checkpoint }) => checkpoint === file)!;
  const test = experiment.data && dataFolder() === undefined ? checkpoints.skip : checkpoints;
  test(`${file} scores what its entry says`, async () => {
    const content = read(file);
    assert.is(content.length, bytes);
    assert.is(createHash("sha256").update(content).digest("hex"), sha256);
    assert.match(command, /^tapehead train .* --seed \d+ --model-only( --dtype f16)? --out /);
    assert.is(command.includes(" --dtype f16 "), experiment.dtype === undefined);
    const { model, task } = loadCheckpoint(content, { file, models });
    assert.is(task!.name, taskName);
    assert.equal(await scoreOf(engine, model, task!, experiment, SCORED), score);
    model.release(engine);
  });
}
checkpoints.after(() => engine.dispose());
checkpoints.run();
