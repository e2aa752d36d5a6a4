import type { Random } from "../../common/random/philox.js";
import type { QuestionToken } from "./question.js";

/** What is drawn. */
export interface Drawing {
  readonly rows: number;
  /** Columns of numbers, and of text, which come in any order. */
  readonly columns: number;
  readonly textColumns: number;
  /** Entries are from −most to most. */
  readonly most: number;
  /** Different texts in a column. */
  readonly texts: number;
  readonly groups: number;
  readonly evenly: "templates" | "groups";
  readonly pivots: "any" | "telling";
}

/** A number, or the rows whose cell of a column is printed. */
export type TemplateAnswer = number | { readonly column: number; readonly rows: readonly boolean[] };

export interface Drawn {
  readonly table: readonly (readonly (number | string)[])[];
  readonly tokens: readonly QuestionToken[];
  readonly answer: TemplateAnswer;
}

type Comparison = "greater" | "lesser" | "equal";
type Aggregate = "sum" | "count" | "print";

/** What is selected, and what is made of it; of two aggregates the difference. */
interface Template {
  readonly comparisons: readonly Comparison[];
  readonly joined?: "and" | "or";
  readonly aggregates: readonly Aggregate[];
}

const AGGREGATES = ["sum", "count", "print"] as const satisfies readonly Aggregate[];
/** Two comparisons are different ones: each has one pivot in a question. */
const PAIRS: readonly (readonly [Comparison, Comparison])[] = [
  ["greater", "lesser"],
  ["lesser", "greater"],
  ["greater", "equal"],
  ["equal", "greater"],
  ["lesser", "equal"],
  ["equal", "lesser"],
];

/** The paper's groups of templates, of numbers alone and where there are texts. */
const TEMPLATES = { numbers: /* @__PURE__ */ templates(false), texts: /* @__PURE__ */ templates(true) };

function templates(hasTexts: boolean): readonly (readonly Template[])[] {
  const isThere = (comparison: Comparison): boolean => hasTexts || comparison !== "equal";
  const each = (selection: Omit<Template, "aggregates">): Template[] =>
    AGGREGATES.map((aggregate) => ({ ...selection, aggregates: [aggregate] }));
  const singles = (["greater", "lesser", "equal"] as const).filter(isThere);
  const pairs = PAIRS.filter((pair) => pair.every(isThere));
  return [
    each({ comparisons: [] }),
    singles.flatMap((comparison) => each({ comparisons: [comparison] })),
    (["and", "or"] as const).flatMap((joined) => pairs.flatMap((comparisons) => each({ comparisons, joined }))),
    [
      { comparisons: [], aggregates: ["sum", "count"] },
      { comparisons: [], aggregates: ["count", "sum"] },
    ],
  ];
}

function drawTemplate(random: Random, { groups, evenly, textColumns }: Drawing): Template {
  const drawn = TEMPLATES[textColumns ? "texts" : "numbers"].slice(0, groups);
  const among = evenly === "templates" ? drawn.flat() : drawn[random.integer(0, drawn.length - 1)]!;
  return among[random.integer(0, among.length - 1)]!;
}

/** Entries and numbers of questions have two decimals. */
const DECIMALS = 100;

const drawNumber = (random: Random, most: number): number =>
  Math.floor(random.uniform(-most, most) * DECIMALS + 0.5) / DECIMALS;

const drawText = (random: Random, texts: number): string => `w${random.integer(1, texts)}`;

const HOLDS = {
  greater: (cell: number | string, pivot: number | string) => cell > pivot,
  lesser: (cell: number | string, pivot: number | string) => cell < pivot,
  equal: (cell: number | string, pivot: number | string) => cell === pivot,
} as const;

/** A table of its own, a question about it, and the answer. Neelakantan et al. 2015, arXiv:1511.04834, section 3.1. */
export function drawQuestion(random: Random, drawing: Drawing): Drawn {
  const { rows, columns, textColumns, most, texts, pivots } = drawing;
  const all = Array.from({ length: columns + textColumns }, (_, i) => i);
  const order = textColumns ? [...random.permutation(all.length)] : all;
  const [ofNumbers, ofText] = [order.slice(0, columns), order.slice(columns)];
  const table = Array.from({ length: rows }, () =>
    all.map((column) => (ofText.includes(column) ? drawText(random, texts) : drawNumber(random, most))),
  );
  const { comparisons, joined, aggregates } = drawTemplate(random, drawing);
  const tokens: QuestionToken[] = [];
  const column = (among: readonly number[]): number => {
    const drawn = among[random.integer(0, among.length - 1)]!;
    if (all.length > 1) tokens.push({ column: drawn });
    return drawn;
  };

  const literals = comparisons.map((word) => (word === "equal" ? drawText(random, texts) : drawNumber(random, most)));
  // Above the smaller and below the larger there is something; above the larger or below the smaller is not all.
  if (pivots === "telling" && literals.every((literal) => typeof literal === "number")) {
    const isRising = (joined === "and") === (comparisons[0] === "greater");
    literals.sort((a, b) => (isRising ? Number(a) - Number(b) : Number(b) - Number(a)));
  }
  const selections = comparisons.map((word, i) => {
    const pivot = literals[i]!;
    if (i) tokens.push(joined!);
    tokens.push(word, typeof pivot === "string" ? { text: pivot } : pivot);
    const at = column(word === "equal" ? ofText : ofNumbers);
    return table.map((row) => HOLDS[word](row[at]!, pivot));
  });
  const selected = table.map((_, row) =>
    joined === "or" ? selections.some((each) => each[row]) : selections.every((each) => each[row]),
  );

  const answers = aggregates.map((word, i): TemplateAnswer => {
    if (i) tokens.push("diff");
    tokens.push(word);
    if (word === "count") return selected.filter(Boolean).length;
    if (word === "print") return { column: column(all), rows: selected };
    const at = column(ofNumbers);
    return table.reduce((sum, row, i) => sum + (selected[i] ? Number(row[at]) : 0), 0);
  });
  const [one, other] = answers as [TemplateAnswer, TemplateAnswer?];
  return { table, tokens, answer: other === undefined ? one : (one as number) - (other as number) };
}
