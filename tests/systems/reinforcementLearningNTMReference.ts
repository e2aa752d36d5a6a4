/** An RL-NTM in double precision: one episode of given choices, cell by cell. */
import type { ReinforcementLearningNTM } from "../../bindings/systems/reinforcementLearningNTM/reinforcementLearningNTM.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

/** What an episode is given. */
export interface EpisodeGiven {
  /** The input tape, as many cells as there are steps. */
  readonly x: readonly number[];
  readonly targets: readonly number[];
  /** By step and head; without them, the likeliest. */
  readonly choices?: readonly (readonly number[])[];
  /** Whether no prediction is forced. Default: false. */
  readonly free?: boolean;
}

/** What an episode gives, by step. */
export interface EpisodeValues {
  readonly predictions: readonly (readonly number[])[];
  readonly choices: readonly (readonly number[])[];
  /** Logarithms of the probabilities of the choices, by head. */
  readonly logPi: readonly (readonly number[])[];
  readonly rewards: readonly number[];
  readonly baselines: readonly number[];
  /** Of the heads, before the step, not modulo anything. */
  readonly positions: readonly (readonly number[])[];
  readonly memory: readonly (readonly (readonly number[])[])[];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const modulo = (a: number, n: number): number => ((a % n) + n) % n;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

function logSoftmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const sum = logits.reduce((all, each) => all + Math.exp(each - most), 0);
  return logits.map((each) => each - most - Math.log(sum));
}

interface LSTM {
  readonly h: readonly number[];
  readonly c: readonly number[];
}

export function episodeOf(
  model: ReinforcementLearningNTM,
  parameters: ArrayLike<number>,
  { x, targets, choices: given, free = false }: EpisodeGiven,
): EpisodeValues {
  const { symbols, hiddenSize, inputReach, memory: hasMemory, memoryCells, memoryReach } = model.options;
  const { directAccess, forwardOnly, slowdown } = model.options;
  const all = parametersOf(model);
  const width = directAccess ? symbols : hiddenSize;
  const apply = affineOf(model, parameters);
  const row = (name: string, index: number, size: number): number[] =>
    range(size).map((i) => parameters[all.get(name)!.offset + index * size + i]!);
  const lstm = (name: string, input: readonly number[], { h, c }: LSTM, forgetBias = 0): LSTM => {
    const gates = apply(`${name}.gates`, [...input, ...h]);
    const gate = (kind: number, i: number): number => gates[kind * hiddenSize + i]!;
    const next = c.map(
      (cell, i) => sigmoid(gate(1, i) + forgetBias) * cell + sigmoid(gate(0, i)) * Math.tanh(gate(2, i)),
    );
    return { c: next, h: next.map((cell, i) => sigmoid(gate(3, i)) * Math.tanh(cell)) };
  };
  const start = (): LSTM => ({ h: Array(hiddenSize).fill(0.1), c: Array(hiddenSize).fill(0.1) });
  const oneHot = (symbol: number): number[] => range(symbols).map((s) => Number(s === symbol));
  const around = (reach: number): number[] => range(2 * reach + 1).map((k) => k - reach);

  const tape = x.map(oneHot);
  const heads = hasMemory ? ["input", "memory", "output"] : ["input", "output"];
  let offline = start();
  for (const cell of tape.toReversed()) offline = lstm("baseline.offline", cell, offline, 1);

  let [controller, online] = [start(), start()];
  let memory = range(memoryCells).map((cell) => Array<number>(width).fill(cell === 0 ? 1 : 0));
  let positions = heads.map(() => 0);
  let last = heads.map(() => 0);
  let due = targets.length;
  const values = {
    predictions: [] as number[][],
    choices: [] as number[][],
    logPi: [] as number[][],
    rewards: [] as number[],
    baselines: [] as number[],
    positions: [] as number[][],
    memory: [] as number[][][],
  };
  for (const t of range(x.length)) {
    const [input, at, output] = [positions[0]!, positions[1]!, positions.at(-1)!];
    const window = around(inputReach).map((k) => tape[modulo(input + k, tape.length)]!);
    const places = around(memoryReach).map((k) => modulo(at + k, memoryCells));
    const moves = heads.flatMap((head, i) => row(`machine.moves.${head}.vectors`, last[i]!, symbols));
    const read = hasMemory ? places.flatMap((place) => memory[place]!) : [];
    const seen = [...moves, ...read, ...window.flat()];
    controller = lstm("machine.controller", seen, controller);
    online = lstm("baseline.online", seen, online);
    const { h } = controller;

    const logits = apply("machine.choose", h).map((each) => slowdown * each);
    let first = 0;
    const pi = heads.map((head) => {
      const own = logits.slice(first, (first += head === "output" ? 2 : 3));
      if (head === "input" && forwardOnly) {
        own[0]! -= 1e9;
        if (input === x.length - 1) own[2]! -= 1e9;
      }
      if (head === "output" && !free) {
        if (due === 0) own[1]! -= 1e9;
        if (due === x.length - t) own[0]! -= 1e9;
      }
      return logSoftmax(own);
    });
    const choices = given ? given[t]! : pi.map((each) => each.indexOf(Math.max(...each)));

    let written: number[][] = [];
    if (hasMemory) {
      const [forget, write] = [apply("machine.memory.forget", h), apply("machine.memory.write", h)];
      written = places.map((place, k) =>
        range(width).map(
          (i) => memory[place]![i]! * sigmoid(forget[k * width + i]!) + Math.tanh(write[k * width + i]!),
        ),
      );
      if (directAccess) {
        const gates = apply("machine.memory.mix", h).map(sigmoid);
        const count = places.length;
        window.forEach((cell, l) => {
          written = written.map((own, k) =>
            own.map((value, i) => gates[(2 * l + 1) * count + k]! * value + gates[2 * l * count + k]! * cell[i]!),
          );
        });
      }
      memory = memory.map((cell, place) => (places.includes(place) ? written[places.indexOf(place)]! : cell));
    }
    let prediction = apply("machine.output.predict", h);
    if (directAccess) {
      const gates = apply("machine.output.gates", h).map(sigmoid);
      prediction = prediction.map(
        (value, i) => value + [...written, ...window].reduce((sum, cell, k) => sum + gates[k]! * cell[i]!, 0),
      );
    }
    const made = choices.at(-1)!;
    values.predictions.push(prediction);
    values.choices.push([...choices]);
    values.logPi.push(pi.map((each, i) => each[choices[i]!]!));
    values.rewards.push(made && output < targets.length ? logSoftmax(prediction)[targets[output]!]! : 0);
    const both = apply("baseline.hidden", [...online.h, ...offline.h]).map((each) => Math.max(0, each));
    values.baselines.push(0.05 * apply("baseline.output", both)[0]!);
    values.positions.push(positions);
    values.memory.push(memory);
    due -= made;
    positions = positions.map((position, i) => position + choices[i]! - (heads[i] === "output" ? 0 : 1));
    last = [...choices];
  }
  return values;
}
