import { Scope, type Graph } from "./graph.js";
import { identity } from "./identity.js";
import { expectRank, expectShape, format, ShapeError } from "./shape.js";
import { Dimension } from "./size.js";
import { Tensor } from "./tensor.js";
import { leavesOf, pathsOf, withLeaves, type Tree } from "./tree.js";

/** A tensor outside the loop whose leading axis is the iterations, and its slice inside. */
export interface Sequence {
  readonly outer: Tensor;
  readonly inner: Tensor;
}

/** One leaf of the carried state: `input` of iteration t is `next` of iteration t − 1, or `initial`. */
export interface Carried {
  readonly initial: Tensor;
  readonly input: Tensor;
  readonly next: Tensor;
  readonly final: Tensor;
}

/** A recorded loop. Its body was recorded once; iteration t computes in frame t. */
export interface Scan {
  readonly kind: "scan";
  readonly scope: Scope;
  readonly steps: number | Dimension;
  readonly carried: readonly Carried[];
  readonly xs: readonly Sequence[];
  readonly ys: readonly Sequence[];
  /** The loop ends early once all of these are non-zero after an iteration. */
  readonly halted: Tensor | undefined;
  /** Two words beside the loop that say where its frames are and how many iterations ran. */
  readonly record: Tensor;
}

/** How long a loop is, where no sequence says so. */
export interface ScanOptions {
  /** How often the body runs; needed only without sequences, whose leading axis says it otherwise. */
  readonly steps?: number | Dimension;
}

/** What a body returns: the next state, this iteration's outputs, and, for loops that may end early, a flag a row. */
export type Step<State extends Tree, Y extends Tree> = [next: State, y: Y, halted?: Tensor];

/**
 * Runs `body` once for each element of the sequences `xs` (leading axis = iterations) and carries a state along.
 * Returns the state after the last iteration and the outputs, stacked along a new leading axis.
 *
 * The body is recorded once. It may use tensors from outside; their gradients add up over the iterations.
 * When it returns a third value, the loop ends after the first iteration in which all its elements are non-zero;
 * outputs of the iterations that did not run are 0.
 *
 * @throws ShapeError when the next state does not have the shapes of the state, or sequences differ in length.
 */
export function scan<State extends Tree, Xs extends Tree, Y extends Tree>(
  body: (state: State, x: Xs) => Step<State, Y>,
  initial: State,
  xs: Xs,
  options: ScanOptions = {},
): [final: State, ys: Y] {
  const sequences = leavesOf(xs);
  const states = leavesOf(initial);
  const graph = graphOf([...states, ...sequences]);
  const steps = stepsOf(sequences, options.steps);
  const outside = graph.current;
  const scope = new Scope(graph, outside);
  const inner = (shape: Tensor["shape"], origin: string): Tensor => new Tensor(scope, shape, origin);

  graph.current = scope;
  try {
    const inputs = states.map((state) => inner(state.shape, `state (${state.origin})`));
    const slices = sequences.map((sequence) => inner(sequence.shape.slice(1), `element of ${sequence.origin}`));
    const [nextTree, yTree, haltedRaw] = body(withLeaves(initial, inputs), withLeaves(xs, slices));
    expectSameState(initial, nextTree);

    // What leaves an iteration needs a place of its own, so a value that leaves it twice is copied.
    const taken = new Set<Tensor>([...inputs, ...slices]);
    const own = (tensor: Tensor): Tensor => {
      const free = tensor.root.scope === scope && !taken.has(tensor.root) ? tensor : identity(tensor);
      taken.add(free.root);
      return free;
    };
    const nexts = leavesOf(nextTree).map(own);
    const ys: Sequence[] = [];
    const stacked = (tensor: Tensor): Tensor => {
      const y = own(tensor);
      const outer = new Tensor(outside, [steps, ...y.shape], `outputs (${y.origin})`);
      ys.push({ inner: y, outer });
      return outer;
    };
    const outputs = leavesOf(yTree).map(stacked);
    for (const [name, tensor] of graph.traced) {
      if (tensor.scope === scope) graph.traced.set(name, stacked(tensor));
    }

    const carried = states.map((state, i): Carried => {
      const final = new Tensor(outside, state.shape, `final ${state.origin}`);
      return { initial: state, input: inputs[i]!, next: nexts[i]!, final };
    });
    outside.nodes.push({
      kind: "scan",
      scope,
      steps,
      carried,
      xs: sequences.map((outer, i) => ({ outer, inner: slices[i]! })),
      ys,
      halted: haltedRaw && own(haltedRaw),
      record: new Tensor(outside, [4], "record of a scan"),
    });
    const finals = carried.map(({ final }) => final);
    return [withLeaves(initial, finals), withLeaves(yTree, outputs)];
  } finally {
    graph.current = outside;
  }
}

function graphOf(tensors: readonly Tensor[]): Graph {
  const graph = tensors[0]?.scope.graph;
  if (!graph) throw new TypeError("scan needs a state or a sequence");
  return graph;
}

function stepsOf(sequences: readonly Tensor[], given: number | Dimension | undefined): number | Dimension {
  let steps = given;
  for (const { shape, origin } of sequences) {
    if (!shape.length) expectRank("scan", `the sequence ${origin}`, shape, 1);
    steps ??= shape[0]!;
    if (shape[0] !== steps) {
      const message = `scan: ${origin} has ${shape[0]} elements, and must have ${steps}, like the other sequences`;
      throw new ShapeError(message, "scan", String(steps), format(shape));
    }
  }
  if (steps === undefined) throw new TypeError("scan without sequences needs the option `steps`");
  if (typeof steps === "number" && !(Number.isInteger(steps) && steps > 0)) {
    throw new RangeError(`scan: steps is ${steps}, and must be a whole number of at least 1`);
  }
  return steps;
}

function expectSameState(initial: Tree, next: Tree): void {
  const [paths, nextPaths] = [pathsOf(initial), pathsOf(next)];
  if (paths.join() !== nextPaths.join()) {
    throw new TypeError(`scan: the body returned the state {${nextPaths}}, and must return {${paths}}`);
  }
  const states = leavesOf(initial);
  leavesOf(next).forEach((tensor, i) => {
    expectShape("scan", `the next state "${paths[i]}"`, tensor.shape, states[i]!.shape);
  });
}
