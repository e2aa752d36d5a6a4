/**
 * Makes models and sessions that nobody releases, and prints as JSON what the host says of them and what the engine
 * keeps. A program of its own, because a host that has run for long may say nothing any more.
 */
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { train } from "../../bindings/training/train.js";
import { keptIn, testEngine } from "./engine.js";

/** What is printed. */
export interface Abandoned {
  readonly made: number;
  /** Models that the host says it has collected. */
  readonly gone: number;
  /** Bytes that one model has the engine keep, and all that it keeps in the end. */
  readonly each: number;
  readonly kept: number;
  readonly bytes: number;
}

const collectOnce = (globalThis as { gc?: () => void }).gc!;
const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });
const x = [1, 0, 1];
let [made, gone] = [0, 0];
const registry = new FinalizationRegistry(() => ++gone);

/** Collects what nobody holds, and lets the host say what was collected. */
async function collect(): Promise<void> {
  for (let i = 0; i < 4; ++i) {
    collectOnce();
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

const make = (seed: number): NeuralTuringMachine =>
  new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 6, slots: 6, width: 4, seed });

const engine = await testEngine("release");
async function use(count: number): Promise<void> {
  for (let i = 0; i < count; ++i) {
    const model = make(i);
    registry.register(model, ++made);
    model.run(engine, [x]);
    model.session(engine).step(x);
    for await (const { step } of train(engine, model, task, { batch: 2 })) if (step === 1) break;
    if (i % 10 === 9) await collect();
  }
}
await use(1);
const each = keptIn(engine);
await use(80);
for (let i = 0; i < 20 && gone < made - 1; ++i) await collect();
registry.unregister({}); // a registry that is gone itself says nothing
// The next model takes what was given back.
const last = make(0);
last.run(engine, [x]);
last.release(engine);
const abandoned: Abandoned = { made, gone, each, kept: keptIn(engine), bytes: engine.memory.byteLength };
console.log(JSON.stringify(abandoned));
