/** When the learning rate falls and training ends, and what a report says. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Answered } from "../../bindings/learn/answers.js";
import { Course } from "../../bindings/learn/course.js";
import { measured } from "../../bindings/learn/report.js";
import { sizeFor } from "../../bindings/learn/sizing.js";
import { calibrate } from "../../bindings/metrics/calibration.js";

const courses = suite("courses");
const options = { steps: 1400, every: 50, learningRate: 0.01 };

/** Evaluates until a course ends. */
function run(
  course: Course,
  value: (step: number) => number,
  isPerfect: (step: number) => boolean = () => false,
): number {
  for (let step = options.every; ; step += options.every) {
    course.evaluated(step, value(step), isPerfect(step));
    if (step >= course.end) return step;
    assert.ok(step < 10_000, "it never ends");
  }
}

courses("while evaluations get better the rate stays, and falls early enough to have fallen by the last step", () => {
  const course = new Course(options);
  const end = run(course, (step) => 1 - 1 / (1 + step * step));
  assert.is(end, 1400);
  assert.is(course.learningRate(50), 0.005);
  assert.is(course.learningRate(750), 0.01);
  assert.ok(Math.abs(course.learningRate(1100) - 0.0051) < 2e-4, `${course.learningRate(1100)}`);
  assert.ok(Math.abs(course.learningRate(1400) - 0.0002) < 1e-9);
});

courses("evaluations that get no better, or have no mistake, end it earlier; those of a plateau at 0 do not", () => {
  const stale = new Course(options);
  assert.is(
    run(stale, (step) => Math.min(0.5, step / 400)),
    850,
  );
  assert.is(stale.state.fallsFrom, 450);
  const perfect = new Course(options);
  assert.is(
    run(
      perfect,
      (step) => step / 2000,
      (step) => step >= 200,
    ),
    550,
  );
  assert.is(perfect.state.fallsFrom, 300);
  const plateau = new Course(options);
  plateau.evaluated(50, 0, false);
  for (let step = 100; step < 750; step += 50) plateau.evaluated(step, 0, false);
  assert.not.ok(plateau.isFalling);
});

courses("the best is the latest of the best, and a state goes on as if nothing had been", () => {
  const values = [0.1, 0.4, 0.3, 0.4, 0.2];
  const course = new Course(options);
  assert.equal(
    values.map((value, i) => course.evaluated(50 * (i + 1), value, false)),
    [true, true, false, true, false],
  );
  assert.is(course.state.bestStep, 200);
  const other = new Course(options, JSON.parse(JSON.stringify(course.state)) as typeof course.state);
  const rest = (of: Course): number => run(of, (step) => 0.4 + step / 1e6);
  assert.is(rest(other), rest(course));
  assert.equal(other.state, course.state);
});

courses("sizes grow with the pairs, and no size is trained for ever", () => {
  const counts = [20, 500, 2000, 5000, 50_000, 2_000_000];
  const sizes = counts.map(sizeFor);
  assert.equal(
    sizes.map(({ hiddenSize }) => hiddenSize),
    [96, 96, 96, 96, 128, 192],
  );
  assert.ok(sizes.every(({ steps }) => steps >= 2000 && steps <= 20_000));
  assert.ok(sizes.every(({ batch }, i) => !i || batch >= sizes[i - 1]!.batch));
});

const reports = suite("reports");

/** An answer that is right or not. */
function answered(source: string, answer: string, targets: readonly string[], score: number): Answered {
  const isRight = targets.includes(answer);
  const example = { source, targets };
  return {
    example,
    answer,
    score,
    isRight,
    ended: true,
    unknown: [],
    edits: isRight ? 0 : 1,
    length: targets[0]!.length,
  };
}

reports(
  "exact, edits, coverage of thresholds that were found on others, refusals, and the surest mistakes first",
  () => {
    const development = Array.from({ length: 400 }, (_, i) =>
      answered(`d${i}`, i < 380 ? "yes" : "no", ["yes"], i < 380 ? -0.01 : -2),
    );
    const calibration = calibrate(development);
    const test = [
      ...Array.from({ length: 6 }, (_, i) => answered(`t${i}`, "yes", ["yes"], -0.005)),
      answered("sure", "no", ["yes", "oui"], -0.001),
      answered("unsure", "no", ["yes"], -1.5),
      answered("refused", "", [""], -0.1),
      answered("should be refused", "no", [""], -1.2),
      { ...answered("unknown", "yes", ["yes"], -0.005), unknown: ["x"] },
    ];
    const report = measured(test, development, calibration);
    assert.is(report.exact, 8 / 11);
    assert.is(report.errorRate, 3 / 27);
    assert.is(report.unknown, 1);
    assert.equal(report.refusals, { wanted: 2, answered: 1 });
    assert.equal(
      report.coverage.map(({ precision }) => precision),
      [0.9, 0.95, 0.99],
    );
    assert.equal(report.coverage.at(-1), { precision: 0.99, coverage: 7 / 9, right: 6 / 7 });
    assert.is(report.coverage[0]!.coverage, 8 / 9, "at 90% of them the unsure ones are accepted, too");
    assert.equal(
      report.mistakes.map(({ source }) => source),
      ["sure", "should be refused", "unsure"],
    );
    assert.equal(report.mistakes[0]!.targets, ["yes", "oui"]);
    assert.ok(report.mistakes[0]!.confidence > 0.98);
  },
);

reports("with nothing to judge by, nothing is accepted", () => {
  const refused = [answered("a", "", [""], -0.1)];
  const report = measured(refused, refused, undefined);
  assert.is(report.exact, 1);
  assert.equal(report.coverage.at(-1), { precision: 0.99, coverage: 0, right: null });
});

courses.run();
reports.run();
