import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { STREAMS } from "../../bindings/graph/streams.js";
import { PictureError, ShowAttendTell, type Picture, type ShowAttendTellOptions } from "../../bindings/models.js";
import {
  captionsTask,
  scatteredDigitsTask,
  scatteredSymbols,
  type CaptionedPicture,
  type WrittenDigit,
} from "../../bindings/tasks.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { pairLosses } from "../../bindings/tasks/pairs.js";
import type { AnyTask } from "../../bindings/tasks/task.js";
import { fillPictures } from "../../bindings/systems/showAttendTell/pictureBatch.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { distorted } from "../../bindings/systems/showAttendTell/glyph.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { showAttendTellOf } from "./showAttendTellReference.js";

const engine = await testEngine();
const tiny: ShowAttendTellOptions = {
  symbols: [..."XYZ"],
  height: 8,
  width: 4,
  channels: 2,
  encoderLayers: 2,
  maps: 2,
  annotationSize: 3,
  hiddenSize: 3,
  embeddingSize: 2,
  attentionSize: 3,
  seed: 3,
};
const { loss, metrics } = pairLosses;
const task: AnyTask = { name: "pictures", options: {}, seed: 0, generate: () => undefined, loss, metrics };

/** Random noise. */
function noises(count: number): Picture[] {
  const random = new Random(5);
  return Array.from({ length: count }, () => ({
    height: 8,
    width: 4,
    channels: 2,
    pixels: Float32Array.from({ length: 64 }, () => random.uniform()),
  }));
}

/** A model whose parameters are all random, biases too. */
function randomModel(options: Partial<ShowAttendTellOptions> = {}): ShowAttendTell {
  const model = new ShowAttendTell({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -0.8, 0.8).data);
  return model;
}

/** Targets of each picture, without the end. */
const TOLD = [[1, 3], [2]];

function batchOf(model: ShowAttendTell, pictures = noises(2), told: readonly number[][] = TOLD): Batch {
  const batch = new Batch(model.batchLayout());
  fillPictures(
    batch,
    pictures.map(({ pixels }, i) => [pixels, told[i]!]),
  );
  return batch;
}

function inputsOf(batch: Batch, stream: number): Record<string, NDArray> {
  const words = Uint32Array.from({ length: 4 * STREAMS }, (_, i) => [7, 0, 0, stream * STREAMS + (i >> 2)][i % 4]!);
  const inputs: Record<string, NDArray> = { streams: array([STREAMS, 4], new Float32Array(words.buffer)) };
  for (const { name, data, time, size } of batch.fields)
    inputs[name] = array([time, batch.count, size], data.subarray(0, time * batch.count * size));
  return inputs;
}

/** One run of what training computes: `what` of the objective and its gradients. */
function run(model: ShowAttendTell, batch: Batch, stream: number, what: "loss" | "auxiliary" = "loss") {
  const graph = new Graph(true);
  const objective = model.objective(graph, task, batch.count);
  graph.result("value", objective[what]!);
  const program = compileGradients(graph, { differentiate: "value", parameterCount: model.parameterCount });
  const inputs = Object.entries(inputsOf(batch, stream)).filter(([name]) => program.inputs.has(name));
  const lengths = { time: batch.time };
  const done = runProgram(engine, program, Object.fromEntries(inputs), {
    lengths,
    parameters: model.parameters.values,
  });
  return { value: done.results["value"]!, gradients: done.gradients };
}

const sat = suite("ShowAttendTell");

for (const [attention, encoder] of [
  ["soft", {}],
  ["soft", { cellUnits: 5 }],
  ["soft", { focused: true }],
  ["none", {}],
  ["hard", {}],
] as const) {
  const cells = Object.entries(encoder).map(([name, value]) => ` and ${name} ${value}`);
  sat(
    `with attention ${attention}${cells.join("")}: what is told is as likely as by the paper's equations in f64`,
    () => {
      const model = randomModel({ attention, ...encoder, reading: "all" });
      const reference = showAttendTellOf(model, model.parameters.values);
      const pictures = noises(3);
      const answers = model.run(engine, pictures, { attention: attention !== "none", limit: 4 });
      answers.forEach(({ symbols, ended, score, attention: rows }, i) => {
        const ids = [...symbols.map((symbol) => model.target.numberOf(symbol)!), ...(ended ? [0] : [])];
        const { logProbabilities, weights } = reference.tell(pictures[i]!, ids, "soft");
        assert.ok(Math.abs(score - logProbabilities.reduce((a, b) => a + b, 0)) < 1e-4);
        if (attention === "none") return assert.is(rows, null);
        rows!.forEach((row, t) => close(array([2], row), array([2], weights[t]!), { rtol: 1e-4, atol: 1e-5 }));
      });
    },
  );
}

sat("hard attention that is run reads the cell that fits best, and nothing else", () => {
  const model = randomModel({ attention: "hard" });
  const reference = showAttendTellOf(model, model.parameters.values);
  const [picture] = noises(1) as [Picture];
  const [{ symbols, ended, score, attention }] = model.run(engine, [picture], { attention: true, limit: 4 }) as [
    ReturnType<ShowAttendTell["run"]>[number],
  ];
  const ids = [...symbols.map((symbol) => model.target.numberOf(symbol)!), ...(ended ? [0] : [])];
  const cells = Array.from(attention!, (row) => Array.from(row).indexOf(1));
  assert.ok(attention!.every((row) => Array.from(row).reduce((a, b) => a + b) === 1));
  const { logProbabilities, weights } = reference.tell(picture, ids, cells);
  assert.equal(
    cells,
    weights.map((row) => row.indexOf(Math.max(...row))),
  );
  assert.ok(Math.abs(score - logProbabilities.reduce((a, b) => a + b, 0)) < 1e-4);
});

const variants: Record<string, Partial<ShowAttendTellOptions>> = {
  "soft attention": {},
  "soft attention and dropout": { dropout: 0.4 },
  "soft attention and dropout in the encoder": { encoderDropout: 0.4 },
  "no attention": { attention: "none" },
  "units of cells": { cellUnits: 4 },
  "cells that see less around them": { focused: true },
};
for (const [what, options] of Object.entries(variants)) {
  for (const part of ["loss", "auxiliary"] as const) {
    if (part === "auxiliary" && options.attention === "none") continue;
    sat(`with ${what}: the ${part} and all its gradients are those of central differences`, () => {
      const model = randomModel(options);
      const batch = batchOf(model);
      const inputs = inputsOf(batch, 4);
      const f = ([all]: readonly NDArray[]): NDArray[] => {
        const graph = new Graph(true);
        graph.result("value", model.objective(graph, task, 2)[part]!);
        const parameters = new Map(
          model.parameters.parameters.map((p) => [p, array(p.shape, all!.data.subarray(p.offset, p.offset + p.size))]),
        );
        return [evaluateGraph(graph, { inputs, parameters, lengths: { time: 3 } })(graph.results.get("value")!)];
      };
      const values = array([model.parameterCount], model.parameters.values);
      const { value, gradients } = run(model, batch, 4, part);
      assert.ok(Math.abs(value - f([values])[0]!.data[0]!) < 1e-4);
      const [expected] = numericalGradients(f, [values], [array([], [1])]);
      close(array([model.parameterCount], gradients), expected!, { rtol: 5e-4, atol: 3e-5 });
    });
  }
}

sat("dropout in the encoder drops something else in every step of training, and nothing in a test", () => {
  const model = randomModel({ encoderDropout: 0.5 });
  const batch = batchOf(model);
  assert.not.equal(run(model, batch, 1).value, run(model, batch, 2).value);
  const without = randomModel();
  assert.equal(model.run(engine, noises(2)), without.run(engine, noises(2)));
});

sat("the loss is that of the paper's equations, and the penalty is λ Σ (1 − Σ α)² over the steps that are due", () => {
  const model = randomModel({ penalty: 0.7 });
  const reference = showAttendTellOf(model, model.parameters.values);
  const pictures = noises(2);
  let [loss, penalty] = [0, 0];
  TOLD.forEach((told, i) => {
    const { logProbabilities, weights } = reference.tell(pictures[i]!, [...told, 0], "soft");
    loss -= logProbabilities.reduce((a, b) => a + b, 0);
    weights[0]!.forEach((_, cell) => (penalty += 0.7 * (1 - weights.reduce((sum, row) => sum + row[cell]!, 0)) ** 2));
  });
  assert.ok(Math.abs(run(model, batchOf(model), 1).value - loss) < 1e-4);
  assert.ok(Math.abs(run(model, batchOf(model), 1, "auxiliary").value - penalty) < 1e-4);
});

sat(
  "gradients of hard attention are, on average, those of the expected loss: half soft, half over all ways to look",
  () => {
    const model = randomModel({ attention: "hard", annotationSize: 2, hiddenSize: 2, attentionSize: 2, maps: 1 });
    const [picture] = noises(1) as [Picture];
    const told = [2];
    const cells = [0, 1];
    // The loss over all ways to look at two cells in two steps, each as likely as the weights say.
    const expectedLoss = (parameters: ArrayLike<number>): number => {
      const reference = showAttendTellOf(model, parameters);
      const lossOf = (looked: readonly number[] | "soft") => {
        const { logProbabilities, weights } = reference.tell(picture, [...told, 0], looked);
        const likely = looked === "soft" ? 1 : looked.reduce((p, cell, t) => p * weights[t]![cell]!, 1);
        return -likely * logProbabilities.reduce((a, b) => a + b, 0);
      };
      const hard = cells.reduce((sum, a) => sum + cells.reduce((inner, b) => inner + lossOf([a, b]), 0), 0);
      return 0.5 * lossOf("soft") + 0.5 * hard;
    };
    const rows = 256;
    const batch = batchOf(model, new Array<Picture>(rows).fill(picture), new Array<number[]>(rows).fill(told));
    const runs = Array.from({ length: 60 }, (_, stream) => run(model, batch, stream).gradients);
    assert.not.equal(runs[0], runs[1]);
    assert.equal(runs[0], run(model, batch, 0).gradients); // the same numbers are drawn again
    const values = Float64Array.from(model.parameters.values);
    for (const [name, { offset, size }] of model.namedParameters()) {
      if (name.startsWith("baseline")) continue; // which has a loss of its own
      for (let i = offset; i < offset + size; ++i) {
        const at = (h: number): number => {
          const moved = values.slice();
          moved[i]! += h;
          return expectedLoss(moved);
        };
        const exact = (at(1e-5) - at(-1e-5)) / 2e-5;
        const seen = runs.map((gradients) => gradients[i]! / rows);
        const mean = seen.reduce((a, b) => a + b, 0) / seen.length;
        const variance = seen.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (seen.length - 1);
        const error = Math.sqrt(variance / seen.length);
        assert.ok(
          Math.abs(mean - exact) < 5 * error + 1e-5,
          `${name}[${i - offset}]: ${mean} ± ${error}, not ${exact}`,
        );
      }
    }
  },
);

sat("the baseline's gradient is that of ½ (R − b)² over what was drawn", () => {
  const model = randomModel({ attention: "hard" });
  const [picture] = noises(1) as [Picture];
  const { offset, size } = model.baseline!.bias;
  assert.is(size, 1);
  const seen = Array.from(
    { length: 40 },
    (_, stream) => run(model, batchOf(model, [picture], [[1]]), stream).gradients[offset]!,
  );
  // Of a picture that is read softly it is 0, which half of them are.
  const soft = seen.filter((each) => each === 0).length;
  assert.ok(soft > 8 && soft < 32, `${soft} of 40 are 0`);
});

sat("a batch gives the symbols, scores and weights of its pictures one by one", () => {
  for (const attention of ["soft", "hard"] as const) {
    const model = randomModel({ attention });
    const pictures = noises(5);
    const together = model.run(engine, pictures, { attention: true, beam: 3 });
    pictures.forEach((picture, i) => {
      assert.equal(together[i], model.run(engine, [picture], { attention: true, beam: 3 })[0]);
      assert.ok(together[i]!.attention!.every((row) => row.length === 2));
    });
  }
});

sat("tells symbol by symbol what a run tells at once", async () => {
  for (const attention of ["soft", "hard", "none"] as const) {
    const model = randomModel({ attention });
    const pictures = noises(3);
    for (const [i, { symbols }] of model.run(engine, pictures, { limit: 7 }).entries()) {
      const said: string[] = [];
      for await (const symbol of model.decode(engine, pictures[i]!, { limit: 7 })) said.push(symbol);
      assert.equal(said, symbols);
    }
  }
});

sat("what is no picture of its size is refused, and says why", () => {
  const model = new ShowAttendTell(tiny);
  const refused = (picture: unknown): Error => thrownBy(() => model.run(engine, [picture as Picture]));
  const [picture] = noises(1) as [Picture];
  const error = refused({ ...picture, width: 5 });
  assert.instance(error, PictureError);
  assert.match(
    error.message,
    /source 0 has 8 × 5 × 2 numbers, and must have 8 × 4 × 2, as the model learned: scale it/,
  );
  assert.match(refused({ ...picture, pixels: [0.5] }).message, /has 1 pixels' numbers, and must have 8 × 4 × 2/);
  const broken = (value: number): number[] => [...Array.from(picture.pixels).slice(0, 63), value];
  assert.match(refused({ ...picture, pixels: broken(NaN) }).message, /has NaN at 63/);
  assert.match(
    refused({ ...picture, pixels: broken(255) }).message,
    /has 255 at 63, and what is in a picture must be from 0 to 1/,
  );
  for (const none of [
    undefined,
    null,
    "a.png",
    new Float32Array(64),
    { ...picture, height: "8" },
    { ...picture, pixels: 3 },
  ])
    assert.match(refused(none).message, /must be \{ height, width, channels, pixels \}/);
});

sat(
  "without units of cells and dropout in the encoder, and not focused, a model is what it was before there were any",
  () => {
    const options = { cellUnits: 0, focused: false, encoderDropout: 0 };
    const [before, without] = [new ShowAttendTell(tiny), new ShowAttendTell({ ...tiny, ...options })];
    assert.equal(without.options, before.options);
    for (const name of Object.keys(options)) assert.not.ok(name in before.options);
    assert.equal(without.parameters.values, before.parameters.values);
    const all = { cellUnits: 5, focused: true, encoderDropout: 0.5 };
    const { cellUnits, focused, encoderDropout } = new ShowAttendTell({ ...tiny, ...all }).options;
    assert.equal({ cellUnits, focused, encoderDropout }, all);
  },
);

sat("options that do not fit are refused", () => {
  const make = (options: object) => (): unknown => new ShowAttendTell({ ...tiny, ...options });
  assert.throws(make({ height: 10 }), /height is 10, and must be a multiple of 4, since 2 layers halve it/);
  assert.throws(make({ encoderLayers: 3 }), /width is 4, and must be a multiple of 8/);
  assert.throws(make({ attention: "loud" }), /"soft" or "hard" or "none"/);
  assert.throws(make({ penalty: -1 }), /penalty/);
  assert.throws(make({ symbols: [] }), /symbols/);
  assert.throws(make({ cellUnits: -1 }), /cellUnits/);
  assert.throws(make({ encoderDropout: 1 }), /encoderDropout/);
  const digits = scatteredDigitsTask();
  assert.throws(
    () => new ShowAttendTell(tiny).expectFit("train", digits),
    /the model's symbols are not those of the task/,
  );
});

sat("learns to tell which of ten drawn digits there is, soft and hard", async () => {
  const digits = scatteredDigitsTask({ maxDigits: 1, lines: 1, perLine: 1, distortion: 0, fillers: 0, seed: 4 });
  for (const attention of ["soft", "hard"] as const) {
    const model = new ShowAttendTell({
      symbols: scatteredSymbols,
      height: 24,
      width: 24,
      maps: 8,
      annotationSize: 32,
      hiddenSize: 32,
      penalty: 0.05,
      attention,
      seed: 1,
    });
    const before = await evaluate(engine, model, digits, { sequences: 64 });
    for await (const { step } of train(engine, model, digits, { optimizer: adam({ learningRate: 3e-3 }), batch: 32 }))
      if (step === 250) break;
    const after = await evaluate(engine, model, digits, { sequences: 128 });
    assert.ok(before.sequenceError > 0.85, `${before.sequenceError} before`);
    assert.ok(after.sequenceError < 0.2, `${attention}: ${after.sequenceError} after`);
  }
});
sat.run();

const scattered = suite("scattered digits");

/** Squares of ink, each of another size, so many of each digit. */
const squares = (each: number): WrittenDigit[] =>
  Array.from({ length: 10 * each }, (_, i) => {
    const ink = new Float32Array(28 * 28);
    const digit = i % 10;
    for (let y = 0; y < 5 + digit; ++y) for (let x = 0; x < 3; ++x) ink[(8 + y) * 28 + 12 + x] = (i + 1) / (10 * each);
    return { digit, ink };
  });

scattered("do not touch, are where their places say, and are in the order of reading", () => {
  const made = scatteredDigitsTask({ maxDigits: 6 });
  const random = new Random(3);
  for (let i = 0; i < 60; ++i) {
    const { places, picture } = made.draw(random, { length: 1 + (i % 6), of: i % 2 ? "held out" : "learned" });
    assert.is(places.length, 1 + (i % 6));
    const { pixels, width, height } = picture;
    const owned = new Uint8Array(width * height);
    places.forEach(({ left, top, ...size }, k) => {
      assert.ok(left >= 0 && left + size.width <= width && top >= 0 && top + size.height <= height);
      for (let y = top; y < top + size.height; ++y)
        for (let x = left; x < left + size.width; ++x) owned[y * width + x]! += 1;
      const before = places[k - 1];
      if (!before) return;
      assert.ok(before.top + before.height <= top || before.left + before.width + 2 <= left); // below, or to the right
    });
    assert.ok(owned.every((owners, at) => owners <= 1 && (owners === 1 || pixels[at] === 0)));
    assert.ok(
      Array.from(pixels).every((each) => each >= 0 && each <= 1) && Array.from(pixels).some((each) => each > 0.5),
    );
  }
});

scattered("are the pictures that are given, cut to their ink", () => {
  const made = scatteredDigitsTask({ digits: squares(1), distortion: 0 });
  const { places, picture } = made.draw(new Random(2), { length: 3 });
  for (const { digit, left, top, height, width } of places) {
    assert.equal([height, width], [5 + digit, 3]);
    const ink = picture.pixels[top * picture.width + left]!;
    assert.ok(Math.abs(ink - (digit + 1) / 10) < 1e-6);
  }
});

scattered("every twentieth picture of a digit is seen in evaluation only", () => {
  const made = scatteredDigitsTask({ digits: squares(20), distortion: 0, maxDigits: 1, fillers: 0 });
  const random = new Random(3);
  const heldOut = (of: "learned" | "held out" | "all"): number =>
    Array.from({ length: 100 }, () => Math.max(...Array.from(made.draw(random, { of }).picture.pixels))).filter(
      (ink) => ink > 190.5 / 200,
    ).length;
  assert.equal([heldOut("learned"), heldOut("held out")], [0, 100]);
  assert.ok(heldOut("all") < 30);
});

scattered("are the same for the same random numbers, and distorted in training alone", () => {
  const made = scatteredDigitsTask({ digits: squares(1) });
  assert.equal(made.draw(new Random(1)), made.draw(new Random(1)));
  const sizes = (of: "learned" | "held out"): string[] => {
    const random = new Random(9);
    return Array.from({ length: 40 }, () => {
      const [{ digit, height, width }] = made.draw(random, { length: 1, of }).places as [
        ReturnType<typeof made.draw>["places"][number],
      ];
      return `${height - digit} ${width}`;
    });
  };
  assert.equal([...new Set(sizes("held out"))], ["5 3"]);
  assert.ok(new Set(sizes("learned")).size > 4);
});

scattered(
  "bent, a pixel shows what is a few pixels off, smoothly, and not bent, the random numbers are those of before",
  () => {
    const ramp = (along: (i: number) => number): Float32Array =>
      Float32Array.from({ length: 784 }, (_, i) => along(i) / 27);
    const bending = 2.5;
    for (const [along, step] of [
      [(i: number) => i % 28, 1],
      [(i: number) => Math.floor(i / 28), 28],
    ] as const) {
      const bent = distorted(new Random(5), ramp(along), { distortion: 0, bending });
      const off = Array.from(bent, (ink, i) => 27 * ink - along(i));
      const inner = off.map((_, i) => i).filter((i) => [i % 28, Math.floor(i / 28)].every((at) => at > 3 && at < 24));
      assert.ok(inner.every((i) => Math.abs(off[i]!) <= bending + 1e-5));
      assert.ok(inner.some((i) => off[i]! > 0.3) && inner.some((i) => off[i]! < -0.3));
      // Of a smooth step between knots that are 28 / 3 pixels apart, the steepest part.
      assert.ok(inner.every((i) => Math.abs(off[i + step]! - off[i]!) <= (2 * bending * 1.5 * 3) / 28 + 1e-5));
    }
    const [one, other] = [new Random(6), new Random(6)];
    distorted(
      one,
      ramp(() => 1),
      { distortion: 0.1, bending: 0 },
    );
    for (let i = 0; i < 4; ++i) other.uniform();
    assert.is(one.uniform(), other.uniform());
    const { options } = scatteredDigitsTask({ bending: 2 });
    assert.is(options["bending"], 2);
    assert.not.ok("bending" in scatteredDigitsTask().options);
  },
);

scattered("now and then there is a filler, of which nothing is to be told, but not where digits are asked for", () => {
  const made = scatteredDigitsTask({ digits: squares(1), fillers: 0.5 });
  const random = new Random(4);
  const fillers = Array.from({ length: 200 }, () => made.draw(random)).filter(({ places }) => !places.length);
  assert.ok(fillers.length > 70 && fillers.length < 130, `${fillers.length} of 200`);
  assert.ok(fillers.every(({ picture }) => picture.pixels.every((each) => each >= 0 && each <= 1)));
  assert.ok(new Set(fillers.map(({ picture }) => picture.pixels.join())).size > fillers.length - 2);
  assert.ok(
    Array.from({ length: 50 }, () => made.draw(random, { length: 2 })).every(({ places }) => places.length === 2),
  );
});

scattered("a part of the fillers may be upside down, if that makes a 3, a 4 or a 7 of them none", () => {
  // Ink of a digit is all of one grey, so that it tells which it is.
  const digits = squares(1);
  const made = scatteredDigitsTask({ digits, fillers: 0.9, turned: 0.5, distortion: 0 });
  const random = new Random(8);
  const told = Array.from({ length: 400 }, () => made.draw(random))
    .filter(({ places }) => !places.length)
    .map(({ picture }) => {
      const ink = new Set(Array.from(picture.pixels, (each) => Math.round(each * 1e6)));
      ink.delete(0);
      const greys = new Set(digits.map(({ ink }) => Math.round(Math.max(...Array.from(ink)) * 1e6)));
      return ink.size && [...ink].every((each) => greys.has(each))
        ? [...ink].map((each) => Math.round(each / 1e5) - 1)
        : [];
    })
    // A filler of lines is of one grey, that of a 9.
    .filter((seen) => seen.length && String(seen) !== "9");
  assert.ok(told.length > 40 && told.length < 200, `${told.length}`);
  assert.ok(told.every((seen) => seen.some((digit) => [3, 4, 7].includes(digit))));
  assert.not.ok("turned" in scatteredDigitsTask().options);
});

scattered("options that do not fit are refused", () => {
  const make = (options: object) => (): unknown => scatteredDigitsTask(options);
  assert.throws(make({ maxDigits: 7 }), /maxDigits on 2 × 3 places is 7, and must be a whole number from 1 to 6/);
  assert.throws(make({ minDigits: 4 }), /minDigits is 4, and must be at most maxDigits, which is 3/);
  assert.throws(make({ digits: [] }), /there is no picture of a 0/);
  assert.throws(make({ digits: squares(1).slice(1) }), /there is no picture of a 0/);
  assert.throws(make({ digits: 3 }), /digits is 3, and must be an array/);
  assert.throws(make({ digits: [{ digit: 10, ink: new Float32Array(784) }] }), /digit 0 is 10 with/);
  assert.throws(
    make({ digits: [{ digit: 1, ink: new Float32Array(783) }] }),
    /and must be a digit from 0 to 9 and 784/,
  );
  assert.throws(make({ digits: [{ digit: 1, ink: new Float32Array(784).fill(2) }] }), /784 numbers from 0 to 1/);
  const { crc32 } = scatteredDigitsTask({ digits: squares(1) }).options;
  scatteredDigitsTask({ digits: squares(1), crc32: crc32 as number });
  assert.throws(make({ crc32 }), /there are no digits, and it must be/);
  assert.throws(make({ crc32, digits: squares(2) }), /the digits' CRC-32 is/);
  assert.throws(() => scatteredDigitsTask().draw(new Random(1), { length: 7 }), /length/);
});
scattered.run();

const captions = suite("captions");

const captioned = (): CaptionedPicture[] => {
  const [one, two] = noises(2) as [Picture, Picture];
  return [
    { picture: one, caption: ["red", "circle"] },
    { picture: two, caption: ["blue"] },
  ];
};

captions("are told of their pictures, which training moves by a few pixels", () => {
  const pictures = captioned();
  const made = captionsTask({ captions: pictures, shift: 1 });
  assert.equal(made.symbols, ["blue", "circle", "red"]);
  const batch = new Batch(new ShowAttendTell({ ...tiny, symbols: made.symbols }).batchLayout());
  const seen = { moved: new Set<string>(), still: new Set<string>() };
  for (const step of [1, undefined]) {
    made.generate(new Random(1), 64, batch, step === undefined ? {} : { step });
    assert.equal(batch.dimensions, { time: 3 });
    for (let row = 0; row < 64; ++row) {
      const told = [0, 1, 2].map((t) => batch.targets[t * 64 + row]!);
      const pixels = batch.block("picture").slice(row * 64, (row + 1) * 64);
      const i = told[0] === 3 ? 0 : 1;
      assert.equal(
        told,
        [
          [3, 2, 0],
          [1, 0, 0],
        ][i],
      );
      assert.equal(
        [0, 1, 2].map((t) => batch.mask[t * 64 + row]),
        [
          [1, 1, 1],
          [1, 1, 0],
        ][i],
      );
      const original = pictures[i]!.picture.pixels;
      if (step === undefined) assert.equal([...pixels], [...Array.from(original)]);
      // The middle of what was moved by up to one pixel is within it.
      const middle = [pixels[(3 * 4 + 1) * 2]!, pixels[(3 * 4 + 1) * 2 + 1]!];
      const places = [2, 3, 4].flatMap((y) => [0, 1, 2].map((x) => (y * 4 + x) * 2));
      assert.ok(places.some((at) => original[at] === middle[0] && original[at + 1] === middle[1]));
      seen[step ? "moved" : "still"].add(pixels.join());
    }
  }
  assert.is(seen.moved.size, 18);
  assert.is(seen.still.size, 2);
});

captions("what is none is refused", () => {
  const make = (options: object) => (): unknown => captionsTask({ captions: captioned(), ...options });
  const [one, two] = captioned() as [CaptionedPicture, CaptionedPicture];
  assert.throws(make({ captions: [] }), /captions is .*, and must be an array of pictures/);
  assert.throws(make({ captions: [{ picture: 3, caption: [] }] }), /picture 0 is .*, and must be \{ height/);
  assert.throws(make({ captions: [one, { ...two, caption: "blue" }] }), /caption 1 is "blue", and must be an array/);
  assert.throws(
    make({ captions: [one, { ...two, picture: { ...two.picture, width: 3 } }] }),
    /picture 1 has 8 × 3 × 2/,
  );
  assert.throws(make({ symbols: ["red", "circle"] }), /caption 1 has the word "blue", which is not in its vocabulary/);
  const { crc32 } = captionsTask({ captions: captioned() }).options;
  make({ crc32 })();
  assert.throws(make({ crc32, captions: [two, one] }), /they are others/);
});
captions.run();
