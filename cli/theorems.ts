import { InvalidArgumentError } from "commander";
import { FormulaGrammar, MetamathError, readDatabase, RuleBook } from "../bindings/metamath.js";
import { TextFile, textOf } from "./input.js";

/** A Metamath database, and its statements as rules of a search. */
export class TheoremsFile extends TextFile {
  readonly book: RuleBook;

  /** @throws MetamathError when the text is no database. */
  constructor(file: string, text: string) {
    super(file, text);
    const database = readDatabase(text);
    this.book = new RuleBook(database, new FormulaGrammar(database));
  }
}

/** Reads an option that names a Metamath database, which may be gzipped. */
export function theoremsOf(file: string): TheoremsFile {
  const { text } = textOf(file);
  try {
    return new TheoremsFile(file, text);
  } catch (error) {
    if (!(error instanceof MetamathError)) throw error;
    throw new InvalidArgumentError(`It is no Metamath database: ${error.message}.`);
  }
}
