import type { Fail } from "../checkpoint/checkpointError.js";
import { savedDtypes, type Dtypes, type Numbers } from "../checkpoint/dtypes.js";
import { COMPILED, decodeFormat, type FormatContents } from "../checkpoint/formats.js";
import { isObject } from "../checkpoint/json.js";
import { isFinite, type StoredTensor } from "../checkpoint/safetensors.js";
import type { Port, Program } from "../graph/program.js";
import { isStreams } from "../graph/streams.js";
import { batchAxis } from "../runtime/outputs.js";
import { CompiledModel } from "./compiledModel.js";
import type { CompiledParameter, RowPrograms } from "./compiledPrograms.js";
import { OWN } from "./format.js";
import { factorsOf, widened } from "./int8.js";
import { sequencePorts } from "./sequencePorts.js";
import { isCount, readMethod, readOpcodes, readSession, told, type Reading } from "./readProgram.js";

type CompiledNumbers = Numbers | Int8Array<ArrayBuffer>;

/** Rows of a program; more would make no shard faster. */
const MOST_ROWS = 64;

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
  const dtypes: Dtypes = { ...savedDtypes, I8: [1, (buffer) => new Int8Array(buffer)] };
  const contents = decodeFormat<CompiledNumbers>(bytes, { file, format: COMPILED, dtypes });
  const { metadata, tensors, fail } = contents;
  const programs = fieldsOf(contents, "programs");
  const options = fieldsOf(contents, "options");
  // A file of before there were other methods has runs alone.
  const { session, methods = { run: programs["runs"] } } = programs;
  if (!isObject(methods) || !Object.keys(methods).length) return fail("its programs are not there");

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

  const byName = new Map(
    Object.entries(methods).map(([name, all]) => [name, readMethods(name, all, reading)] as const),
  );
  return new CompiledModel({
    name: metadata["model"] ?? "model",
    options,
    metadata: Object.fromEntries(Object.entries(metadata).filter(([name]) => !OWN.includes(name))),
    parameters,
    methods: byName,
    session: session === undefined ? undefined : readSteps(session, byName, reading),
  });
}

/** A session's program, which must take what the method `run` takes, and answer it. */
function readSteps(fields: unknown, methods: ReadonlyMap<string, RowPrograms>, reading: Reading): Program {
  const { fail } = reading;
  const session = isObject(fields) ? readSession(fields, reading) : fail("its session is not there");
  const run = methods.get("run")?.at(-1)?.[1];
  const [step, whole] = [session, run].map((program) => program && sequencePorts(program));
  const isSame = step && step.inputSize === whole?.inputSize && step.outputSize === whole.outputSize;
  return isSame ? session : fail("its session does not have the inputs and outputs that it must have");
}

/** A method's programs by rows, the most first. All must have the same inputs and outputs, but for the rows. */
function readMethods(name: string, all: unknown, reading: Reading): RowPrograms {
  const { fail } = reading;
  const owner = `its method ${told(name)}`;
  if (!Array.isArray(all)) return fail(`${owner} has no programs`);
  const byRows = all.map((one: unknown): [number, Program] => {
    const rows = isObject(one) ? one["rows"] : undefined;
    if (!isCount(rows) || rows < 1 || rows > MOST_ROWS) return fail(`${owner} has a program for ${told(rows)} rows`);
    return [rows, readMethod(one as Record<string, unknown>, reading)];
  });
  byRows.sort(([a], [b]) => b - a);
  if (byRows.at(-1)?.[0] !== 1) fail(`${owner} has no program for one row`);
  const texts = byRows.map(([rows, { inputs, outputs }]) =>
    [inputs, outputs]
      .map((ports) => portsOf(ports, rows) ?? fail(`${owner} has a port without ${rows} rows`))
      .join(" → "),
  );
  if (new Set(texts).size > 1) fail(`${owner} has programs with different inputs and outputs`);
  return byRows;
}

/** Ports as a text that is the same for any number of rows; undefined where a batch axis is not as long as that. */
function portsOf(ports: Program["inputs"], rows: number): string | undefined {
  const all = [...ports].filter(([name]) => !isStreams(name));
  if (all.some(([, port]) => port.shape[batchAxis(port)] !== rows)) return undefined;
  const shapeOf = (port: Port): unknown[] =>
    port.shape.map((axis, i) => (i === batchAxis(port) ? "" : typeof axis === "number" ? axis : [axis.name]));
  return JSON.stringify(all.map(([name, port]) => [name, shapeOf(port)]).sort());
}

function fieldsOf({ json, fail }: Pick<FormatContents, "json" | "fail">, name: string): Record<string, unknown> {
  const value = json(name);
  return isObject(value) ? value : fail(`its ${name} are not there`);
}

/** Every tensor of numbers is a parameter, and their order is that of the model's block. */
function parametersOf(tensors: ReadonlyMap<string, StoredTensor<CompiledNumbers>>, fail: Fail): CompiledParameter[] {
  const parameters: CompiledParameter[] = [];
  const factors = new Set(
    [...tensors].flatMap(([path, { data }]) => (data instanceof Int8Array ? [factorsOf(path)] : [])),
  );
  for (const [path, { shape, data }] of tensors) {
    if (data instanceof Int32Array || factors.has(path)) continue;
    let values = data;
    if (values instanceof Int8Array) {
      const name = factorsOf(path);
      const own = tensors.get(name)?.data;
      if (!(own instanceof Float32Array) || own.length !== shape[0] || !isFinite(own))
        return fail(`it has no "${name}"`);
      values = widened({ numbers: values, factors: own });
    }
    if (!isFinite(values)) fail(`its "${path}" holds numbers that are not finite`);
    parameters.push({ path, shape, values });
  }
  return parameters;
}
