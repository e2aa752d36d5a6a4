/** What each declared system computes: its uses on a small model of fixed seed, and what it has learned after three steps. */
import type * as Tapehead from "../../bindings/core.js";
import type { SystemDeclaration } from "../../bindings/systems/defineSystem.js";
import { modelOf } from "../support/declaredModel.js";

/** Blocks of numbers by the class of the model. */
export type SystemBlocks = Readonly<Record<string, readonly Float32Array[]>>;

/** Runs and trains a model of each system. */
export async function proveSystems(
  { train }: typeof Tapehead,
  engine: Tapehead.Engine,
  systems: readonly SystemDeclaration[],
): Promise<SystemBlocks> {
  const blocks: Record<string, readonly Float32Array[]> = {};
  for (const system of systems) {
    const { model: Model, example } = system;
    const task = example.task();
    const model = modelOf(system, task);
    const computed: Float32Array[] = [];
    for (const use of Object.values(example.uses)) collect(await use(model, engine), computed);
    for await (const _ of train(engine, model, task as never, { batch: 10, steps: 3, seed: 3 }));
    blocks[Model.className] = [...computed, model.parameters.values];
  }
  return blocks;
}

/** Numbers of the engine, choices and texts; what a host's own mathematics makes of them may differ in the last place. */
function collect(value: unknown, into: Float32Array[]): void {
  if (value instanceof Float32Array) into.push(value);
  else if (Number.isInteger(value)) into.push(Float32Array.of(value as number));
  else if (typeof value === "string") into.push(Float32Array.from(value, (c) => c.codePointAt(0)!));
  else if (typeof value === "object" && value) for (const part of Object.values(value)) collect(part, into);
}
