/** The command line with models that point. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandLine } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const pointers = suite("command line: pointers");

for (const [task, flags] of [
  ["pointer-sort", "--glimpses 1"],
  ["convex-hull", ""],
  ["tsp", "--forbid-repeats"],
]) {
  pointers(`train and trace ${task}`, async () => {
    const sizes = "--hidden 8 --min-length 5 --max-length 6";
    const trained = await tapehead(
      `train pointer-network --task ${task} ${flags} ${sizes} --steps 2 --out ${task}.safetensors`,
    );
    assert.is(trained.stderr, "");
    assert.is(trained.code, 0);
    const traced = await tapehead(`trace ${task}.safetensors --length 7 --seed 3`);
    assert.is(traced.stderr, "");
    assert.match(traced.stdout, new RegExp(`^${task}.html: 7 vectors, [\\d,]+ bytes`));
    const html = readFileSync(join(folder, `${task}.html`), "utf8");
    assert.match(html, /^<!doctype html>/i);
    assert.is(/class="[^"]*plane/.test(html), task !== "pointer-sort");
    const text = await tapehead(`trace ${task}.safetensors words`);
    assert.is(text.code, 2);
    assert.match(text.stderr, /holds a model that points: choose what at with --seed and --length/);
  });
}
pointers.run();
