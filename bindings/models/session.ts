import { Machine as Word, Register } from "../../assembly/machine.js";
import type { Engine } from "../engine/engine.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Machine } from "../engine/machine.js";
import { Job } from "../engine/job.js";
import type { Program } from "../graph/program.js";
import { ShapeError } from "../graph/shape.js";
import type { ParameterBlock } from "./parameterBlock.js";

/** A model that runs one step at a time. Its state stays in the engine, in two frames that take turns. */
export class Session {
  readonly #engine: Engine;
  readonly #parameters: ParameterBlock;
  readonly #machine: Machine;
  readonly #job: Job;
  readonly #entries: { reset: number; step: number };
  readonly #own: number;
  readonly #inputSize: number;
  readonly #y: Float32Array<ArrayBuffer>;
  readonly #x: number;
  readonly #yAt: number;

  constructor(
    engine: Engine,
    parameters: ParameterBlock,
    program: Program,
    { inputSize, outputSize }: { inputSize: number; outputSize: number },
  ) {
    this.#engine = engine;
    this.#parameters = parameters;
    this.#inputSize = inputSize;
    this.#y = new Float32Array(outputSize);
    const loaded = new LoadedProgram(engine, program);
    const layout = loaded.bind({ time: 1 });
    this.#entries = { reset: loaded.entry("reset"), step: loaded.entry("step") };
    this.#machine = new Machine(engine, loaded);
    const io = this.#machine.io();
    this.#x = this.#machine.inputAt("x");
    this.#yAt = this.#machine.outputAt("y");

    const { frameRegister, frame, sequences } = program.session!;
    const frameBytes = frame.layout(new Map()).bytes;
    this.#own = engine.memory.allocate(layout.activationBytes + 2 * frameBytes);
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
    if (x.length !== this.#inputSize) {
      const message = `A step takes ${this.#inputSize} numbers, and got ${x.length}`;
      throw new ShapeError(message, "step", String(this.#inputSize), String(x.length));
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
    this.#machine.set(Register.parameters, this.#parameters.in(this.#engine));
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
