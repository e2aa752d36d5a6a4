import {
  variablesOfPair,
  type Assertion,
  type Claim,
  type Database,
  type Hypothesis,
  type Symbols,
} from "./database.js";
import type { Formula } from "./formula.js";
import type { FormulaGrammar } from "./formulaGrammar.js";

/** A formula in which variables of its statement may be replaced: a variable by its place, or a head with parts. */
export type Pattern =
  | { readonly variable: number; readonly type: string }
  | { readonly variable?: undefined; readonly head: number; readonly parts: readonly Pattern[] };

/** A statement as a step backwards: to prove an instance of its conclusion it is enough to prove those of its premises. */
export interface Rule {
  readonly label: string;
  /** Types of its variables, in the order of its hypotheses. */
  readonly variables: readonly string[];
  /** For each hypothesis in order, the place of its variable, or of its premise. */
  readonly slots: readonly { readonly kind: Hypothesis["kind"]; readonly place: number }[];
  readonly premises: readonly Pattern[];
  readonly conclusion: Pattern;
  /** Pairs of variables whose terms may share no variable, by their places. */
  readonly distinct: readonly (readonly [number, number])[];
}

/** Numbers and types of the heads of formulas: labels of syntax axioms and of the types of variables. */
export class Heads {
  readonly labels: string[] = [];
  /** Type of formulas with each head. */
  readonly types: string[] = [];
  readonly #ids = new Map<string, number>();

  constructor(readonly database: Database) {}

  /** The number of a label, a new one where it has none. */
  of(label: string): number {
    let id = this.#ids.get(label);
    if (id === undefined) {
      id = this.labels.length;
      this.#ids.set(label, id);
      this.labels.push(label);
      this.types.push(this.database.statements.get(label)!.symbols[0]!);
    }
    return id;
  }
}

/** The rules of a database: its assertions of what is provable, in order, and the heads of their formulas. */
export class RuleBook {
  readonly heads: Heads;
  /** One rule for each assertion, or none for syntax, by the assertion's index. */
  readonly rules: readonly (Rule | undefined)[];

  constructor(
    readonly database: Database,
    readonly grammar: FormulaGrammar,
  ) {
    this.heads = new Heads(database);
    this.rules = database.assertions.map((each) =>
      grammar.isProvable(each.symbols[0]) ? this.#ruleOf(each) : undefined,
    );
  }

  /** The hypotheses of a claim, as rules without variables: the claim's own variables stand for themselves. */
  assumptions({ scope, hypotheses }: Claim): Rule[] {
    return hypotheses
      .filter(({ kind }) => kind === "essential")
      .map(({ label, symbols }) => {
        const conclusion = this.#pattern(this.grammar.parse(symbols, scope), new Map());
        return { label, variables: [], slots: [], premises: [], conclusion, distinct: [] };
      });
  }

  #ruleOf({ label, symbols, hypotheses, scope, distinct }: Assertion): Rule {
    const variables = new Map<string, { readonly place: number; readonly type: string }>();
    const places = new Map<string, number>();
    const premises: Symbols[] = [];
    const slots = hypotheses.map(({ kind, label: name, symbols: each }) => {
      if (kind === "essential") return { kind, place: premises.push(each) - 1 };
      const place = variables.size;
      variables.set(name, { place, type: each[0]! });
      places.set(each[1]!, place);
      return { kind, place };
    });
    const patternOf = (each: Symbols): Pattern => this.#pattern(this.grammar.parse(each, scope), variables);
    return {
      label,
      variables: [...variables.values()].map(({ type }) => type),
      slots,
      premises: premises.map(patternOf),
      conclusion: patternOf(symbols),
      distinct: distinct.map((pair) => {
        const [one, other] = variablesOfPair(pair);
        return [places.get(one)!, places.get(other)!];
      }),
    };
  }

  #pattern(
    { label, children }: Formula,
    variables: ReadonlyMap<string, { readonly place: number; readonly type: string }>,
  ): Pattern {
    const variable = variables.get(label);
    if (variable) return { variable: variable.place, type: variable.type };
    return { head: this.heads.of(label), parts: children.map((child) => this.#pattern(child, variables)) };
  }
}
