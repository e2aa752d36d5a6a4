import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import {
  binomialInterval,
  bootstrapInterval,
  interquartileMean,
  median,
  quantile,
  shareOf,
  summarize,
  type Level,
} from "../../runs/statistics/index.js";
import { thrownBy } from "../support/thrown.js";

/** Ten errors of very different size, in no order. */
const errors = [0.11, 0.02, 0.37, 0.05, 1.9, 0.004, 0.08, 0.21, 0.6, 0.013];

/** Philox from seed 3, 2000 resamples: must never change. */
const INTERVAL = { low: 0.03587750000000004, high: 0.48402499999999987 };

const near = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; ++i) sum += values[i]!;
  return sum / values.length;
};

const quantiles = suite("quantiles and means");

quantiles("are those of numpy.quantile 2.4.6", () => {
  for (const [p, expected] of [
    [0, 0.004],
    [0.025, 0.006025],
    [0.25, 0.0275],
    [0.4, 0.068],
    [0.5, 0.095],
    [0.75, 0.33],
    [0.9, 0.7299999999999995],
    [1, 1.9],
  ] as const) {
    near(quantile(errors, p), expected, 1e-15);
  }
  assert.is(median(errors), quantile(errors, 0.5));
  assert.is(median([3, 1, 2]), 2);
  assert.is(median([4, 1, 2, 3]), 2.5);
  assert.is(median([7]), 7);
});

quantiles("the interquartile mean is scipy.stats.trim_mean(0.25) of a multiple of four", () => {
  near(interquartileMean(errors.slice(0, 8)), 0.11249999999999999);
  assert.is(interquartileMean([100, 2, 4, -50]), 3);
});

quantiles("of other counts the values on the edges count in part", () => {
  // Of ten the middle half is [2.5, 7.5]: half of values 2 and 7, and all between.
  near(interquartileMean(errors), (0.02 / 2 + 0.05 + 0.08 + 0.11 + 0.21 + 0.37 / 2) / 5);
  // Of five it is [1.25, 3.75]; of three [0.75, 2.25]; of two half of each.
  near(interquartileMean([1, 2, 4, 8, 16]), (0.75 * 2 + 4 + 0.75 * 8) / 2.5);
  near(interquartileMean([1, 2, 4]), (0.25 * 1 + 2 + 0.25 * 4) / 1.5);
  assert.is(interquartileMean([1, 2]), 1.5);
  assert.is(interquartileMean([0.1]), 0.1);
  assert.is(interquartileMean(new Array(7).fill(0.1)), 0.1);
});

const someValues = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 });
const shuffled = someValues.chain((values) =>
  fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length, maxLength: values.length })),
);
const statistics = { median, interquartileMean, lower: (values: ArrayLike<number>) => quantile(values, 0.3) };

quantiles("have the same bits in whatever order the values come, also where zeros have signs", () => {
  fc.assert(
    fc.property(shuffled, ([values, others]) => {
      assert.equal(summarize(others, { succeeds: (x) => x > 0 }), summarize(values, { succeeds: (x) => x > 0 }));
    }),
    { numRuns: 30 },
  );
  assert.ok(Object.is(median([-0, 0, -0]), 0));
  assert.ok(Object.is(interquartileMean([0, -0, -0, 0]), 0));
});

quantiles("move and grow with the values", () => {
  fc.assert(
    fc.property(someValues, fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.25, 1, 3), (values, shift, scale) => {
      for (const statistic of Object.values(statistics))
        near(statistic(values.map((x) => scale * x + shift)), scale * statistic(values) + shift);
    }),
  );
});

quantiles("stay between the least and the most, and rise with p", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, p, q) => {
        const [low, high] = [quantile(values, Math.min(p, q)), quantile(values, Math.max(p, q))];
        assert.ok(Math.min(...values) <= low && low <= high && high <= Math.max(...values));
      },
    ),
  );
});

quantiles("refuse what is no list of finite numbers, and name it", () => {
  for (const statistic of [median, interquartileMean, summarize, (v: number[]) => bootstrapInterval(v, median)]) {
    assert.match(thrownBy(() => statistic([])).message, /: there are no values, and there must be one or more$/);
    for (const [value, said] of [
      [NaN, "NaN"],
      [Infinity, "Infinity"],
      [-Infinity, "-Infinity"],
      ["1", '"1"'],
      [undefined, "undefined"],
    ] as const) {
      const error = thrownBy(() => statistic([1, value as number]));
      assert.instance(error, RangeError);
      assert.ok(error.message.endsWith(`: value 1 is ${said}, and must be a finite number`), error.message);
    }
    assert.instance(
      thrownBy(() => statistic(null as never)),
      TypeError,
    );
    assert.match(thrownBy(() => statistic([-1e308, 1e308])).message, /span from -1e\+308 to 1e\+308/);
  }
  for (const p of [-0.1, 1.1, NaN, "0.5"])
    assert.match(thrownBy(() => quantile([1], p as number)).message, /^quantile: p is .*, and must be a number from 0/);
});
quantiles.run();

const bootstrap = suite("bootstrap intervals");

bootstrap("are those of scipy.stats.bootstrap 1.17.1, up to the resamples", () => {
  // method="percentile", n_resamples=200000, rng=1
  for (const [statistic, low, high] of [
    [median, 0.02, 0.405],
    [mean, 0.0783, 0.7217],
    [interquartileMean, 0.0345, 0.482],
  ] as const) {
    const interval = bootstrapInterval(errors, statistic, { resamples: 50_000 });
    assert.ok(Math.abs(interval.low - low) <= 0.002, `${interval.low}, not ${low}`);
    assert.ok(Math.abs(interval.high - high) <= 0.01, `${interval.high}, not ${high}`);
  }
});

bootstrap("have the same bits for the same values and seed, and others for another seed", () => {
  const interval = bootstrapInterval(errors, interquartileMean, { seed: 3 });
  assert.equal(interval, INTERVAL);
  assert.equal(bootstrapInterval(errors.toReversed(), interquartileMean, { seed: 3 }), interval);
  assert.equal(bootstrapInterval(Float64Array.from(errors), interquartileMean, { seed: 3 }), interval);
  assert.not.equal(bootstrapInterval(errors, interquartileMean, { seed: 4 }), interval);
});

bootstrap("cover the true value about as often as they say", () => {
  const random = new Random(7);
  for (const [level, least, most] of [
    [0.9, 0.84, 0.94],
    [0.95, 0.9, 0.98],
    [0.99, 0.96, 1],
  ] as const) {
    const trials = 500;
    let covered = 0;
    for (let seed = 0; seed < trials; ++seed) {
      const values = Array.from({ length: 30 }, () => random.uniform(-1, 1));
      const { low, high } = bootstrapInterval(values, interquartileMean, { seed, level, resamples: 300 });
      if (low <= 0 && 0 <= high) ++covered;
    }
    const share = covered / trials;
    assert.ok(least <= share && share <= most, `${share} at ${level}`);
  }
});

bootstrap("of one value, and of equal ones, are that value", () => {
  assert.equal(bootstrapInterval([0.3], median), { low: 0.3, high: 0.3 });
  assert.equal(bootstrapInterval([0.1, 0.1, 0.1], interquartileMean), { low: 0.1, high: 0.1 });
});

bootstrap("refuse options and statistics that are none", () => {
  const refused = (options: object, message: RegExp): void =>
    assert.match(thrownBy(() => bootstrapInterval(errors, median, options)).message, message);
  refused({ level: 0.5 }, /^bootstrapInterval: level is 0\.5, and must be 0\.9, 0\.95 or 0\.99$/);
  refused({ resamples: 10 }, /resamples is 10, and must be a whole number from 100 to 1000000/);
  refused({ seed: -1 }, /seed is -1, and must be a whole number/);
  refused({ sead: 1 }, /has no option "sead"/);
  assert.instance(
    thrownBy(() => bootstrapInterval(errors, "median" as never)),
    TypeError,
  );
  const error = thrownBy(() => bootstrapInterval(errors, () => NaN));
  assert.match(error.message, /the statistic of a resample is NaN, and must be a finite number/);
});

bootstrap.run();

const binomial = suite("binomial intervals");

binomial("are those of scipy.stats.binomtest(k, n).proportion_ci(method='wilson') 1.17.1", () => {
  for (const [k, n, level, low, high] of [
    [0, 10, 0.95, 0, 0.27753279986288926],
    [10, 10, 0.95, 0.7224672001371109, 1],
    [3, 10, 0.95, 0.10779126740630102, 0.6032218525388546],
    [18, 20, 0.95, 0.6989663547715128, 0.9721335187862319],
    [1, 200, 0.99, 0.0005872997618396741, 0.04120088192023996],
    [57, 123, 0.9, 0.39104108153750666, 0.5373630305429874],
    [1, 1, 0.95, 0.20654931437723745, 1],
  ] as const) {
    const interval = binomialInterval(k, n, level);
    near(interval.low, low);
    near(interval.high, high);
  }
});

/** Probability that the interval of k ~ binomial(n, p) covers p, summed over all k. */
function coverage(n: number, p: number, level: Level): number {
  let sum = 0;
  let probability = (1 - p) ** n;
  for (let k = 0; k <= n; ++k) {
    const { low, high } = binomialInterval(k, n, level);
    if (low <= p && p <= high) sum += probability;
    probability *= (((n - k) / (k + 1)) * p) / (1 - p);
  }
  return sum;
}

binomial("cover the true share as often as they say, in the mean over shares", () => {
  const shares = Array.from({ length: 100 }, (_, i) => (i + 0.5) / 200); // up to 1/2: the other half is its mirror
  for (const n of [5, 10, 20, 50, 200]) {
    for (const level of [0.9, 0.95, 0.99] as const) {
      const covered = mean(shares.map((p) => coverage(n, p, level)));
      assert.ok(Math.abs(covered - level) < 0.02, `${covered} of ${n} at ${level}`);
    }
  }
});

binomial("hold the share, stay in [0, 1], narrow with the count, and are mirrored", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (count, some) => {
      const successes = some % (count + 1);
      const { share, low, high } = shareOf(successes, count);
      assert.ok(0 <= low && low <= share && share <= high && high <= 1);
      const mirrored = binomialInterval(count - successes, count);
      near(mirrored.low, 1 - high);
      near(mirrored.high, 1 - low);
      const more = binomialInterval(4 * successes, 4 * count);
      assert.ok(more.high - more.low < high - low);
    }),
  );
});

binomial("refuse shares that are none", () => {
  for (const [k, n] of [
    [1, 0],
    [-1, 10],
    [11, 10],
    [0.5, 10],
    [NaN, 10],
    [1, 1.5],
  ] as const)
    assert.instance(
      thrownBy(() => binomialInterval(k, n)),
      RangeError,
    );
  const refused = thrownBy(() => binomialInterval(11, 10)).message;
  assert.is(refused, "binomialInterval: the number of successes is 11, and must be a whole number from 0 to 10");
  assert.match(thrownBy(() => binomialInterval(1, 2, 0.8 as Level)).message, /level is 0\.8, and must be 0\.9, 0\.95/);
});
binomial.run();

const summaries = suite("summaries");

summaries("say all of it at once", () => {
  const succeeds = (error: number): boolean => error < 0.1;
  const { interval, succeeded, ...rest } = summarize(errors, { succeeds, failed: 2, seed: 3 });
  assert.equal(rest, {
    count: 10,
    least: 0.004,
    lowerQuartile: quantile(errors, 0.25),
    median: median(errors),
    upperQuartile: quantile(errors, 0.75),
    most: 1.9,
    interquartileMean: interquartileMean(errors),
  });
  assert.equal(interval, INTERVAL);
  assert.equal(succeeded, { successes: 5, count: 12, share: 5 / 12, ...binomialInterval(5, 12) });
  assert.not.ok("succeeded" in summarize(errors));
});

summaries("refuse what they would pass over", () => {
  assert.match(thrownBy(() => summarize(errors, { failed: 2 })).message, /2 runs failed, and succeeds must say/);
  assert.match(thrownBy(() => summarize(errors, { succeeds: true as never })).message, /must be a function of a value/);
  assert.match(
    thrownBy(() => summarize(errors, { failing: 2 } as never)).message,
    /has no option "failing"; it has succeeds, failed, seed/,
  );
  assert.match(thrownBy(() => summarize(errors, null as never)).message, /^summarize: the options are null/);
});
summaries.run();
