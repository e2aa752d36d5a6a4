import { Random } from "../../common/random/philox.js";
import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { digitSymbols } from "./digitWords.js";
import { ListenAttendSpell, listenAttendSpellRules } from "./listenAttendSpell.js";
import type { Recording } from "./recording.js";
import { spokenDigitsRules, spokenDigitsTask } from "./spokenDigits.js";
import { sayDigit, someSpeaker } from "./voices/speaker.js";

const RATE = 1600;

/** Made-up voices, of different lengths. */
function recordings(): Recording[] {
  const random = new Random(7);
  return [1, 8, 2].map((digit) => ({
    samples: sayDigit(random, digit, someSpeaker(random), RATE),
    sampleRate: RATE,
  }));
}

const spokenDigits = /* @__PURE__ */ defineTask({
  names: ["spoken-digits"],
  create: spokenDigitsTask,
  rules: spokenDigitsRules,
  options: {
    minDigits: "fewest digits of a string",
    maxDigits: "most digits of a string",
    fillers: "part of the recordings that are no digits, of which nothing is to be written",
    sampleRate: "samples a second",
    leastPause: "least silence between two digits, in seconds",
    mostPause: "most silence between two digits, in seconds",
    speedNoise: "how much faster or slower training has a digit, as a part",
    backgroundNoise: "loudest noise in training, as a part of the loudest sample",
    crc32: { flag: "recordings-crc32", help: "CRC-32 that the recordings must have" },
  },
  metrics: ["symbolError", "sequenceError"],
  example: () => ({ sampleRate: RATE, maxDigits: 2 }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: ListenAttendSpell,
  rules: listenAttendSpellRules,
  names: { las: {} },
  fitting: ["symbols", "sampleRate"],
  options: {
    bands: "bands of the features",
    hiddenSize: { flag: "hidden", help: "units of a layer, of the listener's half each way" },
    pyramidLayers: "layers of the listener's pyramid, each of which halves time",
    embeddingSize: { flag: "embedding", help: "size of an embedding" },
    attention: "attention score function",
    attentionSize: "units of additive attention",
    dropout: "dropout rate",
    sampling: "scheduled sampling: probability that training feeds the speller its own output",
  },
  learns: ["spoken-digits"],
  tasks: [spokenDigits],
  example: {
    options: () => ({
      symbols: digitSymbols,
      sampleRate: RATE,
      bands: 8,
      hiddenSize: 6,
      embeddingSize: 4,
      attentionSize: 5,
    }),
    task: () => spokenDigitsTask({ sampleRate: RATE, maxDigits: 2, seed: 1 }),
    uses: {
      run: (model, engine) => model.run(engine, recordings(), { beam: 2, attention: true }),
      decode: async (model, engine) => {
        const symbols: string[] = [];
        for await (const symbol of model.decode(engine, recordings()[0]!, { limit: 5 })) symbols.push(symbol);
        return symbols;
      },
    },
    batches: {
      inputs: recordings,
      run: (model, engine, inputs) => model.run(engine, inputs),
    },
  },
});
