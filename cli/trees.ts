import { InvalidArgumentError } from "commander";
import { BracketError } from "../bindings/parsing/bracketError.js";
import { dependencyTree, readDependencies, type Dependencies } from "../bindings/parsing/dependencies.js";
import type { ParseTree } from "../bindings/parsing/tree.js";
import { readTreebank } from "../bindings/parsing/treebank.js";
import { TextFile, textOf } from "./input.js";

/** A file of trees, with tags over words: in brackets, a line each, or as dependencies, a line a word. */
export class TreesFile extends TextFile {
  readonly trees: readonly ParseTree[];
  /** Sentences of a file of dependencies, also those that no brackets can say. */
  readonly dependencies: readonly Dependencies[] | undefined;

  /** @throws BracketError, RangeError when a line is no tree, or no word of one. */
  constructor(file: string, text: string) {
    super(file, text);
    const first = text.split(/\r\n|\n|\r/, HEAD).find((line) => line.trim() && !line.startsWith("# "));
    this.dependencies = first?.split("\t").length === COLUMNS ? readDependencies(text) : undefined;
    this.trees = this.dependencies?.flatMap((each) => dependencyTree(each, true) ?? []) ?? readTreebank(text);
  }
}

/** Lines among which one tells a file's form, and columns of a word. */
const HEAD = 1000;
const COLUMNS = 5;

/** Reads an option that names a file of trees, which may be gzipped. */
export function treesOf(file: string): TreesFile {
  const { text } = textOf(file);
  try {
    const read = new TreesFile(file, text);
    if (read.trees.length) return read;
  } catch (error) {
    if (error instanceof BracketError || error instanceof RangeError)
      throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
  throw new InvalidArgumentError("It has no tree.");
}
