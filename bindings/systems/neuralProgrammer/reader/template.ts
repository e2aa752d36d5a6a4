import type { TableLayout } from "../layout.js";
import type { QuestionToken } from "../question.js";
import { meets, saidOf, type Comparing, type Condition, type Holding } from "./conditions.js";
import { numberOf } from "./decimal.js";
import { denied, joined, type Outcome, type Rows } from "./expression.js";
import { QuestionError } from "./questionError.js";
import type { QuestionColumn, QuestionTable } from "./questionTable.js";
import type { Target } from "./asked.js";
import type { Reading } from "./reading.js";

/** A column of the model's table: numbers or texts of a column of the question's. */
export interface Slot {
  readonly column: QuestionColumn;
  /** NaN where a cell is missing. */
  readonly cells: readonly (number | string)[];
}

/** A comparison in the model's words, and the condition that it stands for. */
interface Atom {
  readonly word: "greater" | "lesser" | "equal";
  readonly pivot: number | string;
  readonly slot: number;
  readonly isNegated: boolean;
  readonly conditions: readonly Condition[];
}

/** A question in the model's words, the table that it is asked of, and the answer that its words stand for. */
export interface Template {
  readonly tokens: readonly QuestionToken[];
  readonly slots: readonly Slot[];
  readonly atoms: readonly Atom[];
  readonly outcome: Outcome;
  /** The tokens, to be read. */
  readonly said: string;
}

/**
 * Templates of a reading, one for each column that it prints. They have the words and the order that the model was
 * trained with: comparisons, then what to do. Cells of one column that are one of several texts are one text to the
 * model, and so are pairs of cells where two columns must both hold a text: a program has one pivot of each kind.
 *
 * @throws QuestionError when the reading is more than the model's questions can say.
 */
export function templatesOf(reading: Reading, table: QuestionTable, layout: TableLayout): Template[] {
  const targets = reading.isDifference ? [reading.targets] : reading.targets.map((target) => [target]);
  return targets.map((each) => new TemplateBuilder(reading, table, layout).of(each));
}

const F32_MOST = 3e38;
/** A number that is finite in single precision; programs are chosen by words, and not by it. */
const asFinite = (value: number): number => Math.max(-F32_MOST, Math.min(F32_MOST, value));

class TemplateBuilder {
  readonly #reading: Reading;
  readonly #table: QuestionTable;
  readonly #layout: TableLayout;
  readonly #slots: Slot[] = [];
  readonly #tokens: QuestionToken[] = [];
  readonly #said: string[] = [];

  constructor(reading: Reading, table: QuestionTable, layout: TableLayout) {
    this.#reading = reading;
    this.#table = table;
    this.#layout = layout;
  }

  of(targets: readonly Target[]): Template {
    const { superlative, joined: join } = this.#reading;
    const atoms = this.#atoms();
    let rows: Rows = { kind: "all" };
    atoms.forEach((atom, i) => {
      if (i) this.#word(join);
      if (atom.isNegated) this.#word("not");
      this.#word(atom.word);
      const [first] = atom.conditions;
      if (first!.kind === "compare" && /^at/.test(first!.relation)) this.#said.push("or equal");
      this.#tokens.push(typeof atom.pivot === "number" ? atom.pivot : { text: atom.pivot });
      this.#said.push(String(atom.pivot));
      this.#name(atom.slot);
      const kind = atom.word === "equal" ? "textMatch" : atom.word;
      const selected: Rows = { kind, slot: atom.slot, pivot: atom.pivot };
      const own = atom.isNegated ? denied(selected) : selected;
      rows = i ? joined(join, rows, own) : own;
    });
    if (superlative) {
      this.#word(superlative.word);
      const slot = this.#slotOf(superlative.column);
      this.#name(slot);
      rows = { kind: superlative.word, slot, rows };
    }
    const outcomes = targets.map(({ aggregate, column }, i): Outcome => {
      if (i) this.#word("diff");
      this.#word(aggregate);
      if (aggregate === "count" || !column) return { kind: "count", rows };
      const slot = this.#slotOf(column);
      this.#name(slot);
      return { kind: aggregate, slot, rows };
    });
    const [one, other] = outcomes as [Outcome, Outcome?];
    this.#expectRoom();
    return {
      tokens: this.#tokens,
      slots: this.#slots,
      atoms,
      outcome: other ? { kind: "difference", parts: [one, other] } : one,
      said: this.#said.join(" "),
    };
  }

  /** Comparisons, a negated one first, as the model was trained with. */
  #atoms(): Atom[] {
    const { conditions, joined: join } = this.#reading;
    const holding = conditions.filter((each): each is Holding => each.kind === "hold");
    const merges = join === "and" && holding.length > 1;
    const atoms = conditions.flatMap((each): Atom[] => {
      if (each.kind === "compare") return [this.#comparison(each)];
      if (!merges) return [this.#match([each])];
      return each === holding[0] ? [this.#match(holding)] : [];
    });
    if (atoms.length > 2) {
      throw new QuestionError(
        "The question has more than two comparisons, which is as many as a program has steps for",
      );
    }
    const [one, other] = atoms;
    if (one && one.word === other?.word) {
      const both = [one, other].map(({ conditions: [first] }) => saidOf(first!)).join(`, ${join} `);
      throw new QuestionError(
        `The question compares twice in one way (${both}), and a program compares with one of each kind: ask for one at a time`,
      );
    }
    return other?.isNegated ? [other, one!] : atoms;
  }

  #comparison(condition: Comparing): Atom {
    const word = condition.relation === "greater" || condition.relation === "atLeast" ? "greater" : "lesser";
    const slot = this.#slotOf(condition.column);
    const pivot = asFinite(numberOf(condition.value) / numberOf(condition.factor));
    return { word, pivot, slot, isNegated: false, conditions: [condition] };
  }

  /** Rows whose cells are of a set: these hold one text to the model. */
  #match(all: readonly Holding[]): Atom {
    const [first] = all;
    const isNegated = all.length === 1 && first!.isNegated && (this.#layout.words as readonly string[]).includes("not");
    const own = isNegated ? [{ ...first!, isNegated: false }] : all;
    const said = (each: Holding): string =>
      `${each.isNegated && !isNegated ? "other than " : ""}${each.among.map((one) => (typeof one === "string" ? one : numberOf(one))).join(" or ")}`;
    const pivot = all.map(said).join(" and ");
    const cells = Array.from({ length: this.#table.rows }, (_, row) =>
      own.every((each) => meets(each, row))
        ? pivot
        : own.map(({ column }) => `${column.keys[row] ?? ""}`).join(" and ") + "\u0000",
    );
    const names = [...new Set(all.map(({ column }) => column.name))];
    const column = names.length === 1 ? first!.column : { ...first!.column, name: names.join(" and ") };
    const slot = this.#slots.push({ column, cells }) - 1;
    return { word: "equal", pivot, slot, isNegated, conditions: all };
  }

  /** The place of a column's numbers or texts. */
  #slotOf(column: QuestionColumn): number {
    const known = this.#slots.findIndex(
      (slot) => slot.column === column && (column.kind === "text" || typeof slot.cells[0] !== "string"),
    );
    if (known >= 0) return known;
    const { values, keys } = column;
    const cells = values
      ? values.map((value) => (value ? asFinite(numberOf(value)) : NaN))
      : keys.map((key) => key ?? NaN);
    return this.#slots.push({ column, cells }) - 1;
  }

  #word(word: string): void {
    if (!(this.#layout.words as readonly string[]).includes(word)) {
      throw new QuestionError(
        word === "equal"
          ? "The model was trained on tables of numbers, and the question asks for a text"
          : `The model was not trained to answer with "${word}"`,
        { words: [word] },
      );
    }
    this.#tokens.push(word as QuestionToken);
    this.#said.push(word);
  }

  #name(slot: number): void {
    this.#said.push(this.#slots[slot]!.column.name);
    // A model of one column has no name for it.
    if (this.#layout.columns > 1) this.#tokens.push({ column: slot });
  }

  #expectRoom(): void {
    const { columns } = this.#layout;
    if (this.#slots.length <= columns) return;
    const names = this.#slots.map(({ column }) => `"${column.name}"`).join(", ");
    throw new QuestionError(
      `The question needs ${this.#slots.length} columns (${names}), and the model was trained on tables of ${columns}`,
    );
  }
}
