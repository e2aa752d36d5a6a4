import type { Command } from "commander";
import { CompiledModel, type MethodPorts } from "../../bindings/run.js";
import { readModel } from "../files.js";
import type { Saved } from "../models.js";
import { metricsIn, wordsOf } from "../metrics.js";
import { moduleOf, moduleOption } from "../moduleOption.js";
import { count, given } from "../numbers.js";
import { print } from "../output.js";
import { table } from "../table.js";
import { visible } from "../../bindings/common/visible.js";

export function addInspect(program: Command): void {
  program
    .command("inspect")
    .description("Show the options, parameters and metadata of a saved model.")
    .argument("<file>", "a saved model")
    .addOption(moduleOption())
    .option("--json", "print them as one JSON object")
    .action(async (file: string, { module, json = false }: { module?: string; json?: boolean }) => {
      const own = await moduleOf(module);
      const { model, bytes } = await readModel(file, own);
      if (model instanceof CompiledModel) {
        const facts = compiledFactsOf(model);
        if (json) print({ file, bytes: bytes.length, ...facts });
        else sayCompiled(file, bytes.length, facts);
        return;
      }
      const facts = factsOf(model, metricsIn(model, own));
      if (json) print({ file, bytes: bytes.length, ...facts });
      else say(file, bytes.length, facts);
    });
}

type Facts = ReturnType<typeof factsOf>;

function factsOf({ model, task, training }: Saved, metrics: readonly string[]) {
  return {
    model: model.name,
    options: model.options,
    parameterCount: model.parameterCount,
    parameters: model.parameters.parameters.map((parameter) =>
      parameterFacts(parameter, model.parameters.valuesOf(parameter)),
    ),
    task: task ?? null,
    training: training ? trainingFacts(training, metrics) : null,
  };
}

type CompiledFacts = ReturnType<typeof compiledFactsOf>;

function compiledFactsOf(compiled: CompiledModel) {
  const { name, options, parameterCount, parameters, metadata, trace, methods } = compiled;
  return {
    compiled: true,
    model: name,
    options,
    parameterCount,
    parameters: parameters.map((parameter) => parameterFacts(parameter, parameter.values)),
    trace,
    methods: Object.fromEntries(methods.map((method) => [method, compiled.portsOf(method)])),
    metadata,
  };
}

function parameterFacts({ path, shape }: { path: string; shape: readonly number[] }, values: Float32Array) {
  return { name: path, shape, count: values.length, ...momentsOf(values) };
}

function trainingFacts(training: NonNullable<Saved["training"]>, names: readonly string[]) {
  const { step, batch, seed, clip, optimizer, gradientNoise, average, recent } = training;
  const sum = (index: number): number => recent.reduce((total, entry) => total + entry[index]!, 0);
  const means = recent.length ? names.map((name, i) => [name, sum(1 + i) / sum(0)]) : [];
  const measured = Object.fromEntries(means) as Readonly<Record<string, number>>;
  const extras = given({ gradientNoise, average });
  return { step, sequences: step * batch, batch, seed, clip, optimizer, ...extras, measured };
}

function momentsOf(values: Float32Array): { mean: number; standardDeviation: number } {
  const average = (of: (value: number) => number): number =>
    values.reduce((sum, value) => sum + of(value), 0) / values.length;
  const mean = average((value) => value);
  return { mean, standardDeviation: Math.sqrt(average((value) => (value - mean) * (value - mean))) };
}

/** The most that a line has room for; `--json` has all. */
const MOST = 60;

/** An option as text; of a long list, such as a vocabulary, the first entries, the last, and how many there are. */
function textOf(value: unknown): string {
  if (typeof value !== "object") return String(value);
  const whole = JSON.stringify(value);
  if (!Array.isArray(value) || whole.length <= MOST) return whole;
  const entries = value.map((entry) => JSON.stringify(entry));
  let shown = 0;
  for (let length = 0; shown < entries.length && length + entries[shown]!.length < MOST; ++shown)
    length += entries[shown]!.length + 1;
  return `[${entries.slice(0, Math.max(1, shown)).join(",")},…,${entries.at(-1)}] ${count(value.length)} in all`;
}

function sayModel({ options, parameters }: Pick<Facts, "parameters"> & { options: object }): void {
  console.log(table(Object.entries(options).map(([name, value]) => [name, visible(textOf(value))])));
  const rows = parameters.map(({ name, shape, count: size, mean, standardDeviation }) => [
    visible(name),
    `(${shape.join(", ")})`,
    count(size),
    mean.toFixed(4),
    standardDeviation.toFixed(4),
  ]);
  console.log(`\n${table([["parameter", "shape", "count", "mean", "deviation"], ...rows], { numbers: 2 })}`);
}

function sayCompiled(file: string, bytes: number, facts: CompiledFacts): void {
  const { model, parameterCount, trace, methods, metadata } = facts;
  console.log(`${file}: compiled ${visible(model)}, ${count(parameterCount)} parameters, ${count(bytes)} bytes\n`);
  sayModel(facts);
  const shapes = (ports: MethodPorts["inputs"]): string =>
    Object.entries(ports)
      .map(([name, axes]) => `${name} (${axes.join(", ")})`)
      .join(", ");
  const signatures = Object.entries(methods).map(([name, { inputs, outputs }]) => {
    return [visible(name), visible(`${shapes(inputs)} → ${shapes(outputs)}`)];
  });
  console.log(`\n${table([["method", "inputs → outputs"], ...signatures])}`);
  console.log(`\ntrace  ${visible(trace.join(", ")) || "none"}`);
  for (const [name, text] of Object.entries(metadata)) {
    console.log(`${visible(name)}  ${visible(text.length > 200 ? `${text.slice(0, 200)}…` : text)}`);
  }
}

function say(file: string, bytes: number, facts: Facts): void {
  const { model, parameterCount, task, training } = facts;
  console.log(`${file}: ${model}, ${count(parameterCount)} parameters, ${count(bytes)} bytes\n`);
  sayModel(facts);
  const settings = (values: object): string =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  console.log(`\ntask      ${task ? `${task.name} (${settings(task.options)})` : "none named"}`);
  if (!training) return console.log("training  no state to resume from");
  const { step, sequences, batch, seed, clip, optimizer, gradientNoise, average, measured } = training;
  const extras = settings(given({ "gradient noise": gradientNoise, average }));
  const ways = `batch ${batch}, ${optimizer.name} (${settings(optimizer.options)}), clip ${settings(clip) || "none"}, ${extras && `${extras}, `}seed ${seed}`;
  const said = Object.entries(measured).map(([name, mean]) => wordsOf(name).sentence(mean));
  const wrong = said.length ? `: ${said.join(", ")} lately` : "";
  console.log(`training  step ${count(step)}, ${count(sequences)} sequences${wrong}\n          ${ways}`);
}
