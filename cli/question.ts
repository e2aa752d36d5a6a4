import type { QuestionToken } from "../bindings/models/index.js";
import { columnsInWords, type Column, type CSVTable } from "./csv.js";
import { UsageError } from "./errors.js";

/** A question in the words of the model. */
export interface Translated {
  /** Columns are numbered as in `columns`. */
  readonly tokens: readonly QuestionToken[];
  /** The columns that it names, in the order in which it does. */
  readonly columns: readonly Column[];
  /** The same, to be read. */
  readonly said: string;
  /** Words that nobody knows. */
  readonly ignored: readonly string[];
}

type Aggregate = "count" | "sum" | "print";
type Comparison = "greater" | "lesser";

type Lexeme =
  | { readonly kind: "aggregate"; readonly word: Aggregate }
  | { readonly kind: "comparison"; readonly word: Comparison }
  | { readonly kind: "join"; readonly word: "and" | "or" | "diff" }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "column"; readonly column: Column }
  | { readonly kind: "unknown"; readonly text: string };

/** Phrases, the longer in front of those that they begin with. */
const PHRASES: readonly (readonly [phrase: RegExp, lexeme: Lexeme | undefined])[] = [
  [/^(how many|number of|count)\b/, { kind: "aggregate", word: "count" }],
  [/^(what is the (sum|total)|how much|sum|total|add up)( of)?\b/, { kind: "aggregate", word: "sum" }],
  [/^(print|list|show|name|which|what|whose)\b/, { kind: "aggregate", word: "print" }],
  [/^(greater|more|larger|bigger|higher|longer|older|above|over|beyond|exceeds?|exceeding|after)( than)?\b/, { kind: "comparison", word: "greater" }],
  [/^(lesser|less|fewer|smaller|lower|shorter|younger|below|under|before)( than)?\b/, { kind: "comparison", word: "lesser" }],
  [/^>(?!=)/, { kind: "comparison", word: "greater" }],
  [/^<(?!=)/, { kind: "comparison", word: "lesser" }],
  [/^(minus|diff|difference)\b/, { kind: "join", word: "diff" }],
  [/^and\b/, { kind: "join", word: "and" }],
  [/^or\b/, { kind: "join", word: "or" }],
  [/^(the|a|an|of|is|are|was|were|in|with|has|have|having|that|where|do|does|there|all|rows?|than|its|their|me|to|for)\b/, undefined],
]; // prettier-ignore

const SCALES: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

/**
 * Brings a question into the order and the words that the model was trained with: comparisons, then what to do.
 * The program is the model's; what is a comparison, a number or a column's name is found here.
 *
 * @throws UsageError when a part of the question is missing, or none that the model knows.
 */
export function translate(question: string, table: CSVTable): Translated {
  const lexemes = lexemesOf(question, table);
  const ignored = lexemes.flatMap((lexeme) => (lexeme.kind === "unknown" ? [lexeme.text] : []));
  const known = lexemes.filter((lexeme) => lexeme.kind !== "unknown");
  const columns: Column[] = [];
  const token = (column: Column): QuestionToken => {
    if (!columns.includes(column)) columns.push(column);
    return { column: columns.indexOf(column) };
  };
  const there = `The columns are ${columnsInWords(table)}`;
  const unknown = ignored.length ? ` Not understood: ${ignored.join(", ")}.` : "";

  const used = new Set<number>();
  const take = (
    from: number,
    step: 1 | -1,
    kind: Lexeme["kind"],
    until: readonly Lexeme["kind"][],
  ): Lexeme | undefined => {
    for (let i = from + step; i >= 0 && i < known.length; i += step) {
      if (until.includes(known[i]!.kind)) return undefined;
      if (known[i]!.kind !== kind || used.has(i)) continue;
      used.add(i);
      return known[i];
    }
    return undefined;
  };
  const columnAt = (i: number, directions: readonly (1 | -1)[]): Column | undefined => {
    const until = ["comparison", "aggregate", "join"] as const;
    for (const direction of directions) {
      const found = take(i, direction, "column", until);
      if (found?.kind === "column") return found.column;
    }
    return undefined;
  };
  const only = (columns: readonly Column[]): Column | undefined => (columns.length === 1 ? columns[0] : undefined);
  const numeric = table.columns.filter(({ numbers }) => numbers);

  const comparisons: QuestionToken[][] = [];
  const aggregates: QuestionToken[][] = [];
  const joins: ("and" | "or" | "diff")[] = [];
  // What is added up or printed stands behind the word; then a comparison takes what is left beside it. A column right
  // in front of a comparison belongs to that, too: "sum of area above 3" is about one column, "which have area above 3"
  // about two.
  const aggregateAt = new Map<number, Column | undefined>();
  known.forEach((lexeme, i) => {
    if (lexeme.kind !== "aggregate" || lexeme.word === "count") return;
    const next = known[i + 1];
    const isCompared = next?.kind === "column" && known[i + 2]?.kind === "comparison";
    if (!isCompared) aggregateAt.set(i, columnAt(i, [1]));
    else if (lexeme.word === "sum") aggregateAt.set(i, next.column);
  });
  known.forEach((lexeme, i) => {
    if (lexeme.kind !== "comparison") return;
    const number = take(i, 1, "number", ["comparison"]);
    if (number?.kind !== "number") {
      throw new UsageError(`The question says "${lexeme.word}", and no number behind it: ${lexeme.word} than what?`);
    }
    const column = columnAt(i, [-1, 1]) ?? only(numeric);
    if (!column)
      throw new UsageError(
        `The question does not say which column is to be ${lexeme.word} than ${number.value}. ${there}.${unknown}`,
      );
    if (!column.numbers)
      throw new UsageError(
        `Column "${column.name}" holds texts, which are not ${lexeme.word} than ${number.value}. ${there}`,
      );
    comparisons.push([lexeme.word, number.value, token(column)]);
  });
  known.forEach((lexeme, i) => {
    if (lexeme.kind !== "aggregate") return;
    if (lexeme.word === "count") {
      aggregates.push(["count"]);
      return;
    }
    const column = aggregateAt.get(i) ?? (lexeme.word === "sum" ? only(numeric) : (table.columns.find(({ numbers }) => !numbers) ?? only(table.columns))); // prettier-ignore
    if (!column) throw new UsageError(`The question does not say which column to ${lexeme.word}. ${there}.${unknown}`);
    if (lexeme.word === "sum" && !column.numbers)
      throw new UsageError(`Column "${column.name}" holds texts, which have no sum. ${there}`);
    aggregates.push([lexeme.word, token(column)]);
  });
  for (const lexeme of known) if (lexeme.kind === "join") joins.push(lexeme.word);

  const stray = known.find((lexeme, i) => lexeme.kind === "number" && !used.has(i));
  if (stray?.kind === "number")
    throw new UsageError(
      `The question has the number ${stray.value}, and does not say whether greater or less.${unknown}`,
    );
  if (!aggregates.length) throw new UsageError(`The question does not say what to do: count, sum or print.${unknown}`);
  if (comparisons.length > 2)
    throw new UsageError("The question has more than two comparisons, which is as many as a program has steps for");
  const isDifference = aggregates.length === 2 && !comparisons.length && joins.includes("diff");
  if (aggregates.length > 1 && !isDifference)
    throw new UsageError("The question asks for two things at once: ask them one by one");
  const joined = joins.includes("or") ? "or" : "and";
  const tokens: QuestionToken[] = [
    ...(comparisons[0] ?? []),
    ...(comparisons[1] ? ([joined, ...comparisons[1]] as const) : []),
    ...aggregates[0]!,
    ...(isDifference ? (["diff", ...aggregates[1]!] as const) : []),
  ];
  const said = tokens.map((each) => (typeof each === "object" ? columns[each.column]!.name : each)).join(" ");
  return { tokens, columns, said, ignored };
}

function lexemesOf(question: string, { columns }: CSVTable): Lexeme[] {
  const byLength = [...columns].sort((a, b) => b.name.length - a.name.length);
  const lexemes: Lexeme[] = [];
  let rest = question.toLowerCase().trim();
  while (rest) {
    const column = byLength.find(({ name }) => begins(rest, name.toLowerCase()));
    if (column) {
      lexemes.push({ kind: "column", column });
      rest = rest.slice(column.name.length).replace(/^s\b/, "").trimStart();
      continue;
    }
    const number =
      /^[^\w\s.+−-]?([-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-−+]?\.\d+)(?:\s+(thousand|million|billion)\b)?%?/.exec(
        rest,
      );
    if (number) {
      const value = Number(number[1]!.replace("−", "-").replaceAll(",", "")) * (SCALES[number[2] ?? ""] ?? 1);
      if (!Number.isFinite(Math.fround(value)))
        throw new UsageError(`The question has ${number[1]!}, which is more than single precision holds`);
      lexemes.push({ kind: "number", value });
      rest = rest.slice(number[0].length).trimStart();
      continue;
    }
    const phrase = PHRASES.find(([pattern]) => pattern.test(rest));
    const length = phrase ? phrase[0].exec(rest)![0].length : /^([\p{L}\p{N}_'-]+|.)/u.exec(rest)![0].length;
    const text = rest.slice(0, length);
    if (phrase?.[1]) lexemes.push(phrase[1]);
    else if (!phrase && /[\p{L}\p{N}<>=]/u.test(text)) lexemes.push({ kind: "unknown", text });
    rest = rest.slice(length).trimStart();
  }
  return lexemes;
}

/** Whether a text begins with a name that ends where a word does, or where its plural does. */
function begins(text: string, name: string): boolean {
  return text.startsWith(name) && /^(s?)([^\p{L}\p{N}]|$)/u.test(text.slice(name.length));
}
