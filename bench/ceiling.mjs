#!/usr/bin/env node
/**
 * What two threads could gain at best: `npm run bench:ceiling [-- BATCH]`. A virtual machine's two cores are not always two;
 * so one thread, two threads, and two processes that know nothing of each other take turns, and the last say what the
 * machine gave at that moment.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { adam, copyTask, Engine, NeuralTuringMachine, train } from "../dist/threads.js";

const ROUNDS = 9;
const WINDOW = 600; // milliseconds
const LENGTH = 20;
const [role = "16", childBatch] = process.argv.slice(2);
const batch = Number(role === "copy" ? childBatch : role);

async function training(threads) {
  const engine = await Engine.create({ threads });
  const model = new NeuralTuringMachine({ inputSize: 9, outputSize: 8, seed: 1 });
  const task = copyTask({ minLength: LENGTH, maxLength: LENGTH, seed: 1 });
  const steps = train(engine, model, task, { batch, optimizer: adam() });
  await medianStep(steps);
  return steps;
}

/** Median milliseconds of a step in a window of time. */
async function medianStep(steps) {
  const times = [];
  for (const end = performance.now() + WINDOW; performance.now() < end;) {
    const begin = performance.now();
    await steps.next();
    times.push(performance.now() - begin);
  }
  return median(times);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function copy() {
  const steps = await training(1);
  process.on("message", async () => process.send(await medianStep(steps)));
  process.send("ready");
}

async function compare() {
  const other = fork(process.argv[1], ["copy", String(batch)]);
  await once(other, "message");
  const [one, two] = [await training(1), await training(2)];
  const rounds = [];
  for (let round = 0; round < ROUNDS; ++round) {
    const [alone, shared] = [await medianStep(one), await medianStep(two)];
    other.send("go");
    const [here, [there]] = await Promise.all([medianStep(one), once(other, "message")]);
    rounds.push({ threads: alone / shared, copies: (4 * alone) / (here + there) });
    const text = Object.entries(rounds.at(-1)).map(([what, ratio]) => `two ${what} ${ratio.toFixed(2)}x`);
    console.log(`batch ${batch}: one thread ${alone.toFixed(1)} ms a step, ${text.join(", ")}`);
  }
  const of = (what) => median(rounds.map((round) => round[what])).toFixed(2);
  console.log(`batch ${batch}, medians: two threads ${of("threads")}x, two independent processes ${of("copies")}x`);
  process.exit(0);
}

await (role === "copy" ? copy() : compare());
