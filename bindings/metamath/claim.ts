import { shown } from "../common/shown.js";
import { mandatoryHypotheses, type Claim, type Database, type Hypothesis, type Scope } from "./database.js";
import { MetamathError } from "./metamathError.js";

/** What a claim of one's own may have beside its conclusion. */
export interface ClaimOptions {
  /** Default: "claim". */
  readonly label?: string;
  /** Statements that it assumes, such as "|- a = b". Default: none. */
  readonly hypotheses?: readonly string[];
}

/**
 * A statement of one's own over a database, to be proved from all of its assertions. Its variables are those of the
 * outermost block.
 *
 * @throws MetamathError when it is empty, has a symbol that is not declared, or a variable without a type.
 * @example
 * const claim = claimOf(database, "|- ( a v b ) = ( b v a )");
 */
export function claimOf(
  database: Database,
  text: string,
  { label = "claim", hypotheses = [] }: ClaimOptions = {},
): Claim {
  const typed = new Set(
    database.scope.hypotheses.filter(({ kind }) => kind === "floating").map(({ symbols }) => symbols[1]!),
  );
  const symbolsOf = (statement: string, where = ""): string[] => {
    const symbols = statement.split(/\s+/).filter(Boolean);
    if (!symbols.length) throw new MetamathError("syntax", `${where}the statement is empty`, { at: 0 });
    for (const [at, symbol] of symbols.entries()) {
      if (database.constants.has(symbol) || typed.has(symbol)) continue;
      const what = database.variables.has(symbol) ? "a variable that has no type" : "no symbol of the database";
      throw new MetamathError("symbol", `${where}symbol ${at + 1}, ${shown(symbol)}, is ${what}`, { at });
    }
    if (!database.constants.has(symbols[0]!)) {
      throw new MetamathError(
        "symbol",
        `${where}the statement begins with ${shown(symbols[0])}, and must with a constant such as "|-"`,
        { at: 0 },
      );
    }
    return symbols;
  };
  const own = hypotheses.map((each, i): Hypothesis => {
    const name = `${label}.${i + 1}`;
    if (database.statements.has(name))
      throw new MetamathError("label", `the database has a statement ${shown(name)} already`);
    return { kind: "essential", label: name, symbols: symbolsOf(each, `hypothesis ${i + 1}: `) };
  });
  const symbols = symbolsOf(text);
  const scope: Scope = { hypotheses: [...database.scope.hypotheses, ...own], distinct: database.scope.distinct };
  return { label, symbols, hypotheses: mandatoryHypotheses(scope, symbols), scope, index: database.assertions.length };
}
