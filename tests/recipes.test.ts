import { readdirSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Option } from "commander";
import { models } from "../cli/models.js";
import { planTraining } from "../cli/plan.js";
import { tasks } from "../cli/tasks.js";
import { recipes } from "../recipes/index.js";
import { experiments, suites } from "../recipes/suites.js";
import { pages } from "../reproduce/pages/index.js";

const tested = suite("recipes");

tested("presets are of models and tasks that the command line knows", () => {
  for (const [name, { presets }] of Object.entries(recipes)) {
    for (const [model, ofModel] of Object.entries(presets)) {
      assert.ok(model in models, `${name}: ${model}`);
      for (const task of Object.keys(ofModel)) assert.ok(task in tasks, `${name}: ${task}`);
    }
  }
});

tested("no two recipes have one place, or one preset", () => {
  const all = Object.values(recipes);
  const places = all.map(({ place }) => place);
  assert.is(new Set(places).size, places.length);
  const named = all.flatMap(({ presets }) =>
    Object.entries(presets).flatMap(([model, ofModel]) => Object.keys(ofModel).map((task) => `${model} ${task}`)),
  );
  assert.is(new Set(named).size, named.length);
});

tested("experiments have names and checkpoints of their own, and a page", () => {
  const names = experiments.map(({ name }) => name);
  assert.is(new Set(names).size, names.length);
  const checkpoints = experiments.flatMap(({ checkpoint }) => checkpoint ?? []);
  assert.is(new Set(checkpoints).size, checkpoints.length);
  for (const name of Object.keys(suites)) assert.ok(name in pages, name);
});

/** Flags of training, beside those of models and tasks. */
const ofTraining = [
  "batch",
  "steps",
  "optimizer",
  "learningRate",
  "warmup",
  "decay",
  "costDecay",
  "costHalving",
  "clipNorm",
  "gradientNoise",
  "average",
  "momentum",
  "weightDecay",
];

for (const { name, model, task, flags, data } of experiments) {
  tested(`${name}: its model, task and flags are what the command line takes`, () => {
    // One that is called otherwise would be left out, and nobody told.
    const own = [...models[model]!.flags, ...tasks[task]!.flags].map(({ long }) => new Option(long).attributeName());
    const known = [...ofTraining, ...own];
    assert.equal(
      Object.keys(flags ?? {}).filter((flag) => !known.includes(flag)),
      [],
    );
    if (data) {
      const taken = tasks[task]!.flags.find(({ option }) => option === data.option);
      assert.type(taken?.parse, "function");
      assert.ok(model in models);
      return;
    }
    // A few stories are as good as all that are made up for training, which take a second.
    const few = task === "babi" ? { questionsEach: 10 } : {};
    assert.is(planTraining({ ...flags, ...few, model, task, seed: 1 }).task.name, task);
  });
}

tested("every committed run is one of an experiment", () => {
  const known = new Set(experiments.flatMap(({ name, seeds }) => seeds.map((seed) => `${name}-${seed}.json`)));
  const runs = readdirSync(new URL("../docs/results/runs/", import.meta.url));
  assert.equal(
    runs.filter((file) => !known.has(file)),
    [],
  );
});

tested.run();
