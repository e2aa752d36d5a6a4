import type { Engine } from "../../engine/engine.js";
import { OutputError } from "../../runtime/outputError.js";
import { Session, type Stepping } from "../../runtime/session.js";

/** Model whose sessions have room for so many pushes. */
interface Holding extends Stepping {
  readonly options: { readonly capacity: number };
}

/** Session whose memory may be too small for all that was pushed. */
export class StackSession extends Session {
  readonly #name: string;
  readonly #capacity: number;
  #steps = 0;

  constructor(engine: Engine, model: Holding) {
    super(engine, model);
    this.#name = model.name;
    this.#capacity = model.options.capacity;
  }

  override reset(): void {
    super.reset();
    if (#steps in this) this.#steps = 0; // the constructor of a session resets it, too
  }

  /** One step, as Session.step. @throws RangeError when a row that is still there has no room. */
  override step(x: ArrayLike<number>): Float32Array<ArrayBuffer> {
    try {
      const y = super.step(x);
      ++this.#steps;
      return y;
    } catch (cause) {
      if (!(cause instanceof OutputError) || this.#steps < this.#capacity) throw cause;
      const message =
        `${this.#name}.session: ${this.#steps} steps pushed more than the memory has room for, which is ` +
        `${this.#capacity} steps: reset the session, or make the model with a larger capacity`;
      throw new RangeError(message, { cause });
    }
  }
}
