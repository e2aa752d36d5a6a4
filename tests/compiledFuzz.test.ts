/**
 * Hostile compiled models: files with changes in their words, sizes, registers and descriptions, and a checksum that
 * is right. Each is refused with a typed error, or runs and changes nothing but its own memory, with outputs that
 * depend on nothing but its own memory.
 *
 * TAPEHEAD_FUZZ=20000 makes so many of them, and TAPEHEAD_FUZZ_SEED others.
 */
import fc from "./support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CheckpointError } from "../bindings/checkpoint/checkpointError.js";
import { compileModel, type CompileModelOptions } from "../bindings/compiled/compileModel.js";
import { decode, generate } from "../bindings/compiled/decoding.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import type { MethodPorts } from "../bindings/compiled/compiledPrograms.js";
import { ShapeError } from "../bindings/graph/shapeError.js";
import { MemoryError } from "../bindings/graph/memoryError.js";
import type { Program } from "../bindings/graph/program.js";
import { systems } from "../bindings/systems/declarations.js";
import type { SystemDeclaration } from "../bindings/systems/defineSystem.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { SparseAccessMemory } from "../bindings/systems/sparseAccessMemory/sparseAccessMemory.js";
import { SequenceRunner } from "../bindings/runtime/sequenceRunner.js";
import { bytesOf, sameBytes, tampered } from "./support/compiledFile.js";
import { modelOf } from "./support/declaredModel.js";
import { Everything } from "./support/everything.js";
import type { Build } from "./support/engine.js";
import { guardedEngine, TooLong, Trespass } from "./support/guardedEngine.js";
import { mutate, mutations, type Mutation } from "./support/mutations.js";
import { rejectedBy } from "./support/thrown.js";

const count = Number(process.env["TAPEHEAD_FUZZ"] ?? 1200);
const seed = Number(process.env["TAPEHEAD_FUZZ_SEED"] ?? 1);
const builds = ["debug", "release"] as const;
const tiny = { inputSize: 2, outputSize: 2, hiddenSize: 4, slots: 5, width: 3, readHeads: 2, seed: 3 };
/** A step takes more rows into use than are compared without an index. */
const indexed = {
  inputSize: 2,
  outputSize: 2,
  hiddenSize: 4,
  slots: 400,
  width: 2,
  heads: 4,
  count: 64,
  seed: 3,
} as const;
/** With how often each is changed: those with forks are large, and take their time. */
const files: readonly (readonly [file: Uint8Array, share: number])[] = [
  [compileModel(new NeuralTuringMachine(tiny), { trace: ["memory"] }), 0.25],
  [compileModel(new NeuralTuringMachine({ ...tiny, controller: "feedforward", shifts: 5, slots: 8 })), 0.25],
  [compileModel(new Everything()), 0.25],
  [compileModel(new NeuralTuringMachine({ ...tiny, readHeads: 1, slots: 16_384, width: 1 })), 0.04],
  [compiledExample("AttentionSeq2Seq", { beam: 2, trace: ["attention"] }), 0.08],
  [compiledExample("PointerNetwork", { beam: 2 }), 0.05],
  [compiledExample("TableProgrammer"), 0.1],
  [compiledExample("NeuralGPU"), 0.06],
  [compileModel(new SparseAccessMemory({ ...indexed, search: "approximate" })), 0.05],
];

/** The declared example of a system, compiled. */
function compiledExample(className: string, options: CompileModelOptions = {}): Uint8Array {
  const system: SystemDeclaration = systems.find(({ model }) => model.className === className)!;
  return compileModel(modelOf(system, system.example.task()), options);
}
/** Two NaNs and numbers: whoever reads what is not theirs computes something else with each. */
const patterns = [0x7fa5_5a5a, 0x3f9d_70a4];

const sequence = (length: number, size: number): number[][] =>
  Array.from({ length }, (_, t) => Array.from({ length: size }, (_, i) => ((t * 5 + i * 3) % 7) / 4 - 0.5));

/** Errors of this library, and what a call is told that does not fit a file's method. */
function expected(error: unknown): Error {
  const isOurs = [CheckpointError, MemoryError, TooLong, ShapeError].some((kind) => error instanceof kind);
  const isTold = error instanceof RangeError || (error instanceof TypeError && / has no | needs /.test(error.message));
  if (isOurs || isTold) return error as Error;
  throw error;
}

/** Arrays that a method takes, with lengths that are all the same. */
function filled({ inputs, lengths }: MethodPorts, length: number, batch: number) {
  const arrays = Object.entries(inputs).map(([name, axes]) => {
    const shape = axes.map((axis) => (axis === "batch" ? batch : typeof axis === "string" ? length : axis));
    const size = shape.reduce((a, b) => a * b, 1);
    if (size > 1e5) throw new TooLong();
    // Masks are whole, or everything would be nothing.
    const value = (i: number): number => (name === "lengths" ? length : /^(is|inside|seen)/.test(name) ? 1 : i % 2);
    return [name, { data: Float32Array.from({ length: size }, (_, i) => value(i)), shape }] as const;
  });
  const options = { lengths: Object.fromEntries(lengths.map((name) => [name, length])), seed: 3 };
  return { inputs: Object.fromEntries(arrays), options };
}

/** All that comes out of a file when it is run, and what ended it. */
async function outputsOf(file: Uint8Array, build: Build, pattern: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const attempt = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      parts.push(Buffer.from(expected(error).constructor.name));
    }
  };
  const model = loadCompiled(file);
  const engine = await guardedEngine(build, pattern);
  for (const method of model.methods) {
    if (method === "run") continue; // below, with a trace
    for (const [length, batch] of [
      [1, 1],
      [3, 9],
    ] as const) {
      attempt(() => {
        const { inputs, options } = filled(model.portsOf(method), length, method.startsWith("stream") ? 1 : batch);
        const outputs = model.call(engine, method, inputs, options);
        parts.push(bytesOf(...Object.values(outputs).map(({ data }) => data)));
      });
    }
  }
  if (model.methods.includes("greedy")) {
    for (const beam of [1, 3]) {
      attempt(() => {
        const sources = [[1, 2, 1], [2]] as const;
        for (const { choices, score } of generate(model, engine, sources, { limit: 4, beam })) {
          parts.push(bytesOf(Float32Array.of(...choices, score)));
        }
      });
    }
    try {
      for (const choice of decode(model, engine, [1, 2, 1], { limit: 3 })) parts.push(bytesOf(Float32Array.of(choice)));
    } catch (error) {
      parts.push(Buffer.from(expected(error).constructor.name));
    }
  }
  if (!model.methods.includes("run")) return Buffer.concat(parts);
  const size = model.methods.includes("run") ? Math.min(model.inputSize, 1000) : 0;
  for (const inputs of [
    sequence(1, size),
    Array.from({ length: 9 }, (_, i) => sequence(1 + (i % 3), size)),
    sequence(4, size),
  ]) {
    attempt(() => {
      const { outputs, trace } = model.run(engine, inputs, { trace: model.trace });
      for (const rows of [outputs, ...Object.values(trace)]) {
        parts.push(bytesOf(...("data" in rows ? [rows] : (rows as never)).map(({ data }) => data)));
      }
    });
  }
  attempt(() => {
    const session = model.session(engine);
    for (const x of sequence(2, size)) parts.push(bytesOf(session.step(x).slice()));
    session.reset();
    for (const x of sequence(2, size)) parts.push(bytesOf(session.step(x).slice()));
  });
  return Buffer.concat(parts);
}

const fuzz = suite("hostile compiled models");

fuzz("the harness sees a program that leaves its memory", async () => {
  const frames = 0x1000;
  for (const [register, elementBehind] of [
    [0, () => 0], // writes to the parameters
    [3, () => 8], // writes behind inputs and outputs, of two steps
    [2, ({ activations }: Program) => (activations.fixedBytes + frames) / 4], // writes behind activations and frames
  ] as const) {
    const model = new NeuralTuringMachine(tiny);
    const engine = await guardedEngine("release", patterns[0]!);
    const runner = new SequenceRunner({
      name: "hostile",
      inputSize: model.inputSize,
      outputSize: model.outputSize,
      parameters: model.parameters,
      program(rows, trace) {
        const program = { ...model.program(rows, trace), verify: () => frames };
        program.words[1] = register | (elementBehind(program) << 5); // what the first instruction writes to
        return program;
      },
    });
    assert.instance(await rejectedBy((async () => runner.run(engine, sequence(2, 2), {}))()), Trespass);
  }
});

for (const [i, [file, share]] of files.entries()) {
  for (const [b, build] of builds.entries()) {
    const runs = Math.ceil((count * share) / builds.length);
    fuzz(`${runs} changes of file ${i} on the ${build} build`, async () => {
      const seen = { refused: 0, ran: 0, changed: 0 };
      const intact = await outputsOf(file, build, patterns[0]!);
      const check = async (list: Mutation[]): Promise<void> => {
        const hostile = tampered(file, (parts) => mutate(parts, list));
        try {
          loadCompiled(hostile);
        } catch (error) {
          if (!(error instanceof CheckpointError || error instanceof MemoryError)) throw error;
          ++seen.refused;
          return;
        }
        const [first, second] = [
          await outputsOf(hostile, build, patterns[0]!),
          await outputsOf(hostile, build, patterns[1]!),
        ];
        assert.ok(sameBytes(first, second), "its outputs depend on memory that is not its own");
        ++seen.ran;
        if (!sameBytes(first, intact)) ++seen.changed;
      };
      await fc.assert(fc.asyncProperty(mutations, check), { seed: seed + 10 * i + b, numRuns: runs });
      if (process.env["TAPEHEAD_FUZZ"]) console.log(`file ${i}, build ${build}: ${JSON.stringify(seen)}`);
      assert.ok(seen.ran > runs / 20, `only ${seen.ran} of ${runs} ran`);
      assert.ok(seen.changed > runs / 50, `only ${seen.changed} of ${runs} computed something else`);
    });
  }
}
fuzz.run();
