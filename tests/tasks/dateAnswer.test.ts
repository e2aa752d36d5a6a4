/** What is said of a date: a day that its text names, as sure as it is to be, or why there is none. */
import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { UnsureError } from "../../bindings/metrics/unsureError.js";
import type { Calibration } from "../../bindings/metrics/calibration.js";
import { dayOf } from "../../bindings/systems/attentionSeq2Seq/dates/calendar.js";
import { dateAnswer, plainDate } from "../../bindings/systems/attentionSeq2Seq/dates/dateAnswer.js";
import { whyNoDate } from "../../bindings/systems/attentionSeq2Seq/dates/whyNoDate.js";
import { thrownBy } from "../support/thrown.js";

const answers = suite("dateAnswer");

const calibration: Calibration = {
  points: [
    [-2, 0.5],
    [0, 1],
  ],
  precision: 0.99,
  threshold: -0.02,
  coverage: 0.9,
  error: 0,
  answers: 1000,
};
const said = (iso: string, score = -0.01) => ({ symbols: [...iso], score });
const refusal = (text: string, iso: string, options: Parameters<typeof dateAnswer>[2] = {}, score = -0.01): string => {
  const error = thrownBy(() => dateAnswer(text, said(iso, score), options));
  assert.instance(error, UnsureError, text);
  return error.message;
};

answers("a day that the text names, with how sure it is", () => {
  assert.equal(dateAnswer("9 may 98", said("1998-05-09")), { iso: "1998-05-09", confidence: null });
  assert.equal(dateAnswer("9 may 98", said("1998-05-09"), { calibration }), { iso: "1998-05-09", confidence: 0.9975 });
});

answers("a model that says another day, none, or nonsense is not believed", () => {
  assert.match(refusal("9 may 98", "1998-05-08"), /the model makes 1998-05-08 of it, and its format 1998-05-09/);
  assert.match(refusal("9 may 98", "1998-05-99"), /1998-05-99 of it, which is no day/);
  assert.match(refusal("9 may 98", "98-5"), /which is no day/);
  assert.match(refusal("9 may 98", ""), /the model takes it for no date/);
  assert.match(refusal("31 feb 2020", "2020-03-02"), /February 2020 has no day 31/);
});

answers("what is not likely enough is refused: by the threshold, or by what the caller wants", () => {
  assert.match(
    refusal("9 may 98", "1998-05-09", { calibration }, -0.5),
    /"1998-05-09", which is right in 88% of such cases/,
  );
  assert.is(dateAnswer("9 may 98", said("1998-05-09", -0.5), { calibration, least: 0.8 }).confidence, 0.875);
  assert.match(refusal("9 may 98", "1998-05-09", { calibration, least: 0.9 }, -0.5), /must be in 90%/);
});

answers("two numbers that may be the day are told apart aloud", () => {
  const ambiguous = (text: string, iso: string): unknown => dateAnswer(text, said(iso)).ambiguous;
  assert.equal(ambiguous("1/2/2003", "2003-01-02"), {
    order: "month, day, year",
    iso: "2003-01-02",
    others: [{ order: "day, month, year", iso: "2003-02-01" }],
  });
  assert.equal(ambiguous("01.02.03", "2003-02-01"), {
    order: "day, month, year",
    iso: "2003-02-01",
    others: [
      { order: "month, day, year", iso: "2003-01-02" },
      { order: "year, month, day", iso: "2001-02-03" },
    ],
  });
  assert.is(ambiguous("13.02.2003", "2003-02-13"), undefined);
  assert.is(ambiguous("02.02.2003", "2003-02-02"), undefined);
  assert.is(ambiguous("2003-02-01", "2003-02-01"), undefined);
  assert.is(ambiguous("1 Feb 2003", "2003-02-01"), undefined);
});

answers("whatever is read and whatever a model says of it, an answer is a day of the calendar", () => {
  const pieces = fc.array(
    fc.constantFrom(..."0 1 2 3 9 / - . , may feb 31 29 2020 1900 98 the of st W T : x é".split(" ")),
  );
  const iso = fc.tuple(
    fc.integer({ min: 990, max: 3100 }),
    fc.integer({ max: 14, min: 0 }),
    fc.integer({ max: 33, min: 0 }),
  );
  fc.assert(
    fc.property(pieces, fc.constantFrom("", " "), iso, (parts, joint, numbers) => {
      const text = plainDate(parts.join(joint));
      const [year, ...rest] = numbers.map((n) => String(n).padStart(2, "0"));
      try {
        assert.ok(dayOf(dateAnswer(text, said([year, ...rest].join("-"))).iso));
      } catch (error) {
        assert.instance(error, UnsureError);
        assert.ok(whyNoDate(text).length > 5);
      }
      assert.is(plainDate(text), text);
    }),
    { numRuns: 3000 },
  );
});

answers("a text is plain before it is read", () => {
  for (const text of ["“9 May 1998”", " 9  May 1998.", "[9 May 1998]", "«9 May 1998»,", "'9 May 1998'"])
    assert.is(plainDate(text), "9 May 1998", text);
  assert.is(plainDate("9 May ’98"), "9 May '98");
  assert.is(plainDate("1998—05—09"), "1998-05-09");
  assert.is(plainDate("1998. 5. 9."), "1998. 5. 9.");
  assert.is(plainDate("  "), "");
});

answers.run();
