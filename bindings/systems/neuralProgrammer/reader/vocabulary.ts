/** How a cell and a number are related in a question. */
export type Relation = "greater" | "lesser" | "atLeast" | "atMost";

/** What is made of rows. */
export type Aggregate = "count" | "sum" | "mean" | "print";

/** Parts of a question that are no names, cells and numbers. */
export type PhraseLexeme =
  | { readonly kind: "aggregate"; readonly word: Aggregate }
  | { readonly kind: "superlative"; readonly word: "maximum" | "minimum"; readonly of: Scale }
  | { readonly kind: "comparison"; readonly relation: Relation; readonly of: Scale }
  | { readonly kind: "suffix"; readonly relation: "atLeast" | "atMost" }
  | { readonly kind: "between"; readonly opens: "between" | "from" }
  | { readonly kind: "negation"; readonly binds: "verb" | "next" }
  | { readonly kind: "join"; readonly word: "and" | "or" | "diff" }
  | { readonly kind: "on" }
  | { readonly kind: "equal" }
  | { readonly kind: "range" }
  | { readonly kind: "rows" }
  | { readonly kind: "function"; readonly word: string };

/**
 * What a word of degree can be about: "higher" says nothing of ranks, where 1 is the highest; "later" is about days and
 * years, "older" about ages.
 */
export type Scale = "size" | "height" | "time" | "age";

const GREATER = "greater|more|larger|bigger|longer|heavier|wider|taller|faster";
const LESSER = "lesser|less|fewer|smaller|shorter|lighter|narrower|slower";
const NOT =
  "(?:do not|does not|did not|don't|doesn't|didn't|is not|are not|was not|were not|isn't|aren't|wasn't|weren't|has not|have not|had not|hasn't|haven't|hadn't|cannot|not|never|no)";

const comparison = (relation: Relation, of: Scale): PhraseLexeme => ({ kind: "comparison", relation, of });
const phrase = (pattern: string): RegExp => new RegExp(`^(?:${pattern})(?![\\p{L}\\p{N}'])`, "u");

/** Behind a number, and in front of none. */
const suffix = (pattern: string): RegExp =>
  new RegExp(`^(?:${pattern})(?![\\p{L}\\p{N}'])(?! than)(?! [-\\p{N}\\p{Sc}.])`, "u");

/** Phrases; of several that a text begins with, the longest counts. Words that are in none of them are not understood. */
export const PHRASES: readonly (readonly [pattern: RegExp, lexeme: PhraseLexeme])[] = /* @__PURE__ */ (() => [
  // A comparison that is denied is its opposite.
  [
    phrase(`${NOT} (?:be )?(?:(?:${GREATER}|higher) than|more than|above|over|beyond|exceed(?:s|ed|ing)?)`),
    comparison("atMost", "size"),
  ],
  [
    phrase(`${NOT} (?:be )?(?:(?:${LESSER}|lower) than|less than|fewer than|below|under)`),
    comparison("atLeast", "size"),
  ],
  [phrase(`${NOT} (?:be )?(?:after|later than)`), comparison("atMost", "time")],
  [phrase(`${NOT} (?:be )?(?:before|earlier than)`), comparison("atLeast", "time")],
  [phrase(`${NOT} (?:be )?older than`), comparison("atMost", "age")],
  [phrase(`${NOT} (?:be )?younger than`), comparison("atLeast", "age")],
  [phrase(`${NOT} (?:be )?at least`), comparison("lesser", "size")],
  [phrase(`${NOT} (?:be )?at most`), comparison("greater", "size")],
  [
    phrase(
      `greater than or equal to|(?:${GREATER}) than or equal to|equal to or (?:${GREATER}) than|at least|not under`,
    ),
    comparison("atLeast", "size"),
  ],
  [phrase(`(?:${LESSER}) than or equal to|equal to or (?:${LESSER}) than|at most`), comparison("atMost", "size")],
  [/^(?:>=|≥|=>)/, comparison("atLeast", "size")],
  [/^(?:<=|≤|=<)/, comparison("atMost", "size")],
  [/^(?:!=|≠|<>)/, { kind: "negation", binds: "next" }],
  [/^>/, comparison("greater", "size")],
  [/^</, comparison("lesser", "size")],
  [
    suffix(`or (?:more|above|over|greater|higher|larger|later)|and (?:up|above|over|more)`),
    { kind: "suffix", relation: "atLeast" },
  ],
  [
    suffix(`or (?:less|fewer|below|under|lower|smaller|earlier)|and (?:below|under|less)`),
    { kind: "suffix", relation: "atMost" },
  ],
  [/^\+(?![\p{L}\p{N}])/u, { kind: "suffix", relation: "atLeast" }],
  [phrase(`(?:${GREATER})(?: than)?|in excess of|exceed(?:s|ed|ing)?`), comparison("greater", "size")],
  [phrase(`(?:${LESSER})(?: than)?`), comparison("lesser", "size")],
  [phrase("(?:higher|above|over|beyond)(?: than)?"), comparison("greater", "height")],
  [phrase("(?:lower|below|under)(?: than)?"), comparison("lesser", "height")],
  [phrase("after|later than"), comparison("greater", "time")],
  [phrase("before|earlier than"), comparison("lesser", "time")],
  [phrase("since"), comparison("atLeast", "time")],
  [phrase("older than"), comparison("greater", "age")],
  [phrase("younger than"), comparison("lesser", "age")],
  [phrase("up to"), comparison("atMost", "size")],
  [phrase("between"), { kind: "between", opens: "between" }],
  [phrase("from"), { kind: "between", opens: "from" }],
  [phrase("to"), { kind: "range" }],
  [phrase("on"), { kind: "on" }],
  [
    phrase("(?:most|largest|biggest|greatest|maximum|maximal|max|longest|heaviest|widest|tallest|fastest)"),
    { kind: "superlative", word: "maximum", of: "size" },
  ],
  [
    phrase("(?:least|fewest|smallest|minimum|minimal|min|shortest|lightest|narrowest|slowest)"),
    { kind: "superlative", word: "minimum", of: "size" },
  ],
  [phrase("highest"), { kind: "superlative", word: "maximum", of: "height" }],
  [phrase("lowest"), { kind: "superlative", word: "minimum", of: "height" }],
  [phrase("latest|most recent"), { kind: "superlative", word: "maximum", of: "time" }],
  [phrase("earliest"), { kind: "superlative", word: "minimum", of: "time" }],
  [phrase("oldest"), { kind: "superlative", word: "maximum", of: "age" }],
  [phrase("youngest"), { kind: "superlative", word: "minimum", of: "age" }],
  [phrase("(?:how many|(?:the )?(?:total )?number of|(?:the )?count of|count)"), { kind: "aggregate", word: "count" }],
  [phrase("how much (?:is|are|was|were)"), { kind: "aggregate", word: "print" }],
  [phrase("how much"), { kind: "aggregate", word: "sum" }],
  [phrase("(?:sum|total|add up|sum up|altogether)(?: of)?"), { kind: "aggregate", word: "sum" }],
  [phrase("(?:average|mean|avg)(?: of)?"), { kind: "aggregate", word: "mean" }],
  [
    phrase("(?:print|list|show|display|give|find|tell)(?: me)?|name|which|what's|what"),
    { kind: "aggregate", word: "print" },
  ],
  [phrase("minus|diff"), { kind: "join", word: "diff" }],
  [
    phrase(
      "other than|except for|except|excluding|outside of|outside|without|(?:all|everything|anything|any|everyone) (?:but|except)",
    ),
    { kind: "negation", binds: "next" },
  ],
  [phrase(NOT), { kind: "negation", binds: "verb" }],
  [/^=+/, { kind: "equal" }],
  [phrase("equals?(?: to)?|exactly"), { kind: "equal" }],
  [phrase("and|but"), { kind: "join", word: "and" }],
  [phrase("either"), { kind: "function", word: "either" }],
  [phrase("or"), { kind: "join", word: "or" }],
  [phrase("rows?|records?|entries|lines"), { kind: "rows" }],
  [
    phrase(
      "(?:the|a|an|of|is|are|was|were|be|been|in|with|has|have|having|had|that|where|whose|who|which|do|does|did|there|all|its|their|for|please)",
    ),
    { kind: "function", word: "" },
  ],
])();
