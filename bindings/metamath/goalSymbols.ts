import type { Database } from "./database.js";
import type { ProofPuzzle } from "./proofPuzzle.js";

/** Variables and metavariables that have names of their own; further ones share the last. */
const MOST_NAMES = 12;
/** Stands in front of each hypothesis. */
const GIVEN = ";";

/** A goal as a network reads it, and as people do: symbol by symbol the same. */
export interface GoalSymbols {
  /** Variables are x0, x1, … and metavariables ?0, ?1, … in the order in which they occur: what they are called says nothing. */
  readonly read: readonly string[];
  /** With the variables' own names. */
  readonly written: readonly string[];
}

/**
 * The symbols of a goal, and behind them those of the claim's hypotheses, each after a semicolon; without the sign of what
 * is provable.
 */
export function goalSymbols({ terms, assumed }: ProofPuzzle, term: number): GoalSymbols {
  const { database, labels } = terms.heads;
  const [read, written]: [string[], string[]] = [[], []];
  const variables = new Map<string, string>();
  const metas = new Map<number, string>();
  const named = <Key>(names: Map<Key, string>, key: Key, letter: string): string => {
    let name = names.get(key);
    if (name === undefined) names.set(key, (name = `${letter}${Math.min(names.size, MOST_NAMES - 1)}`));
    return name;
  };
  const write = (each: number): void => {
    if (terms.isMeta(each)) {
      const name = named(metas, each, "?");
      read.push(name);
      written.push(name);
      return;
    }
    const label = labels[terms.headOf(each)]!;
    const statement = database.statements.get(label)!;
    if (!("index" in statement)) {
      read.push(named(variables, label, "x"));
      written.push(statement.symbols[1]!);
      return;
    }
    const places = placesOf(database, label);
    const parts = terms.partsOf(each);
    for (const symbol of statement.symbols.slice(1)) {
      const place = places.get(symbol);
      if (place !== undefined) write(parts[place]!);
      else {
        read.push(symbol);
        written.push(symbol);
      }
    }
  };
  write(term);
  for (const hypothesis of assumed) {
    read.push(GIVEN);
    written.push(GIVEN);
    write(hypothesis);
  }
  return { read, written };
}

/** Where the variables of a syntax axiom stand among its hypotheses. */
function placesOf(database: Database, label: string): Map<string, number> {
  const statement = database.statements.get(label)!;
  if (!("index" in statement)) return new Map();
  return new Map(statement.hypotheses.map(({ symbols }, place) => [symbols[1]!, place]));
}

/** All symbols that goals of a database may be read with. */
export function goalVocabulary(database: Database, isProvable: (typecode: string | undefined) => boolean): string[] {
  const symbols = new Set([GIVEN]);
  for (const { kind, symbols: each, hypotheses } of database.assertions) {
    if (kind !== "axiom" || isProvable(each[0])) continue;
    const variables = new Set(hypotheses.map((hypothesis) => hypothesis.symbols[1]!));
    for (const symbol of each.slice(1)) if (!variables.has(symbol)) symbols.add(symbol);
  }
  const names = ["x", "?"].flatMap((letter) => Array.from({ length: MOST_NAMES }, (_, i) => `${letter}${i}`));
  return [...symbols, ...names.filter((name) => !symbols.has(name))];
}
