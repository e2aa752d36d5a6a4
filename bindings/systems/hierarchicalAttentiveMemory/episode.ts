import { concat, stopGradient, uniform } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import type { LSTMState } from "../../layers/lstmCell.js";
import type { HierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory.js";
import {
  activeLevels,
  descend,
  emptyTree,
  leafWeights,
  softRead,
  softUpdate,
  treeOf,
  update,
  type Levels,
} from "./tree.js";

/** What an episode is given. */
export interface EpisodeGiven {
  readonly leaves: number;
  readonly time: Tensor["shape"][number];
  /** (batch): levels below the root of each example's tree, which is the left end of the whole one. */
  readonly depth: Tensor;
  /** (batch, leaves, inputSize), zeros behind the last, and (batch, leaves), 1 where there is something; of no raw memory. */
  readonly input?: { readonly x: Tensor; readonly used: Tensor } | undefined;
  /** (time, batch, inputSize): what a raw memory is asked. */
  readonly asked?: Tensor | undefined;
  /** (time, batch, levels): choices that are taken instead of being drawn. */
  readonly choices?: Tensor | undefined;
}

/** What a descent of each step says, of hard attention. */
export interface Descents {
  /** Of each level, (time, batch, 2) and (time, batch). */
  readonly logits: readonly Tensor[];
  readonly choices: readonly Tensor[];
  /** (time, batch, …): what asked and the root, through which no gradient flows. */
  readonly known: Tensor;
}

/** All steps of a batch. */
export interface Episode {
  /** (time, batch, outputSize), as logits. */
  readonly outputs: Tensor;
  readonly descents: Descents | undefined;
  /** Of each level, (batch): 1 where it belongs to the example's tree. */
  readonly active: readonly Tensor[];
}

type State = { readonly levels: Levels; readonly controller: readonly LSTMState[] };

/** Runs a memory through the steps of a batch. */
export function episode(model: HierarchicalAttentiveMemory, given: EpisodeGiven): Episode {
  const { nodes } = model;
  const { attention, nodeSize } = model.options;
  const { leaves, depth, input, asked, time } = given;
  const { graph } = depth.scope;
  const batch = depth.shape[0] as number;
  const count = levelsOf(leaves);
  const active = activeLevels(depth, count);
  const isHard = attention === "hard";
  const isDrawn = isHard && graph.isTraining && !given.choices;
  const list = (tensor: Tensor | undefined): readonly Tensor[] => (tensor ? [tensor] : []);
  const initial: State = {
    levels: input
      ? treeOf(nodes, model.embedded(input.x, input.used), graph.isTraining ? model.options.gateNoise : 0)
      : emptyTree(nodes, graph, batch, leaves, nodeSize),
    controller: model.initialController(graph, batch),
  };
  const xs = {
    asked: list(asked),
    u: isDrawn ? [uniform(graph.random(), { shape: [time, batch, count] })] : [],
    choices: list(given.choices),
  };
  const [, ys] = scan(
    ({ levels, controller }: State, x: typeof xs) => {
      const asks = x.asked[0] ?? controller[0]!.h;
      const known = [concat([stopGradient(asks), stopGradient(reshape(levels[0]!, [batch, nodeSize]))])];
      if (!isHard) {
        const weights = leafWeights(nodes, levels, asks, active);
        model.traced({ leaves: weights });
        const { output, next, c } = model.answer(softRead(levels, weights), controller, asks);
        const state = { levels: softUpdate(nodes, levels, weights, c), controller: next };
        return [state, { output, logits: [], choices: [], known: [] }];
      }
      const { places, logits, choices, leaf } = descend(nodes, levels, asks, {
        u: x.u[0],
        given: x.choices[0],
        active,
      });
      model.traced({ leaves: reshape(places.at(-1)!, [batch, 1]) });
      const { output, next, c } = model.answer(leaf, controller, asks);
      const state = { levels: update(nodes, levels, places, nodes.write(leaf, c)), controller: next };
      return [state, { output, logits, choices, known: graph.isTraining ? known : [] }];
    },
    initial,
    xs,
    { steps: time },
  );
  const { output, logits, choices, known } = ys as {
    output: Tensor;
    logits: readonly Tensor[];
    choices: readonly Tensor[];
    known: readonly Tensor[];
  };
  return { outputs: output, descents: known[0] && { logits, choices, known: known[0] }, active };
}

/** Levels below the root. */
export const levelsOf = (leaves: number): number => 31 - Math.clz32(leaves);
