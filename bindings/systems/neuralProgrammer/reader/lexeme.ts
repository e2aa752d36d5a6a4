import type { Quantity } from "./cells.js";
import type { Decimal } from "./decimal.js";
import type { QuestionColumn } from "./questionTable.js";
import type { PhraseLexeme } from "./vocabulary.js";

/** A number of a question. */
export interface NumberLexeme {
  readonly kind: "number";
  /** Its values under each mark that it can have. */
  readonly values: Quantity["values"];
  readonly unit: string;
  readonly isOrdinal: boolean;
  /** What multiplies it, such as "million", in plain digits: 1 of nothing. */
  readonly scale: string;
}

/** A cell that a question names. */
export interface EntryLexeme {
  readonly kind: "entry";
  readonly key: string;
  /** Columns that hold it; none for one in quotation marks that is nowhere. */
  readonly holders: readonly QuestionColumn[];
  readonly isQuoted: boolean;
}

/** Meaning of a part of a question. */
export type Meaning =
  | PhraseLexeme
  | NumberLexeme
  | EntryLexeme
  | { readonly kind: "day"; readonly value: Decimal }
  | { readonly kind: "column"; readonly column: QuestionColumn; readonly namesRows: boolean }
  | { readonly kind: "unknown" };

/** A part of a question, from the left, and whether the program that it stands for has a place for it. */
export type Lexeme = Meaning & { readonly text: string; readonly glued: string; isUsed: boolean };

/** A lexeme of a kind. */
export type LexemeOf<K extends Lexeme["kind"]> = Extract<Lexeme, { kind: K }>;
