import { isUnique, type Asked, type Found } from "./asked.js";
import type { Line } from "./line.js";
import { QuestionError } from "./questionError.js";
import { columnsInWords, type QuestionColumn } from "./questionTable.js";
import type { Aggregate } from "./vocabulary.js";

/** Words between an aggregate and the column that it is of. */
const BEFORE_NAME = /^(the|of|a|an|all|its|their|is|are|was|were|me|for|which|that|in)$/;
const VERB = /^(is|are|was|were|has|have|had)$/i;
const PERSON =
  /\b(name|player|person|employee|student|driver|author|artist|customer|user|member|candidate|winner|actor|director)s?\b/i;

/**
 * Aggregates with the columns that they are of, in the order of the question.
 * @throws QuestionError when "who" is of no column, or a column may be printed or compared.
 */
export function aggregatesIn(asked: Asked, superlative: { readonly begin: number } | undefined): Found[] {
  const { line } = asked;
  const found: Found[] = [];
  const person = line.of(0, "function")?.word === "who" ? personIn(asked) : undefined;
  if (person) {
    line.use(0);
    found.push({ at: 0, target: { aggregate: "print", column: person } });
  }
  for (const i of line.unused("aggregate")) {
    const { word } = line.of(i, "aggregate")!;
    const next = named(line, i);
    // "what is the average", "print the number of": the other word says what to do.
    const isFiller = word === "print" && (line.is(next, "aggregate") || line.of(next, "superlative") !== undefined);
    line.use(i);
    if (isFiller) continue;
    if (word === "count") {
      found.push({ at: i, target: { aggregate: word } });
      continue;
    }
    const isNamed = line.is(next, "column") && !line.isUsed(next) && !isSaidOf(line, i, next);
    const columns = isNamed ? listFrom(asked, word, next) : [];
    if (!columns.length) found.push({ at: i, target: { aggregate: word } });
    for (const column of columns) found.push({ at: i, target: { aggregate: word, column } });
  }
  if (!found.length) {
    const first = bareColumn(asked);
    if (first) found.push(first);
  }
  if (!found.length && superlative) {
    const first = line.all.findIndex(({ kind }) => kind !== "function");
    const isFirst = first === superlative.begin || line.is(first, "aggregate");
    if (isFirst) found.push({ at: superlative.begin, target: { aggregate: "print" } });
  }
  return found;
}

/** "area of Oslo", "towns with an area above 3": a column in front of what rows have to be. */
function bareColumn({ line, targets }: Asked): Found | undefined {
  const at = line.all.findIndex(({ kind }) => kind !== "function");
  const named = line.of(at, "column");
  if (!named || named.namesRows || named.isUsed) return undefined;
  const word = line.of(at + 1, "function")?.word ?? "";
  const next = line.of(line.beyond(at, 1, ["function"]), "entry");
  const isOfRow = /^(of|for)$/.test(word) && next?.holders.length === 1 && isUnique(next.holders[0]!);
  const isRows = named.column.kind === "text" && /^(with|where|that|in|whose)$/.test(word);
  if (!isOfRow && !isRows) return undefined;
  line.use(at);
  targets.add(at);
  return { at, target: { aggregate: "print", column: named.column } };
}

/** The column of persons that "who" asks for. */
function personIn({ line, table }: Asked): QuestionColumn {
  const [one, ...others] = table.columns.filter(({ name, kind }) => kind === "text" && PERSON.test(name));
  if (one && !others.length) return one;
  throw new QuestionError(`The question asks "who", and not of which column`, {
    words: [line.text(0)],
    hint: `The columns are ${columnsInWords(table)}`,
  });
}

/** The place behind an aggregate, over words that lead to the column's name. */
function named(line: Line, i: number): number {
  let at = i + 1;
  // Words that are not understood are refused, or left out of a guess.
  while (line.is(at, "unknown") || (line.is(at, "function") && BEFORE_NAME.test(line.text(at).toLowerCase()))) ++at;
  // "Oslo's area".
  return line.is(at, "entry") && line.is(at + 1, "column") ? at + 1 : at;
}

/** "which are sold" is about rows, and not about what to print. */
function isSaidOf(line: Line, i: number, next: number): boolean {
  const { column } = line.of(next, "column")!;
  return column.yes !== undefined && line.all.slice(i + 1, next).some(({ text }) => VERB.test(text)) && next === i + 2;
}

/** One column, or those of a list to print. */
function listFrom({ line, targets }: Asked, word: Aggregate, first: number): QuestionColumn[] {
  if (line.of(first, "column")!.namesRows) return [];
  const columns: QuestionColumn[] = [];
  for (let at = first; ;) {
    line.use(at);
    targets.add(at);
    columns.push(line.of(at, "column")!.column);
    if (word !== "print") return columns;
    const isJoined = line.of(at + 1, "join")?.word === "and";
    if (!isJoined && !line.at(at)!.glued.includes(",")) return columns;
    const next = line.beyond(isJoined ? at + 1 : at, 1, ["function"]);
    const named = line.of(next, "column");
    if (!named || named.namesRows || line.isUsed(next)) return columns;
    const behind = line.beyond(next, 1);
    if (["comparison", "between", "entry", "number"].some((kind) => line.is(behind, kind as "entry"))) {
      const isOf = line.all
        .slice(next + 1, behind)
        .some(({ text }) => /^(of|in|for|with|that|where|whose|which)$/i.test(text));
      if (!isOf) {
        throw new QuestionError(
          `"${line.text(next)}" may be printed, or compared: write "where" in front of comparisons`,
          {
            words: [line.text(next)],
          },
        );
      }
    }
    if (isJoined) line.use(at + 1);
    at = next;
  }
}
