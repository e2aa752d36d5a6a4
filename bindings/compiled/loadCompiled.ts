import type { Fail } from "../checkpoint/checkpointError.js";
import { COMPILED, decodeFormat, type FormatContents } from "../checkpoint/formats.js";
import { isObject } from "../checkpoint/json.js";
import { isFinite, type StoredTensor } from "../checkpoint/safetensors.js";
import type { Program } from "../graph/program.js";
import { sameShape, type Shape } from "../graph/shape.js";
import { CompiledModel, type CompiledParameter } from "./compiledModel.js";
import { OWN } from "./format.js";
import { isCount, readOpcodes, readRun, readSession, told, type Reading } from "./readProgram.js";

/** Rows of a program; more would make no shard faster. */
const MOST_ROWS = 64;
const TRACE = "trace ";

/**
 * The model in a file that `compileModel` or `tapehead compile` made.
 *
 * The file may come from anywhere: all of it is checked, and its programs cannot read or write anything but the memory
 * that is planned for them. How long they run is theirs to say, as it is with any model.
 *
 * @throws CheckpointError when the file is damaged, is no compiled model, or has a program that could leave its memory;
 * MemoryError when it asks for more memory than there can be.
 * @example
 * const model = loadCompiled(await readFile("copy.tape"), { file: "copy.tape" });
 */
export function loadCompiled(
  bytes: Uint8Array,
  { file = "the compiled model" }: { /** Name of the file, for messages. */ file?: string } = {},
): CompiledModel {
  const contents = decodeFormat(bytes, { file, format: COMPILED });
  const { metadata, tensors, fail } = contents;
  const programs = fieldsOf(contents, "programs");
  const options = fieldsOf(contents, "options");
  const { runs, session } = programs;
  if (!Array.isArray(runs) || !runs.length || !isObject(session)) return fail("its programs are not there");

  const words = new Set<string>();
  const wordsOf = (name: unknown): Uint32Array => {
    const data = tensors.get(name as string)?.data;
    if (!(data instanceof Int32Array) || words.has(name as string)) return fail(`it has no program "${told(name)}"`);
    words.add(name as string);
    return new Uint32Array(data.buffer);
  };
  const parameters = parametersOf(tensors, fail);
  const parameterCount = parameters.reduce((count, { values }) => count + values.length, 0);
  const reading: Reading = { ...readOpcodes(programs["opcodes"], fail), parameterCount, wordsOf, fail };

  const stepwise = readSession(session, reading);
  const inputSize = lastAxis(stepwise, "inputs", "x", fail);
  const outputSize = lastAxis(stepwise, "outputs", "y", fail);
  expectPorts(stepwise, 1, { inputSize, outputSize, trace: [] }, fail);
  let trace: string[] | undefined;
  const byRows = runs.map((run: unknown): [number, Program] => {
    const rows = isObject(run) ? run["rows"] : undefined;
    if (!isCount(rows) || rows < 1 || rows > MOST_ROWS) return fail(`it has a program for ${told(rows)} rows`);
    const program = readRun(run as Record<string, unknown>, reading);
    trace ??= tracesOf(program);
    expectPorts(program, rows, { inputSize, outputSize, trace }, fail);
    return [rows, program];
  });
  byRows.sort(([a], [b]) => b - a);
  if (byRows.at(-1)![0] !== 1) fail("it has no program for one row");

  return new CompiledModel({
    name: metadata["model"] ?? "model",
    options,
    metadata: Object.fromEntries(Object.entries(metadata).filter(([name]) => !OWN.includes(name))),
    inputSize,
    outputSize,
    trace: trace!,
    parameters,
    runs: byRows,
    session: stepwise,
  });
}

function fieldsOf({ json, fail }: FormatContents, name: string): Record<string, unknown> {
  const value = json(name);
  return isObject(value) ? value : fail(`its ${name} are not there`);
}

/** Every tensor of numbers is a parameter, and their order is that of the model's block. */
function parametersOf(tensors: ReadonlyMap<string, StoredTensor>, fail: Fail): CompiledParameter[] {
  const parameters: CompiledParameter[] = [];
  for (const [path, { shape, data }] of tensors) {
    if (!(data instanceof Float32Array)) continue;
    if (!isFinite(data)) fail(`its "${path}" holds numbers that are not finite`);
    parameters.push({ path, shape, values: data });
  }
  return parameters;
}

const tracesOf = ({ outputs }: Program): string[] =>
  [...outputs.keys()].filter((name) => name.startsWith(TRACE)).map((name) => name.slice(TRACE.length));

function lastAxis(program: Program, kind: "inputs" | "outputs", name: string, fail: Fail): number {
  const size = program[kind].get(name)?.shape.at(-1);
  return typeof size === "number" ? size : fail(`its session has no ${kind} "${name}"`);
}

interface Ports {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly trace: readonly string[];
}

/** What goes in and out of a program must be what this library puts in and takes out. */
function expectPorts({ inputs, outputs, dimensions }: Program, rows: number, ports: Ports, fail: Fail): void {
  const [time] = dimensions.values();
  const has = (shape: Shape | undefined, expected: Shape): boolean => shape !== undefined && sameShape(shape, expected);
  const { inputSize, outputSize, trace } = ports;
  const right =
    inputs.size === 1 &&
    outputs.size === 1 + trace.length &&
    has(inputs.get("x")?.shape, [time!, rows, inputSize]) &&
    has(outputs.get("y")?.shape, [time!, rows, outputSize]) &&
    trace.every((name) => {
      const shape = outputs.get(TRACE + name)?.shape;
      return has(shape?.slice(0, 2), [time!, rows]) && !shape!.slice(2).includes(time!);
    });
  if (!right) fail(`its program for ${rows} rows does not have the inputs and outputs that it must have`);
}
