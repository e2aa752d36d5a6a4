import { Machine as Word, Register } from "../../assembly/machine.js";
import type { Engine } from "../engine/engine.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Machine } from "../engine/machine.js";
import { Job } from "../engine/job.js";
import { ShapeError } from "../graph/shapeError.js";
import type { Runnable } from "./sequenceRunner.js";

/** A model that runs one step at a time. Its state stays in the engine, in two frames that take turns. */
export class Session {
  readonly #engine: Engine;
  readonly #model: Runnable;
  readonly #machine: Machine;
  readonly #job: Job;
  readonly #entries: { reset: number; step: number };
  readonly #own: number;
  readonly #y: Float32Array<ArrayBuffer>;
  readonly #x: number;
  readonly #yAt: number;

  constructor(engine: Engine, model: Runnable) {
    this.#engine = engine;
    this.#model = model;
    this.#y = new Float32Array(model.outputSize);
    const program = model.sessionProgram();
    const loaded = new LoadedProgram(engine, program);
    const layout = loaded.bind({ time: 1 });
    this.#entries = { reset: loaded.entry("reset"), step: loaded.entry("step") };
    this.#machine = new Machine(engine, loaded);
    const io = this.#machine.io();
    this.#x = this.#machine.inputAt("x");
    this.#yAt = this.#machine.outputAt("y");

    const { frameRegister, frame, sequences } = program.session!;
    const frameBytes = frame.layout(new Map()).bytes;
    const ownBytes = layout.activationBytes + 2 * frameBytes;
    this.#own = engine.memory.allocate(ownBytes);
    engine.memory.clear(io, layout.ioBytes); // nothing of whoever had these blocks before
    engine.memory.clear(this.#own, ownBytes);
    this.#machine.set(Register.activations, this.#own);
    const frames = this.#own + layout.activationBytes;
    this.#machine.set(frameRegister, frames + frameBytes);
    this.#machine.set(frameRegister + 1, frames);
    for (const { register, offset } of sequences) {
      this.#machine.set(register, io + layout.offsetOf({ shape: [], offset }));
    }
    this.#job = new Job(engine, [this.#machine]);
    this.reset();
  }

  /** Goes back to the state in front of a sequence's first step. */
  reset(): void {
    this.#run(this.#entries.reset);
  }

  /**
   * One step. The result is reused: it holds this step's logits until the next step.
   * @throws ShapeError unless x has inputSize numbers, RangeError when one is NaN or infinite.
   */
  step(x: ArrayLike<number>): Float32Array<ArrayBuffer> {
    const { inputSize } = this.#model;
    if (x.length !== inputSize) {
      const message = `A step takes ${inputSize} numbers, and got ${x.length}`;
      throw new ShapeError(message, "step", String(inputSize), String(x.length));
    }
    const memory = this.#engine.memory.f32;
    for (let i = 0; i < x.length; ++i) {
      const value = x[i]!;
      if (value - value !== 0) throw new RangeError(`Number ${i} of the step is ${value}, and must be finite`);
      memory[this.#x + i] = value;
    }
    this.#run(this.#entries.step);
    const y = this.#y;
    for (let i = 0; i < y.length; ++i) y[i] = memory[this.#yAt + i]!;
    return y;
  }

  #run(entry: number): void {
    this.#machine.set(Word.program, entry);
    this.#machine.set(Register.parameters, this.#model.parametersIn(this.#engine));
    this.#job.runInPlace();
  }

  /** Gives the session's memory back to the engine. */
  dispose(): void {
    this.#job.free();
    this.#machine.free();
    this.#engine.memory.free(this.#own);
  }

  /** As `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}
