/** What every system promises, from its declaration alone. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../bindings/load.js";
import { Batch } from "../bindings/tasks/batch.js";
import { kindOf } from "../cli/kind.js";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { Random } from "../bindings/common/random/philox.js";
import type { Engine } from "../bindings/engine/engine.js";
import type { Model } from "../bindings/models/model.js";
import { models } from "../bindings/models.js";
import { sharedTasks, systems } from "../bindings/systems/declarations.js";
import type { SystemDeclaration } from "../bindings/systems/defineSystem.js";
import type { AnyTask } from "../bindings/tasks/task.js";
import type { TaskDeclaration } from "../bindings/tasks/defineTask.js";
import { train } from "../bindings/training/train.js";
import { modelOf } from "./support/declaredModel.js";
import { testEngine, threadedTestEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const declared: readonly SystemDeclaration[] = systems;
const engine = await testEngine("release");

const fresh = (system: SystemDeclaration): Model<string> => modelOf(system, system.example.task());

async function trained(on: Engine, model: Model<string>, task: AnyTask): Promise<number[]> {
  const losses: number[] = [];
  for await (const { step, loss } of train(on, model, task as never, { batch: 6, seed: 3 })) {
    losses.push(loss);
    if (step === 3) break;
  }
  return losses;
}

for (const system of declared) {
  const { model: Model, rules, names, example } = system;
  const contract = suite(`contract of ${Model.className}`);

  for (const [name, use] of Object.entries(example.uses)) {
    contract(`${name} is the first thing that a fresh model does, and again after a release`, async () => {
      const own = await testEngine("release");
      const model = fresh(system);
      const first = await use(model, own);
      model.release(own);
      assert.equal(await use(model, own), first);
      own[Symbol.dispose]();
      assert.equal(await use(fresh(system), engine), first, "on an engine that others have used");
    });
  }

  contract("a batch gives what its parts do", () => {
    const model = fresh(system);
    const inputs = example.batches.inputs(model) as readonly never[];
    const together = example.batches.run(model, engine, inputs);
    assert.is(together.length, inputs.length);
    inputs.forEach((input, i) => assert.equal(example.batches.run(model, engine, [input])[0], together[i], `${i}`));
  });

  contract("it is learned from, saved and loaded to every bit", async () => {
    const task = example.task();
    const model = modelOf(system, task);
    const before = model.parameters.values.slice();
    const losses = await trained(engine, model, task);
    assert.ok(losses.every(Number.isFinite));
    assert.not.equal(model.parameters.values, before);
    const { model: loaded } = loadCheckpoint(save(model), { models });
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.parameters.values, model.parameters.values);
    const [use] = Object.values(example.uses);
    assert.equal(await use!(loaded, engine), await use!(model, engine));
  });

  contract("two threads give the bits of one", async () => {
    const threads = await threadedTestEngine({ threads: 2 });
    const [one, two] = [fresh(system), fresh(system)];
    await trained(engine, one, example.task());
    await trained(threads, two, example.task());
    assert.equal(two.parameters.values, one.parameters.values);
    threads[Symbol.dispose]();
  });

  contract("every default is the rule's, and every option is refused by name when it is wrong", () => {
    const task = example.task();
    const { options } = modelOf(system, task);
    for (const [name, [fallback, check]] of Object.entries(rules())) {
      const given = { ...options, [name]: undefined } as Record<string, unknown>;
      if (fallback === undefined) {
        assert.match(thrownBy(() => new Model(given as never)).message, `needs the option "${name}"`);
      } else {
        // A cell's further options are filled in.
        const made = attempt(() => new Model(given as never));
        if (made && kindOf(check) !== "object") {
          // What came later and is off is in no record, so that those of before are what they were.
          const isLeftOut = (fallback === 0 || fallback === false) && !(name in made.options);
          assert.equal(isLeftOut ? fallback : made.options[name as never], fallback, name);
        }
      }
      const error = thrownBy(() => new Model({ ...options, [name]: Symbol.iterator } as never));
      assert.instance(error, RangeError);
      assert.match(error.message, `${Model.className}: ${name} is Symbol(Symbol.iterator), and must be `);
    }
    const unknown = thrownBy(() => new Model({ ...options, unknown: 1 } as never));
    assert.match(unknown.message, `${Model.className} has no option "unknown"; it has `);
  });

  contract("its names decide options that it has", () => {
    for (const decided of Object.values(names)) {
      for (const option of Object.keys(decided)) assert.ok(option in rules(), option);
    }
  });
  contract.run();
}

/** What a call returns, unless the options do not go together. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    assert.instance(error, RangeError);
    return undefined;
  }
}

const contract = suite("contract of tasks");
const allTasks: readonly TaskDeclaration[] = [...sharedTasks, ...declared.flatMap(({ tasks }) => tasks)];

contract("names of systems and tasks are there once, and every task is learned by one system", () => {
  const all = allTasks.flatMap(({ names }) => names);
  const ofModels = declared.flatMap(({ names, formerly = [] }) => [...Object.keys(names), ...formerly]);
  assert.is(new Set(all).size, all.length);
  const current = declared.flatMap(({ names }) => Object.keys(names));
  assert.is(new Set(current).size, current.length);
  assert.ok(ofModels.length > current.length);
  assert.equal(declared.flatMap(({ learns }) => learns).sort(), [...all].sort());
});

for (const { names, create, rules, metrics, longest, example } of allTasks) {
  contract(`${names[0]}: name, metrics, defaults and examples are as declared`, () => {
    const task = create(example() as never);
    assert.is(task.name, names[0]);
    assert.equal(Object.keys(task.metrics), metrics);
    const given: Readonly<Record<string, unknown>> = example();
    for (const [name, [fallback, check]] of Object.entries(rules())) {
      if (name in given || !kindOf(check) || !(name in task.options)) continue;
      if (name === "numbers") continue; // depends on maxOperators: the help says so in words
      assert.equal(task.options[name], fallback, name);
    }
    if (longest) assert.type(task.options[longest], "number");
    const again = create({ ...given, ...task.options, ...("name" in given && { name: task.name }) } as never);
    assert.equal(again.options, task.options);
  });
}

contract("learners take what their default tasks draw", () => {
  for (const { tasks, ...system } of declared) {
    for (const { create, example } of tasks) {
      const task = create(example() as never);
      const learner = modelOf({ ...system, tasks }, task);
      learner.expectFit("contract", task);
      const batch = new Batch(learner.batchLayout(task));
      task.generate(new Random(1), 3, batch);
      assert.is(batch.count, 3);
    }
  }
});
contract.run();
