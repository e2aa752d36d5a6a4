/** `tapehead/parse`: trees of sentences, from treebanks, grammars and models; their strings, their repair and their score. */
export { BracketError } from "./parsing/bracketError.js";
export { readTree, writeTree } from "./parsing/brackets.js";
export { ChartParser, type Parsed } from "./parsing/chartParser.js";
export { constituentsOf } from "./parsing/constituents.js";
export type { Grammar, Rule } from "./parsing/grammar.js";
export type { Markovisation } from "./parsing/binarise.js";
export { delinearise, linearise, type Delinearised, type Repairs } from "./parsing/linear.js";
export { parsingPairs, type ParsingPairs, type ParsingPairsOptions } from "./parsing/parsingPairs.js";
export { TreebankParser, type TreebankGrammarOptions } from "./parsing/pcfg.js";
export { bracketScore, countBrackets, type BracketCounts, type BracketScore } from "./parsing/score.js";
export { tokensOf } from "./parsing/tokens.js";
export { treeWords, type ParseTree } from "./parsing/tree.js";
export { readTreebank } from "./parsing/treebank.js";
export { grammarAnswer, type GrammarAnswerOptions } from "./systems/attentionSeq2Seq/grammar/grammarAnswer.js";
export {
  parseSentences,
  type ParseOptions,
  type SentenceModel,
  type SentenceParse,
} from "./systems/attentionSeq2Seq/parsing/parseSentences.js";
export { parsePage, type ParsePageOptions } from "./trace/parsePage.js";
export type { TreeDrawing } from "./trace/treeDiagram.js";
