import type { Graph } from "../../graph/graph.js";
import { add, affine, concat, constant, readWindow, slice, subtract } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import { Embedding } from "../../layers/embedding.js";
import { Layer } from "../../layers/layer.js";
import { Linear } from "../../layers/linear.js";
import { gaussian } from "./gaussian.js";
import { MemoryTape, OutputTape } from "./interfaces.js";
import { choicesOf, choose, columnOf, firstMoveOf, forced, HEADS, onlyForward, type Head } from "./moves.js";
import { PlainLSTM, type PlainState } from "./plainLSTM.js";
import type { ReinforcementLearningNTMOptions } from "./reinforcementLearningNTM.js";

/** What is carried from step to step; positions and choices are whole numbers, (batch) each. */
export interface MachineState {
  readonly controller: PlainState;
  /** (batch, cells, width), if there is a memory. */
  readonly memory: readonly Tensor[];
  /** Of the heads, in the order of the choices. */
  readonly positions: readonly Tensor[];
  /** Each head's choice of the step before, as its number; that of a first step is 0. */
  readonly choices: readonly Tensor[];
  readonly [name: string]: PlainState | readonly Tensor[];
}

/** What a step is given. */
export interface StepGiven {
  /** (batch, cells, symbols): the input, blanks behind it. */
  readonly tape: Tensor;
  /** (batch): cells of the input tape. */
  readonly cells: Tensor;
  /** How heads choose: a number from 0 to below 1 for each, (batch, heads); without it, the likeliest. */
  readonly u?: Tensor | undefined;
  /** (batch): predictions and steps that are left with this one; without them, no prediction is forced. */
  readonly left?: { readonly due: Tensor; readonly steps: Tensor } | undefined;
  /** Choices, (batch, heads), that are taken instead of being drawn. */
  readonly given?: Tensor | undefined;
}

/** What a step gives. */
export interface Stepped {
  readonly next: MachineState;
  /** (batch, inputSize): what the controller saw. */
  readonly seen: Tensor;
  /** (batch, symbols), as logits. */
  readonly prediction: Tensor;
  /** For each head, (batch, moves), masked. */
  readonly logits: readonly Tensor[];
  /** For each head, (batch). */
  readonly choices: readonly Tensor[];
}

/**
 * Controller, heads and tapes: one step of Zaremba & Sutskever 2015, section 4, in the order of the authors' code.
 * Everything reads where the heads stood before the step; they move at its end.
 */
export class TapeMachine extends Layer {
  readonly heads: readonly Head[];
  /** Numbers that the controller sees. */
  readonly inputSize: number;
  readonly moves: readonly Embedding[];
  readonly controller: PlainLSTM;
  readonly choose: Linear;
  readonly memory: MemoryTape | undefined;
  readonly output: OutputTape;
  readonly #options: Required<ReinforcementLearningNTMOptions>;

  constructor(options: Required<ReinforcementLearningNTMOptions>) {
    super();
    this.#options = options;
    const { symbols, hiddenSize, memory, memoryCells, directAccess } = options;
    const [input, window] = [2 * options.inputReach + 1, 2 * options.memoryReach + 1];
    const width = directAccess ? symbols : hiddenSize;
    this.heads = HEADS.filter((head) => memory || head !== "memory");
    this.inputSize = this.heads.length * symbols + input * symbols + (memory ? window * width : 0);
    this.moves = this.heads.map((head) =>
      this.layer(`moves.${head}`, new Embedding({ symbols: choicesOf(head), width: symbols, vectors: gaussian })),
    );
    this.controller = this.layer("controller", new PlainLSTM({ inputSize: this.inputSize, hiddenSize }));
    const outputSize = this.heads.reduce((sum, head) => sum + choicesOf(head), 0);
    const start = { weights: gaussian, bias: gaussian };
    this.choose = this.layer("choose", new Linear({ inputSize: hiddenSize, outputSize, ...start }));
    const sizes = { hiddenSize, cells: memoryCells, width, window, inputWindow: directAccess ? input : 0 };
    this.memory = memory ? this.layer("memory", new MemoryTape(sizes)) : undefined;
    const direct = directAccess ? input + (memory ? window : 0) : 0;
    this.output = this.layer("output", new OutputTape({ hiddenSize, symbols, direct }));
  }

  initialState(graph: Graph, batch: number): MachineState {
    const each = (): Tensor[] => this.heads.map(() => constant(graph, [batch], 0));
    return {
      controller: this.controller.initialState(graph, batch),
      memory: this.memory ? [this.memory.initial(graph, batch)] : [],
      positions: each(),
      choices: each(),
    };
  }

  step(state: MachineState, given: StepGiven): Stepped {
    const [input, memory] = [this.#at(state, "input"), this.memory && this.#at(state, "memory")];
    const window = readWindow(given.tape, input, { size: 2 * this.#options.inputReach + 1 });
    const cells = this.memory?.read(state.memory[0]!, memory!);
    const last = this.moves.map((embedding, i) => embedding.forward(state.choices[i]!));
    const seen = concat([...last, ...(cells ? [flat(cells)] : []), flat(window)]);
    const controller = this.controller.step(seen, state.controller);
    const { h } = controller;
    const logits = this.#logits(h, input, given);
    const choices = logits.map((row, i) =>
      given.given ? columnOf(given.given, i) : choose(row, given.u && columnOf(given.u, i)),
    );
    const written = cells && this.memory!.written(cells, h, window);
    const prediction = this.output.logits(h, written ? [written, window] : [window]);
    const positions = state.positions.map((position, i) =>
      add(position, affine(choices[i]!, { shift: firstMoveOf(this.heads[i]!) })),
    );
    const next = {
      controller,
      memory: written ? [this.memory!.put(state.memory[0]!, memory!, written)] : [],
      positions,
      choices,
    };
    return { next, seen, prediction, logits, choices };
  }

  /** Of each head, slowed down and with what is impossible masked. */
  #logits(h: Tensor, input: Tensor, { cells, left }: StepGiven): Tensor[] {
    const all = affine(this.choose.forward(h), { scale: this.#options.slowdown });
    let begin = 0;
    return this.heads.map((head) => {
      const logits = slice(all, { begin, end: (begin += choicesOf(head)) });
      if (head === "output") return left ? forced(logits, left.due, left.steps) : logits;
      if (head === "input" && this.#options.forwardOnly) {
        return onlyForward(logits, affine(subtract(cells, input), { shift: -1 }));
      }
      return logits;
    });
  }

  #at({ positions }: MachineState, head: Head): Tensor {
    return positions[this.heads.indexOf(head)]!;
  }
}

/** (batch, cells, width) → (batch, cells · width). */
const flat = (x: Tensor): Tensor => {
  const [batch, cells, width] = x.shape as [number, number, number];
  return reshape(x, [batch, cells * width]);
};
