/** Math symbols of a statement; the first is its typecode, a constant such as "|-". */
export type Symbols = readonly string[];

/** A hypothesis: of the type of a variable ($f), or one that must be proved before its assertion is used ($e). */
export interface Hypothesis {
  readonly kind: "floating" | "essential";
  readonly label: string;
  readonly symbols: Symbols;
}

/** Hypotheses and distinct variables that hold where a statement stands, also those that it does not need. */
export interface Scope {
  readonly hypotheses: readonly Hypothesis[];
  /** Pairs of variables that must be distinct, as `pairOf` writes them. */
  readonly distinct: ReadonlySet<string>;
}

/** A statement to be proved: the frame of an assertion, which may be in no database. */
export interface Claim {
  readonly label: string;
  readonly symbols: Symbols;
  /** Mandatory hypotheses, in the order of the database, which is that of the stack. */
  readonly hypotheses: readonly Hypothesis[];
  /** What its proof may use beside the assertions before it. */
  readonly scope: Scope;
  /** Number of assertions before it: its proof may use these alone. */
  readonly index: number;
}

/** An axiom ($a) or a theorem ($p). */
export interface Assertion extends Claim {
  readonly kind: "axiom" | "theorem";
  /** Pairs of its mandatory variables that must be distinct, as `pairOf` writes them. */
  readonly distinct: readonly string[];
  /** Tokens of a theorem's proof, between $= and $. */
  readonly proof?: readonly string[];
  /** Line of its label, from 1. */
  readonly line: number;
}

/** A Metamath database: the symbols and the statements of a file. */
export interface Database {
  readonly constants: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  /** Axioms and theorems, in the order in which they may use each other. */
  readonly assertions: readonly Assertion[];
  /** All statements with a label. */
  readonly statements: ReadonlyMap<string, Hypothesis | Assertion>;
  /** What holds at the end of the file: variables of the outermost block, with their types. */
  readonly scope: Scope;
}

/** Two variables as a key, in whatever order they are given. */
export const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The two variables of a key. */
export const variablesOfPair = (pair: string): [string, string] => pair.split(" ") as [string, string];

/** Hypotheses that an assertion over these symbols must be given: all essential ones, and the types of all variables. */
export function mandatoryHypotheses({ hypotheses }: Scope, symbols: Symbols): Hypothesis[] {
  const used = new Set(symbols);
  for (const { kind, symbols: each } of hypotheses) {
    if (kind === "essential") for (const symbol of each) used.add(symbol);
  }
  return hypotheses.filter(({ kind, symbols: [, variable] }) => kind === "essential" || used.has(variable!));
}
