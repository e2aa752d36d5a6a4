/**
 * What the command line says of a user's module that it cannot train. The modules import the same sources as this file.
 * Runs from its sources.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { UsageError } from "../cli/errors.js";
import { readOwnModule } from "../cli/ownModule.js";
import { planTraining } from "../cli/plan.js";
import type { TrainFlags } from "../cli/trainFlags.js";
import { MODEL, OTHER, ownModules, TASK } from "./support/ownModules.js";
import { rejectedBy, thrownBy } from "./support/thrown.js";

const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const sourceOf = (entry: string): string =>
  new URL(`../bindings/${entry === "tapehead" ? "core" : entry.replace("tapehead/", "")}.ts`, import.meta.url).href;
const module = ownModules(folder, sourceOf);
const read = (name: string) => readOwnModule(join(folder, name));

module("mine.mjs", MODEL + TASK);
module("tuned.mjs", `${MODEL}${TASK}export const optimizer = adam({ learningRate: 5e-3 });`);
module("blind.mjs", `${MODEL}export const task = { ...parity, metrics: {} };`);
module(
  "seedless.mjs",
  `${OTHER} "Fading"; constructor(o) { super(o); delete this.options.seed } }
  export const model = new Other({ inputSize: 1, outputSize: 1 });${TASK}`,
);
const [mine, tuned, blind, seedless] = await Promise.all(
  ["mine.mjs", "tuned.mjs", "blind.mjs", "seedless.mjs"].map(read),
);

const modules = suite("a module that cannot be trained");

const wrong: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  ["one", MODEL, /one\.mjs exports model, and must export `model`, `task` and/],
  ["default", `${TASK}export default 1`, /default\.mjs exports default, task, and must export `model`, `task`/],
  ["class", `export const model = Fading;${TASK}`, /the model is the class Fading, and must be one of it: new Fading/],
  ["object", `export const model = {};${TASK}`, /mjs: the model is an object, and must be one that trains, a Model/],
  ["task", `${MODEL}export const task = "copy";`, /mjs: the task is "copy", and must be a task such as copyTask/],
  ["fit", `${MODEL}export const task = copyTask();`, /mjs: The model's inputSize is 1, and must be 9 for the task/],
  ["loss", `${MODEL}export const task = { ...parity, loss: undefined };`, /mjs: the task running-parity has no loss/],
  ["optimizer", `${MODEL}${TASK}export const optimizer = adam;`, /mjs: the optimizer is a function, and must be/],
  ["syntax", "export const = 1;", /Cannot import .*syntax\.mjs: .*Error: /],
  ["throws", "throw new RangeError('no data');", /Cannot import .*throws\.mjs: RangeError: no data/],
  [
    "name",
    `${OTHER} "Else" } export const model = new Other({ inputSize: 1, outputSize: 1 });${TASK}`,
    /mjs: the model's class has the static className "Else", and must have the name "Fading"/,
  ],
  [
    "options",
    `${OTHER} "Fading"; constructor() { super({ inputSize: 1, outputSize: 1 }); this.options.at = n++ } }
    let n = 0; export const model = new Other();${TASK}`,
    /mjs: the model's options \{.*"at":0\} make one with \{.*"at":1\}, and must make the same again/,
  ],
  [
    "sizes",
    `${OTHER} "Fading"; constructor(o) { super({ hiddenSize: 4, ...o }); this.options = { inputSize: 1, outputSize: 1 } } }
    export const model = new Other({ inputSize: 1, outputSize: 1, hiddenSize: 5 });${TASK}`,
    /mjs: Cannot load a checkpoint of .*mjs: its "cell\.h0" is \(5\), and must be \(4\)/,
  ],
  [
    "json",
    `${OTHER} "Fading"; constructor(o) { super(o); this.options.scale = NaN } }
    export const model = new Other({ inputSize: 1, outputSize: 1 });${TASK}`,
    /mjs: save: the model's options must be plain JSON/,
  ],
];
for (const [name, text, message] of wrong) {
  modules(`${name}.mjs`, async () => {
    module(`${name}.mjs`, text);
    const error = await rejectedBy(read(`${name}.mjs`));
    assert.instance(error, UsageError);
    assert.match(error.message, message);
  });
}

modules("no file, no package, another copy of the package", async () => {
  assert.match((await rejectedBy(read("no.mjs"))).message, /Cannot import .*no\.mjs: there is no such file/);
  writeFileSync(join(folder, "empty.mjs"), "");
  assert.match((await rejectedBy(read("empty.mjs"))).message, /empty\.mjs exports nothing, and must export/);
  ownModules(folder)("bare.mjs", MODEL + TASK);
  const bare = await rejectedBy(read("bare.mjs"));
  assert.match(bare.message, /Cannot find package 'tapehead' .*\. Install it beside the module: npm install tapehead$/);
  const built = (entry: string): string =>
    new URL(`../dist/${entry === "tapehead" ? "index" : entry.replace("tapehead/", "")}.js`, import.meta.url).href;
  ownModules(folder, built)("copy.mjs", MODEL + TASK);
  const copy = await rejectedBy(read("copy.mjs"));
  assert.match(copy.message, /copy\.mjs makes its model with another copy of Tapehead, and must import the one/);
});
modules.run();

const flags = suite("flags beside a module");
const refused: readonly (readonly [given: TrainFlags, message: RegExp])[] = [
  [{ own: mine!, task: "copy" }, /--task is for models and tasks of Tapehead's; .*mine\.mjs decides this itself/],
  [{ own: mine!, hidden: "9" }, /--hidden is for models and tasks of Tapehead's/],
  [{ own: mine!, circular: false }, /--circular is for models and tasks of Tapehead's/],
  [{ own: mine!, maxLength: "9" }, /--max-length is for models and tasks of Tapehead's/],
  [{ own: tuned!, learningRate: 1 }, /--learning-rate is for an optimizer that --optimizer names; .*mjs exports one/],
  [{ own: tuned!, decay: 1 }, /--decay is for an optimizer that --optimizer names/],
  [{ own: blind!, until: 1 }, /--until needs a metric, and the task running-parity has none/],
  [{ own: seedless!, seed: 4 }, /--seed is for models with an option "seed", which the Fading of .*mjs has not/],
];
for (const [given, message] of refused) {
  flags(String(message), () => {
    const error = thrownBy(() => planTraining(given));
    assert.instance(error, UsageError);
    assert.match(error.message, message);
  });
}

flags("a seed is that of the parameters and of the data; without one, the module's own are", () => {
  const { model, options } = planTraining({ own: mine!, seed: 4 });
  assert.is(model.options.seed, 4);
  assert.is(options.seed, 4);
  assert.not.equal(model.parameters.values, mine!.model.parameters.values);
  const usual = planTraining({ own: mine! });
  assert.is(usual.model, mine!.model);
  assert.is(usual.options.seed, 1);
  assert.is(planTraining({ own: seedless! }).model, seedless!.model);
});

flags("what the command line leaves open is what it is for any model, and the file has the module's name", () => {
  const { batch, steps, file, metrics, options } = planTraining({ own: mine! });
  assert.equal(
    { batch, steps, file, metrics },
    { batch: 16, steps: 20_000, file: "mine.safetensors", metrics: ["bitError"] },
  );
  assert.is(options.optimizer!.name, "adam");
  assert.equal(options.clip, { norm: 10 });
  assert.is(planTraining({ own: tuned! }).options.optimizer, tuned!.optimizer);
  assert.is(planTraining({ own: tuned!, optimizer: "sgd" }).options.optimizer!.name, "sgd");
});
flags.run();
