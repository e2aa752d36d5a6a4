/** What the shipped model of dates is to be relied on for: fresh dates are read, and what is none is refused. */
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { calibrationError, confidenceOf } from "../../bindings/metrics/calibration.js";
import { calibrationIn } from "../../bindings/metrics/storedCalibration.js";
import { UnsureError } from "../../bindings/metrics/unsureError.js";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { dayOf } from "../../bindings/systems/attentionSeq2Seq/dates/calendar.js";
import { dateAnswer, plainDate } from "../../bindings/systems/attentionSeq2Seq/dates/dateAnswer.js";
import { manyFormats } from "../../bindings/systems/attentionSeq2Seq/dates/formats.js";
import { isShort, written } from "../../bindings/systems/attentionSeq2Seq/dates/writeDate.js";
import { datesTask, type DatesTaskOptions } from "../../bindings/systems/attentionSeq2Seq/dates.js";
import { testEngine } from "../support/engine.js";

const file = "dates.safetensors";
const bytes = readFileSync(new URL(`../../checkpoints/${file}`, import.meta.url));
const { model, task, metadata } = loadCheckpoint(bytes, { file, models: [AttentionSeq2Seq] });
const calibration = calibrationIn(metadata)!;
const engine = await testEngine("release");
const options = task!.options as DatesTaskOptions;

/** Fresh texts of a stream that nothing else draws from. */
function drawn(count: number, nonDates: number, leapDays = 0): (readonly [text: string, iso: string])[] {
  const random = new Random(987_654_321, 1);
  const { draw } = datesTask({ ...options, nonDates, leapDays });
  return Array.from({ length: count }, () => draw(random));
}

/** What is said of each text: a day, or nothing where it is refused. */
function answersTo(texts: readonly string[]): string[] {
  const plain = texts.map(plainDate);
  const asked = plain.filter(Boolean);
  const said = model.run(engine, asked);
  const days = new Map(asked.map((text, i) => [text, said[i]!]));
  return plain.map((text) => {
    if (!text) return "";
    try {
      return dateAnswer(text, days.get(text)!, { calibration }).iso;
    } catch (error) {
      assert.instance(error, UnsureError);
      return "";
    }
  });
}

const dates = suite("the shipped model of dates");

dates("reads 99.5% of fresh dates, and is wrong about none of the others", () => {
  const fresh = drawn(5000, 0);
  const answers = answersTo(fresh.map(([text]) => text));
  const right = answers.filter((answer, i) => answer === fresh[i]![1]).length;
  assert.ok(right >= 0.995 * fresh.length, `${right} of ${fresh.length}`);
  assert.equal(
    answers.filter((answer, i) => answer && answer !== fresh[i]![1]),
    [],
  );
});

dates("has learned itself to refuse 99% of what is no date, and with its checks refuses all", () => {
  const all = drawn(5000, 1).map(([text]) => text);
  const fresh = all.filter((text) => plainDate(text) === text); // a stop too many is no mistake
  assert.ok(fresh.length > 4000);
  const alone = model.run(engine, fresh).filter(({ symbols, score }) => {
    return !dayOf(symbols.join("")) || score < (calibration.threshold ?? Infinity);
  });
  assert.ok(alone.length >= 0.99 * fresh.length, `${alone.length} of ${fresh.length}`);
  assert.equal(answersTo(fresh).filter(Boolean), []);
});

dates("knows which years have a 29 February", () => {
  const fresh = drawn(2000, 0.5, 1);
  const answers = answersTo(fresh.map(([text]) => text));
  const right = answers.filter((answer, i) => answer === fresh[i]![1]).length;
  assert.ok(right >= 0.97 * fresh.length, `${right} of ${fresh.length}`);
});

dates("reads 29 February of the years in which people write it, also of 2000, in every format", () => {
  const formats = manyFormats().filter((format) => !isShort(format));
  for (const year of [1988, 1992, 1996, 2000, 2004, 2008, 2012, 2016, 2020, 2024, 2028]) {
    const answers = answersTo(formats.map((format) => written(format, { year, month: 2, day: 29 })));
    assert.equal([...new Set(answers.filter(Boolean))], [`${year}-02-29`]);
    const refused = answers.filter((answer) => !answer).length;
    assert.ok(refused <= 0.03 * formats.length, `${year}: ${refused} of ${formats.length} are refused`);
  }
});

dates("says nothing but days of the calendar, whatever it is given", () => {
  const random = new Random(4, 2);
  const alphabet = [..." ',-./0123456789:abcdefghijklmnopqrstuvwxyzMJFASOND€é語"];
  const strings = Array.from({ length: 5000 }, () =>
    Array.from({ length: random.integer(1, 20) }, () => alphabet[random.integer(0, alphabet.length - 1)]!).join(""),
  );
  for (const answer of answersTo(strings)) assert.ok(!answer || dayOf(answer), answer);
});

dates("tells how sure it is, to a hundredth", () => {
  const fresh = drawn(5000, options.nonDates!);
  const said = model.run(
    engine,
    fresh.map(([text]) => text),
  );
  const told = said.map(({ symbols, score }, i) => {
    return { confidence: confidenceOf(calibration, score), isRight: symbols.join("") === fresh[i]![1] };
  });
  const error = calibrationError(told);
  assert.ok(error <= 0.01, `${error}`);
});

dates.after(() => {
  model.release(engine);
  engine.dispose();
});
dates.run();
