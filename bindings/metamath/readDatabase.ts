import { shown } from "../common/shown.js";
import {
  mandatoryHypotheses,
  pairOf,
  variablesOfPair,
  type Assertion,
  type Database,
  type Hypothesis,
  type Scope,
} from "./database.js";
import { MetamathError, type MetamathFault } from "./metamathError.js";
import { tokensOf, type Token } from "./tokens.js";

const LABEL = /^[A-Za-z0-9._-]+$/;

/** Lengths of the lists that a block cuts back when it ends. */
interface Block {
  readonly line: number;
  readonly variables: number;
  readonly hypotheses: number;
  readonly distinct: number;
}

/** Statements as they are read, and what is in scope. */
class Reader {
  readonly constants = new Set<string>();
  /** Variables of any block: no constant may have the name of one. */
  readonly everVariables = new Set<string>();
  readonly assertions: Assertion[] = [];
  readonly statements = new Map<string, Hypothesis | Assertion>();
  readonly #tokens: Iterator<Token, void>;
  readonly #blocks: Block[] = [];
  /** Those in scope. */
  readonly #variables: string[] = [];
  readonly #hypotheses: Hypothesis[] = [];
  readonly #distinct: string[] = [];
  readonly #typed = new Set<string>();
  /** The scope as it was last asked for, while nothing changes it. */
  #scope: Scope | undefined;
  #line = 1;
  #label: string | undefined;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  read(): Database {
    for (let token = this.#next(); token !== undefined; token = this.#next()) {
      this.#label = undefined;
      if (token === "${") this.#open();
      else if (token === "$}") this.#close();
      else if (token === "$c") this.#declareConstants();
      else if (token === "$v") this.#declareVariables();
      else if (token === "$d") this.#declareDistinct();
      else if (token === "$[") this.#fail("include", "the file includes another; put what it includes in its place");
      else if (token.startsWith("$")) this.#fail("token", `${shown(token)} stands where a statement begins`);
      else this.#labelled(token);
    }
    const open = this.#blocks.at(-1);
    if (open)
      throw new MetamathError("cut off", "the block that begins here never ends: $} is missing", { line: open.line });
    return {
      constants: this.constants,
      variables: this.everVariables,
      assertions: this.assertions,
      statements: this.statements,
      scope: this.#inScope(),
    };
  }

  #fail(fault: MetamathFault, what: string): never {
    const statement = this.#label;
    throw new MetamathError(fault, what, { line: this.#line, ...(statement === undefined ? {} : { statement }) });
  }

  #next(): string | undefined {
    const next = this.#tokens.next();
    if (next.done) return undefined;
    this.#line = next.value.line;
    return next.value.text;
  }

  /** Math symbols up to the token that ends them. */
  #until(end: "$." | "$="): string[] {
    const found: string[] = [];
    for (let token = this.#next(); token !== end; token = this.#next()) {
      if (token === undefined) this.#fail("cut off", `the text ends within a statement: ${end} is missing`);
      if (token === "$[") this.#fail("include", "the file includes another; put what it includes in its place");
      if (token.includes("$")) this.#fail("token", `${shown(token)} stands where a symbol or ${end} must`);
      found.push(token);
    }
    return found;
  }

  #open(): void {
    this.#blocks.push({
      line: this.#line,
      variables: this.#variables.length,
      hypotheses: this.#hypotheses.length,
      distinct: this.#distinct.length,
    });
  }

  #close(): void {
    const block = this.#blocks.pop();
    if (!block) this.#fail("token", "$} ends a block that does not begin");
    this.#scope = undefined;
    this.#variables.length = block.variables;
    this.#distinct.length = block.distinct;
    for (const { kind, symbols } of this.#hypotheses.splice(block.hypotheses)) {
      if (kind === "floating") this.#typed.delete(symbols[1]!);
    }
  }

  #inScope(): Scope {
    this.#scope ??= { hypotheses: [...this.#hypotheses], distinct: new Set(this.#distinct) };
    return this.#scope;
  }

  #declareConstants(): void {
    if (this.#blocks.length) this.#fail("symbol", "constants may be declared in the outermost block alone");
    const symbols = this.#until("$.");
    if (!symbols.length) this.#fail("symbol", "$c declares nothing");
    for (const symbol of symbols) {
      this.#expectNew(symbol);
      if (this.everVariables.has(symbol)) this.#fail("symbol", `${shown(symbol)} is a variable already`);
      this.constants.add(symbol);
    }
  }

  #declareVariables(): void {
    const symbols = this.#until("$.");
    if (!symbols.length) this.#fail("symbol", "$v declares nothing");
    for (const symbol of symbols) {
      this.#expectNew(symbol);
      if (this.#variables.includes(symbol)) this.#fail("symbol", `${shown(symbol)} is a variable already`);
      this.#variables.push(symbol);
      this.everVariables.add(symbol);
    }
  }

  #expectNew(symbol: string): void {
    if (this.constants.has(symbol)) this.#fail("symbol", `${shown(symbol)} is a constant already`);
    if (this.statements.has(symbol)) this.#fail("symbol", `${shown(symbol)} is the label of a statement already`);
  }

  #declareDistinct(): void {
    const symbols = this.#until("$.");
    if (symbols.length < 2) this.#fail("symbol", "$d names fewer than two variables");
    for (const [i, symbol] of symbols.entries()) {
      if (!this.#variables.includes(symbol))
        this.#fail("symbol", `$d names ${shown(symbol)}, which is no variable here`);
      for (const before of symbols.slice(0, i)) {
        if (before === symbol) this.#fail("symbol", `$d names ${shown(symbol)} twice`);
        this.#distinct.push(pairOf(before, symbol));
      }
    }
    this.#scope = undefined;
  }

  #labelled(label: string): void {
    const line = this.#line;
    this.#label = label;
    if (!LABEL.test(label)) this.#fail("label", "a label has letters, digits, and . - _ alone");
    if (this.statements.has(label)) this.#fail("label", "there is a statement of this label already");
    if (this.constants.has(label) || this.everVariables.has(label))
      this.#fail("label", "a math symbol has this name already");
    const keyword = this.#next();
    if (keyword === undefined) this.#fail("cut off", "the text ends behind a label");
    else if (keyword === "$f") this.#floating(label);
    else if (keyword === "$e") this.#essential(label);
    else if (keyword === "$a") this.#assertion(label, line, this.#expression("$."));
    else if (keyword === "$p") {
      const symbols = this.#expression("$=");
      this.#assertion(label, line, symbols, this.#until("$."));
    } else this.#fail("token", `${shown(keyword)} stands behind a label, and must be $f, $e, $a or $p`);
  }

  #hypothesis(hypothesis: Hypothesis): void {
    this.statements.set(hypothesis.label, hypothesis);
    this.#hypotheses.push(hypothesis);
    this.#scope = undefined;
  }

  #floating(label: string): void {
    const symbols = this.#until("$.");
    const [type, variable] = symbols;
    if (symbols.length !== 2 || !this.constants.has(type!) || !this.#variables.includes(variable!)) {
      this.#fail("symbol", "$f must have a constant and a variable");
    }
    if (this.#typed.has(variable!)) this.#fail("symbol", `the variable ${shown(variable)} has a type already`);
    this.#typed.add(variable!);
    this.#hypothesis({ kind: "floating", label, symbols });
  }

  #essential(label: string): void {
    this.#hypothesis({ kind: "essential", label, symbols: this.#expression("$.") });
  }

  /** Symbols of which the first is a constant, and all variables have a type. */
  #expression(end: "$." | "$="): string[] {
    const symbols = this.#until(end);
    if (!this.constants.has(symbols[0]!)) this.#fail("symbol", "the first symbol of a statement must be a constant");
    for (const symbol of symbols) {
      if (this.constants.has(symbol) || this.#typed.has(symbol)) continue;
      const isVariable = this.#variables.includes(symbol);
      this.#fail("symbol", `${shown(symbol)} is ${isVariable ? "a variable without a type" : "not declared"} here`);
    }
    return symbols;
  }

  #assertion(label: string, line: number, symbols: string[], proof?: string[]): void {
    const scope = this.#inScope();
    const hypotheses = mandatoryHypotheses(scope, symbols);
    const variables = new Set(hypotheses.filter(({ kind }) => kind === "floating").map((each) => each.symbols[1]!));
    const distinct = [...scope.distinct].filter((pair) => variablesOfPair(pair).every((each) => variables.has(each)));
    const index = this.assertions.length;
    const assertion: Assertion = {
      kind: proof ? "theorem" : "axiom",
      label,
      symbols,
      hypotheses,
      distinct,
      scope,
      index,
      line,
      ...(proof ? { proof } : {}),
    };
    this.assertions.push(assertion);
    this.statements.set(label, assertion);
  }
}

/**
 * Reads a Metamath database: declarations, hypotheses, axioms and theorems, with their scopes (Norman Megill, Metamath,
 * second edition 2019, chapter 4). Proofs are kept as they are written; `checkProof` checks them. Files that include
 * others are refused.
 *
 * @throws MetamathError with the line, the statement and the fault.
 * @example
 * const database = readDatabase("$c term |- = $. $v a $. va $f term a $. id $a |- a = a $.");
 */
export function readDatabase(text: string): Database {
  return new Reader(text).read();
}
