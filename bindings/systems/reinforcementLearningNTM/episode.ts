import {
  affine,
  add,
  batchMajor,
  broadcast,
  constant,
  logSoftmax,
  multiply,
  oneHot,
  readWindow,
  stopGradient,
  subtract,
  sum,
  uniform,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import { scan } from "../../graph/scan.js";
import type { Tensor } from "../../graph/tensor.js";
import type { ReinforcementLearningNTM } from "./reinforcementLearningNTM.js";

/** A batch, time-major. */
export interface EpisodeGiven {
  /** (time, batch): the input, zeros behind it; there are as many cells as steps. */
  readonly x: Tensor;
  /** (time, batch, 1): what is to be put out, from the first row on. */
  readonly targets: Tensor;
  /** (time, batch): 1 for each target. */
  readonly mask: Tensor;
  /** (time, batch, heads): choices that are taken instead of being drawn. */
  readonly choices?: Tensor;
}

/** Episodes of a batch: every target is predicted exactly once, by forcing the output head where it must. */
export class Episode {
  readonly model: ReinforcementLearningNTM;
  /** (time, batch, symbols): the input as vectors. */
  readonly input: Tensor;
  /** (batch): cells of the input tape, and steps of the episode. */
  readonly cells: Tensor;
  /** (time, batch, symbols), as logits: what would be put out at each step. */
  readonly predictions: Tensor;
  /** (time, batch): the target under the output head. */
  readonly due: Tensor;
  /** (time, batch): 1 at the steps that put something out. */
  readonly made: Tensor;
  /** For each head, (time, batch, moves) and (time, batch). */
  readonly logits: readonly Tensor[];
  readonly choices: readonly Tensor[];
  /** (time, batch): rewards from this step on, the logarithms of what was predicted, in training; no gradient flows through. */
  readonly toGo: Tensor | undefined;
  /** (time, batch, hidden): what the baseline's LSTM beside the controller knows, in training. */
  readonly beside: Tensor | undefined;

  constructor(model: ReinforcementLearningNTM, { x, targets, mask, choices: given }: EpisodeGiven) {
    this.model = model;
    const { machine, baseline } = model;
    const { graph } = x.scope;
    const [time, batch] = x.shape as [Tensor["shape"][number], number];
    const { symbols } = model.options;
    this.input = oneHot(x, { classes: symbols });
    this.cells = sum(constant(graph, [time, batch], 1), { axis: 0 });
    const tape = batchMajor(this.input);
    const goals = batchMajor(targets);
    const { isTraining } = graph;
    const heads = machine.heads.length;
    const u = isTraining && !given ? [uniform(graph.random(), { shape: [time, batch, heads] })] : [];

    const [final, ys] = scan(
      (state, { u, given }: { readonly u: readonly Tensor[]; readonly given: readonly Tensor[] }) => {
        const { due, steps, earned } = state;
        const stepped = machine.step(state.machine, {
          tape,
          cells: this.cells,
          u: u[0],
          given: given[0],
          left: { due, steps },
        });
        const { prediction, seen, logits, choices } = stepped;
        const made = choices[heads - 1]!;
        const goal = reshape(readWindow(goals, state.machine.positions[heads - 1]!), [batch]);
        const online = state.online.map((before) => baseline.step(stopGradient(seen), before));
        const next = {
          machine: stepped.next,
          due: subtract(due, made),
          steps: affine(steps, { shift: -1 }),
          earned: earned.map((before) => add(before, multiply(made, gained(prediction, goal)))),
          online,
        };
        const y = { prediction, goal, made, logits, choices, earned, online: online.map(({ h }) => h) };
        return [next, y];
      },
      {
        machine: machine.initialState(graph, batch),
        due: sum(mask, { axis: 0 }),
        steps: this.cells,
        earned: isTraining ? [constant(graph, [batch], 0)] : [],
        online: isTraining ? [baseline.initialState(graph, batch)] : [],
      },
      { u, given: given ? [given] : [] },
      { steps: time },
    );
    this.predictions = ys.prediction;
    this.due = ys.goal;
    this.made = ys.made;
    this.logits = ys.logits;
    this.choices = ys.choices;
    this.beside = ys.online[0];
    const all = final.earned[0];
    this.toGo = all && subtract(broadcast(all, { count: time }), ys.earned[0]!);
  }
}

/** log p(goal), through which no gradient flows: logits (batch, symbols), goal (batch) → (batch). */
function gained(logits: Tensor, goal: Tensor): Tensor {
  const p = logSoftmax(stopGradient(logits));
  return sum(multiply(p, oneHot(goal, { classes: logits.shape.at(-1) as number })));
}
