import { InvalidArgumentError } from "commander";
import { BracketError } from "../bindings/parsing/bracketError.js";
import type { ParseTree } from "../bindings/parsing/tree.js";
import { readTreebank } from "../bindings/parsing/treebank.js";
import { TextFile, textOf } from "./input.js";

/** A file of trees in brackets, a line each. */
export class TreesFile extends TextFile {
  readonly trees: readonly ParseTree[];

  /** @throws BracketError when a line is no tree. */
  constructor(file: string, text: string) {
    super(file, text);
    this.trees = readTreebank(text);
  }
}

/** Reads an option that names a file of trees, which may be gzipped. */
export function treesOf(file: string): TreesFile {
  const { text } = textOf(file);
  try {
    const read = new TreesFile(file, text);
    if (read.trees.length) return read;
  } catch (error) {
    if (error instanceof BracketError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
  throw new InvalidArgumentError("It has no tree.");
}
