import type { Engine, Model } from "../../bindings/core.js";
import { NeuralTuringMachine, SparseAccessMemory } from "../../bindings/models.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { engineOf } from "../engine.js";
import type { StudyOptions } from "../page.js";
import { FilledMemory, HEADS, WIDTH } from "./attentionCost/filledMemory.js";
import { timeAccess } from "./treeAccess.js";

/** Rows, as powers of two; of dense memories fewer, whose training keeps a copy of all rows of each step. */
const LEVELS = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
const MOST_DENSE = 15;
const QUICK_LEVELS = [5, 9];
/** Words that are copied, so that a sequence has 22 steps. */
const LENGTH = 10;
const stepsOf = (length: number): number => 2 * length + 2;
/** As many more say what a step keeps. */
const MORE = 25;
const ROUNDS = 7;

/** What one step costs, in microseconds, and what it keeps for backward, in bytes, by memory. */
export interface CostRow {
  readonly rows: number;
  readonly dense?: number;
  readonly denseBytes?: number;
  /** As in training: of an empty memory, of which what is in use is searched. */
  readonly sparse: number;
  readonly sparseBytes: number;
  /** Of a memory all of whose rows are in use, without a controller. */
  readonly full: number;
  readonly indexed: number;
  /** Rows that the index compares for a query, and the part of the nearest rows it finds. */
  readonly compared: number;
  readonly found: number;
  /** An access of a tree with so many leaves, forward alone. */
  readonly tree: number;
}

export interface CostStudy {
  readonly machine: string;
  readonly rows: readonly CostRow[];
}

const sizes = { inputSize: 9, outputSize: 8, hiddenSize: 100, width: WIDTH, seed: 1 } as const;
const dense = (slots: number): Model =>
  new NeuralTuringMachine({ ...sizes, slots, readHeads: HEADS, writeHeads: HEADS });
const sparse = (slots: number): Model => new SparseAccessMemory({ ...sizes, slots, heads: HEADS, count: 4 });
const training = (engine: Engine, model: Model, length = LENGTH): Trainer => {
  const task = copyTask({ bits: 8, minLength: length, maxLength: length, seed: 1 });
  const optimizer = adam({ learningRate: 1e-3 });
  return new Trainer(engine, model, task, { batch: 1, optimizer, clip: {}, seed: 1 });
};
const rounded = (value: number): number => +value.toPrecision(3);

/** What a step costs with memories from 2⁵ to 2²⁰ rows. */
export async function studyAttentionCost(engine: Engine, { quick, machine, report }: StudyOptions): Promise<CostStudy> {
  const rounds = quick ? 1 : ROUNDS;
  const rows: CostRow[] = [];
  for (const level of quick ? QUICK_LEVELS : LEVELS) {
    const slots = 2 ** level;
    const memory = new FilledMemory(engine, slots);
    const row: CostRow = {
      rows: slots,
      ...(level <= MOST_DENSE && {
        dense: rounded(await trainingStep(engine, dense(slots), rounds)),
        denseBytes: await kept(dense(slots)),
      }),
      sparse: rounded(await trainingStep(engine, sparse(slots), rounds)),
      sparseBytes: await kept(sparse(slots)),
      full: rounded(memory.step("exact", rounds)),
      indexed: rounded(memory.step("approximate", rounds)),
      compared: Math.round(memory.compared),
      found: +memory.found.toFixed(3),
      tree: timeAccess(engine, slots, { together: 20, rounds, warmup: 20 * rounds }).microseconds,
    };
    memory.free();
    report(`2^${level} rows: ${JSON.stringify(row)}`);
    rows.push(row);
  }
  return { machine, rows };
}

/** Microseconds of training, for each step of a sequence: the least of some. */
async function trainingStep(engine: Engine, model: Model, rounds: number): Promise<number> {
  const trainer = training(engine, model);
  const times: number[] = [];
  for (let round = 0; round <= rounds; ++round) {
    const begin = performance.now();
    await trainer.run();
    times.push(performance.now() - begin);
  }
  trainer.dispose();
  return (1000 * Math.min(...times)) / stepsOf(LENGTH);
}

/** Bytes that a step of training keeps for backward, to a thousand or so: how far the memory of an engine grows. */
async function kept(model: Model): Promise<number> {
  const bytes = async (length: number): Promise<number> => {
    const engine = await engineOf();
    const trainer = training(engine, model, length);
    await trainer.run();
    const { byteLength } = engine.memory.f32;
    trainer.dispose();
    engine.dispose();
    return byteLength;
  };
  const more = (await bytes(LENGTH + MORE)) - (await bytes(LENGTH));
  return rounded(more / (stepsOf(LENGTH + MORE) - stepsOf(LENGTH)));
}
