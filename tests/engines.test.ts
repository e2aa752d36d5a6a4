import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DisposedError, Engine } from "../bindings/engine/engine.js";
import { LoadError } from "../bindings/engine/load.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { train } from "../bindings/training/train.js";
import type { Abandoned } from "./support/abandoned.js";
import { keptIn, testEngine } from "./support/engine.js";
import { rejectedBy, thrownBy } from "./support/thrown.js";

setFlagsFromString("--expose-gc");
const collectOnce = runInNewContext("gc") as () => void;

/** Collects what nobody holds, and lets the host say what was collected. */
async function collect(): Promise<void> {
  for (let i = 0; i < 4; ++i) {
    collectOnce();
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

/** Compiled once, as an edge platform does it. */
const module = new WebAssembly.Module(readFileSync(new URL("../build/tapehead.wasm", import.meta.url)));
const tiny = { inputSize: 3, outputSize: 2, hiddenSize: 6, slots: 6, width: 4 };
const make = (seed = 1): NeuralTuringMachine => new NeuralTuringMachine({ ...tiny, seed });
const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });
const sample = [
  [1, 0, 1],
  [0, 1, 0],
];

const engines = suite("engines");

/** How many of the memories of engines are still there. */
class Census {
  readonly #memories: WeakRef<object>[] = [];

  /** Call it when the engine's memory grows no more, since it gets another buffer then. */
  note(engine: Engine): void {
    this.#memories.push(new WeakRef(engine.memory.f32.buffer));
  }

  get alive(): number {
    return this.#memories.filter((memory) => memory.deref()).length;
  }
}

/** Makes engines and uses them; `held` is what somebody goes on holding. */
async function useAndDispose(count: number, census: Census, held: unknown[], model?: NeuralTuringMachine) {
  for (let i = 0; i < count; ++i) {
    const engine = i % 10 ? await Engine.create({ module }) : await testEngine("release");
    const own = model ?? make(i);
    own.run(engine, sample);
    held.push(engine, own);
    if (i % 10 === 0) {
      const session = own.session(engine);
      session.step(sample[0]!);
      held.push(session);
      for await (const { step } of train(engine, own, task, { batch: 2 })) if (step === 2) break;
    }
    census.note(engine);
    engine.dispose();
  }
}

engines("a thousand, made and disposed of, leave memory flat", async () => {
  const census = new Census();
  const model = make();
  await useAndDispose(100, census, [], model);
  await collect();
  const before = process.memoryUsage();
  for (let round = 0; round < 9; ++round) {
    await useAndDispose(100, census, [], round % 2 ? model : undefined);
    await collect();
  }
  const after = process.memoryUsage();
  assert.ok(census.alive <= 2, `${census.alive} of 1,000 memories are alive`);
  const grown = (what: "rss" | "heapUsed" | "external" | "arrayBuffers"): number =>
    (after[what] - before[what]) / 2 ** 20;
  for (const what of ["heapUsed", "external", "arrayBuffers"] as const) {
    assert.ok(grown(what) < 4, `${what} grew by ${grown(what).toFixed(1)} MiB in 900 engines`);
  }
  assert.ok(grown("rss") < 64, `the process grew by ${grown("rss").toFixed(1)} MiB in 900 engines`);
});

engines("disposing gives memory back whoever holds the engine, its sessions and its models", async () => {
  const census = new Census();
  const held: unknown[] = [];
  await useAndDispose(30, census, held);
  await collect();
  assert.ok(census.alive <= 1, `${census.alive} of 30 memories are alive`);
  assert.is(held.length, 63);
});

engines("nobody needs to dispose: an engine that nobody holds goes, though its models stay", async () => {
  const census = new Census();
  const models = [make(1), make(2)];
  await (async () => {
    for (let i = 0; i < 20; ++i) {
      const engine = await testEngine("release");
      for (const model of models) model.run(engine, sample);
      models[0]!.session(engine);
      census.note(engine);
    }
  })();
  await collect();
  assert.ok(census.alive <= 1, `${census.alive} of 20 memories are alive`);
});

engines("what models and sessions that are gone kept in an engine is used again", () => {
  const program = fileURLToPath(new URL("support/abandoned.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--import", "tsx", program], {
    encoding: "utf8",
  });
  assert.is(status, 0, stderr);
  const { made, gone, each, kept, bytes } = JSON.parse(stdout) as Abandoned;
  assert.ok(gone > made / 2, `the host says that ${gone} of ${made} models are gone`);
  assert.ok(kept <= (made - gone) * each, `${kept} bytes for ${made - gone} models of ${each}`);
  assert.ok(bytes < 65_536 + made * each, `${bytes} bytes`);
});

engines("a model released from an engine keeps what it learned, and may come back", async () => {
  const engine = await testEngine();
  const [model, twin] = [make(), make()];
  for await (const { step } of train(engine, twin, task)) if (step === 2) break;
  for await (const { step } of train(engine, model, task)) if (step === 2) break;
  model.release(engine);
  model.release(engine);
  assert.equal(model.parameters.values, twin.parameters.values);
  assert.equal(model.run(engine, sample).outputs, twin.run(engine, sample).outputs);
  for (const each of [model, twin]) each.release(engine);
  assert.is(keptIn(engine), 0);
  engine.dispose();
});

engines("a model released in the middle of its training goes on, bit for bit", async () => {
  const engine = await testEngine();
  const [model, twin] = [make(), make()];
  for await (const { step } of train(engine, model, task)) {
    model.release(engine);
    if (step === 4) break;
  }
  for await (const { step } of train(engine, twin, task)) if (step === 4) break;
  assert.equal(model.parameters.values, twin.parameters.values);
  engine.dispose();
});

engines("a session outlives a variable for its model, and cannot be used or freed twice", async () => {
  const engine = await testEngine();
  const session = make().session(engine);
  const expected = make().run(engine, sample).outputs;
  await collect();
  make(2).run(engine, sample); // takes what was given back
  assert.equal([...session.step(sample[0]!)], [...expected[0]!]);
  session.dispose();
  const other = make().session(engine); // takes the memory of the first
  session.dispose();
  assert.equal([...other.step(sample[0]!)], [...expected[0]!]);
  assert.instance(
    thrownBy(() => session.step(sample[0]!)),
    DisposedError,
  );
  assert.instance(
    thrownBy(() => session.reset()),
    DisposedError,
  );
  engine.dispose();
  other.dispose();
});

engines("two train two models, a step here and a step there, as each would alone", async () => {
  const alone: Float32Array[] = [];
  for (const seed of [1, 2]) {
    const engine = await testEngine("release");
    const model = make(seed);
    for await (const { step } of train(engine, model, task, { seed })) if (step === 12) break;
    alone.push(model.parameters.values.slice());
    engine.dispose();
  }
  for (const two of [true, false]) {
    const first = await testEngine("release");
    const second = two ? await testEngine("release") : first;
    const models = [make(1), make(2)];
    const trainings = [train(first, models[0]!, task, { seed: 1 }), train(second, models[1]!, task, { seed: 2 })];
    for (let step = 0; step < 12; ++step) {
      for (const training of trainings) await training.next();
      models[step % 2]!.run(step % 3 ? first : second, sample);
    }
    for (const training of trainings) await training.return();
    assert.equal(
      models.map((model) => model.parameters.values),
      alone,
    );
    first.dispose();
    second.dispose();
  }
});

engines("a model that moves between engines in its training has the bits of one that stays", async () => {
  const [first, second, third] = [await testEngine(), await testEngine(), await testEngine()];
  const [moving, staying] = [make(), make()];
  const whole = train(third, staying, task);
  for await (const { step } of whole) if (step === 9) break;
  let resume: Uint8Array | undefined;
  for (const [engine, until] of [
    [first, 2],
    [second, 5],
    [first, 7],
    [second, 9],
  ] as const) {
    const training = train(engine, moving, task, resume ? { resume } : {});
    for await (const { step } of training) if (step === until) break;
    assert.equal(moving.run(first, sample).outputs, moving.run(second, sample).outputs);
    resume = training.checkpoint();
  }
  assert.equal(moving.parameters.values, staying.parameters.values);
  assert.equal(resume, whole.checkpoint());
  for (const engine of [first, second, third]) engine.dispose();
});

engines("a checkpoint of a training that nobody started takes no memory", async () => {
  const engine = await testEngine();
  const model = make();
  const training = train(engine, model, task);
  const bytes = training.checkpoint();
  assert.is(engine.memory.used, 0);
  const resumed = make(3);
  const [a, b] = [train(engine, model, task), train(engine, resumed, copyTask({ bits: 2, maxLength: 2, seed: 4 }))];
  assert.equal((await a.next()).value!.step, 1);
  await a.return();
  await b.return();
  const again = train(engine, make(), task, { resume: bytes });
  assert.equal(again.checkpoint(), bytes);
  for await (const { step } of again) if (step === 1) break;
  assert.equal(again.checkpoint(), a.checkpoint());
  engine.dispose();
});

engines("a binary that is none of ours is refused with what is wrong", async () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const other = await rejectedBy(Engine.create({ bytes: empty }));
  assert.instance(other, LoadError);
  assert.match(other.message, /a WebAssembly module that is not Tapehead's/);
  const noise = await rejectedBy(Engine.create({ bytes: new Uint8Array(9) }));
  assert.instance(noise, LoadError);
  assert.match(noise.message, /cannot load Tapehead's binary from what it was given: .*WebAssembly/);
  const nothing = await rejectedBy(Engine.create({} as never));
  assert.match(nothing.message, /needs one of: module, bytes, url/);
});

engines.run();
