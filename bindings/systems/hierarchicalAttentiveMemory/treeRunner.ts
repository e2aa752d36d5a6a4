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
import { powerOfTwo } from "./powerOfTwo.js";

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

/** Nodes that are embedded or joined in one call. */
const CHUNK = 1024;

type Rows = Float32Array<ArrayBuffer>;

/**
 * Runs memories of hard attention on trees of any size. The tree is kept outside the programs, and an access takes from
 * it the nodes of one way and puts them back: log₂ of the leaves, whatever their number.
 */
export class TreeRunner {
  readonly #model: HierarchicalAttentiveMemory;
  /** One of each function, so that their machines stay in the engine. */
  readonly #executables: { readonly [Name in keyof Functions]: Executable };
  readonly #whole: Executable;

  constructor(model: HierarchicalAttentiveMemory) {
    this.#model = model;
    const one = (): Executable => new Executable(model);
    this.#executables = { embed: one(), join: one(), search: one(), answer: one() };
    this.#whole = one();
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
    const { nodeSize: size, raw, outputSize, inputSize, hiddenSize, accesses } = this.#model.options;
    const count = inputs.length;
    const levels = levelsOf(leaves);
    const trees = inputs.map((input) => this.#tree(engine, input, leaves));
    const asksSize = raw ? inputSize : hiddenSize;
    const asks = new Float32Array(count * asksSize);
    let cell: Rows = new Float32Array(count * hiddenSize);
    const { h0, c0 } = this.#model.firstState();
    for (let i = 0; i < count && !raw; ++i) {
      asks.set(h0, i * hiddenSize);
      cell.set(c0, i * hiddenSize);
    }
    const [searches, joins]: [number[], number[]] = [[], []];
    const ran = inputs.map(() => ({
      outputs: [] as Float32Array[],
      leaves: [] as number[],
      searches,
      joins,
      ended: false,
    }));
    const [nodes, children] = [new Float32Array(count * size), new Float32Array(count * 2 * size)];
    const at = new Int32Array(count);
    for (let t = 0; t < time; ++t) {
      if (raw) inputs.forEach((input, i) => asks.set(input[t]!, i * asksSize));
      at.fill(1);
      searches.push(0);
      joins.push(0);
      const gatherNodes = (): void =>
        trees.forEach((tree, i) => nodes.set(tree.subarray(at[i]! * size, (at[i]! + 1) * size), i * size));
      for (let level = 0; level < levels; ++level) {
        gatherNodes();
        ++searches[t]!;
        const { logit } = this.#do(engine, "search", count, { h: nodes, asks });
        for (let i = 0; i < count; ++i) at[i] = 2 * at[i]! + Number(logit[i]! > 0);
      }
      gatherNodes();
      const state: Readonly<Record<string, Rows>> = raw ? {} : { c: cell };
      const answer = this.#do(engine, "answer", count, { h: nodes, asks, ...state });
      if (!raw) {
        asks.set(answer.next!);
        cell = answer.cell!;
      }
      const put = (rows: Rows): void =>
        trees.forEach((tree, i) => tree.set(rows.subarray(i * size, (i + 1) * size), at[i]! * size));
      ran.forEach(({ outputs, leaves: places }, i) => {
        outputs.push(answer.output.slice(i * outputSize, (i + 1) * outputSize));
        places.push(at[i]! - leaves);
      });
      put(answer.leaf);
      for (let level = 0; level < levels; ++level) {
        ++joins[t]!;
        for (let i = 0; i < count; ++i) {
          at[i] = at[i]! >> 1;
          children.set(trees[i]!.subarray(2 * at[i]! * size, (2 * at[i]! + 2) * size), i * 2 * size);
        }
        put(this.#do(engine, "join", count, { children }).h);
      }
      if (isOpen && (t + 1) % accesses === 0) {
        ran.forEach((run) => (run.ended ||= run.outputs[t]!.at(-1)! > 0));
        if (ran.every(({ ended }) => ended)) break;
      }
    }
    return ran;
  }

  /** All nodes, node 1 the root, of an input; those above empty leaves alone are joined once for each level. */
  #tree(engine: Engine, input: TreeInput, leaves: number): Rows {
    const { nodeSize: size, raw, inputSize } = this.#model.options;
    const tree = new Float32Array(2 * leaves * size);
    let filled = raw ? 0 : input.length;
    for (let begin = 0; begin < filled; begin += CHUNK) {
      const rows = Math.min(CHUNK, filled - begin);
      const x = new Float32Array(rows * inputSize);
      for (let i = 0; i < rows; ++i) x.set(input[begin + i]!, i * inputSize);
      tree.set(this.#do(engine, "embed", rows, { x }).h, (leaves + begin) * size);
    }
    let empty: Rows = new Float32Array(size);
    for (let width = leaves / 2; width >= 1; width /= 2) {
      filled = Math.ceil(filled / 2);
      for (let begin = 0; begin < filled; begin += CHUNK) {
        const rows = Math.min(CHUNK, filled - begin);
        const first = 2 * (width + begin) * size;
        const children = tree.slice(first, first + 2 * rows * size);
        tree.set(this.#do(engine, "join", rows, { children }).h, (width + begin) * size);
      }
      const children = new Float32Array(2 * size);
      children.set(empty);
      children.set(empty, size);
      empty = this.#do(engine, "join", 1, { children }).h;
      for (let node = width + filled; node < 2 * width; ++node) tree.set(empty, node * size);
    }
    return tree;
  }

  /** One of the functions, on so many rows. */
  #do<Name extends keyof Functions>(
    engine: Engine,
    name: Name,
    count: number,
    given: Readonly<Record<string, Rows>>,
  ): Functions[Name] {
    const record = (graph: Graph, batch: number): void => this.#model.recordFunction(graph, batch, name);
    const fields = Object.entries(given).map(([name, data]) => ({ name, data, time: 1, size: data.length / count }));
    const variant = variantOf(this.#model, name, { record, cut: (left) => left });
    const outputs = this.#executables[name].run(engine, variant, { count, dimensions: {}, fields });
    const names = OUTPUTS[name].filter((each) => outputs.has(each));
    return Object.fromEntries(
      names.map((each) => {
        const rows = Array.from({ length: count }, (_, i) => outputs.of(each, i).data);
        const size = rows[0]!.length;
        const all = new Float32Array(count * size);
        rows.forEach((row, i) => all.set(row, i * size));
        return [each, all];
      }),
    ) as unknown as Functions[Name];
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    for (const executable of [...Object.values(this.#executables), this.#whole]) engine.release(executable);
  }

  /** @throws MemoryError when a tree of so many leaves is too large. */
  #expectRoom(owner: string, leaves: number): void {
    const { nodeSize } = this.#model.options;
    const bytes = 2 * leaves * nodeSize * 4;
    if (typeof leaves !== "number" || !(bytes > MOST_BYTES)) return;
    const fits = 2 ** Math.floor(levelsOf(Math.floor(MOST_BYTES / (8 * nodeSize))));
    throw new MemoryError(bytes, MOST_BYTES, `${owner}: a tree of ${leaves} leaves (at most ${fits} fit)`);
  }

  #expectInputs(owner: string, inputs: readonly TreeInput[], leaves: number | undefined): void {
    const { inputSize, raw } = this.#model.options;
    if (!Array.isArray(inputs)) {
      throw new TypeError(`${owner}: the inputs are ${shown(inputs)}, and must be an array of inputs`);
    }
    (inputs as readonly TreeInput[]).forEach((input, i) => {
      const most = leaves === undefined || raw ? {} : { most: leaves };
      expectValue(`${owner}: the length of input ${i}`, input?.length, whole(1, most));
      input.forEach((row, at) => {
        expectValue(`${owner}: the numbers of input ${i}, row ${at}`, row?.length, exactly(inputSize));
        for (let j = 0; j < inputSize; ++j) {
          expectValue(`${owner}: input ${i}, row ${at}, number ${j}`, row[j], finite);
        }
      });
    });
  }
}

/** Rows of numbers: what leaves are filled with, or what a raw memory is asked. */
export type TreeInput = readonly ArrayLike<number>[];

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

/** What programs of the node functions put out. */
interface Functions {
  readonly embed: { readonly h: Rows };
  readonly join: { readonly h: Rows };
  readonly search: { readonly logit: Rows };
  readonly answer: { readonly output: Rows; readonly leaf: Rows; readonly next?: Rows; readonly cell?: Rows };
}
export type FunctionName = keyof Functions;

const OUTPUTS: Readonly<Record<FunctionName, readonly string[]>> = {
  embed: ["h"],
  join: ["h"],
  search: ["logit"],
  answer: ["output", "leaf", "next", "cell"],
};

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
