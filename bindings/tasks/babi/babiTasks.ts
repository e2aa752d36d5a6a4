/**
 * Names of the twenty tasks of Weston et al. 2015, arXiv:1502.05698, as the files of the data set have them, in the order
 * of their numbers, from 1.
 */
export const babiTasks = [
  "single-supporting-fact",
  "two-supporting-facts",
  "three-supporting-facts",
  "two-arg-relations",
  "three-arg-relations",
  "yes-no-questions",
  "counting",
  "lists-sets",
  "simple-negation",
  "indefinite-knowledge",
  "basic-coreference",
  "conjunction",
  "compound-coreference",
  "time-reasoning",
  "basic-deduction",
  "basic-induction",
  "positional-reasoning",
  "size-reasoning",
  "path-finding",
  "agents-motivations",
] as const;

/** Name of one of the twenty tasks. */
export type BabiTask = (typeof babiTasks)[number];
