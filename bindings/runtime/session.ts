import { expectFinite } from "./outputError.js";
import { Machine as Word, Register } from "../../assembly/machine.js";
import { DisposedError, type Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import type { Freeable } from "../engine/cache.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { Machine } from "../engine/machine.js";
import { Job } from "../engine/job.js";
import { ShapeError } from "../graph/shapeError.js";
import { shown } from "../common/shown.js";
import type { Program } from "../graph/program.js";
import type { Parametric } from "./executable.js";

/** What runs one step at a time: a program from "x" to "y", and the parameters it reads. */
export interface Stepping extends Parametric {
  /** For messages. */
  readonly name: string;
  readonly inputSize: number;
  readonly outputSize: number;
  sessionProgram(): Program;
}

/** A model that runs one step at a time. Its state stays in the engine, in two frames that take turns. */
export class Session {
  readonly #engine: Engine;
  readonly #model: Stepping;
  readonly #machine: Machine;
  readonly #job: Job;
  readonly #entries: { reset: number; step: number };
  #disposed = false;
  readonly #y: Float32Array<ArrayBuffer>;
  readonly #x: number;
  readonly #yAt: number;

  constructor(engine: Engine, model: Stepping) {
    expectEngine(`${model.name}.session`, engine);
    this.#engine = engine;
    this.#model = model;
    this.#y = new Float32Array(model.outputSize);
    const program = model.sessionProgram();
    // A session that nobody disposed of gives its memory back when it is gone, also one that was never whole.
    const held: Freeable[] = [];
    engine.keep(this, "session", () => freeing(held));
    const hold = <T extends Freeable>(freeable: T): T => (held.push(freeable), freeable);
    const loaded = hold(new LoadedProgram(engine, program));
    const layout = loaded.bind({ time: 1 });
    this.#entries = { reset: loaded.entry("reset"), step: loaded.entry("step") };
    this.#machine = hold(new Machine(engine, loaded));
    const io = this.#machine.io();
    this.#x = this.#machine.inputAt("x");
    this.#yAt = this.#machine.outputAt("y");

    const { frameRegister, frame, sequences, stackBytes } = program.session!;
    const frameBytes = frame.layout(new Map()).bytes;
    const stateBytes = layout.activationBytes + 2 * frameBytes;
    const ownBytes = stateBytes + (layout.frameBytes ?? stackBytes);
    const { address } = hold(new Block(engine, ownBytes));
    engine.memory.clear(io, layout.ioBytes); // nothing of whoever had these blocks before
    engine.memory.clear(address, ownBytes);
    this.#machine.set(Register.activations, address);
    const frames = address + layout.activationBytes;
    this.#machine.set(frameRegister, frames + frameBytes);
    this.#machine.set(frameRegister + 1, frames);
    this.#machine.set(Word.stackTop, address + stateBytes);
    this.#machine.set(Word.stackEnd, address + ownBytes);
    for (const { register, offset } of sequences) {
      this.#machine.set(register, io + layout.offsetOf({ shape: [], offset }));
    }
    this.#job = hold(new Job(engine, [this.#machine]));
    this.reset();
  }

  /** Goes back to the state in front of a sequence's first step. @throws DisposedError as `step` does. */
  reset(): void {
    this.#run(this.#entries.reset);
  }

  /**
   * One step. The result is reused: it holds this step's logits until the next step.
   * @throws ShapeError unless x has inputSize numbers, RangeError when one is NaN or infinite in single precision,
   * DisposedError when session or engine were disposed of.
   */
  step(x: ArrayLike<number>): Float32Array<ArrayBuffer> {
    const { inputSize } = this.#model;
    const numbers: unknown = (x as ArrayLike<number> | null | undefined)?.length;
    if (numbers !== inputSize) {
      const message = `A step takes ${inputSize} numbers, and got ${shown(numbers ?? x)}`;
      throw new ShapeError(message, "step", String(inputSize), shown(numbers ?? x));
    }
    this.#expectThere();
    const memory = this.#engine.memory.f32;
    for (let i = 0; i < x.length; ++i) {
      const value = x[i]!;
      // In single precision: 1e39 is infinite there.
      if (typeof value !== "number" || Math.fround(value) - Math.fround(value) !== 0) {
        throw new RangeError(`Number ${i} of the step is ${shown(value)}, and must be finite`);
      }
      memory[this.#x + i] = value;
    }
    this.#run(this.#entries.step);
    const y = this.#y;
    for (let i = 0; i < y.length; ++i) y[i] = memory[this.#yAt + i]!;
    expectFinite("A step", y);
    return y;
  }

  #run(entry: number): void {
    this.#expectThere();
    this.#machine.set(Word.program, entry);
    this.#machine.set(Register.parameters, this.#model.parameters.in(this.#engine));
    this.#job.runInPlace();
  }

  #expectThere(): void {
    if (!this.#disposed) return;
    throw new DisposedError("This session was disposed of; make another with model.session(engine)");
  }

  /** Gives the session's memory back to the engine. A second call does nothing. */
  dispose(): void {
    this.#disposed = true;
    this.#engine.release(this);
  }

  /** As `dispose`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

class Block implements Freeable {
  readonly address: number;

  constructor(
    readonly engine: Engine,
    bytes: number,
  ) {
    this.address = engine.memory.allocate(bytes);
  }

  free(): void {
    this.engine.memory.free(this.address);
  }
}

/** Outside of the constructor, since what is kept must not hold on to the session. */
const freeing = (held: Freeable[]): Freeable => ({ free: () => held.reverse().forEach((freeable) => freeable.free()) });
