import type { Engine } from "../../engine/engine.js";
import type { Graph } from "../../graph/graph.js";
import { Executable } from "../../runtime/executable.js";
import { variantOf } from "../../runtime/method.js";
import type { HierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory.js";

/** (count, size), row by row. */
export type Rows = Float32Array<ArrayBuffer>;

/** What programs of the node functions put out; a raw memory has no state of a controller. */
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

/** The functions of nodes as programs of their own, which a walk calls level by level. */
export class NodePrograms {
  readonly #model: HierarchicalAttentiveMemory;
  /** One of each, so that the machines of all stay in the engine. */
  readonly #executables: { readonly [Name in FunctionName]: Executable };

  constructor(model: HierarchicalAttentiveMemory) {
    this.#model = model;
    const one = (): Executable => new Executable(model);
    this.#executables = { embed: one(), join: one(), search: one(), answer: one() };
  }

  /** One of the functions, on so many rows. */
  call<Name extends FunctionName>(
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

  /** Gives back what calls keep in an engine. */
  release(engine: Engine): void {
    for (const executable of Object.values(this.#executables)) engine.release(executable);
  }
}
