import type { Check } from "../bindings/common/options.js";

/** How a command line reads an option's value from text. */
export type Kind = "whole" | "number" | "wholes" | "flag" | "object" | "choice";

/** Values that only one kind of check lets pass, the most particular first. */
const PROBES: readonly (readonly [Kind, ...unknown[]])[] = [
  ["flag", true],
  ["object", {}],
  ["wholes", [1]],
  ["number", 0.1, 0.5, 1.5],
  ["whole", 0, 1, 2, 3, 5, 10],
];

/** The kind of values that a check lets pass; undefined where text cannot give one, such as a vocabulary or a checksum. */
export function kindOf(check: Check<unknown>): Kind | undefined {
  if (check(null) === undefined) return undefined;
  const found = PROBES.find(([, ...values]) => values.some((value) => check(value) === undefined));
  return found?.[0] ?? (check.choices ? "choice" : undefined);
}
