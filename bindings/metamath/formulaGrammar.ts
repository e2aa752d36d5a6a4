import { shown } from "../common/shown.js";
import type { Assertion, Claim, Database, Scope, Symbols } from "./database.js";
import type { Formula } from "./formula.js";
import { MetamathError } from "./metamathError.js";

/** Symbol of a syntax axiom: itself, or a place for a formula of a type. */
type Part = string | { readonly type: string; readonly child: number };

/** A syntax axiom as a rule of a context-free grammar. */
interface Rule {
  readonly label: string;
  readonly type: string;
  readonly parts: readonly Part[];
  readonly arity: number;
}

/** A rule of which a part is read, and the formula that was read last (Earley 1970). */
interface Item {
  readonly rule: Rule;
  readonly dot: number;
  readonly origin: number;
  readonly before: Item | undefined;
  readonly read: Formula | undefined;
}

/** Choices of a FormulaGrammar. */
export interface FormulaGrammarOptions {
  /** Typecode of statements that are proved. Default: "|-". */
  readonly provable?: string;
  /** Typecode of what such a statement says. Default: "wff". */
  readonly sentence?: string;
}

/** Symbols that a formula may have: its tree is walked by functions that call themselves. */
const MOST_SYMBOLS = 2_000;

/**
 * Grammar of a database's formulas, made of its syntax axioms: axioms ($a) of a typecode other than that of what is
 * proved. Any context-free grammar is parsed, by Earley's algorithm; of several trees of an ambiguous one it takes one.
 *
 * @example
 * const grammar = new FormulaGrammar(database);
 * const tree = grammar.parse("|- ( a v b ) = ( b v a )".split(" "));
 */
export class FormulaGrammar {
  readonly #provable: string;
  readonly #sentence: string;
  readonly #rules = new Map<string, Rule[]>();
  readonly #byLabel = new Map<string, Rule>();
  readonly #scope: Scope;
  readonly #variables = new Map<string, string>();

  /**
   * @throws MetamathError when a syntax axiom has a hypothesis that must be proved, the same variable twice, or no symbol
   * of its own: it is no rule of such a grammar.
   */
  constructor(database: Database, { provable = "|-", sentence = "wff" }: FormulaGrammarOptions = {}) {
    this.#provable = provable;
    this.#sentence = sentence;
    this.#scope = database.scope;
    for (const assertion of database.assertions) {
      if (assertion.kind !== "axiom" || assertion.symbols[0] === provable) continue;
      const rule = ruleOf(assertion);
      this.#byLabel.set(rule.label, rule);
      const rules = this.#rules.get(rule.type);
      if (rules) rules.push(rule);
      else this.#rules.set(rule.type, [rule]);
    }
    for (const [label, statement] of database.statements) {
      if (!("index" in statement) && statement.kind === "floating") this.#variables.set(label, statement.symbols[1]!);
    }
  }

  /** Whether statements of this typecode are formulas that are proved, and not syntax. */
  isProvable(typecode: string | undefined): boolean {
    return typecode === this.#provable;
  }

  /**
   * The tree of a statement, its typecode in front.
   *
   * @param scope - Where the types of its variables stand; by default the end of the database.
   * @throws MetamathError with the place of the first symbol that fits no formula, and what would.
   */
  parse(statement: Symbols, scope: Pick<Claim["scope"], "hypotheses"> = this.#scope): Formula {
    if (statement.length > MOST_SYMBOLS) {
      const what = `the statement has ${statement.length} symbols, and may have ${MOST_SYMBOLS}`;
      throw new MetamathError("too long", what);
    }
    const [typecode] = statement;
    if (typecode === undefined) throw new MetamathError("syntax", "the statement is empty", { at: 0 });
    const types = new Map<string, { readonly type: string; readonly formula: Formula }>();
    for (const { kind, label, symbols } of scope.hypotheses) {
      if (kind === "floating") types.set(symbols[1]!, { type: symbols[0]!, formula: { label, children: [] } });
    }
    const wanted = typecode === this.#provable ? this.#sentence : typecode;
    const all: Rule = { label: "", type: "", parts: [{ type: wanted, child: 0 }], arity: 1 };
    const sets = [new Chart(0)];
    sets[0]!.add({ rule: all, dot: 0, origin: 0, before: undefined, read: undefined });
    for (let at = 1; at <= statement.length; at++) {
      const set = sets.at(-1)!;
      this.#close(set, sets);
      if (at === statement.length) break;
      const symbol = statement[at]!;
      const next = new Chart(at);
      for (const item of set.items) {
        const part = item.rule.parts[item.dot];
        if (part === symbol) next.add(advance(item));
        else if (typeof part === "object") {
          const variable = types.get(symbol);
          if (variable?.type === part.type) next.add(advance(item, variable.formula));
        }
      }
      if (!next.items.length) this.#fail(set, statement, at);
      sets.push(next);
    }
    const last = sets.at(-1)!;
    const whole = last.items.find(({ rule, dot }) => rule === all && dot === 1);
    return whole?.read ?? this.#fail(last, statement, statement.length);
  }

  /** Symbols of a tree, without a typecode: what `parse` read. */
  print(formula: Formula): string[] {
    const rule = this.#byLabel.get(formula.label);
    if (!rule) {
      const variable = this.#variables.get(formula.label);
      if (variable === undefined)
        throw new MetamathError("label", `${shown(formula.label)} is no syntax of the database`);
      return [variable];
    }
    return rule.parts.flatMap((part) =>
      typeof part === "string" ? [part] : this.print(formula.children[part.child]!),
    );
  }

  /** Adds to a set what its items predict and complete. No rule is empty, so that a completed item began in an earlier set. */
  #close(set: Chart, sets: readonly Chart[]): void {
    const predicted = new Set<string>();
    for (const item of set.items) {
      const part = item.rule.parts[item.dot];
      if (part === undefined) {
        if (!item.rule.label) continue;
        const formula = formulaOf(item);
        for (const waiting of sets[item.origin]!.waiting(item.rule.type)) set.add(advance(waiting, formula));
      } else if (typeof part === "object" && !predicted.has(part.type)) {
        predicted.add(part.type);
        for (const rule of this.#rules.get(part.type) ?? []) {
          set.add({ rule, dot: 0, origin: set.at, before: undefined, read: undefined });
        }
      }
    }
  }

  #fail(set: Chart, statement: Symbols, at: number): never {
    const wanted = new Set<string>();
    for (const { rule, dot } of set.items) {
      // What a formula that must stand here may begin with would say no more than its type.
      const part = dot || !rule.label ? rule.parts[dot] : undefined;
      if (typeof part === "string") wanted.add(shown(part));
      else if (part) wanted.add(`a ${part.type}`);
    }
    const list = [...wanted].sort();
    const some = list.length > 6 ? `${list.slice(0, 6).join(", ")}, …` : list.join(" or ");
    const found = at < statement.length ? `symbol ${at + 1} is ${shown(statement[at])}` : `it ends after symbol ${at}`;
    const instead = list.length ? `where ${some} must stand` : "where the formula has ended";
    throw new MetamathError("syntax", `no formula: ${found}, ${instead}`, { at });
  }
}

/** The items at one place of a statement, each once. */
class Chart {
  readonly items: Item[] = [];
  readonly #known = new Map<Rule, Set<number>>();
  readonly #waiting = new Map<string, Item[]>();

  constructor(readonly at: number) {}

  add(item: Item): void {
    const key = item.dot + item.origin * 65_536;
    const known = this.#known.get(item.rule);
    if (known?.has(key)) return;
    if (known) known.add(key);
    else this.#known.set(item.rule, new Set([key]));
    this.items.push(item);
    const part = item.rule.parts[item.dot];
    if (typeof part !== "object") return;
    const waiting = this.#waiting.get(part.type);
    if (waiting) waiting.push(item);
    else this.#waiting.set(part.type, [item]);
  }

  /** Items that go on with a formula of this type. */
  waiting(type: string): readonly Item[] {
    return this.#waiting.get(type) ?? [];
  }
}

const advance = (item: Item, read?: Formula): Item => {
  const { rule, dot, origin } = item;
  return { rule, dot: dot + 1, origin, before: item, read };
};

function formulaOf(item: Item): Formula {
  const { label, parts, arity } = item.rule;
  const children = new Array<Formula>(arity);
  for (let at: Item | undefined = item; at?.before; at = at.before) {
    const part = parts[at.dot - 1];
    if (typeof part === "object") children[part.child] = at.read!;
  }
  return { label, children };
}

function ruleOf({ label, symbols, hypotheses, line }: Assertion): Rule {
  const fail = (what: string): never => {
    throw new MetamathError("syntax", `the syntax axiom ${what}`, { statement: label, line });
  };
  const places = new Map<string, Part>();
  for (const [child, { kind, symbols: each }] of hypotheses.entries()) {
    if (kind === "essential") fail("has a hypothesis, and may have none");
    places.set(each[1]!, { type: each[0]!, child });
  }
  const [type, ...body] = symbols;
  if (!body.length) fail("has no symbols");
  if (body.filter((symbol) => places.has(symbol)).length > places.size) fail("has a variable twice");
  return { label, type: type!, parts: body.map((symbol) => places.get(symbol) ?? symbol), arity: hypotheses.length };
}
