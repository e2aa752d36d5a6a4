/** Every model and task beside the Turing machine and copying: options of any kind, then what they are for. */
import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import * as assert from "uvu/assert";
import * as fc from "fast-check";
import { AdaptiveComputationTime, RecurrentNetwork } from "../../bindings/models.js";
import type { Model } from "../../bindings/models/model.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import {
  additionTask,
  associativeRecallTask,
  dynamicNgramsTask,
  arithmeticTask,
  logicTask,
  parityTask,
  prioritySortTask,
  repeatCopyTask,
  sortTask,
  tableTask,
  textTask,
} from "../../bindings/tasks.js";
import type { Task } from "../../bindings/tasks/task.js";
import { attempt } from "../support/ours.js";
import { property, type Property } from "./property.js";
import { anything, options } from "./values.js";

/** Sizes up to which a model or a batch is made in full: beyond, it takes the memory that it asks for. */
const SMALL = 1e6;

const network = { inputSize: 3, outputSize: 2, hiddenSize: 4, seed: 1 };
const ponder = ["cell", "cellOptions", "epsilon", "limit", "timePenalty", "haltingBias", "haltingInput", "flag"];

const model = (name: string, make: (given: never) => Model<string>, more: readonly string[]): Property =>
  property(name, options(network, more), (given) => {
    const made = attempt(() => make(given as never));
    if (!made) return;
    const size = [...made.namedParameters()].reduce((sum, [, parameter]) => sum + parameter.size, 0);
    if (size > SMALL && size < 2 ** 27) return;
    const parameters = attempt(() => made.parameters);
    if (parameters) assert.ok(parameters.values.every(Number.isFinite));
  });

const task = (name: string, make: (given: never) => Task, right: object, more: readonly string[] = []): Property =>
  property(
    name,
    fc.tuple(options({ seed: 1, ...right }, more), anything, anything, anything, anything),
    ([given, count, length, difficulty, repeats]) => {
      const made = attempt(() => make(given as never));
      if (!made) return;
      const sizes = [made.inputSize, made.targetSize, ...Object.values(made.options)];
      if (sizes.some((size) => typeof size === "number" && size > 64 && size !== made.options["crc32"])) return;
      const batch = new Batch(sequenceLayout(made));
      const asked = Object.entries({ length, difficulty, repeats }).filter(([, value]) => typeof value === "number");
      const isHuge = asked.some(([, value]) => (value as number) > 1000 && (value as number) < 2 ** 31);
      if (isHuge || (typeof count === "number" && count > 1000)) return;
      attempt(() => made.generate(new Random(1), count as never, batch, Object.fromEntries(asked)));
      for (const block of [batch.inputs, batch.targets, batch.mask]) assert.ok(block.every(Number.isFinite));
      assert.ok(batch.lengths.every((steps) => steps >= 1 && steps <= batch.time));
    },
  );

export default [
  model("a RecurrentNetwork", (given) => new RecurrentNetwork(given), ["cell", "cellOptions", "layers"]),
  model("an AdaptiveComputationTime", (given) => new AdaptiveComputationTime(given), ponder),
  task("repeatCopyTask", repeatCopyTask, { bits: 2, maxLength: 3, maxRepeats: 3 }, ["minLength", "minRepeats"]),
  task("associativeRecallTask", associativeRecallTask, { bits: 2, itemLength: 2, maxItems: 3 }, ["minItems"]),
  task("dynamicNgramsTask", dynamicNgramsTask, { context: 2, length: 9 }),
  task("prioritySortTask", prioritySortTask, { bits: 2, vectors: 4, wanted: 3 }),
  task("arithmeticTask", arithmeticTask, { maxOperators: 2 }, ["minOperators", "numbers"]),
  task("tableTask", tableTask, { columns: 2, maxRows: 6 }, ["minRows"]),
  task("parityTask", parityTask, { bits: 5 }),
  task("logicTask", logicTask, { maxLength: 3, maxGates: 2 }, ["minLength"]),
  task("additionTask", additionTask, { maxLength: 3, maxDigits: 2 }, ["minLength"]),
  task("sortTask", sortTask, { maxLength: 4 }, ["minLength"]),
  task("textTask", textTask, { text: "to be or not to be", length: 5 }, ["alphabet", "crc32"]),
];
