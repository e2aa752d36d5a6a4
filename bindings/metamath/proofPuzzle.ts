import type { Puzzle } from "../search/game.js";
import { checkProof } from "./checkProof.js";
import { pairOf, type Claim } from "./database.js";
import { MetamathError } from "./metamathError.js";
import type { Applied, Goal, ProofState } from "./proofState.js";
import type { Pattern, Rule, RuleBook } from "./rules.js";
import { Terms } from "./terms.js";
import { instantiate, unify, type Unifier } from "./unify.js";
import { writeProof } from "./writeProof.js";

/** A rule that fits the goal in question, and how. */
export interface ProofMove {
  readonly rule: Rule;
  readonly unifier: Unifier;
}

/** Heads of a goal's term beyond which a state is not searched on. */
const MOST_SIZE = 150;
/** Open goals beyond which a state is not searched on. */
const MOST_GOALS = 16;
const NOTHING: ReadonlyMap<number, number> = /* @__PURE__ */ new Map<number, number>();

/**
 * The search for a proof of a claim, backwards, as a puzzle: a state is a list of open goals, and a move applies a
 * statement to one of them, whose premises become goals.
 *
 * A variable that occurs in a statement's hypotheses alone, such as b of `a = b, b = c ⟹ a = c`, is not enumerated: it
 * becomes a metavariable, and later unifications say what it stands for. Guessing b among the subterms of the goal would
 * miss most of what proofs need, since b is what another statement turns a into; and every guess would be a branch. With a
 * metavariable, `a = ?b` asks for anything that a equals, which only the statements that rewrite a can answer.
 *
 * Two rules keep states few and lose no proof. Goals without metavariables that a statement without hypotheses, or one of
 * the claim's own, proves are closed at once: that takes nothing from the other goals. And of several goals it is always
 * the one with the fewest metavariables that is worked on, of such the first, since all must be proved and order does not
 * matter.
 *
 * @throws MetamathError when the claim is not of what is provable, does not parse, or is too large.
 */
export class ProofPuzzle implements Puzzle<ProofState, ProofMove> {
  readonly terms: Terms;
  /** Statements that may be used: those before the claim, then its hypotheses. */
  readonly rules: readonly Rule[];
  /** What the claim's hypotheses say. */
  readonly assumed: readonly number[];
  readonly #start: ProofState;
  readonly #outlines: readonly Outline[];
  readonly #closing = new Map<number, Rule | undefined>();

  constructor(
    readonly book: RuleBook,
    readonly claim: Claim,
  ) {
    const { label: statement, symbols, scope, index } = claim;
    if (!book.grammar.isProvable(symbols[0])) {
      throw new MetamathError("syntax", "only what begins with the sign of what is provable can be proved", {
        statement,
        at: 0,
      });
    }
    this.terms = new Terms(book.heads);
    const before = book.rules.slice(0, index).filter((rule) => rule !== undefined);
    const assumptions = book.assumptions(claim);
    this.rules = [...before, ...assumptions];
    this.assumed = assumptions.map(({ conclusion }) => instantiate(this.terms, conclusion, []));
    this.#outlines = this.rules.map(outlineOf);
    const goal = { id: 0, term: this.terms.of(book.grammar.parse(symbols, scope)) };
    if (this.terms.sizeOf(goal.term) > MOST_SIZE) {
      const size = this.terms.sizeOf(goal.term);
      throw new MetamathError("too long", `the claim has ${size} operations and variables, and may have ${MOST_SIZE}`, {
        statement,
      });
    }
    this.#start = this.#closed({
      goals: [goal],
      count: 1,
      applied: [],
      bindings: NOTHING,
      before: undefined,
      isDead: false,
    });
  }

  start(): ProofState {
    return this.#start;
  }

  /** The goal that moves of a state are about. */
  goalOf({ goals }: ProofState): Goal {
    let [best, fewest] = [goals[0]!, Infinity];
    for (const goal of goals) {
      const count = this.terms.metasOf(goal.term).size;
      if (count < fewest) [best, fewest] = [goal, count];
    }
    return best;
  }

  moves(state: ProofState): ProofMove[] {
    const { term } = this.goalOf(state);
    const moves: ProofMove[] = [];
    for (const rule of this.#candidates(term)) {
      const unifier = unify(this.terms, rule, term);
      if (unifier && this.#mayBeDistinct(rule, unifier.values)) moves.push({ rule, unifier });
    }
    return moves;
  }

  /** The move that applies a statement, if it fits the goal in question. */
  moveOf(state: ProofState, label: string): ProofMove | undefined {
    const rule = this.rules.find((each) => each.label === label);
    const unifier = rule && unify(this.terms, rule, this.goalOf(state).term);
    return unifier && { rule, unifier };
  }

  next(state: ProofState, { rule, unifier }: ProofMove): ProofState {
    const { terms } = this;
    const { bindings } = unifier;
    const goal = this.goalOf(state);
    const others = new Map<number, Goal>();
    for (const other of state.goals) {
      if (other !== goal) others.set(other.id, { id: other.id, term: terms.resolve(other.term, bindings) });
    }
    // One proof is enough for what is open already.
    const open = new Map(Array.from(others.values(), ({ id, term }) => [term, id]));
    const fresh: Goal[] = [];
    const values = [...unifier.values];
    const premises = rule.premises.map((premise) => {
      const term = terms.resolve(instantiate(terms, premise, values), bindings);
      const id = open.get(term) ?? state.count + fresh.length;
      if (!open.has(term)) fresh.push({ id, term });
      open.set(term, id);
      return id;
    });
    const itself = terms.resolve(goal.term, bindings);
    return this.#closed({
      goals: state.goals.flatMap((each) => (each === goal ? fresh : [others.get(each.id)!])),
      count: state.count + fresh.length,
      applied: [{ goal: goal.id, rule, values: values as number[], premises }],
      bindings,
      before: state,
      isDead: fresh.some(({ term }) => term === itself),
    });
  }

  /** 1 once all goals are closed and the checker takes the proof, −1 where it does not, or where the state is dead. */
  value(state: ProofState): number | undefined {
    if (state.isDead) return -1;
    if (state.goals.length) return undefined;
    const proof = this.proofOf(state);
    if (!proof) return -1;
    try {
      checkProof(this.book.database, this.claim, proof);
      return 1;
    } catch (error) {
      // Terms that were not known when a statement was applied may share variables; every other fault would be the search's.
      if (error instanceof MetamathError && error.fault === "distinct") return -1;
      throw error;
    }
  }

  /** Equal for states whose goals differ in the names of metavariables alone. */
  key({ goals }: ProofState): string {
    const names = new Map<number, number>();
    return goals.map(({ term }) => this.#keyOf(term, names)).join(";");
  }

  /** The proof of a state without goals, as labels; none if no formula is there for a metavariable to stand for. */
  proofOf(state: ProofState): string[] | undefined {
    return writeProof(this.terms, this.claim, state);
  }

  #keyOf(term: number, names: Map<number, number>): string {
    const { terms } = this;
    if (!terms.isOpen(term)) return `${term}`;
    if (terms.isMeta(term)) {
      if (!names.has(term)) names.set(term, names.size);
      return `?${names.get(term)}`;
    }
    return `(${terms.headOf(term)} ${terms
      .partsOf(term)
      .map((part) => this.#keyOf(part, names))
      .join(" ")})`;
  }

  /** Rules whose conclusion has the goal's heads at its top: of the others none unifies. */
  #candidates(term: number): Rule[] {
    const { terms } = this;
    const head = terms.headOf(term);
    const below = terms.partsOf(term).map((part) => terms.headOf(part));
    return this.rules.filter((_, i) => {
      const outline = this.#outlines[i]!;
      if (head < 0 || outline.head < 0) return true;
      return (
        outline.head === head &&
        below.every((each, k) => each < 0 || outline.below[k]! < 0 || outline.below[k] === each)
      );
    });
  }

  /** A state without the goals that a statement proves as it is. */
  #closed(state: ProofState): ProofState {
    const applied: Applied[] = [...state.applied];
    const goals = state.goals.filter(({ id, term }) => {
      if (this.terms.isOpen(term)) return true;
      const rule = this.#closingRule(term);
      if (!rule) return true;
      applied.push({ goal: id, rule, values: unify(this.terms, rule, term)!.values as number[], premises: [] });
      return false;
    });
    const isDead =
      state.isDead || goals.length > MOST_GOALS || goals.some(({ term }) => this.terms.sizeOf(term) > MOST_SIZE);
    return { ...state, goals, applied, isDead };
  }

  #closingRule(term: number): Rule | undefined {
    if (!this.#closing.has(term)) {
      const facts = this.#candidates(term).filter(({ premises }) => !premises.length);
      const closing = facts.find((rule) => {
        const unifier = unify(this.terms, rule, term);
        return unifier && this.#mayBeDistinct(rule, unifier.values);
      });
      this.#closing.set(term, closing);
    }
    return this.#closing.get(term);
  }

  /** Whether terms for a rule's variables are distinct where they must be, as far as they are known. */
  #mayBeDistinct({ distinct }: Rule, values: readonly (number | undefined)[]): boolean {
    return distinct.every(([one, other]) => {
      const [a, b] = [this.#variablesOf(values[one]), this.#variablesOf(values[other])];
      return a.every((each) => b.every((its) => each !== its && this.claim.scope.distinct.has(pairOf(each, its))));
    });
  }

  /** Variables of the claim that occur in a term. */
  #variablesOf(term: number | undefined): string[] {
    if (term === undefined || this.terms.isMeta(term)) return [];
    const parts = this.terms.partsOf(term);
    if (parts.length) return parts.flatMap((part) => this.#variablesOf(part));
    const statement = this.book.database.statements.get(this.book.heads.labels[this.terms.headOf(term)]!)!;
    return "index" in statement ? [] : [statement.symbols[1]!];
  }
}

/** The heads at the top of a conclusion, -1 for variables. */
interface Outline {
  readonly head: number;
  readonly below: readonly number[];
}

const headOf = (pattern: Pattern): number => (pattern.variable === undefined ? pattern.head : -1);

function outlineOf({ conclusion }: Rule): Outline {
  const parts = conclusion.variable === undefined ? conclusion.parts : [];
  return { head: headOf(conclusion), below: parts.map(headOf) };
}
