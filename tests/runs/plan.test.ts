import fc from "../support/properties.js";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { engineIdentity } from "../../cli/sweeping/engineIdentity.js";
import { planSweep } from "../../cli/sweeping/planned.js";
import { canonical, hashOf, sha256, type Json } from "../../runs/canonical.js";
import { PlanError } from "../../runs/errors.js";
import { runHash, settingHash } from "../../runs/store/planning.js";
import type { SweepPlan } from "../../runs/sweep/plan.js";
import { settingsOf } from "../../runs/sweep/settings.js";
import { planned } from "../support/sweeping.js";
import { thrownBy } from "../support/thrown.js";

const json = suite("canonical JSON");

json("writes numbers as RFC 8785, appendix B", () => {
  const view = new DataView(new ArrayBuffer(8));
  for (const [bits, text] of [
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ] as const) {
    view.setBigUint64(0, BigInt(`0x${bits}`));
    assert.is(canonical(view.getFloat64(0)), text);
  }
});

json("writes the sample of RFC 8785, section 3.2.2, and sorts that of 3.2.3", () => {
  const sample = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\u002f",
    literals: [null, true, false],
  };
  assert.is(
    canonical(sample),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
  const named = { "\u20ac": 0, "\r": 1, "\ufb33": 2, "1": 3, "\ud83d\ude00": 4, "\u0080": 5, "\u00f6": 6 };
  // An object puts names that are numbers first, so the text is looked at itself.
  assert.equal(
    [...canonical(named).matchAll(/:(\d)/g)].map(([, digit]) => Number(digit)),
    [1, 3, 5, 6, 0, 4, 2],
  );
});

const values = fc.jsonValue({ maxDepth: 4 });

json("comes back as what it was, and does not know in which order it was given", () => {
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, each]) => [name, reversed(each)]),
          )
        : value;
  fc.assert(
    fc.property(values, (value) => {
      const text = canonical(value as Json);
      assert.equal(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.is(canonical(reversed(value) as Json), text);
      assert.is(canonical(JSON.parse(text) as Json), text);
    }),
    { numRuns: 500 },
  );
});

json("refuses what JSON does not have, and says where it is", () => {
  for (const [value, says] of [
    [{ a: [1, NaN] }, /the value\.a\[1\].*NaN/],
    [{ a: { b: Infinity } }, /the value\.a\.b.*Infinity/],
    [{ a: () => 1 }, /the value\.a.*function/],
    [[undefined], /the value\[0\].*undefined/],
    [{ a: 1n }, /bigint/],
    [{ a: Symbol("s") }, /symbol/],
  ] as const) {
    const error = thrownBy(() => canonical(value as unknown as Json));
    assert.instance(error, TypeError);
    assert.match(error.message, says);
  }
  assert.is(canonical({ a: undefined, b: 1 }), '{"b":1}');
});

json("is hashed as its UTF-8", () => {
  assert.is(hashOf({ b: "ü", a: 1 }), sha256(new TextEncoder().encode('{"a":1,"b":"ü"}')));
  assert.is(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

json.run();

const base = { model: "lstm", task: "copy", options: { steps: 10 }, seeds: [1] };

const refused = suite("plans that are refused");

const REFUSALS: readonly (readonly [what: unknown, says: RegExp])[] = [
  [null, /The plan is null/],
  [[], /The plan is an array/],
  ["x", /The plan is "x"/],
  [{ sedes: [1] }, /has "sedes", and can have .*seeds/],
  [{ seeds: undefined }, /has no seeds.*seeds: \{ from/],
  [{ seeds: 3 }, /seeds is 3.*list/],
  [{ seeds: [] }, /seeds is an empty list/],
  [{ seeds: [1, 2, 1] }, /seeds have 1 twice/],
  [{ seeds: [0.5] }, /seeds\[0\] is 0\.5.*whole/],
  [{ seeds: [-1] }, /seeds\[0\] is -1/],
  [{ seeds: [2 ** 32] }, /seeds\[0\] is 4294967296/],
  [{ seeds: { from: 3, to: 2 } }, /seeds\.to is 2.*3 or more/],
  [{ seeds: { from: 3 } }, /seeds\.to is undefined/],
  [{ seeds: { from: 1, to: 2, step: 1 } }, /seeds has "step"/],
  [{ seeds: { from: 1, to: 1e9 } }, /1,000,000,000 runs.*1,000,000 at most/],
  [{ seeds: { from: 1, to: 1e6 }, grid: { hidden: [1, 2] } }, /2,000,000 runs/],
  [{ samples: { count: 1000, options: { hidden: { of: [1] } } }, seeds: { from: 1, to: 1e6 } }, /1,000,000,000 runs/],
  [{ name: "" }, /name is "".*text/],
  [{ name: 3 }, /name is 3.*text/],
  [{ model: "lstn" }, /model is "lstn".*one of .*lstm/],
  [{ task: "copi" }, /task is "copi".*one of .*copy/],
  [{ model: undefined, task: undefined }, /no model, no task and no recipe/],
  [{ recipe: "copy-mtn" }, /no recipe "copy-mtn": there are copy-ntm/],
  [{ recipe: 1 }, /recipe is 1/],
  [{ options: [] }, /options is an array.*object/],
  [{ options: { hiden: 1 } }, /option "hiden".*hidden/],
  [{ options: { hiddenSize: 1 } }, /"hiddenSize": it is called hidden, as --hidden/],
  [{ options: { "learning-rate": 1 } }, /it is called learningRate, as --learning-rate/],
  [{ options: { max_length: 1 } }, /it is called maxLength, as --max-length/],
  [{ options: { seed: 1 } }, /seed among its options.*among its seeds/],
  [{ options: { threads: 2 } }, /threads is no option of a setting.*--workers/],
  [{ options: { evaluateEvery: 2 } }, /evaluateEvery is no option of a setting.*evaluate/],
  [{ options: { learningRate: NaN } }, /options\.learningRate.*NaN/],
  [{ options: { learningRate: () => 1 } }, /options\.learningRate.*function/],
  [{ options: { hidden: [1, undefined] } }, /options\.hidden\[1\].*undefined/],
  [{ options: { hidden: null } }, /hidden is null/],
  [{ options: { learningRate: "high" } }, /learningRate is "high".*number/],
  [{ options: { learningRate: -1 } }, /learningRate is -1.*above 0/],
  [{ options: { steps: 1.5 } }, /steps is 1\.5.*whole/],
  [{ options: { optimizer: "adm" } }, /optimizer is "adm".*adam/],
  [{ options: { hidden: 0 } }, /is 0, and must be a whole number/],
  [{ options: { hidden: "many" } }, /hidden.*"many"/],
  [{ grid: { hidden: [] } }, /grid\.hidden is an empty list/],
  [{ grid: { hidden: 3 } }, /grid\.hidden is 3.*list/],
  [{ grid: { steps: [1, 2] } }, /steps twice/],
  [{ grid: { hidden: [8], seed: [1] } }, /seed among its options/],
  [{ grid: { hidden: [8, -8] } }, /is -8/],
  [{ samples: { count: 0, options: {} } }, /samples\.count is 0/],
  [{ samples: { options: {} } }, /samples\.count is undefined/],
  [{ samples: { count: 1, options: { hidden: { from: 2, to: 1 } } } }, /samples\.options\.hidden\.to is 1.*above from/],
  [{ samples: { count: 1, options: { hidden: { from: 0, to: 1, scale: "log" } } } }, /from is 0.*above 0/],
  [{ samples: { count: 1, options: { hidden: { from: 1, to: 2, scale: "ln" } } } }, /scale is "ln".*"linear" or "log"/],
  [
    { samples: { count: 1, options: { hidden: { from: 1.2, to: 1.8, whole: true } } } },
    /no whole number from 1\.2 to 1\.8/,
  ],
  [{ samples: { count: 1, options: { hidden: { of: [] } } } }, /of is an empty list/],
  [{ samples: { count: 1, options: { hidden: { of: [1], from: 1 } } } }, /has "from"/],
  [{ samples: { count: 1, options: { steps: { of: [1] } } } }, /steps twice/],
  [{ evaluate: { sequence: 1 } }, /evaluate has "sequence".*sequences/],
  [{ evaluate: { sequences: 0 } }, /evaluate\.sequences is 0/],
  [{ metric: "accuracy" }, /metric is "accuracy".*loss, bitError/],
  [{ better: "up" }, /better is "up".*"lower" or "higher"/],
  [{ succeeds: {} }, /succeeds .*below/],
  [{ succeeds: { below: 1, above: 0 } }, /succeeds .*below/],
  [{ succeeds: { below: "1" } }, /succeeds\.below is "1"/],
  [{ succeeds: { under: 1 } }, /succeeds .*"under"/],
  [{ halving: {} }, /halving\.first is undefined/],
  [{ halving: { first: 10 } }, /halving\.first is 10.*below the 10 steps/],
  [{ halving: { first: 2, factor: 1 } }, /halving\.factor is 1/],
  [{ halving: { first: 2, metric: "accuracy" } }, /halving\.metric is "accuracy"/],
  [{ halving: { first: 2, asynchronous: "yes" } }, /halving\.asynchronous is "yes".*true or false/],
  [{ halving: { first: 2 }, options: {}, grid: { steps: [10, 20] } }, /10 and 20 steps/],
  [{ keepModels: 1 }, /keepModels is 1.*true or false/],
];

for (const [change, says] of REFUSALS) {
  refused(`${JSON.stringify(change, (_, value: unknown) => (typeof value === "function" ? "f" : value))}`, () => {
    const isPart = typeof change === "object" && change !== null && !Array.isArray(change);
    const error = thrownBy(() => planned((isPart ? { ...base, ...change } : change) as SweepPlan));
    assert.instance(error, PlanError);
    assert.match(error.message, says);
  });
}

refused.run();

const expanded = suite("grids and samples");

const labels = (plan: Partial<SweepPlan>): string[] => settingsOf({ seeds: [1], ...plan }).map(({ label }) => label);

expanded("a grid is every combination, the last name the fastest", () => {
  assert.equal(labels({ grid: { a: [1, 2], b: ["x", true] } }), ["a 1, b x", "a 1, b true", "a 2, b x", "a 2, b true"]);
  assert.equal(labels({}), [""]);
  assert.equal(settingsOf({ seeds: [1], options: { c: 3 }, grid: { a: [1] } })[0]!.options, { c: 3, a: 1 });
});

expanded("draws differ from each other, and more than there are is refused", () => {
  const options = { hidden: { of: [1, 2, 3] }, layers: { from: 1, to: 2, whole: true } };
  const labels = (count: number): string[] =>
    settingsOf({ seeds: [1], samples: { count, options } }).map(({ label }) => label);
  assert.is(new Set(labels(6)).size, 6);
  assert.equal(labels(4), labels(6).slice(0, 4));
  assert.throws(() => labels(7), /samples\.count is 7, and its options have 6 different draws/);
});

expanded("samples are the same every time, in their ranges, and do not depend on each other", () => {
  const samples = {
    count: 200,
    seed: 5,
    options: {
      rate: { from: 1e-4, to: 1e-1, scale: "log" },
      hidden: { from: 3.5, to: 9.5, whole: true },
      slots: { from: 2, to: 4096, scale: "log", whole: true },
      decay: { from: -2, to: 3 },
      kind: { of: ["x", "y", "z"] },
    },
  } as const;
  const drawn = settingsOf({ seeds: [1], samples }).map(({ options }) => options as Record<string, number>);
  assert.equal(
    settingsOf({ seeds: [9], samples }).map(({ options }) => options),
    drawn,
  );
  const all = (name: string): number[] => drawn.map((options) => options[name]!);
  const share = (name: string, is: (value: number) => boolean): number => all(name).filter(is).length / 200;
  assert.ok(share("rate", (value) => value >= 1e-4 && value <= 1e-1) === 1);
  for (const decade of [1e-3, 1e-2]) {
    const below = Math.log10(decade / 1e-4) / 3;
    assert.ok(Math.abs(share("rate", (value) => value < decade) - below) < 0.12, "not even on a logarithm's scale");
  }
  assert.equal([...new Set(all("hidden"))].sort(), [4, 5, 6, 7, 8, 9]);
  assert.ok(share("slots", (value) => Number.isInteger(value) && value >= 2 && value <= 4096) === 1);
  assert.ok(Math.abs(share("slots", (value) => value < 90.5) - 0.5) < 0.12);
  assert.ok(share("decay", (value) => value >= -2 && value <= 3) === 1);
  assert.ok(Math.abs(share("decay", (value) => value < 0) - 0.4) < 0.12);
  assert.equal([...new Set(all("kind"))].sort() as unknown, ["x", "y", "z"]);
  const { kind: _kind, ...others } = samples.options;
  const fewer = settingsOf({ seeds: [1], samples: { ...samples, options: others } }).map(({ options }) => options);
  assert.equal(
    fewer,
    drawn.map(({ kind: _, ...rest }) => rest),
  );
});

expanded("what a seed draws never changes: it is what a plan means", () => {
  const options = { rate: { from: 1e-4, to: 1e-2, scale: "log" }, hidden: { from: 4, to: 64, whole: true } } as const;
  assert.equal(labels({ samples: { count: 3, options } }), DRAWN);
});

/** Philox from seed 1. */
const DRAWN = ["rate 0.004588, hidden 27", "rate 0.002342, hidden 4", "rate 0.00797, hidden 22"];

expanded.run();

const identity = suite("identity of runs");

const runsOf = (plan: SweepPlan): string[] =>
  planned(plan).settings.flatMap((setting) => setting.seeds.map((seed) => runHash(settingHash(setting), seed)));

identity("does not know the order of options, the plan's name, or what defaults are said", () => {
  const runs = runsOf({ ...base, options: { steps: 10, batch: 4, hidden: 8 } });
  assert.equal(runsOf({ seeds: [1], options: { hidden: 8, batch: 4, steps: 10 }, task: "copy", model: "lstm" }), runs);
  assert.equal(runsOf({ ...base, name: "other", options: { steps: 10, batch: 4 }, grid: { hidden: [8] } }), runs);
  assert.equal(runsOf({ ...base, options: { steps: 10, batch: "4", hidden: 8 } }), runs);
  assert.equal(runsOf({ ...base, options: { steps: 10, batch: 4, hidden: 8, bits: 8 } }), runs, "the default of bits");
});

identity("is another one for all that decides the bits, and for what is measured", () => {
  const changes: readonly Partial<SweepPlan>[] = [
    {},
    { seeds: [2] },
    { model: "gru" },
    { task: "repeat-copy" },
    { options: { steps: 11 } },
    { options: { steps: 10, batch: 3 } },
    { options: { steps: 10, hidden: 9 } },
    { options: { steps: 10, learningRate: 0.5 } },
    { options: { steps: 10, maxLength: 3 } },
    { options: { steps: 10, optimizer: "rmsprop" } },
    { options: { steps: 10, warmup: 3 } },
    { options: { steps: 10, gradientNoise: 0.1 } },
    { evaluate: { sequences: 7 } },
  ];
  const runs = changes.map((change) => runsOf({ ...base, ...change })[0]!);
  assert.is(new Set(runs).size, changes.length);
  const other = { ...engineIdentity(), version: "0.0.1" };
  const [setting] = planSweep(base, { name: "x", folder: "." }, other).settings;
  assert.is.not(runHash(settingHash(setting!), 1), runs[0]);
});

identity("a seed more is one run more", () => {
  const runs = runsOf({ ...base, grid: { hidden: [8, 9] }, seeds: [1, 2] });
  const more = runsOf({ ...base, grid: { hidden: [8, 9] }, seeds: { from: 1, to: 3 } });
  assert.is(more.length, 6);
  assert.ok(runs.every((run) => more.includes(run)));
});

identity("of a file is its bytes, wherever it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "tapehead-plan-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const text = "abcabcabdabc\n".repeat(50);
  const hashes = ["here", "elsewhere"].map((name, i) => {
    const own = join(folder, name);
    mkdirSync(own);
    writeFileSync(join(own, "text.txt"), text);
    writeFileSync(join(own, "other.txt"), `${text}!`);
    const plan = {
      model: "lstm",
      task: "text",
      options: { steps: 10, text: i ? "./text.txt" : "text.txt" },
      seeds: [1],
    };
    const { settings, data } = planSweep(plan, { name, folder: own }, engineIdentity());
    assert.equal([...data!.keys()], [sha256(text)]);
    const other = { ...plan, options: { ...plan.options, text: "other.txt" } };
    assert.is.not(
      settingHash(planSweep(other, { name, folder: own }, engineIdentity()).settings[0]!),
      settingHash(settings[0]!),
    );
    return settingHash(settings[0]!);
  });
  assert.is(hashes[0], hashes[1]);
});

identity.run();
