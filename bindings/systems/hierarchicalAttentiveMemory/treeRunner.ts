import { checkOptions, expectOptions, expectValue, flag, whole } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import type { Graph } from "../../graph/graph.js";
import { MemoryError } from "../../graph/memoryError.js";
import { Executable, type Field } from "../../runtime/executable.js";
import { inGroups } from "../../runtime/groups.js";
import { variantOf } from "../../runtime/method.js";
import { levelsOf } from "./episode.js";
import type { HierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory.js";
import { NodePrograms } from "./nodePrograms.js";
import { powerOfTwo } from "./powerOfTwo.js";
import { TreeWalk, type TreeInput } from "./treeWalk.js";

/** How memories are run. */
export interface TreeRunOptions {
  /** Leaves of the tree, a power of two. Default: the model's, or as many as an input needs if that is more. */
  leaves?: number;
  /** Accesses, of a memory with a controller. Default: up to the end of the output, at most what sorting takes. */
  steps?: number;
  /** Whether to say which leaf each access went to. Default: false. */
  trace?: boolean;
}

/** What a memory made of an input. */
export interface TreeRun {
  /** Of each access, logits of the bits of the output: (accesses, outputSize), one row after the other. */
  readonly outputs: readonly Float32Array[];
  /** Of each access, the leaf it went to, or, of soft attention, the likeliest; absent unless asked for. */
  readonly leaves?: readonly number[];
  /** How often SEARCH and JOIN were done in all accesses: of hard attention log₂ of the leaves each time. */
  readonly searches: number;
  readonly joins: number;
}

/** Inputs that are run in one call, and nodes that they have together at most. */
const AT_ONCE = 64;
const NODES_AT_ONCE = 0x40_0000;

/** Bytes of a tree at most. */
const MOST_BYTES = 0x8000_0000;

/**
 * Runs memories of hard attention on trees of any size. The tree is kept outside the programs, and an access takes from
 * it the nodes of one way and puts them back: log₂ of the leaves, whatever their number.
 */
export class TreeRunner {
  readonly #model: HierarchicalAttentiveMemory;
  readonly #programs: NodePrograms;
  readonly #whole: Executable;

  constructor(model: HierarchicalAttentiveMemory) {
    this.#model = model;
    this.#programs = new NodePrograms(model);
    this.#whole = new Executable(model);
  }

  run(engine: Engine, inputs: readonly TreeInput[], options: TreeRunOptions): TreeRun[] {
    const owner = `${this.#model.name}.run`;
    const { raw, accesses, attention } = this.#model.options;
    expectEngine(owner, engine);
    const { leaves, steps, ...rest } = expectOptions(owner, options);
    const { trace } = checkOptions(owner, rest, { trace: [false, flag()] });
    if (steps !== undefined) {
      if (raw) throw new TypeError(`${owner}: a raw memory does a step for each row of its input: leave steps out`);
      expectValue(`${owner}: steps`, steps, whole(1, { most: 0xff_ffff }));
    }
    if (leaves !== undefined) {
      this.#expectRoom(owner, leaves);
      expectValue(`${owner}: leaves`, leaves, powerOfTwo);
    }
    this.#expectInputs(owner, inputs, leaves);
    const leavesOf = ({ length }: TreeInput): number => {
      if (leaves !== undefined) return leaves;
      let own = this.#model.options.leaves;
      while (own < length) own *= 2;
      this.#expectRoom(owner, own);
      return own;
    };
    const stepsOf = ({ length }: TreeInput): number => (raw ? length : (steps ?? accesses * (length + 1)));
    const alike = (a: TreeInput, b: TreeInput): boolean => leavesOf(a) === leavesOf(b) && stepsOf(a) === stepsOf(b);
    const largest = inputs.reduce((most, input) => Math.max(most, leavesOf(input)), 2);
    const most = Math.max(1, Math.min(AT_ONCE, Math.floor(NODES_AT_ONCE / largest)));
    return inGroups(inputs, { sizeOf: ({ length }) => length, most, alike }, (group) => {
      const [first] = group as [TreeInput];
      const sizes = { leaves: leavesOf(first), time: stepsOf(first), isOpen: steps === undefined && !raw };
      const runs = attention === "soft" ? this.#soft(engine, group, sizes) : this.#hard(engine, group, sizes);
      return runs.map(({ outputs, leaves, searches, joins }) => {
        const count = sizes.isOpen ? endOf(outputs, accesses) : outputs.length;
        const counted = { searches: sum(searches, count), joins: sum(joins, count) };
        return { outputs: outputs.slice(0, count), ...(trace && { leaves: leaves.slice(0, count) }), ...counted };
      });
    });
  }

  /** As one program over the whole tree. */
  #soft(engine: Engine, inputs: readonly TreeInput[], { leaves, time }: Sizes): Ran[] {
    const { inputSize, raw, outputSize } = this.#model.options;
    const count = inputs.length;
    const wanted = { name: "mask", data: new Float32Array(time * count).fill(1), time, size: 1 };
    const fields: Field[] = raw
      ? [{ name: "asked", data: new Float32Array(time * count * inputSize), time, size: inputSize }]
      : [
          { name: "x", data: new Float32Array(count * leaves * inputSize), time: 1, size: leaves * inputSize },
          { name: "used", data: new Float32Array(count * leaves), time: 1, size: leaves },
          wanted,
        ];
    inputs.forEach((input, i) =>
      input.forEach((row, at) => {
        if (raw) return fields[0]!.data.set(row, (at * count + i) * inputSize);
        fields[0]!.data.set(row, (i * leaves + at) * inputSize);
        fields[1]!.data[i * leaves + at] = 1;
      }),
    );
    const record = (graph: Graph, batch: number): void => this.#model.recordRun(graph, batch, leaves, ["leaves"]);
    const variant = variantOf(this.#model, `run ${leaves}`, { record });
    const outputs = this.#whole.run(engine, variant, { count, dimensions: { time }, fields });
    return inputs.map((_, i) => {
      const [y, weights] = [outputs.of("y", i).data, outputs.of("trace leaves", i).data];
      return {
        outputs: Array.from({ length: time }, (_, t) => y.slice(t * outputSize, (t + 1) * outputSize)),
        leaves: Array.from({ length: time }, (_, t) => largestOf(weights.subarray(t * leaves, (t + 1) * leaves))),
        searches: new Array<number>(time).fill(leaves - 1),
        joins: new Array<number>(time).fill(leaves - 1),
      };
    });
  }

  /** Node by node. */
  #hard(engine: Engine, inputs: readonly TreeInput[], { leaves, time, isOpen }: Sizes): Ran[] {
    const { accesses } = this.#model.options;
    const walk = new TreeWalk(this.#model, this.#programs, engine, inputs, leaves);
    const ran = inputs.map(() => ({
      outputs: [] as Float32Array[],
      leaves: [] as number[],
      searches: walk.searches,
      joins: walk.joins,
    }));
    const ended = inputs.map(() => false);
    for (let t = 0; t < time; ++t) {
      walk.access().forEach(({ output, leaf }, i) => {
        ran[i]!.outputs.push(output);
        ran[i]!.leaves.push(leaf);
        if ((t + 1) % accesses === 0) ended[i] ||= output.at(-1)! > 0;
      });
      if (isOpen && ended.every(Boolean)) break;
    }
    return ran;
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    this.#programs.release(engine);
    engine.release(this.#whole);
  }

  /** @throws MemoryError when a tree of so many leaves is too large. */
  #expectRoom(owner: string, leaves: number): void {
    const { nodeSize } = this.#model.options;
    const bytes = 2 * leaves * nodeSize * 4;
    if (typeof leaves !== "number" || !(bytes > MOST_BYTES)) return;
    const fits = 1 << Math.floor(levelsOf(Math.floor(MOST_BYTES / (8 * nodeSize))));
    throw new MemoryError(bytes, MOST_BYTES, `${owner}: a tree of ${leaves} leaves (at most ${fits} fit)`);
  }

  #expectInputs(owner: string, inputs: readonly TreeInput[], leaves: number | undefined): void {
    const { inputSize, raw } = this.#model.options;
    if (!Array.isArray(inputs)) {
      throw new TypeError(`${owner}: the inputs are ${shown(inputs)}, and must be an array of inputs`);
    }
    for (const [i, input] of (inputs as readonly TreeInput[]).entries()) {
      const most = leaves === undefined || raw ? {} : { most: leaves };
      expectValue(`${owner}: the length of input ${i}`, input?.length, whole(1, most));
      for (let at = 0; at < input.length; ++at) {
        const row = input[at]!;
        expectValue(`${owner}: the numbers of input ${i}, row ${at}`, row?.length, exactly(inputSize));
        for (let j = 0; j < inputSize; ++j) {
          expectValue(`${owner}: input ${i}, row ${at}, number ${j}`, row[j], finite);
        }
      }
    }
  }
}

interface Sizes {
  readonly leaves: number;
  readonly time: number;
  /** Whether runs end where the outputs say so. */
  readonly isOpen: boolean;
}

/** By access. */
interface Ran {
  readonly outputs: readonly Float32Array[];
  readonly leaves: readonly number[];
  readonly searches: readonly number[];
  readonly joins: readonly number[];
}

const exactly =
  (size: number) =>
  (value: unknown): string | undefined =>
    value === size ? undefined : String(size);
const finite = (value: unknown): string | undefined =>
  typeof value === "number" && Math.abs(value) < Infinity ? undefined : "a finite number";

/** Accesses up to the end, which the last bit of an output says. */
function endOf(outputs: readonly Float32Array[], accesses: number): number {
  const end = outputs.findIndex((output, t) => (t + 1) % accesses === 0 && output.at(-1)! > 0);
  return end < 0 ? outputs.length : end + 1;
}

const largestOf = (values: Float32Array): number => values.reduce((best, p, i) => (p > values[best]! ? i : best), 0);

const sum = (values: readonly number[], count: number): number => values.slice(0, count).reduce((a, b) => a + b, 0);
