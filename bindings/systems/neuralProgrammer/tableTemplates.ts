import type { Random } from "../../common/random/philox.js";
import type { TableOperation } from "./machine.js";
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
  /** Whether there are averages, the largest and the smallest, and what is not: ours, about tables with texts. */
  readonly isExtended: boolean;
  readonly groups: number;
  readonly evenly: "templates" | "groups";
  readonly pivots: "any" | "telling";
}

/** A number, or the rows whose cell of a column is printed. */
export type TemplateAnswer = number | { readonly column: number; readonly rows: readonly boolean[] };

/** A line of a program; columns and pivots where an operation takes one, pivots by their places among their kind. */
export interface TemplateLine {
  readonly operation: TableOperation;
  readonly column?: number;
  readonly pivot?: number;
}

export interface Drawn {
  readonly table: readonly (readonly (number | string)[])[];
  readonly tokens: readonly QuestionToken[];
  readonly answer: TemplateAnswer;
  /** The shortest program that answers it. */
  readonly program: readonly TemplateLine[];
}

type Comparison = "greater" | "lesser" | "equal";
type Aggregate = "sum" | "count" | "print" | "mean";
type Superlative = "maximum" | "minimum";

/** What is selected, and what is made of it; of two aggregates the difference. */
interface Template {
  readonly comparisons: readonly Comparison[];
  /** Whether the first comparison is denied. */
  readonly isNegated?: boolean;
  /** Of the selected rows, those with the largest or smallest cell. */
  readonly superlative?: Superlative;
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
const TEMPLATES = {
  numbers: /* @__PURE__ */ templates(false),
  texts: /* @__PURE__ */ templates(true),
  extended: /* @__PURE__ */ extendedTemplates(),
};

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

/** The paper's with texts, and those of averages, the largest and the smallest, and of what is not. */
function extendedTemplates(): readonly (readonly Template[])[] {
  const aggregates = [...AGGREGATES, "mean" as const];
  const each = (selection: Omit<Template, "aggregates">): Template[] =>
    [undefined, "maximum" as const, "minimum" as const].flatMap((superlative) =>
      aggregates.map((aggregate) => ({ ...selection, ...(superlative && { superlative }), aggregates: [aggregate] })),
    );
  const singles = ["greater", "lesser", "equal"] as const;
  const numbers = ["sum", "mean", "count"] as const;
  return [
    each({ comparisons: [] }),
    [...singles.flatMap((one) => each({ comparisons: [one] })), ...each({ comparisons: ["equal"], isNegated: true })],
    (["and", "or"] as const).flatMap((joined) => [
      ...PAIRS.flatMap((comparisons) => each({ comparisons, joined })),
      ...(["greater", "lesser"] as const).flatMap((other) =>
        each({ comparisons: ["equal", other], isNegated: true, joined }),
      ),
    ]),
    numbers
      .flatMap((one) => numbers.map((other): Template => ({ comparisons: [], aggregates: [one, other] })))
      .filter(({ aggregates }) => aggregates.some((aggregate) => aggregate !== "count")),
  ];
}

function drawTemplate(random: Random, { groups, evenly, textColumns, isExtended }: Drawing): Template {
  const drawn = TEMPLATES[isExtended ? "extended" : textColumns ? "texts" : "numbers"].slice(0, groups);
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
  const { comparisons, isNegated, joined, superlative, aggregates } = drawTemplate(random, drawing);
  const tokens: QuestionToken[] = [];
  const lines: TemplateLine[] = [];
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
    const isDenied = isNegated === true && i === 0;
    if (i) tokens.push(joined!);
    if (isDenied) tokens.push("not");
    tokens.push(word, typeof pivot === "string" ? { text: pivot } : pivot);
    const at = column(word === "equal" ? ofText : ofNumbers);
    const place = literals.slice(0, i).filter((other) => typeof other === typeof pivot).length;
    lines.push({ operation: word === "equal" ? "textMatch" : word, column: at, pivot: place });
    if (isDenied) lines.push({ operation: "not" });
    if (i) lines.push({ operation: joined! });
    return table.map((row) => HOLDS[word](row[at]!, pivot) !== isDenied);
  });
  let selected = table.map((_, row) =>
    joined === "or" ? selections.some((each) => each[row]) : selections.every((each) => each[row]),
  );
  if (superlative) {
    tokens.push(superlative);
    const at = column(ofNumbers);
    lines.push({ operation: superlative, column: at });
    const cells = table.map((row) => Number(row[at]));
    const isBefore = (a: number, b: number): boolean => (superlative === "maximum" ? a > b : a < b);
    const first = selected.reduce(
      (best, isSelected, row) => (isSelected && (best < 0 || isBefore(cells[row]!, cells[best]!)) ? row : best),
      -1,
    );
    selected = selected.map((_, row) => row === first);
  }

  const answers = aggregates.map((word, i): TemplateAnswer => {
    if (i) {
      tokens.push("diff");
      lines.push({ operation: "reset" });
    }
    tokens.push(word);
    const count = selected.filter(Boolean).length;
    if (word === "count") {
      lines.push({ operation: "count" });
      return count;
    }
    const at = column(word === "print" ? all : ofNumbers);
    lines.push({ operation: word === "print" ? "assign" : word, column: at });
    if (word === "print") return { column: at, rows: selected };
    const sum = table.reduce((sum, row, i) => sum + (selected[i] ? Number(row[at]) : 0), 0);
    return word === "mean" ? sum / Math.max(count, 1) : sum;
  });
  const [one, other] = answers as [TemplateAnswer, TemplateAnswer?];
  if (other === undefined) return { table, tokens, answer: one, program: lines };
  return {
    table,
    tokens,
    answer: (one as number) - (other as number),
    program: [...lines, { operation: "difference" }],
  };
}
