import { Random } from "../../bindings/common/random/philox.js";
import type { Engine } from "../../bindings/core.js";
import { errorRates } from "../../bindings/metrics/errorRates.js";
import { ShowAttendTell } from "../../bindings/models.js";
import { scatteredDigitsTask, type DigitPlace, type ScatteredDigitsOptions } from "../../bindings/tasks.js";
import { calibratedLooking } from "../../cli/calibratedLooking.js";
import type { CaptionsFile, SheetPicture } from "../../cli/captions.js";
import type { DigitsFile } from "../../cli/writtenDigits.js";
import { BEAM, PICTURES, type Looking } from "../../recipes/showAttendTell.js";
import { bleu } from "../bleu.js";
import { readData } from "../data.js";
import type { Examination, Measured, System } from "../system.js";

type Of = Examination<ShowAttendTell, Looking>;
type Answer = ReturnType<ShowAttendTell["run"]>[number];

/** Whether the middle of what was looked at is at most a cell away from the middle of a digit, each way. */
function isCentred(model: ShowAttendTell, weights: ArrayLike<number> | undefined, place: DigitPlace): boolean {
  if (!weights) return false;
  const { columns, rows } = model.encoder;
  const [cellHeight, cellWidth] = [model.options.height / rows, model.options.width / columns];
  let [x, y, all] = [0, 0, 0];
  Array.from(weights).forEach((weight, cell) => {
    x += weight * ((cell % columns) + 0.5) * cellWidth;
    y += weight * (Math.floor(cell / columns) + 0.5) * cellHeight;
    all += weight;
  });
  const across = Math.abs(x / all - (place.left + place.width / 2));
  const down = Math.abs(y / all - (place.top + place.height / 2));
  return across <= cellWidth && down <= cellHeight;
}

/** Canvases of digits of the test's own, all of them, or of digits that are drawn. */
function digits({ engine, model, task, experiment, test }: Of): Measured {
  const { length, sequences = PICTURES } = test;
  const { crc32: _, ...options } = task.options as ScatteredDigitsOptions;
  const given = experiment.data && { digits: (readData(experiment, "test") as DigitsFile).digits };
  const drawing = scatteredDigitsTask({ ...options, ...given });
  const random = new Random(1_000_000, 1); // training has another stream
  const canvases = Array.from({ length: sequences }, () => drawing.draw(random, { length, of: "all" }));
  const { answers, milliseconds } = told(engine, model, canvases, model.options.attention !== "none");
  const rates = errorRates(
    answers.map(({ symbols }) => symbols),
    canvases.map(({ places }) => [places.map(({ digit }) => String(digit))]),
  );
  const looks = canvases.flatMap(({ places }, i) =>
    places.map((place, t) => isCentred(model, answers[i]!.attention?.[t], place)),
  );
  return {
    sequenceErrorRate: rates.sequenceErrorRate,
    symbolErrorRate: rates.symbolErrorRate,
    ...(model.options.attention !== "none" && { centred: looks.filter(Boolean).length / looks.length }),
    pictures: sequences,
    milliseconds,
  };
}

function told(
  engine: Engine,
  model: ShowAttendTell,
  seen: readonly Pick<SheetPicture, "picture">[],
  attention: boolean,
): { answers: Answer[]; milliseconds: number } {
  const begin = performance.now();
  const answers = model.run(
    engine,
    seen.map(({ picture }) => picture),
    { beam: BEAM, attention },
  );
  return { answers, milliseconds: (performance.now() - begin) / seen.length };
}

/** Captions of pictures of a part that training has not seen; `composable` leaves those with words that it never read. */
function captions({ engine, model, experiment, test }: Of): Measured {
  const { part = "test", composable, nearest, sequences } = test;
  const file = readData(experiment, "test") as CaptionsFile;
  const known = new Set(model.options.symbols);
  const asked = file
    .part(part)
    .filter(({ caption }) => !composable || caption.every((word) => known.has(word)))
    .slice(0, sequences);
  const references = asked.map(({ caption }) => [caption]);
  const { answers, milliseconds } = nearest
    ? { answers: nearestCaptions(file.part("train"), asked), milliseconds: 0 }
    : told(engine, model, asked, false);
  const said = answers.map(({ symbols }) => symbols);
  return {
    sequenceErrorRate: errorRates(said, references).sequenceErrorRate,
    bleu: bleu(said, references).score,
    pictures: asked.length,
    milliseconds,
  };
}

/** Captions of the pictures whose pixels are nearest: the sum of squared differences is the least. */
function nearestCaptions(known: readonly SheetPicture[], asked: readonly SheetPicture[]): Pick<Answer, "symbols">[] {
  return asked.map(({ picture }) => {
    const pixels = Float32Array.from(picture.pixels);
    let [least, nearest] = [Infinity, known[0]!];
    for (const each of known) {
      const others = each.picture.pixels;
      let sum = 0;
      for (let i = 0; i < pixels.length && sum < least; ++i) sum += (pixels[i]! - others[i]!) ** 2;
      if (sum < least) [least, nearest] = [sum, each];
    }
    return { symbols: nearest.caption };
  });
}

const measures: Readonly<Record<string, typeof digits>> = { captions, "scattered-digits": digits };

/**
 * Tells freely, by beams, from nothing but pictures: `sequenceErrorRate` of whole answers; of digits `centred`, the part
 * of them that it looked at when their turn had come; of captions `bleu`.
 */
export const system: System<ShowAttendTell, Looking> = {
  className: ShowAttendTell.className,
  measure: (of) => measures[of.task.name]!(of),
  calibrate: ({ engine, model, task, experiment }, precision, each) => {
    const { digits } = readData(experiment, "train") as DigitsFile;
    return calibratedLooking({ model, task }, engine, digits, precision, each).metadata;
  },
};
