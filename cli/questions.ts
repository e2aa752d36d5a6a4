import { InvalidArgumentError } from "commander";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { TableQuestion, TextTable } from "../bindings/tasks.js";
import { TextFile } from "./input.js";

/** A line of a file of questions, as WikiTableQuestions has it. */
interface Line {
  /** The question, the name of its table, and its answer. */
  readonly q: string;
  readonly t: string;
  readonly a: readonly string[];
  /** The splits in which it is not to be learned from. */
  readonly dev?: readonly number[];
  /** The answer with numbers and dates in one way to write them. */
  readonly c?: readonly string[];
}

/** A line of the file of tables beside it. */
interface TableLine {
  readonly id: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly num?: TextTable["numbers"];
  readonly date?: TextTable["dates"];
}

/** A question with its answer as an evaluator takes it. */
export interface FileQuestion extends TableQuestion {
  readonly expected: readonly string[];
  readonly dev: readonly number[];
}

/** A file of questions about tables, a JSON object a line, and the file "tables" beside it. */
export class QuestionsFile extends TextFile {
  readonly questions: readonly FileQuestion[];

  /** @throws Error when a question's table is not there. */
  constructor(file: string, text: string, tables: string) {
    super(file, text);
    const byName = new Map(
      linesOf<TableLine>(tables).map(({ id, header, rows, num, date }): [string, TextTable] => [
        id,
        { header, rows, ...(num && { numbers: num }), ...(date && { dates: date }) },
      ]),
    );
    this.questions = linesOf<Line>(text).map(({ q, t, a, c = a, dev = [] }): FileQuestion => {
      const table = byName.get(t);
      if (!table) throw new Error(`there is no table ${t}`);
      return { question: q, table, answer: a, expected: c, dev };
    });
  }

  /** The questions to learn from, and, of files that say which, those to choose by. */
  part(part: "train" | "dev", split: number): readonly FileQuestion[] {
    return this.questions.filter(({ dev }) => dev.includes(split) === (part === "dev"));
  }
}

const linesOf = <T>(text: string): T[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

const read = (file: string): string => {
  const bytes = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
};

/** Reads an option that names a file of questions; it and the file of tables may be gzipped. */
export function questionsOf(file: string): QuestionsFile {
  const suffix = /\.jsonl(?:\.gz)?$/.exec(basename(file))?.[0] ?? ".jsonl";
  try {
    return new QuestionsFile(file, read(file), read(join(dirname(file), `tables${suffix}`)));
  } catch (error) {
    const { code, message, path } = error as NodeJS.ErrnoException;
    throw new InvalidArgumentError(code === "ENOENT" ? `There is no file ${path}.` : `It cannot be read: ${message}.`);
  }
}
