import type { Engine } from "../../bindings/full.js";
import { Learned, textOf } from "../../bindings/learn.js";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { parsePage } from "../../bindings/parse.js";
import { tracePage } from "../../bindings/trace.js";
import { withEngine } from "../engine.js";
import { asUsage, UsageError } from "../errors.js";
import { factsOf } from "../facts.js";
import type { Held } from "../held.js";
import { targetLimits } from "../heldOut.js";
import { learnedOf, learnedRunner } from "../learnedRunning.js";
import { given } from "../numbers.js";
import { parsedShown } from "../parsedShown.js";
import { notesOf, parseAll, sentencesOf } from "../parsing.js";
import { pronouncedRunner } from "../pronouncedRunning.js";
import type { AnsweredText } from "../answeredText.js";
import { answeredSources, transducerRunner, type Lines } from "../transducerRunning.js";
import type { Transduction } from "../transducing.js";
import { transductionOf } from "../transductionOf.js";
import { viewOf } from "../views.js";
import type { Page, Runner, SentenceParser, SystemCommands, TraceFlags } from "./commands.js";

export const attentionSeq2Seq = {
  className: AttentionSeq2Seq.className,
  runHelp: "one that learned pairs answers each line, or refuses; one that parses says the tree of each",
  run: (held) =>
    learnedRunner(held) ?? parserRunner(held) ?? transducerRunner(held, transductionOf(held.model), linesOf(held)),
  trace: pageOfText,
  transduce,
  parse: parserOf,
  compiled: { run: (held) => learnedRunner(held) ?? compiledRuns.get(held.task?.name ?? "")?.(held) },
} satisfies SystemCommands<AttentionSeq2Seq>;

/** What compiled models answer, by the names of tasks. */
const compiledRuns = new Map([["pronunciation", pronouncedRunner]]);

/** Page of where the model looks in a text. @throws UsageError when there is no text, or something beside it. */
function pageOfText(
  held: Held<AttentionSeq2Seq>,
  words: readonly string[],
  { beam, input, seed, length }: TraceFlags,
): Page {
  const { file, model, task } = held;
  if (input !== undefined || seed !== undefined || length !== undefined)
    throw new UsageError(`${file} holds a model that reads a text: give it one instead of --input, --seed or --length`);
  const text = words.join(" ").trim();
  if (viewOf(task?.name)?.parser) return pageOfSentence(held, text, beam);
  if (!text) throw new UsageError(`${file} holds a model that reads a text: give it one`);
  const learned = learnedOf(held);
  const source = learned
    ? new Learned(model, learned).symbolsOf(text)
    : linesOf(held).symbols(text, model.source.symbols);
  const say = (symbols: readonly string[]): string =>
    learned ? textOf(learned.sides.target, symbols) : linesOf(held).say(symbols);
  const options = { source, input: `“${text}”`, say, facts: factsOf(held), ...given({ beam, task: task?.name }) };
  const refusedBy = (engine: Engine): { refused?: string } => {
    const [answer] = learned ? new Learned(model, learned).answer(engine, [text]) : answered(engine);
    return given({ refused: answer?.error?.reason });
  };
  const answered = (engine: Engine): readonly AnsweredText[] => {
    const transducer = { ...linesOf(held), ...given({ beam }) };
    return answeredSources(engine, [text], held, transductionOf(model), transducer);
  };
  return {
    read: ["symbol", source.length],
    draw: (engine) => tracePage(engine, model, { ...options, ...refusedBy(engine) }),
  };
}

/** Trees of sentences. @throws UsageError when the model's task has no trees. */
function parserOf(held: Held<AttentionSeq2Seq>): SentenceParser {
  const { file, model, task } = held;
  const view = viewOf(task?.name)?.parser;
  if (!view) throw new UsageError(`${file} holds a model for ${task?.name ?? "an unknown task"}, which has no trees`);
  return {
    parse: (engine, sentences, flags) => parseAll(engine, held, view, sentences, flags),
    page({ text, parse, error }) {
      if (!parse) throw new UsageError(`There is nothing to draw of "${text}": ${error!.reason}`);
      const about = { model, facts: factsOf(held), notes: notesOf(parse), probability: Math.exp(parse.score) };
      return asUsage(() => parsePage(parse, { ...about, ...given({ task: task?.name, refused: error?.reason }) }));
    },
  };
}

/** Trees of the lines of a text, of a model whose task has trees; undefined of any other. */
function parserRunner(held: Held<AttentionSeq2Seq>): Runner | undefined {
  if (!viewOf(held.task?.name)?.parser) return undefined;
  return {
    takesConfidence: true,
    takesGuess: true,
    async run(text, flags) {
      const sentences = sentencesOf(new TextDecoder().decode(text));
      const parsed = await withEngine((engine) => parserOf(held).parse(engine, sentences, flags));
      return parsedShown(parsed, flags);
    },
  };
}

/** Page of the tree of one sentence. */
function pageOfSentence(held: Held<AttentionSeq2Seq>, text: string, beam: number | undefined): Page {
  const sentences = sentencesOf(text);
  const [sentence] = sentences;
  if (sentences.length > 1) throw new UsageError(`A page has one sentence, and there are ${sentences.length}`);
  const parser = parserOf(held);
  return {
    read: ["word", sentence!.words.length],
    draw: (engine) => parser.page(parser.parse(engine, [sentence!], { ...given({ beam }), attention: true })[0]!),
  };
}

/** The characters of a text if all symbols of a model are single ones, or else its words. */
const splitFor = ({ source }: AttentionSeq2Seq, text: string): string[] =>
  source.symbols.every((symbol) => [...symbol].length === 1) ? [...text] : text.split(/\s+/);

/** How a line becomes symbols, and symbols a text: as the model's task has it, or by what its symbols look like. */
function linesOf({ model, task }: Held<AttentionSeq2Seq>): Lines {
  const { transducer, lines } = viewOf(task?.name) ?? {};
  const own = transducer ?? lines;
  if (own) return own;
  const isSpelled = model.target.symbols.every((symbol) => [...symbol].length === 1);
  return {
    beam: 1,
    sources: (line) => (line.trim() ? [line.trim()] : []),
    symbols: (source) => splitFor(model, source),
    say: (symbols) => symbols.join(isSpelled ? "" : " "),
  };
}

/** @throws UsageError when the model is for another task. */
function transduce(held: Held<AttentionSeq2Seq>, task: string): Transduction {
  const { file, task: own } = held;
  if (own && own.name !== task)
    throw new UsageError(`${file} holds a model for ${own.name}, and must hold one for ${task}`);
  return transductionOf(held.model, targetLimits[task]);
}
