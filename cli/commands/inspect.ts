import type { Command } from "commander";
import type { Checkpoint } from "../../bindings/index.js";
import { readCheckpoint } from "../files.js";
import { count, measure } from "../numbers.js";
import { print } from "../output.js";
import { table } from "../table.js";

export function addInspect(program: Command): void {
  program
    .command("inspect")
    .description("Say what is in a saved model.")
    .argument("<file>", "a model that was saved")
    .option("--json", "as one JSON object")
    .action(async (file: string, { json = false }: { json?: boolean }) => {
      const { checkpoint, bytes } = await readCheckpoint(file);
      const facts = factsOf(checkpoint);
      if (json) print({ file, bytes: bytes.length, ...facts });
      else say(file, bytes.length, facts);
    });
}

type Facts = ReturnType<typeof factsOf>;

function factsOf({ model, task, training }: Checkpoint) {
  const { parameters } = model.parameters;
  return {
    model: model.name,
    options: model.options,
    parameterCount: model.parameterCount,
    parameters: parameters.map((parameter) => {
      const values = model.parameters.valuesOf(parameter);
      return { name: parameter.path, shape: parameter.shape, count: values.length, ...momentsOf(values) };
    }),
    task: task ?? null,
    training: training ? trainingFacts(training) : null,
  };
}

function trainingFacts({ step, batch, seed, clip, optimizer, recent }: NonNullable<Checkpoint["training"]>) {
  const sum = (index: 1 | 2): number => recent.reduce((total, entry) => total + entry[index], 0);
  return { step, sequences: step * batch, batch, seed, clip, optimizer, bitError: sum(2) ? sum(1) / sum(2) : null };
}

function momentsOf(values: Float32Array): { mean: number; standardDeviation: number } {
  const average = (of: (value: number) => number): number =>
    values.reduce((sum, value) => sum + of(value), 0) / values.length;
  const mean = average((value) => value);
  return { mean, standardDeviation: Math.sqrt(average((value) => (value - mean) * (value - mean))) };
}

function say(file: string, bytes: number, { model, options, parameterCount, parameters, task, training }: Facts): void {
  console.log(`${file}: ${model}, ${count(parameterCount)} parameters, ${count(bytes)} bytes\n`);
  console.log(table(Object.entries(options).map(([name, value]) => [name, String(value)])));
  const rows = parameters.map(({ name, shape, count: size, mean, standardDeviation }) => [
    name,
    `(${shape.join(", ")})`,
    count(size),
    mean.toFixed(4),
    standardDeviation.toFixed(4),
  ]);
  console.log(`\n${table([["parameter", "shape", "count", "mean", "deviation"], ...rows], { numbers: 2 })}`);
  const settings = (values: object): string =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  console.log(`\ntask      ${task ? `${task.name} (${settings(task.options)})` : "none named"}`);
  if (!training) return console.log("training  no state to resume from");
  const { step, sequences, batch, seed, clip, optimizer, bitError } = training;
  const ways = `batch ${batch}, ${optimizer.name} (${settings(optimizer.options)}), clip ${settings(clip) || "none"}, seed ${seed}`;
  const wrong = bitError === null ? "" : `: ${measure(bitError)} wrong bits a sequence lately`;
  console.log(`training  step ${count(step)}, ${count(sequences)} sequences${wrong}\n          ${ways}`);
}
