import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { compile } from "../../bindings/graph/compile.js";
import { STREAMS } from "../../bindings/graph/streams.js";
import {
  ListenAttendSpell,
  RecordingError,
  resample,
  soundPage,
  type ListenAttendSpellOptions,
  type Recording,
} from "../../bindings/models.js";
import { digitSymbols, spelled, spokenDigitsTask, type SpokenDigit } from "../../bindings/tasks.js";
import { Random } from "../../bindings/common/random/philox.js";
import { logMel } from "../../bindings/systems/listenAttendSpell/logMel.js";
import { annotationsOf, framingOf } from "../../bindings/systems/listenAttendSpell/framing.js";
import { cosTurns, sinTurns } from "../../bindings/systems/listenAttendSpell/cosTurns.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const RATE = 1000;
const tiny: ListenAttendSpellOptions = {
  symbols: [..."XYZ"],
  sampleRate: RATE,
  bands: 2,
  hiddenSize: 4,
  pyramidLayers: 1,
  embeddingSize: 2,
  attentionSize: 3,
  sampling: 0,
  seed: 3,
};
const task = spokenDigitsTask({ sampleRate: RATE });

/** Random noise, of different lengths. */
const noises = (rate = RATE): Recording[] => {
  const random = new Random(5);
  return [130, 61, 300, 25, 7].map((length) => ({
    samples: Float32Array.from({ length }, () => random.uniform(-0.7, 0.7)),
    sampleRate: rate,
  }));
};

/** A model's batch of two sounds of noise, of three annotations and of two. */
function batchOf(model: ListenAttendSpell): Batch {
  const batch = new Batch(model.batchLayout());
  batch.reset({ source: 3, time: 3 }, 2);
  const random = new Random(8);
  const sound = batch.block("sound");
  const size = sound.length / 6;
  for (const cell of [0, 1, 2, 3, 4]) for (let i = 0; i < size; ++i) sound[cell * size + i] = random.uniform(-0.7, 0.7);
  batch.block("inside").set([1, 1, 1, 1, 1, 0]);
  batch.block("lengths").set([3, 2]);
  batch.block("previous").set([0, 0, 1, 3, 2, 0]);
  batch.block("targets").set([1, 3, 2, 0, 0, 0]);
  batch.block("mask").set([1, 1, 1, 1, 1, 0]);
  return batch;
}

const las = suite("ListenAttendSpell");

const variants: Record<string, Partial<ListenAttendSpellOptions>> = {
  "the defaults": {},
  "no attention": { attention: "none" },
  "a pyramid of two layers, and dropout": { pyramidLayers: 2, dropout: 0.25, hiddenSize: 2 },
  "scheduled sampling": { sampling: 0.5 },
};
for (const [what, options] of Object.entries(variants)) {
  las(`with ${what}: the loss and all gradients are those of double precision`, () => {
    const model = new ListenAttendSpell({ ...tiny, ...options });
    void model.parameters; // lays them out
    const values = uniform(new Random(11), [model.parameterCount], -0.7, 0.7);
    model.parameters.set(values.data);
    const words = Uint32Array.from({ length: 4 * STREAMS }, (_, i) => [7, 0, 0, 40 + (i >> 2)][i % 4]!);
    const inputs: Record<string, NDArray> = { streams: array([STREAMS, 4], new Float32Array(words.buffer)) };
    for (const { name, data, time, size } of batchOf(model).fields)
      inputs[name] = array([time, 2, size], data.subarray(0, time * 2 * size));
    const record = (): Graph => {
      const graph = new Graph(true);
      graph.result("loss", model.objective(graph, task, 2).loss);
      return graph;
    };
    const lengths = { source: 3, time: 3 };
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const graph = record();
      const parameters = new Map(
        model.parameters.parameters.map((p) => [p, array(p.shape, all!.data.subarray(p.offset, p.offset + p.size))]),
      );
      return [evaluateGraph(graph, { inputs, parameters, lengths })(graph.results.get("loss")!)];
    };
    const [expected] = f([values]);
    const program = compileGradients(record(), { differentiate: "loss", parameterCount: model.parameterCount });
    const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => program.inputs.has(name)));
    const run = runProgram(engine, program, given, { lengths, parameters: model.parameters.values });
    assert.ok(Math.abs(run.results["loss"]! - expected!.data[0]!) < 1e-4);
    const [gradients] = numericalGradients(f, [values], [array([], [1])]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 3e-4, atol: 3e-5 });
  });
}

las("a batch gives the symbols, scores and weights of its recordings one by one, in their order", () => {
  const model = new ListenAttendSpell(tiny);
  const together = model.run(engine, noises(), { attention: true, beam: 3 });
  noises().forEach((recording, i) => {
    const [alone] = model.run(engine, [recording], { attention: true, beam: 3 });
    assert.equal(together[i], alone);
    const annotations = annotationsOf(recording.samples.length, framingOf(RATE, 2));
    assert.ok(alone!.attention!.every((row) => row.length === annotations));
  });
});

las("how loud a recording is does not matter, nor silence behind it but for the annotations that it is", () => {
  const model = new ListenAttendSpell({ ...tiny, seed: 9 });
  const [{ samples }] = noises() as [Recording];
  const quiet = { samples: Array.from(samples, (sample) => sample / 1000), sampleRate: RATE };
  const [loud, soft] = model.run(engine, [{ samples, sampleRate: RATE }, quiet]);
  assert.equal(loud!.symbols, soft!.symbols);
  assert.ok(Math.abs(loud!.score - soft!.score) < 1e-4);
});

las("spells symbol by symbol what a run spells at once", async () => {
  const model = new ListenAttendSpell({ ...tiny, seed: 5 });
  for (const [i, { symbols }] of model.run(engine, noises(), { limit: 9 }).entries()) {
    const said: string[] = [];
    for await (const symbol of model.decode(engine, noises()[i]!, { limit: 9 })) said.push(symbol);
    assert.equal(said, symbols);
  }
});

las("what is no recording that it can listen to is refused, and says why", () => {
  const model = new ListenAttendSpell(tiny);
  const refused = (recording: unknown): Error => thrownBy(() => model.run(engine, [recording as Recording]));
  const error = refused({ samples: [0.1], sampleRate: 8000 });
  assert.instance(error, RecordingError);
  assert.match(error.message, /source 0 has 8000 samples a second, and must have 1000, as the model learned: resample/);
  assert.match(refused({ samples: [], sampleRate: RATE }).message, /is empty/);
  assert.match(refused({ samples: [0, 0], sampleRate: RATE }).message, /is silent/);
  assert.match(refused({ samples: [0, NaN], sampleRate: RATE }).message, /has the sample NaN at 1/);
  assert.match(refused({ samples: [0, 1.5], sampleRate: RATE }).message, /has the sample 1.5 at 1/);
  assert.match(refused({ samples: new Float32Array(31 * RATE).fill(0.1), sampleRate: RATE }).message, /lasts 31.0 s/);
  for (const none of [undefined, "a.wav", new Float32Array(3), { samples: 3, sampleRate: RATE }])
    assert.match(refused(none).message, /must be \{ samples, sampleRate \}/);
});

las("learns to spell ten tones", async () => {
  const random = new Random(2);
  const recordings = Array.from({ length: 10 }, (_, digit): SpokenDigit => {
    const samples = Float32Array.from({ length: 120 }, (_, i) => sinTurns(((60 + 35 * digit) * i) / RATE));
    return { digit, speaker: `voice ${random.integer(0, 0)}`, samples, sampleRate: RATE };
  });
  const tones = spokenDigitsTask({ recordings, sampleRate: RATE, maxDigits: 1, speedNoise: 0, fillers: 0, seed: 4 });
  const model = new ListenAttendSpell({
    symbols: digitSymbols,
    sampleRate: RATE,
    bands: 16,
    hiddenSize: 32,
    attentionSize: 16,
    pyramidLayers: 1,
    seed: 1,
  });
  const before = await evaluate(engine, model, tones, { sequences: 64 });
  for await (const { step } of train(engine, model, tones, { optimizer: adam({ learningRate: 1e-2 }), batch: 16 }))
    if (step === 120) break;
  const after = await evaluate(engine, model, tones, { sequences: 64 });
  assert.ok(before.sequenceError > 0.9, `${before.sequenceError} before`);
  assert.ok(after.sequenceError < 0.2, `${after.sequenceError} after`);
});
las.run();

const features = suite("log-mel features");

/** Features of one frame by their formula, in double precision. */
function featuresOf(samples: readonly number[], rate: number, bands: number): number[] {
  const window = Math.round(rate / 40);
  let size = 1;
  while (size < window) size *= 2;
  const powers = Array.from({ length: size / 2 + 1 }, (_, k) => {
    let [re, im] = [0, 0];
    for (let n = 0; n < window; ++n) {
      const x = samples[n]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / window));
      re += x * Math.cos((2 * Math.PI * k * n) / size);
      im += x * Math.sin((2 * Math.PI * k * n) / size);
    }
    return re * re + im * im;
  });
  const mel = (f: number): number => 2595 * Math.log10(1 + f / 700);
  const hertz = (m: number): number => 700 * (10 ** (m / 2595) - 1);
  const corners = Array.from({ length: bands + 2 }, (_, i) => hertz((i * mel(rate / 2)) / (bands + 1)));
  const mels = Array.from({ length: bands }, (_, m) =>
    powers.reduce((sum, power, k) => {
      const f = (k * rate) / size;
      const [left, centre, right] = corners.slice(m, m + 3) as [number, number, number];
      return sum + power * Math.max(0, Math.min((f - left) / (centre - left), (right - f) / (right - centre)));
    }, 0),
  );
  return mels;
}

const measured = (rate: number, bands: number, samples: readonly number[]): readonly number[] => {
  const { window } = framingOf(rate, 1);
  const graph = new Graph();
  const sound = graph.input("sound", [graph.dimension("source"), 1, 1, window]);
  graph.output("y", logMel(sound, graph.input("lengths", [1]), { sampleRate: rate, bands }));
  const inputs = { sound: array([1, 1, 1, window], samples.slice(0, window)), lengths: array([1], [1]) };
  return [...runProgram(engine, compile(graph), inputs, { lengths: { source: 1 } }).outputs["y"]!.data];
};

features("are those of their formula in double precision, divided by the mean", () => {
  const random = new Random(3);
  for (const [rate, bands] of [
    [8000, 40],
    [16000, 23],
    [1600, 8],
  ] as const) {
    const samples = Array.from({ length: rate / 40 }, () => Math.fround(random.uniform(-1, 1)));
    const mels = featuresOf(samples, rate, bands);
    const mean = mels.reduce((a, b) => a + b, 0) / bands;
    const expected = mels.map((power) => 0.2 * Math.log(power / mean + 1e-4) + 0.6);
    close(array([bands], measured(rate, bands, samples)), array([bands], expected), { rtol: 1e-4, atol: 1e-4 });
  }
});

features("of a tone are highest in the band around it", () => {
  // Of 40 bands up to 4,000 Hz centres are 52.34 mels apart: 1,000 Hz = 999.99 mels is 19.1 of them, 3,000 Hz 35.9.
  const tone = (hz: number): number[] => Array.from({ length: 200 }, (_, i) => sinTurns((hz * i) / 8000));
  const highest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
  assert.is(highest(measured(8000, 40, tone(1000))), 18);
  assert.is(highest(measured(8000, 40, tone(3000))), 35);
});
features.run();

const sound = suite("recordings");

sound("cosines are those of Math to nine digits", () => {
  for (let t = -3; t < 3; t += 0.0173) {
    assert.ok(Math.abs(cosTurns(t) - Math.cos(2 * Math.PI * t)) < 1e-9);
    assert.ok(Math.abs(sinTurns(t) - Math.sin(2 * Math.PI * t)) < 1e-9);
  }
});

const toneAt = (hz: number, rate: number, length: number): Recording => ({
  samples: Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rate)),
  sampleRate: rate,
});

sound("another rate keeps what is below half of it, and nothing of what is above", () => {
  for (const rate of [11_025, 16_000, 44_100, 48_000, 96_000]) {
    const { samples, sampleRate } = resample(toneAt(1000, rate, rate / 5), 8000);
    assert.is(sampleRate, 8000);
    assert.is(samples.length, 1600);
    const expected = toneAt(1000, 8000, 1600).samples;
    const middle = [...samples].slice(200, 1400).map((sample, i) => Math.abs(sample - expected[i + 200]!));
    assert.ok(Math.max(...middle) < 2e-3, `${rate}: ${Math.max(...middle)}`);
  }
  const gone = [...resample(toneAt(5000, 16_000, 3200), 8000).samples].slice(200, 1400).map(Math.abs);
  assert.ok(Math.max(...gone) < 5e-3, `${Math.max(...gone)}`);
  const constant = resample({ samples: new Float32Array(2000).fill(0.25), sampleRate: 44_100 }, 8000).samples;
  assert.ok([...constant].slice(20, -20).every((sample) => Math.abs(sample - 0.25) < 1e-6));
  assert.throws(() => resample(toneAt(10, 100, 10), 0), /a sample rate/);
});
sound.run();

const digits = suite("spoken digits");

const clips = (speakers: readonly string[], each: number): SpokenDigit[] => {
  const random = new Random(6);
  return speakers.flatMap((speaker) =>
    Array.from({ length: 10 * each }, (_, i) => ({
      digit: i % 10,
      speaker,
      samples: Float32Array.from({ length: 50 }, () => random.uniform(-1, 1)),
      sampleRate: RATE,
    })),
  );
};

digits("strings have as many digits as are asked for, of one speaker, with pauses", () => {
  const recordings = clips(["a", "b"], 2).map((clip) => ({
    ...clip,
    samples: Array.from(clip.samples).slice(0, clip.speaker === "a" ? 30 : 50),
  }));
  const made = spokenDigitsTask({ recordings, sampleRate: RATE, leastPause: 0.1, mostPause: 0.1 });
  const random = new Random(3);
  for (let i = 0; i < 20; ++i) {
    const { digits: said, samples } = made.draw(random, { length: 4 });
    assert.is(said.length, 4);
    const heard = samples.reduce((count, sample) => count + Number(sample !== 0), 0);
    assert.ok(heard === 4 * 30 || heard === 4 * 50, `${heard} samples`);
    assert.ok(samples.length >= heard + 3 * 100);
  }
  assert.throws(() => made.draw(random, { length: 17 }), /length/);
});

digits("every tenth clip is heard in evaluation only", () => {
  const recordings = clips(["a"], 10);
  const held = new Set(recordings.slice(90).map(({ samples }) => peakless(samples)));
  const made = spokenDigitsTask({
    recordings,
    sampleRate: RATE,
    maxDigits: 1,
    speedNoise: 0,
    backgroundNoise: 0,
    fillers: 0,
  });
  const random = new Random(3);
  for (const isTraining of [true, false]) {
    for (let i = 0; i < 40; ++i) {
      const { samples } = made.draw(random, { isTraining });
      assert.is(held.has(peakless(samples.filter((sample) => sample !== 0))), !isTraining);
    }
  }
});

/** Samples whatever their loudness, in few digits. */
function peakless(samples: ArrayLike<number>): string {
  const peak = Math.max(...Array.from(samples, Math.abs));
  return Array.from(samples, (sample) => (sample / peak).toFixed(4)).join();
}

digits("made-up voices are the same for the same random numbers, and never the same twice", () => {
  const made = spokenDigitsTask({ maxDigits: 2 });
  const [one, same] = [made.draw(new Random(1)), made.draw(new Random(1))];
  assert.equal(one, same);
  const random = new Random(2);
  const [first, second] = [made.draw(random, { length: 1 }), made.draw(random, { length: 1 })];
  assert.not.equal(first.samples, second.samples);
  assert.ok(first.samples.every((sample) => Math.abs(sample) <= 1));
});

digits("now and then there is a filler, of which nothing is to be written, but not where digits are asked for", () => {
  const made = spokenDigitsTask({ recordings: clips(["a"], 1), sampleRate: RATE, fillers: 0.5 });
  const random = new Random(4);
  const drawn = Array.from({ length: 200 }, () => made.draw(random));
  const fillers = drawn.filter(({ digits: said }) => !said.length);
  assert.ok(fillers.length > 70 && fillers.length < 130, `${fillers.length} of 200`);
  assert.ok(fillers.every(({ samples }) => samples.some(Boolean) && samples.every((s) => Math.abs(s) <= 1)));
  assert.ok(
    Array.from({ length: 50 }, () => made.draw(random, { length: 2 })).every(({ digits: d }) => d.length === 2),
  );
});

digits("options that do not fit the recordings are refused", () => {
  const make = (options: object) => (): unknown => spokenDigitsTask({ sampleRate: RATE, ...options });
  const all = clips(["a"], 1);
  assert.throws(make({ recordings: all.slice(0, 9) }), /a has not said 9/);
  assert.throws(make({ recordings: [] }), /there are no recordings/);
  assert.throws(make({ recordings: [{ ...all[0], digit: 10 }] }), /recording 0 is of the digit 10 by "a"/);
  assert.throws(
    make({ recordings: all, sampleRate: 2000 }),
    /recording 0 has 1000 samples a second, and must have 2000/,
  );
  assert.throws(make({ recordings: 3 }), /recordings is 3, and must be an array/);
  assert.throws(make({ minDigits: 3, maxDigits: 2 }), /minDigits is 3, and must be at most maxDigits, which is 2/);
  assert.throws(make({ leastPause: 2, mostPause: 1 }), /leastPause is 2/);
  const { crc32 } = spokenDigitsTask({ recordings: all, sampleRate: RATE }).options;
  spokenDigitsTask({ recordings: all, sampleRate: RATE, crc32: crc32 as number });
  assert.throws(make({ crc32 }), /there are no recordings, and it must be/);
  assert.throws(make({ crc32, recordings: clips(["b"], 1) }), /the recordings' CRC-32 is/);
  assert.is(spelled([7, 1]), "seven one");
});
digits.run();

const page = suite("the page of a recording");

page("has a line of each letter to where it was heard, as wide as the weight, and a row for each letter", () => {
  const model = new ListenAttendSpell(tiny);
  const recording = { samples: toneAt(50, RATE, 200).samples, sampleRate: RATE };
  const answer = { symbols: ["X", " "], probability: 0.5, attention: [[0.9, 0.1], [0.01, 0.99], [0, 1]] }; // prettier-ignore
  const html = soundPage({ ...recording, answer, seconds: 0.1 }, { model, input: "<tone>.wav", task: "tones" });
  assert.is(html.match(/class="letter"/g)!.length, 2);
  assert.equal(
    [...html.matchAll(/stroke-width="([\d.]+)"/g)].map(([, width]) => width),
    ["8.1", "0.9", "8.9"],
  );
  assert.match(html, /aria-label="X, most at 0.05 s"/);
  assert.match(html, /aria-label="space, most at 0.15 s"/);
  assert.match(html, /&#60;tone&#62;\.wav/);
  assert.match(html, /50.0% probable/);
  const without = soundPage(
    { ...recording, answer: { ...answer, attention: null }, seconds: 0.1 },
    { model, input: "x" },
  );
  assert.match(without, /The model has no attention/);
  const many = { ...answer, symbols: Array.from({ length: 201 }, () => "x"), attention: null };
  assert.throws(() => soundPage({ ...recording, answer: many, seconds: 0.1 }, { model, input: "x" }), RangeError);
});
page.run();
