import { Register } from "../../assembly/machine.js";
import { assemble, ownOutputs, placeIn, placesOf } from "./compile.js";
import { differentiate, Gradients } from "./differentiate.js";
import type { Graph } from "./graph.js";
import { copy, fill, lower, type Block } from "./lower.js";
import type { Instruction } from "./op.js";
import type { Program } from "./program.js";
import { Tensor } from "./tensor.js";

export interface GradientOptions {
  /** The result of which the gradients by every parameter are wanted. */
  readonly differentiate?: string;
  /** Instead of a result: outputs, and for each the input that holds the gradient it starts from. */
  readonly seeds?: Readonly<Record<string, string>>;
  /** Elements of the model's parameter block. */
  readonly parameterCount?: number;
  /** Inputs whose gradients are wanted too, as outputs named `gradient of NAME`. */
  readonly inputGradients?: readonly string[];
}

/** Turns a recorded graph into a program that computes gradients too: lower, differentiate, prune, plan, encode. */
export function compileGradients(graph: Graph, options: GradientOptions): Program {
  const { differentiate: loss, seeds = {}, parameterCount = 0, inputGradients = [] } = options;
  const outputs = ownOutputs(graph);
  const results = [...graph.results.keys()];
  const fixed = placesOf(graph);
  results.forEach((name, i) => placeIn(fixed, graph.results.get(name)!, Register.gradients, parameterCount + i));

  const block: Block = [];
  const wanted = new Set<Tensor>([...outputs.values(), ...graph.results.values()]);
  const gradients = new Gradients();
  if (parameterCount) {
    const all = new Tensor(graph.root, [parameterCount], "gradients");
    placeIn(fixed, all, Register.gradients, 0);
    block.push(fill(all, 0));
    wanted.add(all);
  }
  block.push(...lower(graph.root));
  gradients.enter(graph.root, block);
  for (const [parameter, tensor] of graph.parameters) {
    const gradient = gradients.claim(tensor, false);
    placeIn(fixed, gradient, Register.gradients, parameter.offset);
    wanted.add(gradient);
  }
  if (loss !== undefined) seed(graph.results.get(loss)!, (dy) => fill(dy, 1));
  for (const [output, input] of Object.entries(seeds)) {
    seed(outputs.get(output)!, (dy) => copy(dy, graph.inputs.get(input)!));
  }
  differentiate(graph.root, gradients, block);
  for (const name of inputGradients) {
    const gradient = gradients.of(graph.inputs.get(name)!);
    outputs.set(`gradient of ${name}`, gradient);
    wanted.add(gradient);
  }

  function seed(y: Tensor, first: (dy: Tensor) => Instruction): void {
    block.push(first(gradients.claim(y, false)));
    gradients.reach(y);
  }

  return assemble({ graph, block, wanted, fixed, outputs, gradients, results, gradientSize: parameterCount });
}
