import { shown } from "../common/shown.js";
import type { Claim } from "./database.js";
import { MetamathError } from "./metamathError.js";

/** A step of a proof: a statement by its label, the top of the stack kept for later, or what was kept, pushed again. */
export type ProofStep =
  | { readonly kind: "label"; readonly label: string }
  | { readonly kind: "keep" }
  | { readonly kind: "recall"; readonly place: number };

/** Largest number of a compressed proof: beyond it there is no statement in any database, and no overflow below it. */
const MOST = 1e9;

/**
 * Steps of a proof, normal or compressed (Metamath book, appendix B). In compressed letters, A to T end a number in base
 * 20 whose higher digits are U to Y in base 5; the numbers stand for the mandatory hypotheses, then for the labels in
 * brackets, then for the steps that were followed by Z.
 *
 * @throws MetamathError when a step is left open ("?"), or letters are not such numbers.
 */
export function proofSteps(claim: Claim, proof: readonly string[]): ProofStep[] {
  const { label: statement } = claim;
  if (!proof.length) throw new MetamathError("incomplete", "the proof is empty", { statement });
  if (proof[0] !== "(") {
    return proof.map((label, at) => {
      if (label === "?")
        throw new MetamathError("incomplete", `step ${at + 1} of the proof is open: "?"`, { statement, at });
      return { kind: "label", label };
    });
  }
  const end = proof.indexOf(")");
  if (end < 0) throw new MetamathError("compressed", "the list of labels never ends: ) is missing", { statement });
  const mandatory = claim.hypotheses.map(({ label }) => label);
  const listed = proof.slice(1, end);
  const twice = listed.find((label, i) => mandatory.includes(label) || listed.indexOf(label) < i);
  if (twice !== undefined) {
    throw new MetamathError("compressed", `${shown(twice)} is listed though it has a number already`, { statement });
  }
  return decompress(statement, [...mandatory, ...listed], proof.slice(end + 1).join(""));
}

function decompress(statement: string, labels: readonly string[], letters: string): ProofStep[] {
  const steps: ProofStep[] = [];
  let kept = 0;
  let high = 0;
  const fail = (what: string, at: number): never => {
    throw new MetamathError("compressed", `letter ${at + 1} of the proof: ${what}`, { statement, at });
  };
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!;
    if (letter === "?")
      throw new MetamathError("incomplete", `letter ${at + 1} of the proof is open: "?"`, { statement, at });
    if (letter === "Z") {
      if (high || !steps.length || steps.at(-1)!.kind === "keep") fail("Z keeps a step, and follows none", at);
      steps.push({ kind: "keep" });
      kept++;
    } else if (letter >= "U" && letter <= "Y") {
      high = high * 5 + letter.charCodeAt(0) - 84;
      if (high > MOST) fail("the number is too large", at);
    } else if (letter >= "A" && letter <= "T") {
      const number = high * 20 + letter.charCodeAt(0) - 65;
      high = 0;
      if (number < labels.length) steps.push({ kind: "label", label: labels[number]! });
      else if (number - labels.length < kept) steps.push({ kind: "recall", place: number - labels.length });
      else fail(`the number ${number + 1} stands for nothing`, at);
    } else fail(`${shown(letter)} is no capital letter`, at);
  }
  if (high) fail("the last number is cut off", letters.length - 1);
  if (!steps.length) throw new MetamathError("incomplete", "the proof is empty", { statement });
  return steps;
}
