import { checkOptions, number, oneOf, type Rules } from "../common/options.js";
import type { Cell } from "./cell.js";
import { GRUCell } from "./gruCell.js";
import { LSTMCell } from "./lstmCell.js";
import { RNNCell } from "./rnnCell.js";
import { TuringCell, turingCellRules } from "./turingCell.js";

/** What every cell needs; models have these options themselves. */
export interface CellSizes {
  inputSize: number;
  hiddenSize: number;
}

/** Further options of a cell: plain JSON. */
export type CellOptions = { readonly [name: string]: unknown };

/** How to make a cell, and what each of its further options defaults to and must be. */
interface CellKind {
  readonly rules: () => Rules;
  make(options: never): Cell;
}

/** The sizes are options of the models themselves. */
function turingRules(): Rules {
  const { inputSize: _, hiddenSize: __, ...rules } = turingCellRules();
  return rules;
}

/** Cells by the names that models' options give them. */
export const cells = {
  rnn: {
    rules: () => ({ activation: ["tanh", oneOf("tanh", "relu", "sigmoid", "identity")] }),
    make: (options) => new RNNCell(options),
  },
  gru: { rules: () => ({}), make: (options) => new GRUCell(options) },
  lstm: { rules: () => ({ forgetBias: [1, number()] }), make: (options) => new LSTMCell(options) },
  ntm: { rules: turingRules, make: (options) => new TuringCell(options) },
} as const satisfies Readonly<Record<string, CellKind>>;

export type CellName = keyof typeof cells;

/** A cell's further options with defaults filled in. @throws TypeError, RangeError as checkOptions does. */
export function checkCellOptions(owner: string, name: CellName, options: object): CellOptions {
  return checkOptions(`${owner}: cellOptions of "${name}"`, options, cells[name].rules());
}

/** A cell of that name. The options are those of checkCellOptions. */
export function makeCell(name: CellName, sizes: CellSizes, options: CellOptions): Cell {
  return cells[name].make({ ...sizes, ...options } as never);
}
