import type { Engine } from "../bindings/engine/engine.js";
import { Job } from "../bindings/engine/job.js";
import { LoadedProgram } from "../bindings/engine/loadedProgram.js";
import { Machine } from "../bindings/engine/machine.js";
import { compile } from "../bindings/graph/compile.js";
import { Graph } from "../bindings/graph/graph.js";
import { contentSimilarity, softmax, weightedRead } from "../bindings/graph/ops/index.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../bindings/common/random/philox.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { adam } from "../bindings/training/optimizers.js";
import { Trainer } from "../bindings/training/trainer.js";
import { uniform } from "../tests/support/array.js";
import type { Benchmark, Contest, Side } from "./contest.js";

const LENGTH = 20;
const SLOTS = 65_536;
const WIDTH = 20;

/** Two threads against one of the same engine, after checking that their bits are the same. */
export function threadsBenchmarks(alone: Engine, team: Engine): Benchmark[] {
  const group = "threads";
  const peer = "one thread";
  const what = `${team.threads} threads`;
  return [
    ...[16, 64].map((batch) => ({
      group,
      peer,
      name: `ntm training step, batch ${batch}, length ${LENGTH}, ${what}`,
      prepare: () => trainings(alone, team, batch),
    })),
    { group, peer, name: `address and read ${SLOTS}x${WIDTH}, ${what}`, prepare: () => addressings(alone, team) },
  ];
}

async function trainings(alone: Engine, team: Engine, batch: number): Promise<Contest> {
  const task = copyTask({ minLength: LENGTH, maxLength: LENGTH, seed: 1 });
  const models = [team, alone].map((engine) => {
    const model = new NeuralTuringMachine({ inputSize: task.inputSize, outputSize: task.outputSize, seed: 1 });
    const trainer = new Trainer(engine, model, task, { batch, optimizer: adam(), clip: {}, seed: 1 });
    return { model, trainer };
  });
  for (const { trainer } of models) for (let step = 0; step < 2; ++step) await trainer.run();
  expectSame(models.map(({ model }) => model.parameters.values));
  const [ours, peer] = models.map(({ trainer }): Side => ({ run: () => trainer.run(), runs: 1, async: true }));
  return { ours: ours!, peer: peer!, dispose: () => models.forEach(({ trainer }) => trainer.dispose()) };
}

function addressings(alone: Engine, team: Engine): Contest {
  const graph = new Graph();
  const shapes = { memory: [1, SLOTS, WIDTH], key: [1, 1, WIDTH], strength: [1, 1] };
  const [memory, key, strength] = Object.entries(shapes).map(([name, shape]) => graph.input(name, shape));
  const weights = softmax(contentSimilarity(memory!, key!, strength!));
  graph.output("read", weightedRead(memory!, weights));
  const program = compile(graph);
  const sides = [team, alone].map((engine) => {
    const loaded = new LoadedProgram(engine, program);
    loaded.bind({});
    const machine = new Machine(engine, loaded);
    machine.io();
    Object.entries(shapes).forEach(([name, shape], i) => {
      engine.memory.f32.set(uniform(new Random(1, i), shape, 0.5, 1).data, machine.inputAt(name));
    });
    const job = new Job(engine, [machine]);
    job.run();
    const first = machine.outputAt("read");
    return { engine, loaded, machine, job, read: engine.memory.f32.slice(first, first + WIDTH) };
  });
  expectSame(sides.map(({ read }) => read));
  const [ours, peer] = sides.map(({ job }): Side => ({ run: () => job.run(), runs: 1 }));
  const dispose = (): void => {
    for (const { job, machine, loaded } of sides) [job, machine, loaded].forEach((part) => part.free());
  };
  return { ours: ours!, peer: peer!, dispose };
}

function expectSame([ours, theirs]: readonly Float32Array[]): void {
  if (!ours!.every((value, i) => value === theirs![i])) throw new Error("Two threads and one differ");
}
