import { spawnSync } from "node:child_process";
import { Worker as NodeWorker } from "node:worker_threads";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DisposedError, type Engine } from "../bindings/engine/engine.js";
import { wideShardRows } from "../bindings/engine/shards.js";
import type { WebWorker } from "../bindings/engine/thread.js";
import { ThreadError } from "../bindings/engine/threadError.js";
import { MemoryError } from "../bindings/graph/memoryError.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../bindings/common/random/philox.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { train } from "../bindings/training/train.js";
import { uniform } from "./support/array.js";
import { testEngine, threadedTestEngine } from "./support/engine.js";
import { soon } from "./support/soon.js";
import { rejectedBy, thrownBy } from "./support/thrown.js";

const THREADS = [2, 3, 4];
const sizes = { inputSize: 4, outputSize: 3, hiddenSize: 12, slots: 9, width: 5, seed: 1 };
const task = copyTask({ bits: 3, maxLength: 4, lengths: "mixed", seed: 2 });
const make = (): NeuralTuringMachine => new NeuralTuringMachine(sizes);
const alone = await testEngine("release");
const teams = await Promise.all(THREADS.map((threads) => threadedTestEngine({ threads })));

/** All that training leaves behind, to the bit. */
async function trained(engine: Engine, batch: number): Promise<string> {
  const model = make();
  const said: unknown[] = [];
  const options = { batch, steps: 6, evaluate: { every: 3, sequences: 20 } };
  for await (const step of train(engine, model, task, options)) said.push(step);
  return JSON.stringify(said) + model.parameters.values.join();
}

const cuts = suite("threads: shards of large matrices");
cuts("are few, but two at least, and depend on the batch alone", () => {
  const cut = (batch: number): number[] => {
    const rows: number[] = [];
    for (let left = batch; left; left -= rows.at(-1)!) rows.push(wideShardRows(left, batch));
    return rows;
  };
  const expected: Record<number, number[]> = {
    1: [1],
    2: [1, 1],
    3: [1, 1, 1],
    7: [2, 2, 2, 1],
    32: [16, 16],
    50: [16, 16, 16, 2],
    64: [32, 32],
    100: [32, 32, 32, 4],
  };
  for (const [batch, rows] of Object.entries(expected)) assert.equal(cut(Number(batch)), rows, batch);
});
cuts.run();

const bits = suite("threads: the same bits");

bits("an engine has the threads that were asked for", () => {
  assert.equal(
    teams.map(({ threads }) => threads),
    THREADS,
  );
  assert.is(alone.threads, 1);
});

for (const batch of [1, 8, 9, 16, 40]) {
  bits(`training on batches of ${batch} with ${THREADS.join(", ")} threads gives those of one`, async () => {
    const expected = await trained(alone, batch);
    for (const engine of teams) assert.is(await trained(engine, batch), expected);
  });
}

for (const batch of [1, 7, 8, 30]) {
  bits(`a run of ${batch} sequences with ${THREADS.join(", ")} threads gives those of one`, () => {
    const random = new Random(3);
    const inputs = Array.from({ length: batch }, (_, i) => {
      return Array.from({ length: 2 + (i % 5) }, () => uniform(random, [4], -1, 1).data);
    });
    const model = make();
    const run = (engine: Engine): unknown => model.run(engine, inputs, { trace: ["memory", "readWeights"] });
    const expected = run(alone);
    for (const engine of teams) assert.equal(run(engine), expected);
  });
}

bits("lengths may grow: arenas of all threads grow with them", () => {
  const model = make();
  for (const time of [1, 400, 3, 2000]) {
    const inputs = Array.from({ length: 17 }, () => Array.from({ length: time }, () => [0, 1, 0, 1]));
    const expected = model.run(alone, inputs).outputs;
    for (const engine of teams) assert.equal(model.run(engine, inputs).outputs, expected);
  }
});

bits("two trainings at once on one engine do not disturb each other", async () => {
  const expected = [await trained(alone, 16), await trained(alone, 24)];
  for (const engine of teams) {
    assert.equal(await Promise.all([trained(engine, 16), trained(engine, 24)]), expected);
  }
});

bits("steps after the first take no memory", async () => {
  const engine = teams[0]!;
  let after: number | undefined;
  for await (const { step } of train(engine, make(), copyTask({ bits: 3, minLength: 4, maxLength: 4 }), {
    steps: 400,
  })) {
    if (step === 2) after = engine.memory.used;
  }
  assert.ok(after! > 0 && engine.memory.used < after!);
});
bits.after(() => teams.forEach((engine) => engine.dispose()));
bits.run();

/** A worker of Node that behaves like one of a page. */
function worker(script: string): WebWorker {
  const node = new NodeWorker(script, { eval: true });
  const web: WebWorker = {
    postMessage: (message) => node.postMessage(message),
    terminate: () => void node.terminate(),
    onmessage: null,
    onerror: null,
  };
  node.on("message", (data: unknown) => web.onmessage?.({ data } as MessageEvent));
  node.on("error", (error) => web.onerror?.({ message: error.message } as ErrorEvent));
  node.on("exit", (code) => web.onerror?.({ message: `exit ${code}` } as ErrorEvent));
  node.unref(); // a test that fails must not keep the process alive; last, since listeners refer to the worker again
  return web;
}

/** A thread that takes the first machine it can and then does something else; the words are those of assembly/team.ts. */
const takesAndThen = (what: string): string => `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ memory, team }) => {
    const words = new Int32Array(memory.buffer);
    const tickets = new BigInt64Array(memory.buffer);
    const isTaken = () => {
      for (;;) {
        const ticket = Atomics.load(tickets, team / 8 + 1);
        if (!(ticket & 0xffffffffn)) return false;
        if (Atomics.compareExchange(tickets, team / 8 + 1, ticket, ticket - 1n) === ticket) return true;
      }
    };
    parentPort.postMessage("ready");
    for (;;) {
      const signal = Atomics.load(words, team / 4);
      if (isTaken()) break;
      Atomics.wait(words, team / 4, signal);
    }
    ${what}
  });`;

const failures = suite("threads: failures");

failures("a thread that ends in the middle of a step is a ThreadError, and the model keeps what it had", async () => {
  using engine = await threadedTestEngine({ threads: 2, worker: () => worker(takesAndThen("process.exit(3);")) });
  const { error, model, before } = await soon("the thread has a part of a step", async () => {
    const model = make();
    const before = model.parameters.values.slice();
    try {
      for await (const _ of train(engine, model, task, { batch: 2000, steps: 1 }));
      return undefined; // the caller was done before the thread woke
    } catch (error) {
      return { error: error as Error, model, before };
    }
  });
  assert.instance(error, ThreadError);
  assert.match(error.message, /a thread has ended: exit 3\. Models keep what they had learned/);
  assert.equal(model.parameters.values, before);
  assert.instance(
    thrownBy(() => model.run(engine, [[[1, 0, 0, 0]], [[1, 0, 0, 0]]].concat(Array(9).fill([[0, 0, 0, 1]])))),
    ThreadError,
  );
});

failures("a thread that falls silent in the middle of a run is a ThreadError, not a hang", async () => {
  const script = takesAndThen("Atomics.wait(words, team / 4 + 3, words[team / 4 + 3]);");
  using engine = await threadedTestEngine({ threads: 2, worker: () => worker(script) }, { run: 1000 });
  const model = make();
  const inputs = Array<number[][]>(2000).fill(Array<number[]>(20).fill([1, 0, 0, 0]));
  const error = await soon("the thread has a part of a run", () => {
    try {
      model.run(engine, inputs);
      return undefined; // the caller was done before the thread woke
    } catch (error) {
      return error as Error;
    }
  });
  assert.instance(error, ThreadError);
  assert.match(error.message, /a thread has shown no sign of life for 1 s/);
});

failures("a thread that ends while nobody needs it is known at the next step", async () => {
  const made: WebWorker[] = [];
  const script = `require("node:worker_threads").parentPort.postMessage("ready"); setInterval(() => {}, 1000);`;
  using engine = await threadedTestEngine({
    threads: 3,
    worker: () => (made.push(worker(script)), made.at(-1)!),
  });
  const steps = train(engine, make(), task, { batch: 24 });
  await steps.next();
  made[1]!.terminate();
  const error = await soon("the next step knows", () =>
    steps.next().then(
      () => undefined,
      (error: Error) => error,
    ),
  );
  assert.instance(error, ThreadError);
});

failures("a thread that does not start is a ThreadError that says what to do", async () => {
  for (const [script, reason, patience] of [
    [`throw new Error("refused");`, "refused", {}],
    [`process.exit(4);`, "exit 4", {}],
    [`setInterval(() => {}, 1000);`, "it said nothing for 1 s", { start: 1000 }],
    [
      `require("node:worker_threads").parentPort.once("message", ({ memory }) => memory.nothing());`,
      "not a function",
      {},
    ],
  ] as const) {
    const error = await rejectedBy(() => threadedTestEngine({ threads: 3, worker: () => worker(script) }, patience));
    assert.instance(error, ThreadError);
    assert.match(error.message, /^Thread [12] of 3 did not start: /);
    assert.ok(error.message.includes(reason), error.message);
    assert.match(error.message, /Engine\.create\(\{ threads: 1 \}\)/);
  }
});

failures("an engine that is disposed of in the middle of a training says so", async () => {
  const engine = await threadedTestEngine({ threads: 2 });
  const error = await rejectedBy(async () => {
    for await (const { step } of train(engine, make(), task, { batch: 16 })) if (step === 3) engine.dispose();
  });
  assert.instance(error, DisposedError);
  engine.dispose();
});

failures("without shared memory there is one thread, and engine.threads says so", async () => {
  const { SharedArrayBuffer } = globalThis;
  Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
  try {
    const engine = await threadedTestEngine({ threads: 4 });
    assert.is(engine.threads, 1);
    assert.is(await trained(engine, 16), await trained(alone, 16));
  } finally {
    globalThis.SharedArrayBuffer = SharedArrayBuffer;
  }
});

failures("options are checked", async () => {
  for (const [options, message] of [
    [{ threads: 0 }, "Engine.create: threads is 0, and must be a whole number from 1 to 256"],
    [{ threads: 2.5 }, "Engine.create: threads is 2.5, and must be a whole number from 1 to 256"],
    [{ memory: 100 }, "Engine.create: memory is 100, and must be a whole number from 16777216 to 4294901760"],
  ] as const) {
    const error = await rejectedBy(() => threadedTestEngine(options));
    assert.instance(error, RangeError);
    assert.is(error.message, message);
  }
});

failures("a model that does not fit into the memory is a MemoryError", async () => {
  const engine = await threadedTestEngine({ threads: 2, memory: 0x100_0000 });
  const inputs = Array.from({ length: 16 }, () => Array<number[]>(20_000).fill([1, 0, 0, 0]));
  assert.instance(
    thrownBy(() => make().run(engine, inputs, { trace: ["memory"] })),
    MemoryError,
  );
  assert.is(make().run(engine, [[1, 0, 0, 0]]).outputs.length, 1, "and the engine goes on");
  engine.dispose();
});

failures("a process ends by itself when training is done, whether or not the engine was disposed of", () => {
  for (const end of ["", "engine.dispose(); engine.dispose();"]) {
    const script = `
      import { Engine, NeuralTuringMachine, copyTask, train } from ${JSON.stringify(new URL("../dist/threads.js", import.meta.url).href)};
      const engine = await Engine.create({ threads: 3 });
      const model = new NeuralTuringMachine(${JSON.stringify(sizes)});
      for await (const _ of train(engine, model, copyTask({ bits: 3 }), { batch: 24, steps: 3 }));
      ${end}
      console.log(engine.threads);`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
      timeout: 300_000,
    });
    assert.is(stderr, "");
    assert.is(stdout, "3\n");
    assert.is(status, 0);
  }
});
failures.run();
