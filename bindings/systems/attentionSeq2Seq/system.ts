import { defineSystem } from "../defineSystem.js";
import { defineTask } from "../../tasks/defineTask.js";
import { AttentionSeq2Seq, attentionSeq2SeqRules } from "./attentionSeq2Seq.js";
import { datesRules, datesTask } from "./dates.js";
import { grammarRules, grammarTask } from "./grammar.js";

const SOURCES = ["9 may 98", "July 4, 1976", "1-2-2003"];

const dates = /* @__PURE__ */ defineTask({
  names: ["dates"],
  create: datesTask,
  rules: datesRules,
  options: {
    minYear: "first year",
    maxYear: "last year",
    formats: "formats that dates are written in",
    nonDates: "part of the texts that are no dates",
    leapDays: "part of the dates that are 29 February",
  },
  metrics: ["symbolError", "sequenceError"],
  example: () => ({}),
});

const grammar = /* @__PURE__ */ defineTask({
  names: ["grammar"],
  create: grammarTask,
  rules: grammarRules,
  options: {
    minWords: "words of the shortest sentence",
    maxWords: "words of the longest sentence",
  },
  metrics: ["symbolError", "sequenceError"],
  example: () => ({ maxWords: 6 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: AttentionSeq2Seq,
  rules: attentionSeq2SeqRules,
  names: { seq2seq: {} },
  fitting: ["sourceSymbols", "targetSymbols"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    cell: "cell of the network",
    cellOptions: "further options of the cell",
    embeddingSize: { flag: "embedding", help: "size of an embedding" },
    encoderLayers: "layers of the encoder",
    decoderLayers: "layers of the decoder",
    bidirectional: "the encoder reads both ways",
    attention: "attention score function",
    attentionSize: "units of additive attention",
    dropout: "dropout rate",
    sampling: "scheduled sampling: probability that training feeds the decoder its own output",
  },
  learns: ["pronunciation", "dates", "translation", "conversation", "grammar", "parsing", "proving"],
  tasks: [dates, grammar],
  example: {
    options: () => ({ hiddenSize: 6, embeddingSize: 4, attentionSize: 4 }),
    task: () => datesTask({ seed: 1 }),
    uses: {
      run: (model, engine) => model.run(engine, SOURCES, { beam: 2, attention: true }),
      decode: async (model, engine) => {
        const symbols: string[] = [];
        for await (const symbol of model.decode(engine, SOURCES[0]!, { limit: 5 })) symbols.push(symbol);
        return symbols;
      },
      score: (model, engine) => model.score(engine, [[SOURCES[0]!, "1998-05-09"]]),
    },
    batches: {
      inputs: () => SOURCES,
      run: (model, engine, inputs) => model.run(engine, inputs),
    },
  },
});
