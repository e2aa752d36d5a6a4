/** Whether a model's probabilities tell how often it is right, once they are calibrated. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../bindings/common/random/philox.js";
import {
  acceptance,
  calibrate,
  calibrationError,
  confidenceOf,
  type Calibration,
  type Judged,
} from "../bindings/metrics/calibration.js";
import { calibrationIn, calibrationMetadata } from "../bindings/metrics/storedCalibration.js";
import { expectSure, UnsureError } from "../bindings/metrics/unsureError.js";
import { thrownBy } from "./support/thrown.js";

const calibration = suite("calibration");

/** Answers of a model that thinks too well of itself: it says p, and is right in p² of the cases. */
function overconfident(count: number, seed: number): Judged[] {
  const random = new Random(seed);
  const unit = (): number => random.integer(0, 1e6) / 1e6;
  return Array.from({ length: count }, () => {
    const probability = 0.01 + 0.99 * unit();
    return { score: Math.log(probability), isRight: unit() < probability ** 2 };
  });
}
const told = (of: Calibration, answers: readonly Judged[]) =>
  answers.map(({ score, isRight }) => ({ confidence: confidenceOf(of, score), isRight }));

calibration("what a model says too often becomes how often it is right, on answers that the map has not seen", () => {
  const [held, fresh] = [overconfident(4000, 1), overconfident(4000, 2)];
  const raw = fresh.map(({ score, isRight }) => ({ confidence: Math.exp(score), isRight }));
  assert.ok(calibrationError(raw) > 0.12, `${calibrationError(raw)}`);
  const map = calibrate(held);
  const error = calibrationError(told(map, fresh));
  assert.ok(error < 0.025, `${error}`);
  assert.ok(Math.abs(map.error - error) < 0.02, `it says ${map.error}, which is ${error}`);
  for (const p of [0.2, 0.5, 0.8]) {
    const confidence = confidenceOf(map, Math.log(p));
    assert.ok(Math.abs(confidence - p ** 2) < 0.08, `${p}: ${confidence}`);
  }
});

calibration("confidence never falls where the score rises, and is a part", () => {
  for (const count of [1, 2, 3, 49, 50, 101, 777]) {
    const map = calibrate(overconfident(count, count));
    let before = 0;
    for (let score = -12; score <= 0; score += 0.01) {
      const confidence = confidenceOf(map, score);
      assert.ok(confidence >= before && confidence <= 1, `${count} answers: ${confidence} at ${score}`);
      before = confidence;
    }
    assert.ok(before > 0 && before < 1, "nothing is sure");
    assert.ok(map.points.length <= 80);
    assert.is(map.answers, count);
  }
});

calibration("from the threshold on, as many answers are right as were wanted, and no fewer are accepted", () => {
  const answers = overconfident(5000, 3);
  for (const precision of [0.5, 0.9, 0.95]) {
    const { threshold, coverage } = acceptance(answers, precision);
    const accepted = answers.filter(({ score }) => score >= threshold!);
    const right = accepted.filter(({ isRight }) => isRight).length;
    assert.ok(right / accepted.length >= precision, `${precision}`);
    assert.ok(Math.abs(coverage - accepted.length / answers.length) < 1e-5);
    const more = [...answers].sort((a, b) => b.score - a.score).slice(0, accepted.length + 200);
    assert.ok(more.filter(({ isRight }) => isRight).length / more.length < precision + 0.01, "many more would not do");
  }
});

calibration("few answers promise little, and equal scores are accepted together or not at all", () => {
  const right = (count: number, score = -0.1): Judged[] =>
    Array.from({ length: count }, () => ({ score, isRight: true }));
  assert.equal(acceptance(right(98), 0.99), { threshold: null, coverage: 0 });
  assert.equal(acceptance(right(99), 0.99), { threshold: -0.1, coverage: 1 });
  const tied = [...right(99), { score: -0.1, isRight: false }];
  assert.equal(acceptance(tied, 0.99), { threshold: null, coverage: 0 });
  assert.equal(acceptance([...right(199), { score: -0.2, isRight: false }], 0.99).coverage, 1);
  assert.equal(acceptance([...right(100), { score: -0.2, isRight: false }], 0.99).coverage, 0.990099);
});

calibration("the error is what it is defined as", () => {
  const answers = [
    { confidence: 0.2, isRight: false },
    { confidence: 0.4, isRight: true },
    { confidence: 0.9, isRight: true },
    { confidence: 0.7, isRight: false },
  ];
  const close = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);
  close(calibrationError(answers, { bins: 1 }), (0.2 + 0.4 + 0.9 + 0.7 - 2) / 4);
  close(calibrationError(answers, { bins: 2 }), (Math.abs(0.6 - 1) + Math.abs(1.6 - 1)) / 4);
  close(calibrationError(answers, { bins: 4 }), (0.2 + 0.6 + 0.7 + 0.1) / 4);
  close(calibrationError(answers, { bins: 100 }), (0.2 + 0.6 + 0.7 + 0.1) / 4);
});

calibration("it goes through a file's metadata, and a damaged one is refused", () => {
  const map = calibrate(overconfident(600, 4), { precision: 0.95 });
  const metadata = calibrationMetadata(map);
  assert.equal(calibrationIn({ ...metadata, author: "me" }), map);
  assert.is(calibrationIn({}), undefined);
  assert.is(calibrationIn(undefined), undefined);
  const damaged = [
    "",
    "null",
    "[]",
    "{}",
    JSON.stringify({ ...map, points: [] }),
    JSON.stringify({
      ...map,
      points: [
        [-1, 0.5],
        [-2, 0.6],
      ],
    }),
    JSON.stringify({
      ...map,
      points: [
        [-2, 0.7],
        [-1, 0.6],
      ],
    }),
    JSON.stringify({ ...map, points: [[-2, 1.7]] }),
    JSON.stringify({ ...map, threshold: "-1" }),
    JSON.stringify({ ...map, coverage: 2 }),
  ];
  for (const text of damaged) {
    assert.match(thrownBy(() => calibrationIn({ calibration: text })).message, /calibration .* is damaged/, text);
  }
});

calibration("an answer that is not sure is refused by name, with what it would have been", () => {
  const map: Calibration = {
    points: [
      [-2, 0.5],
      [-1, 0.9],
      [0, 1],
    ],
    precision: 0.99,
    threshold: -0.05,
    coverage: 0.4,
    error: 0.01,
    answers: 100,
  };
  const answer = (score: number) => ({ source: "24", answer: "T UW", score });
  assert.is(expectSure(map, answer(-0.01)), 0.999);
  const error = thrownBy(() => expectSure(map, answer(-1))) as UnsureError;
  assert.instance(error, UnsureError);
  assert.match(
    error.message,
    /Cannot answer "24": its likeliest reading is "T UW", which is right in 90% of such cases/,
  );
  assert.equal([error.source, error.guess], ["24", { answer: "T UW", confidence: 0.9 }]);
  assert.is(expectSure(map, answer(-1), { least: 0.9 }), 0.9);
  assert.instance(
    thrownBy(() => expectSure(map, answer(-1), { least: 0.91 })),
    UnsureError,
  );
  assert.instance(
    thrownBy(() => expectSure({ ...map, threshold: null }, answer(0))),
    UnsureError,
  );
});

calibration("what is no answer is refused", () => {
  for (const make of [calibrate, (answers: never) => acceptance(answers, 0.9)]) {
    assert.match(thrownBy(() => make([] as never)).message, /must be an array of at least one/);
    assert.match(thrownBy(() => make([{ score: NaN, isRight: true }] as never)).message, /score of answer 0 is NaN/);
    assert.match(thrownBy(() => make([{ score: 0.5, isRight: true }] as never)).message, /must be at most 0/);
  }
  assert.match(thrownBy(() => calibrationError([])).message, /there must be an answer/);
  assert.match(thrownBy(() => calibrate([], { precision: 2 })).message, /precision is 2/);
});

calibration.run();
