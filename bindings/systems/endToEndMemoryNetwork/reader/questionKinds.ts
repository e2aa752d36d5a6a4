import {
  areCompared,
  isCarriedTwice,
  isEarlierTold,
  isFearTold,
  isGiven,
  isHolderSeen,
  isNeighbourTold,
  isPlaceTold,
  type Premise,
} from "./premises.js";
import type { SentenceKind } from "./sentenceKinds.js";

/** A kind of question, and what a story must have for an answer. */
export interface QuestionKind {
  /** As those of sentences. */
  readonly pattern: string;
  /** Kinds of sentences that stories had together in which it was asked in training: those of one story are of one list. */
  readonly among: readonly (readonly SentenceKind[])[];
  /**
   * For each word of the question, in its order, kinds of sentences of which one must have it; none where the story need not
   * speak of it.
   */
  readonly told: readonly (readonly SentenceKind[])[];
  /** Whether what was told last makes up for all before it, so that the first sentences of a long story do not count. */
  readonly isLast: boolean;
  /** Whether the first of these words must be in one of the last sentences, as always in training. Default: false. */
  readonly isOfLate?: boolean;
  /** What else it must tell. */
  readonly premise?: Premise;
}

/** Kinds of questions of the twenty tasks of Weston et al. 2015, arXiv:1502.05698. A function, since importing calls nothing. */
export function questionKinds(): readonly QuestionKind[] {
  const walks = [
    ["move", "pronoun's move"],
    ["pair's move", "pair's pronoun"],
  ] as const;
  const handling = ["get", "drop", "give"] as const;
  const ask = (
    pattern: string,
    among: readonly (readonly SentenceKind[])[],
    told: readonly (readonly SentenceKind[])[],
    more: Partial<QuestionKind> = {},
  ): QuestionKind => ({ pattern, among, told, isLast: false, ...more });
  const latest = { isLast: true } as const;
  const house = [["move", "get", "drop"]] as const;
  const gifts = [["move", "get", "drop", "give"]] as const;
  const rumours = [
    ["move", "place", "no place"],
    ["move", "place", "either place"],
  ] as const;
  const needs = [["state", "agent's move", "agent's get"]] as const;
  return [
    ask("where is {walker}", walks, [["move", "pair's move"]], latest),
    ask("where is the {object}", house, [handling], { ...latest, isOfLate: true, premise: isHolderSeen }),
    ask("where was the {object} before the {place}", house, [handling, ["move"]], {
      isOfLate: true,
      premise: isCarriedTwice,
    }),
    ask("what is {compass} of the {place}", [["direction"]], [[], ["direction"]], { premise: isNeighbourTold }),
    ask("what is the {place} {compass} of", [["direction"]], [["direction"], []], { premise: isNeighbourTold }),
    ask("what did {walker} give to {walker}", gifts, [["give"], ["give"]], {
      ...latest,
      premise: isGiven("giver", "receiver"),
    }),
    ask("who {gave} the {object}", gifts, [[], ["give"]], { ...latest, premise: isGiven("verb", "object") }),
    ask("who received the {object}", gifts, [["give"]], { ...latest, premise: isGiven("object") }),
    ask("who {gave} the {object} to {walker}", gifts, [[], ["give"], ["give"]], {
      ...latest,
      premise: isGiven("verb", "object", "receiver"),
    }),
    ask("who did {walker} give the {object} to", gifts, [["give"], ["give"]], {
      ...latest,
      premise: isGiven("giver", "object"),
    }),
    ask("is {walker} in the {place}", [...house, ...rumours], [["move", "place", "no place", "either place"], []], {
      ...latest,
      premise: isPlaceTold,
    }),
    ask("how many objects is {walker} carrying", gifts, [handling], { isOfLate: true }),
    ask("what is {walker} carrying", house, [handling], { isOfLate: true }),
    ask("where was {walker} before the {place}", [["timed move"]], [["timed move"], ["timed move"]], {
      premise: isEarlierTold,
    }),
    ask("what is {fearful} afraid of", [["species", "fear"]], [["species"]], { premise: isFearTold }),
    ask("what color is {colored}", [["animal", "color"]], [["animal"]]),
    ask("is the {shape} {side} the {shape}", [["position"]], [["position"], [], ["position"]]),
    ask("does the {thing} fit in the {thing}", [["size"]], [["size"], ["size"]], { premise: areCompared }),
    ask("is the {thing} bigger than the {thing}", [["size"]], [["size"], ["size"]], { premise: areCompared }),
    ask("how do you go from the {place} to the {place}", [["direction"]], [["direction"], ["direction"]]),
    ask("where will {agent} go", needs, [["state"]]),
    ask("why did {agent} go to the {place}", needs, [["state"], ["agent's move"]]),
    ask("why did {agent} get the {want}", needs, [["state"], ["agent's get"]]),
  ];
}
