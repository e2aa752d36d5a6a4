import { Random } from "../../common/random/philox.js";
import { defineTask } from "../../tasks/defineTask.js";
import { defineSystem } from "../defineSystem.js";
import { captionsRules, captionsTask } from "./captions.js";
import type { Picture } from "./picture.js";
import { scatteredDigitsRules, scatteredDigitsTask, scatteredSymbols } from "./scatteredDigits.js";
import { ShowAttendTell, showAttendTellRules } from "./showAttendTell.js";

const small = () => ({ lines: 1, perLine: 1, maxDigits: 1 });

/** Pictures of one digit each. */
function pictures(): Picture[] {
  const random = new Random(7);
  const task = scatteredDigitsTask(small());
  return [1, 2, 3].map(() => task.draw(random).picture);
}

const scatteredDigits = /* @__PURE__ */ defineTask({
  names: ["scattered-digits"],
  create: scatteredDigitsTask,
  rules: scatteredDigitsRules,
  options: {
    minDigits: "fewest digits of a picture",
    maxDigits: "most digits of a picture",
    fillers: "part of the pictures that have no digits, of which nothing is to be told",
    turned: "part of these that are pictures of digits upside down",
    lines: "lines of a picture, of 24 pixels each",
    perLine: "digits that a line has room for, in 24 pixels each",
    distortion: "how far training turns, slants and scales a digit, as a part",
    bending: "how far training bends a digit, in pixels",
    crc32: { flag: "digits-crc32", help: "CRC-32 that the pictures of digits must have" },
  },
  metrics: ["symbolError", "sequenceError"],
  example: small,
});

const captions = /* @__PURE__ */ defineTask({
  names: ["captions"],
  create: captionsTask,
  rules: captionsRules,
  options: {
    symbols: { flag: "words", help: "words of the captions, in their order" },
    shift: "pixels by which training moves a picture each way, at most",
    crc32: { flag: "captions-crc32", help: "CRC-32 that pictures and captions must have" },
  },
  metrics: ["symbolError", "sequenceError"],
  example: () => ({
    captions: pictures().map((picture, i) => ({ picture, caption: ["one", "digit", "of", `${i}`].slice(0, i + 2) })),
  }),
});

export const system = /* @__PURE__ */ defineSystem({
  model: ShowAttendTell,
  rules: showAttendTellRules,
  names: { sat: {} },
  fitting: ["symbols", "height", "width", "channels"],
  options: {
    encoderLayers: "layers of the encoder, each of which halves height and width",
    maps: "maps of the encoder's first layer, twice as many in each further one",
    focused: "lets a cell of the encoder see less around it",
    cellUnits: "units that each cell of the encoder has for itself, behind all other layers; 0 for none",
    encoderDropout: "dropout rate of the encoder's last maps",
    annotationSize: { flag: "annotation", help: "numbers of an annotation" },
    hiddenSize: { flag: "hidden", help: "units of the LSTM" },
    embeddingSize: { flag: "embedding", help: "size of an embedding" },
    attention: "how annotations are read: all, one that is drawn, or their mean",
    attentionSize: "units of additive attention",
    penalty: "weight of the doubly stochastic penalty",
    entropyGain: "gain of a nat of entropy of hard attention",
    reading: "what hard attention reads when it is run",
    dropout: "dropout rate",
  },
  learns: ["scattered-digits", "captions"],
  tasks: [scatteredDigits, captions],
  example: {
    options: () => ({
      symbols: scatteredSymbols,
      height: 24,
      width: 24,
      maps: 2,
      annotationSize: 6,
      hiddenSize: 5,
      embeddingSize: 4,
      attentionSize: 5,
    }),
    task: () => scatteredDigitsTask({ ...small(), seed: 1 }),
    uses: {
      run: (model, engine) => model.run(engine, pictures(), { beam: 2, attention: true }),
      decode: async (model, engine) => {
        const symbols: string[] = [];
        for await (const symbol of model.decode(engine, pictures()[0]!, { limit: 5 })) symbols.push(symbol);
        return symbols;
      },
    },
    batches: {
      inputs: pictures,
      run: (model, engine, inputs) => model.run(engine, inputs),
    },
  },
});
