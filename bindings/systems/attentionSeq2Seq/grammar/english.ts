import type { Grammar } from "../../../parsing/grammar.js";

/**
 * Rules of a small English: a symbol, then what it may be made of, with weights. Symbols that begin with a capital are
 * constituents, whose label is what is in front of the dot; others are tags. It is ambiguous as English is: what is behind
 * "and" says whether it joins phrases, verbs or sentences; a phrase with "of" belongs to the noun, one with "in" to the verb,
 * and one with "with" to either, though rather to the noun.
 */
const RULES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  S: {
    "NP VP": 60,
    "SBAR.when , NP VP": 10,
    "PP.verb , NP VP": 8,
    "S.plain and S.plain": 12,
    "S.plain , and S.plain": 2,
    "S.plain but S.plain": 4,
    "ADVP NP VP": 4,
  },
  "S.plain": { "NP VP": 1 },
  "S.gap": { "NP verbT": 3, "NP verbT ADVP": 1 },
  "S.who": { VP: 1 },
  "S.to": { "VP.to": 1 },
  NP: { "NP.base": 66, "NP.base PP.noun": 16, "NP.base SBAR.who": 10, "NP.base and NP.base": 8 },
  "NP.base": {
    "the noun": 20,
    "the noun noun": 3,
    "the adjective noun": 10,
    "the adjective adjective noun": 3,
    "the ADJP.very noun": 2,
    "these nouns": 8,
    "these adjective nouns": 4,
    nouns: 5,
    "adjective nouns": 3,
    "NP.possessor noun": 3,
    "NP.possessor nouns": 1,
    "NP.possessor adjective noun": 1,
    name: 12,
    pronoun: 8,
  },
  "NP.possessor": { "name 's": 2, "the noun 's": 2 },
  VP: {
    "VP.core": 62,
    "VP.core PP.verb": 16,
    "VP.core ADVP": 6,
    "VP.core and VP.core": 8,
    "VP.core SBAR.when": 8,
  },
  "VP.core": {
    verbI: 16,
    "verbI PP.at": 8,
    "verbT NP": 26,
    "verbG NP PP.to": 7,
    "verbG NP NP": 4,
    "verbS SBAR.that": 7,
    "verbS S.plain": 4,
    "was ADJP": 8,
    "modal VP.bare": 9,
    "modal not VP.bare": 3,
    "verbW S.to": 6,
  },
  "VP.bare": { bareI: 4, "bareT NP": 6, "bareI PP.verb": 2, "bareT NP PP.verb": 2 },
  "VP.to": { "to VP.bare": 1 },
  "PP.noun": { "of NP": 5, "with NP.base": 3 },
  "PP.verb": { "in NP.base": 6, "with NP.base": 1 },
  "PP.at": { "at NP": 1 },
  "PP.to": { "to NP": 1 },
  ADJP: { adjective: 5, "very adjective": 3, "adjective PP.at": 1, "adjective and adjective": 2 },
  "ADJP.very": { "very adjective": 1 },
  ADVP: { adverb: 4, "very adverb": 1 },
  "SBAR.who": { "WHNP.who S.who": 5, "WHNP.that S.gap": 4 },
  "SBAR.that": { "that S.plain": 1 },
  "SBAR.when": { "when S.plain": 1 },
  "WHNP.who": { who: 2, that: 1 },
  "WHNP.that": { that: 3, who: 1 },
};

/** Words of the tags, with blanks between; all of a tag are as likely. */
const WORDS: Readonly<Record<string, string>> = {
  ",": ",",
  the: "the a an this that every each my your his her our their some no",
  noun:
    "dog cat mailman house garden girl boy teacher tree book park street bird window letter king river neighbor doctor car " +
    "man woman child friend farmer baker painter singer soldier sailor driver queen student horse fox wolf mouse rabbit bear " +
    "fish flower apple cake table chair door room kitchen school shop town village hill forest field lake road bridge boat " +
    "train ship lamp box bag hat coat shoe ring clock picture story song telescope basket ball stone fence tower castle",
  adjective:
    "old young small big red happy proud quiet clever brown tall short new strange black white green blue warm cold sad tired " +
    "hungry brave kind gentle lazy lucky famous friendly lonely noisy heavy broken golden pretty",
  name: "Mary John Alice Peter Sandra Tom Anna Paul Emma David Julia Robert",
  these: "the these those my your his her our their some no many few two three all",
  nouns:
    "dogs cats houses gardens girls boys teachers trees books parks streets birds windows letters kings rivers neighbors " +
    "doctors cars men women children friends farmers painters soldiers students horses wolves mice rabbits flowers apples " +
    "cakes chairs shops villages hills lakes boats ships boxes bags shoes songs stones towers",
  "'s": "'s",
  not: "not n't",
  pronoun: "it you everybody nobody somebody",
  verbI: "barked slept ran laughed waited fell smiled jumped danced worked cried sang walked arrived disappeared",
  verbT:
    "saw chased liked found watched heard followed helped loved visited painted carried bought sold opened cleaned " +
    "admired remembered touched pushed",
  verbG: "gave sent showed offered handed brought",
  verbS: "said thought knew believed claimed noticed",
  verbW: "wanted tried hoped decided began",
  was: "was is were are seemed became looked",
  modal: "will could must should can would may did",
  bareI: "bark sleep run laugh wait fall smile jump dance work cry sing walk arrive disappear",
  bareT:
    "see chase like find watch hear follow help love visit paint carry buy sell open clean admire remember touch push",
  of: "of from near beside",
  with: "with",
  in: "in during before behind after",
  at: "at",
  to: "to",
  that: "that",
  who: "who",
  when: "when because while although",
  and: "and",
  but: "but",
  very: "very quite",
  adverb: "quietly often slowly yesterday there quickly sometimes happily",
};

/** The grammar of sentences that `grammarTask` draws. */
export function smallEnglish(): Grammar {
  const rules = Object.entries(RULES).flatMap(([left, rights]) =>
    Object.entries(rights).map(([right, weight]) => ({ left, right: right.split(" "), weight })),
  );
  const words = Object.entries(WORDS).map(
    ([tag, all]) => [tag, new Map(all.split(" ").map((word) => [word, 1]))] as const,
  );
  return { root: "S", rules, words: new Map(words) };
}
