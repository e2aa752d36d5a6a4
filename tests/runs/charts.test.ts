import stringWidth from "string-width";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { sweepPage, terminalChart, type SettingData, type SweepData } from "../../runs/charts/index.js";
import { curveBand, pointsOf } from "../../runs/charts/curveBand.js";
import { digits, percent } from "../../runs/charts/numbers.js";
import { valueScale } from "../../runs/charts/valueScale.js";
import { binomialInterval, bootstrapInterval, interquartileMean } from "../../runs/statistics/index.js";
import { faultsOf, requestsOf } from "../support/page.js";
import { thrownBy } from "../support/thrown.js";

const sweepOf = (settings: readonly SettingData[], rest: Partial<SweepData> = {}): SweepData => ({
  title: "copy",
  metric: "error",
  lowerIsBetter: true,
  settings,
  ...rest,
});

/** Three settings: all succeed; one of four fails and one diverges; no run has ended. */
const small = sweepOf([
  { name: "slow", values: [0.4, undefined, 0.6, NaN], succeeded: 1 },
  {
    name: "fast",
    values: [0.1, 0.2, 0.2, 0.3, 0.3],
    succeeded: 5,
    curve: {
      steps: [0, 100, 200],
      values: [
        [1, 0.5, 0.1],
        [1, 0.6, 0.3],
        [1, 0.7],
      ],
    },
  },
  { name: "none", values: [] },
]);

/** A sweep of many settings, as sweeps are: errors over four decades, some 0, some runs without a value. */
function many(count: number, runs: number): SweepData {
  const random = new Random(5);
  const settings = Array.from({ length: count }, (_, i): SettingData => {
    const values = Array.from({ length: runs }, () => {
      const kind = random.integer(0, 19);
      if (kind < 2) return kind ? NaN : undefined;
      return kind === 2 ? 0 : random.uniform(0.0001, 0.001) * (1 + i * i * random.uniform());
    });
    const steps = Array.from({ length: 50 }, (_, step) => 10 * step);
    const curve = { steps, values: values.map((value) => steps.map((step) => (value ?? 1) + 1 / (1 + step))) };
    return { name: `learningRate=${i} hiddenSize=100`, values, succeeded: 1, curve };
  });
  return sweepOf(settings);
}

const terminal = suite("charts for a terminal");

terminal("show runs, quartiles, median and share of each setting, the best first", () => {
  const lines = terminalChart(small).split("\n");
  assert.equal(lines.slice(0, 8), [
    "copy",
    "error, lower is better: 3 settings, 9 runs, 1 failed, 1 diverged",
    "",
    "          0.2      0.4     0.6  median  succeeded   95% CI",
    "      ─────┴────────┴────────┴",
    "fast  ·    ┃───•                   0.2        5/5  57–100%",
    "slow                · ──┃─── ·     0.5        1/4    5–70%  1 failed, 1 diverged",
    "none  no values                   none",
  ]);
});

terminal("show the highest first where that is better", () => {
  const names = terminalChart({ ...small, lowerIsBetter: false })
    .split("\n")
    .filter((line) => /^(fast|slow|none) .*[┃n]/.test(line))
    .map((line) => line.slice(0, 4));
  assert.equal(names.slice(0, 3), ["slow", "fast", "none"]);
});

terminal("show medians of curves, from where they begin to where they end", () => {
  const text = terminalChart(small);
  assert.match(
    text,
    /Median error over steps 0 to 200, linear from ▁ to █\nfast {2}█+[▁-▇]+▁+ {2}1 → 0\.2\n2 settings have no/,
  );
  assert.match(terminalChart({ ...small, curveMetric: "loss" }), /Median loss over steps/);
  const [, , fast] = small.settings.toReversed();
  const one = sweepOf([{ ...fast!, name: "one", curve: { steps: [7], values: [[3]] } }]);
  assert.match(terminalChart(one), /Median error at step 7, linear from ▁ to █\none {2}\S {2}3 → 3$/);
  assert.not.match(terminalChart(sweepOf([{ name: "a", values: [1] }])), /Median error/);
});

terminal("keep to their columns, with many settings, long names and wide characters", () => {
  for (const data of [small, many(50, 30), sweepOf([{ name: "学習率=0.01", values: [1, 2, 300], succeeded: 1 }])]) {
    for (const columns of [60, 80, 120, 200]) {
      for (const line of terminalChart(data, { columns }).split("\n")) {
        if (line.startsWith(data.metric) || line.startsWith("· a run")) continue; // sentences, which may wrap
        assert.ok(stringWidth(line) <= columns, `${columns}: ${line}`);
        assert.is(line, line.trimEnd());
      }
    }
  }
});

terminal("draw every run: as many as the marks stand for", () => {
  const values = Array.from({ length: 12 }, (_, i) => i);
  const [strip] = terminalChart(sweepOf([{ name: "a", values }]))
    .split("\n")
    .filter((line) => line.startsWith("a "));
  assert.is([...strip!].filter((mark) => mark === "·").length, 12, "the median is between two runs");
  const crowd = terminalChart(sweepOf([{ name: "a", values: [0, 0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 9] }]));
  assert.match(crowd, /^a {2}●─+┃─+·─+• +·/m);
});

terminal("have the same text with colours and without", () => {
  const data = many(4, 20);
  const colored = terminalChart(data, { isColor: true });
  assert.match(colored, /\x1b\[36m·\x1b\[0m/);
  assert.is(
    colored
      .replace(/\x1b\[\d+m/g, "")
      .split("\n")
      .map((line) => line.trimEnd())
      .join("\n"),
    terminalChart(data),
  );
  assert.not.match(terminalChart(data), /\x1b/);
});

terminal("say how many settings are left out", () => {
  const data = many(50, 10);
  const text = terminalChart(data, { most: 20 });
  assert.match(text, /^30 more settings are left out, with worse medians or none$/m);
  assert.match(terminalChart(data, { most: 49 }), /^1 more setting is left out/m);
  assert.not.match(terminalChart(data, { most: 50 }), /left out/);
  assert.match(text, /: 50 settings, 500 runs, /);
});

terminal("let no name reach the terminal as a command", () => {
  const text = terminalChart(sweepOf([{ name: "a\x1b[2J\nb", values: [1] }], { title: "t\x07", metric: "m\u202e" }));
  assert.not.match(text, /[\x00-\x09\x0b-\x1f\u202e]/);
  assert.match(text, /a␛\[2J␊b/);
});
terminal.run();

const page = suite("pages of sweeps");

page("are well-formed and ask for nothing, nor run a script", () => {
  for (const data of [small, many(50, 40), sweepOf([{ name: "none", values: [] }])]) {
    const html = sweepPage(data);
    assert.equal(faultsOf(html), []);
    assert.equal(requestsOf(html), []);
    assert.not.match(html, /<script|\son\w+=/);
    assert.not.match(html, /NaN|Infinity|undefined/);
  }
});

/** Cells of the table, a row each. */
const tableOf = (html: string): string[][] =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map((cell) => cell[1]!),
  );

page("have all numbers in a table, and no column that is empty", () => {
  const [head, fast, slow, none] = tableOf(sweepPage(small));
  const values = [0.1, 0.2, 0.2, 0.3, 0.3];
  const { low, high } = bootstrapInterval(values, interquartileMean);
  assert.equal(Object.fromEntries(head!.slice(0, 10).map((name, i) => [name, fast![i]])), {
    setting: "fast",
    runs: "5",
    failed: "0",
    diverged: "0",
    least: "0.1",
    "lower quartile": "0.2",
    median: "0.2",
    "upper quartile": "0.3",
    most: "0.3",
    "interquartile mean": digits(interquartileMean(values)),
  });
  assert.is(fast![10], `${digits(low)}–${digits(high)}`);
  assert.equal(fast!.slice(11), ["5/5", "100%", "57–100%"]);
  assert.equal(slow!.slice(0, 4), ["slow", "4", "1", "1"]);
  assert.equal(slow!.slice(11), ["1/4", "25%", "5–70%"]);
  assert.equal(none, ["none", "0", "0", "0", ...new Array(10).fill("")]);
  const [few] = tableOf(sweepPage(sweepOf([{ name: "a", values: [1] }])));
  assert.is(few!.at(-1), "its 95% interval");
  assert.not.ok(few!.includes("succeeded"));
});

page("have a dot for each run, where its value is", () => {
  const html = sweepPage(sweepOf([{ name: "a", values: [0, 5, 10, 10] }]));
  const dots = [...html.matchAll(/<circle cx="([\d.]+)%" cy="([\d.]+)" r="3"><title>(.*?)<\/title>/g)];
  assert.equal(
    dots.map(([, x, , value]) => [Number(x), value]),
    [
      [0, "0"],
      [50, "5"],
      [100, "10"],
      [100, "10"],
    ],
  );
  assert.is.not(dots[2]![2], dots[3]![2], "equal values are stacked");
  const crowd = many(5, 200);
  const known = crowd.settings.flatMap(({ values }) => values.filter((value) => Number.isFinite(value)));
  assert.is(sweepPage(crowd).match(/<circle cx="[^"]*" cy="[\d.]+" r="3">/g)!.length, known.length);
});

page("draw a curve for each setting that has one, and say how many have none", () => {
  const html = sweepPage(small);
  assert.is(html.match(/<figure>/g)!.length, 1);
  assert.match(html, /2 settings have no curve\./);
  // Steps 0, 100, 200 on a picture of 1000 units; values 1, 0.6, 0.2 on an axis from 0.1, or the nice 0, to 1.
  const [, path] = /<path class="line" d="([^"]*)"/.exec(html)!;
  const places = path!
    .split(/[ML]/)
    .slice(1)
    .map((place) => place.split(",").map(Number));
  const { at } = valueScale([0.1, 1]);
  assert.equal(
    places,
    [
      [0, 1],
      [500, 0.6],
      [1000, 0.2],
    ].map(([x, value]) => [x, Math.round(1000 * (1 - at(value!)))]),
  );
});

page("show names as text", () => {
  const html = sweepPage(sweepOf([{ name: `<b>"x"</b> & 'y'`, values: [1], curve: { steps: [1], values: [[1]] } }]));
  assert.equal(faultsOf(html), []);
  assert.match(html, /&#60;b&#62;&#34;x&#34;&#60;\/b&#62; &#38; &#39;y&#39;/);
});
page.run();

const parts = suite("parts of charts");

parts("an axis is logarithmic where positive values differ much, with zeros before them", () => {
  assert.is(valueScale([0.1, 0.4, 1]).kind, "linear");
  assert.is(valueScale([-1, 1000]).kind, "linear");
  assert.is(valueScale([]).kind, "linear");
  assert.is(valueScale([0, 0]).kind, "linear");
  for (const values of [
    [0.001, 0.1],
    [0, 0.001, 0.1],
    [1e-300, 1e300],
  ]) {
    const scale = valueScale(values);
    assert.is(scale.kind, "logarithmic");
    const places = values.map(scale.at);
    assert.ok(Math.abs(places[0]!) < 1e-12 && Math.abs(places.at(-1)! - 1) < 1e-12);
    const ticks = scale.ticks(5);
    assert.ok(ticks.length >= 2 && ticks.length <= 7, `${ticks.length} ticks`);
    assert.is(ticks[0]!.label === "0", values[0] === 0);
    for (const [i, { at }] of ticks.entries()) assert.ok(at >= (i ? ticks[i - 1]!.at : 0) && at <= 1);
  }
});

parts("an axis of one value has it in the middle", () => {
  for (const value of [0, 0.2, -3]) assert.ok(Math.abs(valueScale([value]).at(value) - 0.5) < 0.26, `${value}`);
});

parts("a band holds median and quartiles of the runs that have a value", () => {
  const band = curveBand({
    steps: [1, 2, 3],
    values: [[1, NaN, undefined], [3], [5, 7, undefined], [2, 8]],
  });
  assert.equal(band, [
    { step: 1, lower: 1.75, median: 2.5, upper: 3.5 },
    { step: 2, lower: 7.25, median: 7.5, upper: 7.75 },
    undefined,
  ]);
});

parts("a long curve is thinned to what can be seen, and keeps its ends", () => {
  const steps = Array.from({ length: 10_001 }, (_, i) => i);
  const points = pointsOf(curveBand({ steps, values: [steps] }));
  assert.ok(points.length <= 241, `${points.length}`);
  assert.is(points[0]!.step, 0);
  assert.is(points.at(-1)!.step, 10_000);
});

parts("numbers are short, and say no more than is so", () => {
  for (const [value, text] of [
    [0, "0"],
    [0.012345, "0.0123"],
    [-4.5678, "−4.57"],
    [99.99, "100"],
    [123456, "123,456"],
    [1.23456e-7, "1.23e−7"],
    [5e-9, "5e−9"],
    [2.5e12, "2.5e12"],
  ] as const)
    assert.is(digits(value), text);
  assert.equal([0, 0.001, 0.5, 0.999, 1].map(percent), ["0%", "<1%", "50%", ">99%", "100%"]);
  assert.is(binomialInterval(0, 4).low, 0);
});

parts("data that is no sweep is refused, and the message says where", () => {
  const one = { name: "a", values: [1] };
  const curve = { steps: [1, 2], values: [[1, 2]] };
  for (const [data, message] of [
    [null, /the options are null/],
    [sweepOf([]), /there are no settings, and there must be one or more/],
    [sweepOf([one], { title: "" }), /the title is "", and must be a text/],
    [sweepOf([one], { metric: 3 as never }), /the metric is 3, and must be a text/],
    [sweepOf([one], { lowerIsBetter: "yes" as never }), /lowerIsBetter is "yes", and must be true or false/],
    [sweepOf({} as never), /the settings are an object, and must be an array of settings/],
    [sweepOf([one, one]), /two settings are named "a", and names must differ/],
    [sweepOf([{ name: " ", values: [1] }]), /the name of setting 0 is " ", and must be a text/],
    [sweepOf([{ name: "a" } as never]), /setting "a": the values are undefined, and must be an array/],
    [
      sweepOf([{ name: "a", values: [1, null as never] }]),
      /setting "a": the values: value 1 is null, and must be a num/,
    ],
    [sweepOf([{ ...one, succeeded: 2 }]), /setting "a": succeeded is 2, and must be a whole number from 0 to 1/],
    [
      sweepOf([{ ...one, curve: { ...curve, steps: [2, 1] } }]),
      /the curve: step 1 is 1, and must be a finite number above/,
    ],
    [
      sweepOf([{ ...one, curve: { ...curve, values: [[1, 2, 3]] } }]),
      /the curve: row 0 has 3 values, and must have at most 2/,
    ],
    [sweepOf([{ ...one, curve: { ...curve, values: [["1"]] } } as never]), /the curve: row 0: value 0 is "1"/],
  ] as const) {
    for (const draw of [sweepPage, terminalChart]) {
      const error = thrownBy(() => draw(data as SweepData));
      assert.ok(error instanceof TypeError || error instanceof RangeError, error.stack);
      assert.match(error.message, message);
      assert.ok(error.message.startsWith(draw.name), error.message);
    }
  }
  const refused = (options: object): string => thrownBy(() => terminalChart(small, options)).message;
  assert.match(refused({ columns: 20 }), /columns is 20, and must be a whole number from 40 to 1000/);
  assert.match(refused({ most: 0 }), /most is 0, and must be a whole number from 1/);
  assert.match(refused({ width: 80 }), /terminalChart has no option "width"/);
});
parts.run();
