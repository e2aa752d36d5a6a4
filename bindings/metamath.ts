/** `tapehead/metamath`: databases of theorems, the checker of their proofs, and a search for proofs that a network guides. */
export { checkProof, type DerivedStep } from "./metamath/checkProof.js";
export { claimOf, type ClaimOptions } from "./metamath/claim.js";
export type { Assertion, Claim, Database, Hypothesis, Scope, Symbols } from "./metamath/database.js";
export { replayProof, type Decision, type Replay } from "./metamath/decisions.js";
export { syntaxProof, type Formula } from "./metamath/formula.js";
export { FormulaGrammar, type FormulaGrammarOptions } from "./metamath/formulaGrammar.js";
export { goalSymbols, type GoalSymbols } from "./metamath/goalSymbols.js";
export { MetamathError, type MetamathFault } from "./metamath/metamathError.js";
export {
  CountPolicy,
  mixedPolicy,
  uniformPolicy,
  type CountPolicyOptions,
  type ProofPolicy,
} from "./metamath/policies.js";
export { proofPairs, proofPartOf, theoremsOf, type ProofPairs, type ProofPart } from "./metamath/proofPairs.js";
export { ProofPuzzle, type ProofMove } from "./metamath/proofPuzzle.js";
export type { Applied, Goal, ProofState } from "./metamath/proofState.js";
export { prove, type FoundProof, type ProofSearch, type ProveOptions } from "./metamath/prove.js";
export { readDatabase } from "./metamath/readDatabase.js";
export { RuleBook, type Heads, type Pattern, type Rule } from "./metamath/rules.js";
export type { Bindings, Terms } from "./metamath/terms.js";
export type { Unifier } from "./metamath/unify.js";
export { StatementNetwork, type Look } from "./systems/attentionSeq2Seq/proving/statementNetwork.js";
