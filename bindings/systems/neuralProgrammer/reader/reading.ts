import type { ProgramWord } from "../../../trace/program/program.js";
import { Clauses } from "./clauses.js";
import { expectScale, type Condition } from "./conditions.js";
import { expectNoContradiction, joinsOf } from "./joins.js";
import { lexemesOf, type Lexeme } from "./lexemes.js";
import { Line } from "./line.js";
import { QuestionError } from "./questionError.js";
import { columnsInWords, type QuestionColumn, type QuestionTable } from "./questionTable.js";
import type { Aggregate } from "./vocabulary.js";

/** What is made of the rows that a question is about. */
export interface Target {
  readonly aggregate: Aggregate;
  /** Absent for a count. */
  readonly column?: QuestionColumn;
}

/** What a question means. */
export interface Reading {
  /** One, two of a difference, or several columns to print. */
  readonly targets: readonly Target[];
  readonly isDifference: boolean;
  readonly conditions: readonly Condition[];
  readonly joined: "and" | "or";
  /** Of the rows that meet the conditions, those with the largest or the smallest cell of a column. */
  readonly superlative?: { readonly word: "maximum" | "minimum"; readonly column: QuestionColumn };
  /** Columns whose names stand for rows, as in "how many cities": rows are these only where no cell comes twice. */
  readonly rowNames: readonly QuestionColumn[];
  /** Words of the question, and what they were taken for. */
  readonly words: readonly ProgramWord[];
  /** Words that have no place in the program. Of a question that is not guessed at there are none. */
  readonly left: readonly string[];
}

/** How a question is read. */
export interface ReadingOptions {
  /** Whether words that are not understood are left out, and not refused. Default: false. */
  readonly guess?: boolean;
}

/** Words between an aggregate and the column that it is of. */
const BEFORE_NAME = /^(the|of|a|an|all|its|their|is|are|was|were|me|for|which|that|in)$/;
const VERB = /^(is|are|was|were|has|have|had)$/i;
/** Words in front of a name of rows. */
const BEFORE_ROWS = /^(the|of|all|for|a|an)$/;
/** Words that begin a question that wants yes or no, a place, or a time. */
const NOT_ASKED = /^(is|are|was|were|do|does|did|has|have|had|where|whose|been|be|there|it|they)$/;
const PERSON =
  /\b(name|player|person|employee|student|driver|author|artist|customer|user|member|candidate|winner|actor|director)s?\b/i;

/**
 * Reading of a question about a table. Each word has its place in what it means, or is one of a few that only join
 * others; any other word is refused.
 *
 * @throws QuestionError when a word has no place, something is missing, or there are two meanings.
 * @example
 * const { conditions } = readQuestion("how many cities have an area above 250 km²?", table);
 */
export function readQuestion(question: string, table: QuestionTable, { guess = false }: ReadingOptions = {}): Reading {
  return new Reader(new Line(lexemesOf(question, table)), table, guess).read();
}

class Reader {
  readonly #line: Line;
  readonly #table: QuestionTable;
  readonly #guess: boolean;
  /** Places of columns that are aggregated or printed. */
  readonly #targets = new Set<number>();

  constructor(line: Line, table: QuestionTable, guess: boolean) {
    this.#line = line;
    this.#table = table;
    this.#guess = guess;
  }

  get #hint(): string {
    return `It can be asked to count, add up, average or print, with comparisons, of the columns ${columnsInWords(this.#table)}`;
  }

  read(): Reading {
    const line = this.#line;
    const asks = line.of(0, "function")?.word;
    if (asks !== undefined && NOT_ASKED.test(asks)) {
      throw new QuestionError(`A question that begins with "${line.text(0)}" is not understood`, {
        words: [line.text(0)],
        hint: this.#hint,
      });
    }
    const superlative = this.#superlative();
    const found = this.#aggregates(superlative);
    const clauses = new Clauses(line, this.#table, this.#targets).find();
    const rowNames = this.#rowNames(found.map(({ target }) => target));
    this.#expectNoWordTwice();
    const isDifference = this.#difference(found, clauses.length > 0 || superlative !== undefined);
    const joined = joinsOf(line, clauses, superlative);
    if (joined === "and" && !this.#guess) expectNoContradiction(line, clauses);
    const targets = this.#expectTargets(found, {
      isDifference,
      superlative,
      rowNames,
      isSelective: clauses.length > 0,
    });
    const left = line.all.filter((lexeme) => !lexeme.isUsed && lexeme.kind !== "function").map(({ text }) => text);
    if (left.length && !this.#guess) {
      const words = left.map((text) => `"${text}"`).join(", ");
      const isOne = left.length === 1;
      throw new QuestionError(
        `Not understood: ${words}. ${isOne ? "It is" : "These are"} no column, no cell and no word that has a place in this question`,
        { words: left, hint: this.#hint },
      );
    }
    return {
      targets,
      isDifference,
      conditions: clauses.flatMap(({ conditions }) => conditions),
      joined,
      ...(superlative && { superlative: { word: superlative.word, column: superlative.column } }),
      rowNames,
      words: line.all.map(wordOf),
      left,
    };
  }

  /** "the largest population", "whose population is the largest". */
  #superlative() {
    const line = this.#line;
    const [i, other] = line.unused("superlative");
    if (i === undefined) return undefined;
    const lexeme = line.of(i, "superlative")!;
    if (other !== undefined) {
      throw new QuestionError(`The question says "${line.text(i)}" and "${line.text(other)}": ask for one at a time`, {
        words: [line.text(other)],
      });
    }
    const [behind, before] = [line.beyond(i, 1, ["function"]), line.beyond(i, -1, ["function"])];
    const isOnlyJoined = line.all.slice(i + 1, behind).every(({ text }) => /^(the|of|a|an)$/i.test(text));
    const at = [...(isOnlyJoined ? [behind] : []), before].find((at) => line.is(at, "column"));
    const named = at === undefined ? undefined : line.of(at, "column")!;
    const isAfter =
      at === before && line.all.slice(before + 1, i).some(({ text }) => /^(is|are|was|were)$/i.test(text));
    if (at === undefined || !named || named.namesRows || (at === before && !isAfter)) {
      throw new QuestionError(`The question says "${line.text(i)}", and not of which column`, {
        words: [line.text(i)],
        hint: `The columns are ${columnsInWords(this.#table)}`,
      });
    }
    if (named.column.kind === "text") {
      throw new QuestionError(
        `Column "${named.column.name}" holds texts, of which none is the ${line.text(i)}: it ${named.column.problem!}`,
        { words: [line.text(i)] },
      );
    }
    expectScale(lexeme.of, named.column, line.text(i));
    line.use(i);
    line.use(at);
    this.#targets.add(at);
    return { at: i, begin: Math.min(i, at), end: Math.max(i, at), word: lexeme.word, column: named.column };
  }

  /** Aggregates with the columns that they are of, in the order of the question. */
  #aggregates(superlative: { readonly begin: number } | undefined): { at: number; target: Target }[] {
    const line = this.#line;
    const found: { at: number; target: Target }[] = [];
    const person = line.of(0, "function")?.word === "who" ? this.#person() : undefined;
    if (person) {
      line.use(0);
      found.push({ at: 0, target: { aggregate: "print", column: person } });
    }
    for (const i of line.unused("aggregate")) {
      const { word } = line.of(i, "aggregate")!;
      const next = this.#named(i);
      // "what is the average", "print the number of": the other word says what to do.
      const isFiller = word === "print" && (line.is(next, "aggregate") || line.of(next, "superlative") !== undefined);
      line.use(i);
      if (isFiller) continue;
      if (word === "count") {
        found.push({ at: i, target: { aggregate: word } });
        continue;
      }
      const isNamed = line.is(next, "column") && !line.isUsed(next) && !this.#isSaidOf(i, next);
      const columns = isNamed ? this.#list(word, next) : [];
      if (!columns.length) found.push({ at: i, target: { aggregate: word } });
      for (const column of columns) found.push({ at: i, target: { aggregate: word, column } });
    }
    if (!found.length) {
      const first = this.#bareColumn();
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
  #bareColumn(): { at: number; target: Target } | undefined {
    const line = this.#line;
    const at = line.all.findIndex(({ kind }) => kind !== "function");
    const named = line.of(at, "column");
    if (!named || named.namesRows || named.isUsed) return undefined;
    const word = line.of(at + 1, "function")?.word ?? "";
    const next = line.of(line.beyond(at, 1, ["function"]), "entry");
    const isOfRow = /^(of|for)$/.test(word) && next?.holders.length === 1 && isUnique(next.holders[0]!);
    const isRows = named.column.kind === "text" && /^(with|where|that|in|whose)$/.test(word);
    if (!isOfRow && !isRows) return undefined;
    line.use(at);
    this.#targets.add(at);
    return { at, target: { aggregate: "print", column: named.column } };
  }

  /** "in in" is a word and a name that nobody can tell from it. */
  #expectNoWordTwice(): void {
    const line = this.#line;
    const twice = line.all.findIndex(
      (lexeme, i) =>
        i > 0 && lexeme.kind === "function" && lexeme.text.toLowerCase() === line.text(i - 1).toLowerCase(),
    );
    if (twice < 0 || this.#guess) return;
    throw new QuestionError(`The question says "${line.text(twice)}" twice in a row`, { words: [line.text(twice)] });
  }

  #person(): QuestionColumn {
    const [one, ...others] = this.#table.columns.filter(({ name, kind }) => kind === "text" && PERSON.test(name));
    if (one && !others.length) return one;
    throw new QuestionError(`The question asks "who", and not of which column`, {
      words: [this.#line.text(0)],
      hint: `The columns are ${columnsInWords(this.#table)}`,
    });
  }

  /** The place behind an aggregate, over words that lead to the column's name. */
  #named(i: number): number {
    const line = this.#line;
    let at = i + 1;
    // Words that are not understood are refused, or left out of a guess.
    while (line.is(at, "unknown") || (line.is(at, "function") && BEFORE_NAME.test(line.text(at).toLowerCase()))) ++at;
    // "Oslo's area".
    return line.is(at, "entry") && line.is(at + 1, "column") ? at + 1 : at;
  }

  /** "which are sold" is about rows, and not about what to print. */
  #isSaidOf(i: number, next: number): boolean {
    const line = this.#line;
    const { column } = line.of(next, "column")!;
    return (
      column.yes !== undefined && line.all.slice(i + 1, next).some(({ text }) => VERB.test(text)) && next === i + 2
    );
  }

  /** One column, or those of a list to print. */
  #list(word: Aggregate, first: number): QuestionColumn[] {
    const line = this.#line;
    if (line.of(first, "column")!.namesRows) return [];
    const columns: QuestionColumn[] = [];
    for (let at = first; ;) {
      line.use(at);
      this.#targets.add(at);
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

  /** Columns that name rows: "how many cities", "total area of cities", "female passengers". */
  #rowNames(targets: readonly Target[]): QuestionColumn[] {
    const line = this.#line;
    const names: QuestionColumn[] = [];
    for (const i of line.unused("column")) {
      const { column, namesRows } = line.of(i, "column")!;
      const isName = column.kind === "text" || namesRows || /\bids?$/i.test(column.name);
      if (!isName) continue;
      const before = line.at(i - 1);
      // "shipped orders".
      const isFlagged = before?.kind === "column" && before.column.yes !== undefined && !this.#targets.has(i - 1);
      const leads =
        before?.kind === "aggregate" ||
        before?.kind === "entry" ||
        before?.kind === "unknown" ||
        (isFlagged && before.isUsed) ||
        (before?.kind === "function" && BEFORE_ROWS.test(before.word));
      if (!leads || (names.length && !names.includes(column))) continue;
      line.use(i);
      names.push(column);
    }
    for (const i of line.unused("rows")) {
      const isPrinted = targets.some(({ aggregate, column }) => aggregate === "print" && !column);
      if (!isPrinted) line.use(i);
    }
    return names;
  }

  #difference(found: readonly { at: number; target: Target }[], isSelective: boolean): boolean {
    const line = this.#line;
    const joins = line.unused("join").filter((i) => line.of(i, "join")!.word === "diff");
    const [one, other] = found;
    const [at] = joins;
    if (at === undefined || joins.length > 1 || found.length !== 2) return false;
    const isBetween = one!.at < at && at < other!.at;
    if (!isBetween || found.some(({ target }) => target.aggregate === "print")) return false;
    if (isSelective) {
      throw new QuestionError("A difference is of all rows: ask for the two numbers one by one", {
        words: [line.text(at)],
      });
    }
    line.use(at);
    return true;
  }

  /** Aggregates with their columns. @throws QuestionError when there is none, or more than one. */
  #expectTargets(
    found: readonly { at: number; target: Target }[],
    {
      isDifference,
      superlative,
      rowNames,
      isSelective,
    }: {
      readonly isDifference: boolean;
      readonly superlative: { readonly column: QuestionColumn } | undefined;
      readonly rowNames: readonly QuestionColumn[];
      readonly isSelective: boolean;
    },
  ): Target[] {
    if (!found.length) {
      throw new QuestionError("The question does not say what to do: count, add up (sum), average or print", {
        words: this.#line.all.filter(({ kind }) => kind === "unknown").map(({ text }) => text),
        hint: this.#hint,
      });
    }
    const areOne = new Set(found.map(({ at }) => at)).size === 1;
    if (!areOne && !isDifference) {
      throw new QuestionError("The question asks for two things at once: ask them one by one", {
        words: found.map(({ target }) => target.aggregate),
      });
    }
    return found.map(({ target }) => {
      const { aggregate } = target;
      if (aggregate === "count") {
        const numeric = this.#line.unused("column").find((i) => this.#line.of(i, "column")!.column.kind === "number");
        const isAlone = this.#line.all.every(({ isUsed, kind }, i) => isUsed || kind === "function" || i === numeric);
        if (numeric !== undefined && isAlone && !this.#guess) {
          const name = this.#line.text(numeric);
          throw new QuestionError(`"${name}" may be counted or added up: say "how many rows" or "sum of ${name}"`, {
            words: [name],
          });
        }
        return target;
      }
      const column =
        target.column ??
        (superlative
          ? aggregate === "print"
            ? superlative.column
            : undefined
          : this.#default(aggregate, isSelective));
      if (!column) {
        throw new QuestionError(`The question does not say which column to ${VERBS[aggregate]}`, {
          words: this.#line.all.filter(({ isUsed, kind }) => !isUsed && kind !== "function").map(({ text }) => text),
          hint: `The columns are ${columnsInWords(this.#table)}`,
        });
      }
      if (aggregate !== "print" && column.kind !== "number") {
        const why = column.kind === "date" ? "days" : `texts, and ${column.problem!}`;
        throw new QuestionError(`Column "${column.name}" holds ${why}, and has no ${aggregate}`, {
          words: [column.name],
        });
      }
      // "which country has the largest area" may be about rows, or about sums of countries.
      const isGrouped = superlative && aggregate === "print" && column.kind === "text" && !rowNames.length;
      if (isGrouped && !isUnique(column) && !this.#guess) {
        throw new QuestionError(
          `Cells of "${column.name}" come more than once, and the question may be about their sums: say of which rows`,
          { words: [column.name] },
        );
      }
      return { aggregate, column };
    });
  }

  /** The column that is meant where none is named: the only one of numbers, or the one of texts that names rows. */
  #default(aggregate: Aggregate, isSelective: boolean): QuestionColumn | undefined {
    const { columns } = this.#table;
    if (aggregate === "print") {
      // "list all" is about all columns.
      if (!isSelective) return undefined;
      const first = columns.find(({ kind }) => kind === "text");
      return first && isUnique(first) ? first : undefined;
    }
    const numeric = columns.filter(({ kind }) => kind === "number");
    return numeric.length === 1 ? numeric[0] : undefined;
  }
}

const VERBS: { readonly [A in Exclude<Aggregate, "count">]: string } = { sum: "sum", mean: "average", print: "print" };

/** Whether no cell of a column is missing or comes twice. */
const isUnique = ({ keys }: QuestionColumn): boolean => !keys.includes(undefined) && new Set(keys).size === keys.length;

const ROLES: { readonly [K in Lexeme["kind"]]?: NonNullable<ProgramWord["role"]> } = {
  number: "number",
  day: "number",
  column: "column",
  entry: "entry",
};

const wordOf = (lexeme: Lexeme): ProgramWord => {
  const role = lexeme.isUsed ? (ROLES[lexeme.kind] ?? "word") : "ignored";
  return { text: lexeme.glued, role };
};
