import { shown } from "../../common/shown.js";
import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { ShapeError } from "../../graph/shapeError.js";
import { Executable } from "../../runtime/executable.js";
import { variantOf } from "../../runtime/method.js";
import type { Evaluator } from "../../search/evaluator.js";
import type { Game } from "../../search/game.js";
import type { PolicyValueNetwork } from "./policyValueNetwork.js";

/** What the network thinks of a position. */
export interface PolicyValue {
  /** How likely each action is the best; illegal ones too, which the rules leave out. */
  readonly policy: Float32Array;
  /** What the player to move can expect, from −1 to 1. */
  readonly value: number;
}

/** Positions that are evaluated in one call. */
const AT_ONCE = 256;

/** Runs a PolicyValueNetwork. */
export class PositionRunner {
  readonly #model: PolicyValueNetwork;
  readonly #executable: Executable;

  constructor(model: PolicyValueNetwork) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  run(engine: Engine, positions: readonly ArrayLike<number>[]): PolicyValue[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    this.#expectPositions(owner, positions);
    const data = new Float32Array(positions.length * this.#size);
    positions.forEach((position, i) => data.set(position, i * this.#size));
    return this.#evaluate(engine, data, positions.length);
  }

  evaluator<State>(engine: Engine, game: Game<State>): Evaluator<State> {
    const owner = `${this.#model.name}.evaluator`;
    expectEngine(owner, engine);
    const { height, width, planes, actions } = this.#model.options;
    const [ours, theirs] = [`${[height, width, planes]} and ${actions}`, `${game.planes} and ${game.actions}`];
    if (ours !== theirs) {
      const message = `${owner}: planes and actions of the game are ${theirs}, and must be ${ours}`;
      throw new ShapeError(message, owner, ours, theirs);
    }
    return (states) => {
      const data = new Float32Array(states.length * this.#size);
      states.forEach((state, i) => game.encode(state, data.subarray(i * this.#size, (i + 1) * this.#size)));
      return this.#evaluate(engine, data, states.length);
    };
  }

  /** Numbers of a position. */
  get #size(): number {
    const { height, width, planes } = this.#model.options;
    return height * width * planes;
  }

  #evaluate(engine: Engine, data: Float32Array, total: number): PolicyValue[] {
    const size = this.#size;
    const variant = variantOf(this.#model, "evaluate", this.#model.methods({ trace: [] })["evaluate"]!);
    const values: PolicyValue[] = [];
    for (let begin = 0; begin < total; begin += AT_ONCE) {
      const count = Math.min(AT_ONCE, total - begin);
      const block = data.subarray(begin * size, (begin + count) * size);
      const fields = [{ name: "position", data: block, time: 1, size }];
      const outputs = this.#executable.run(engine, variant, { count, dimensions: {}, fields });
      for (let i = 0; i < count; ++i) {
        values.push({ policy: outputs.of("policy", i).data, value: outputs.of("value", i).data[0]! });
      }
    }
    return values;
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }

  #expectPositions(owner: string, positions: readonly ArrayLike<number>[]): void {
    if (!Array.isArray(positions)) {
      throw new TypeError(`${owner}: the positions are ${shown(positions)}, and must be an array of planes`);
    }
    const { height, width, planes } = this.#model.options;
    (positions as readonly unknown[]).forEach((position, i) => {
      const values = position as ArrayLike<number> | null | undefined;
      if (values?.length !== this.#size) {
        const wanted = `${this.#size} numbers: ${height} × ${width} squares of ${planes}`;
        throw new RangeError(
          `${owner}: position ${i} is ${shown(position)} of ${values?.length}, and must be ${wanted}`,
        );
      }
      for (let k = 0; k < values.length; ++k) {
        if (Number.isFinite(values[k])) continue;
        throw new RangeError(`${owner}: number ${k} of position ${i} is ${shown(values[k])}, and must be finite`);
      }
    });
  }
}
