import tf from "@tensorflow/tfjs";
import type { Engine } from "../bindings/engine/engine.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../bindings/common/random/philox.js";
import { array } from "../tests/support/array.js";
import { close } from "../tests/support/close.js";
import { repeated, type Benchmark, type Contest, type Side } from "./contest.js";
import { tfjsLiteral } from "./peers/tfjsLiteral.js";
import { tfjsOps } from "./peers/tfjsOps.js";
import { TfjsNTM, type TfjsState } from "./peers/tfjsNtm.js";

/** A copy of length 20. */
const STEPS = 41;

/**
 * One step at batch 1 of the copy task's network: input in, state kept, logits out. Against the network written in tfjs
 * as the equations read, and reshaped into as few kernels as we know how.
 */
export function ntmBenchmarks(engine: Engine): Benchmark[] {
  const rivals = { "tfjs-wasm": tfjsLiteral, "tfjs-wasm, reshaped": tfjsOps };
  return Object.entries(rivals).map(([peer, ops]) => {
    return { group: "ntm", name: "ntm step, batch 1", peer, prepare: () => prepare(engine, ops) };
  });
}

/** The copy task's network, all else the paper's. */
export const makeModel = (): NeuralTuringMachine => new NeuralTuringMachine({ inputSize: 9, outputSize: 8, seed: 1 });

export function makeInputs(): Float32Array[] {
  const random = new Random(1);
  return Array.from({ length: STEPS }, () => Float32Array.from({ length: 9 }, () => random.integer(0, 1)));
}

interface Stepping {
  reset(): void;
  step(x: Float32Array): Float32Array;
}

/** One sequence after the other, step by step. */
export function stepping(session: Stepping, xs: readonly Float32Array[]): Side {
  let t = xs.length;
  return repeated(() => {
    if (t === xs.length) {
      session.reset();
      t = 0;
    }
    session.step(xs[t++]!);
  });
}

function prepare(engine: Engine, ops: typeof tfjsOps): Contest {
  const model = makeModel();
  const xs = makeInputs();
  const ours = model.session(engine);
  const theirs = new TfjsSession(model, ops);
  for (const x of xs) close(array([8], ours.step(x)), array([8], theirs.step(x)), { rtol: 1e-4, atol: 1e-4 });
  const dispose = (): void => {
    ours.dispose();
    theirs.dispose();
  };
  return { ours: stepping(ours, xs), peer: stepping(theirs, xs), dispose };
}

/** As our session: one step at a time, the state kept in the backend's memory. */
class TfjsSession implements Stepping {
  readonly #network: TfjsNTM;
  #state: TfjsState;

  constructor(model: NeuralTuringMachine, ops: typeof tfjsOps) {
    this.#network = new TfjsNTM(model, ops);
    this.#state = tf.tidy(() => this.#network.initialState(1));
  }

  reset(): void {
    tf.dispose(this.#state);
    this.#state = tf.tidy(() => this.#network.initialState(1));
  }

  step(x: Float32Array): Float32Array {
    const last = this.#state;
    const [logits, state] = tf.tidy(() => this.#network.step(tf.tensor2d(x, [1, x.length]), last));
    tf.dispose(last);
    this.#state = state;
    const values = logits.dataSync<"float32">();
    logits.dispose();
    return values;
  }

  dispose(): void {
    tf.dispose(this.#state);
    this.#network.dispose();
  }
}
