import { shown } from "../common/shown.js";
import {
  pairOf,
  variablesOfPair,
  type Assertion,
  type Claim,
  type Database,
  type Hypothesis,
  type Symbols,
} from "./database.js";
import { MetamathError, type MetamathFault } from "./metamathError.js";
import { proofSteps } from "./proofSteps.js";

/** A step of a proof that was checked: the statement it applies, to which earlier steps, and what that proves. */
export interface DerivedStep {
  /** Label of the hypothesis or assertion. */
  readonly label: string;
  /** Steps that prove the assertion's hypotheses, in their order, as places in the derivation. */
  readonly uses: readonly number[];
  readonly symbols: Symbols;
}

/** Symbols that an expression may have: compressed proofs can double one with every letter. */
const MOST_SYMBOLS = 100_000;

/** One proof being checked, for its messages. */
class Checking {
  readonly steps: DerivedStep[] = [];
  readonly #stack: number[] = [];
  readonly #kept: number[] = [];
  #at = 0;

  constructor(
    readonly database: Database,
    readonly claim: Claim,
  ) {}

  run(proof: readonly string[]): DerivedStep[] {
    const { claim } = this;
    for (const step of proofSteps(claim, proof)) {
      if (step.kind === "label") this.#apply(step.label);
      else if (step.kind === "recall") this.#stack.push(this.#kept[step.place]!);
      else {
        this.#kept.push(this.#stack.at(-1)!);
        continue;
      }
      this.#at++;
    }
    if (this.#stack.length > 1) {
      this.#fail(
        "conclusion",
        `the proof ends with ${this.#stack.length} statements on the stack, and must with one`,
        false,
      );
    }
    const proved = this.steps[this.#stack[0]!]!;
    if (proved.symbols.join(" ") !== claim.symbols.join(" ")) {
      this.#fail("conclusion", `the proof ends in ${told(proved.symbols)}, and must in ${told(claim.symbols)}`, false);
    }
    // The conclusion is the last step, also where the proof ends with a recalled one.
    if (proved !== this.steps.at(-1)) this.steps.push(proved);
    return this.steps;
  }

  #fail(fault: MetamathFault, what: string, inStep = true): never {
    const at = inStep ? { at: this.#at } : {};
    throw new MetamathError(fault, inStep ? `step ${this.#at + 1} of the proof ${what}` : what, {
      statement: this.claim.label,
      ...at,
    });
  }

  #apply(label: string): void {
    const statement = this.database.statements.get(label);
    if (statement && !isAssertion(statement)) {
      const { hypotheses } = this.claim.scope;
      if (!hypotheses.includes(statement)) this.#fail("unknown label", `names ${shown(label)}, which is out of scope`);
      this.#push({ label, uses: [], symbols: statement.symbols });
      return;
    }
    if (!statement) {
      const own = this.claim.hypotheses.find((each) => each.label === label);
      if (!own) this.#fail("unknown label", `names ${shown(label)}, which there is not`);
      this.#push({ label, uses: [], symbols: own.symbols });
      return;
    }
    if (statement.index >= this.claim.index) this.#fail("unknown label", `names ${shown(label)}, which comes later`);
    this.#applyAssertion(statement);
  }

  #applyAssertion({ label, hypotheses, symbols, distinct }: Assertion): void {
    const first = this.#stack.length - hypotheses.length;
    if (first < 0) {
      const [needed, left] = [hypotheses.length, this.#stack.length];
      this.#fail("underflow", `applies ${shown(label)}, which takes ${needed} from the stack, where ${left} are`);
    }
    const uses = this.#stack.splice(first);
    const values = new Map<string, Symbols>();
    for (const [i, hypothesis] of hypotheses.entries()) {
      const given = this.steps[uses[i]!]!.symbols;
      if (hypothesis.kind === "floating") {
        const [type, variable] = hypothesis.symbols as [string, string];
        if (given[0] !== type) {
          this.#fail(
            "mismatch",
            `applies ${shown(label)} to ${told(given)} for ${shown(variable)}, which must be a ${type}`,
          );
        }
        values.set(variable, given.slice(1));
      } else {
        const wanted = this.#substitute(hypothesis.symbols, values);
        if (wanted.length !== given.length || wanted.some((symbol, k) => symbol !== given[k])) {
          this.#fail("mismatch", `applies ${shown(label)} to ${told(given)}, and needs ${told(wanted)}`);
        }
      }
    }
    for (const pair of distinct) this.#expectDistinct(label, pair, values);
    this.#push({ label, uses, symbols: this.#substitute(symbols, values) });
  }

  #expectDistinct(label: string, pair: string, values: ReadonlyMap<string, Symbols>): void {
    const { variables } = this.database;
    const [one, other] = variablesOfPair(pair).map((each) => values.get(each)!.filter((s) => variables.has(s)));
    for (const a of one!) {
      for (const b of other!) {
        if (a !== b && this.claim.scope.distinct.has(pairOf(a, b))) continue;
        const why = a === b ? `both have ${shown(a)}` : `${shown(a)} and ${shown(b)} are not declared distinct`;
        const [x, y] = variablesOfPair(pair);
        this.#fail("distinct", `applies ${shown(label)}, whose ${shown(x)} and ${shown(y)} must be distinct: ${why}`);
      }
    }
  }

  #substitute(symbols: Symbols, values: ReadonlyMap<string, Symbols>): string[] {
    const result: string[] = [];
    for (const symbol of symbols) {
      const value = values.get(symbol);
      if (value) for (const each of value) result.push(each);
      else result.push(symbol);
      if (result.length > MOST_SYMBOLS)
        this.#fail("too long", `makes an expression of more than ${MOST_SYMBOLS} symbols`);
    }
    return result;
  }

  #push(step: DerivedStep): void {
    this.#stack.push(this.steps.length);
    this.steps.push(step);
  }
}

const told = (symbols: Symbols): string => shown(symbols.slice(0, 60).join(" "));

const isAssertion = (statement: Hypothesis | Assertion): statement is Assertion => "index" in statement;

/**
 * Checks a proof by Metamath's one rule, substitution: a stack machine pushes hypotheses, and replaces the hypotheses of
 * an assertion by its conclusion (Metamath book, section 4.3). Returns the derivation; its last step is what the claim
 * says.
 *
 * @param claim - A theorem of the database, or a statement of one's own, see `claimOf`.
 * @param proof - Its tokens, labels or compressed; by default the theorem's own.
 * @throws MetamathError unless the proof proves the claim: a label that is unknown, later or out of scope, too little or
 * too much on the stack, hypotheses that do not match, variables that must be distinct, another conclusion.
 * @example
 * for (const theorem of database.assertions) if (theorem.proof) checkProof(database, theorem);
 */
export function checkProof(
  database: Database,
  claim: Claim & { readonly proof?: readonly string[] },
  proof: readonly string[] | undefined = claim.proof,
): DerivedStep[] {
  if (!proof) throw new MetamathError("incomplete", "there is no proof: it is an axiom", { statement: claim.label });
  return new Checking(database, claim).run(proof);
}
