import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { slotsInUse } from "../bindings/trace/plots.js";
import { commandLine } from "./support/cli.js";
import { alignmentIn, dataOf, faultsOf, precisionOf, requestsOf, seriesOf } from "./support/page.js";
import { thrownBy } from "./support/thrown.js";

const dist = (name: string): string => new URL(`../dist/${name}.js`, import.meta.url).href;
if (!existsSync(new URL(dist("trace")))) throw new Error("There is no dist/trace.js; npm run build makes it");
// As it is published: the script of the page is only made when it is built.
const { alignmentPage, tracePage } = (await import(dist("trace"))) as typeof import("../bindings/trace.js");
const { AdaptiveComputationTime, AttentionSeq2Seq, NeuralTuringMachine, RecurrentNetwork } = (await import(
  dist("models")
)) as typeof import("../bindings/models.js");
const { Engine, load, save } = (await import(dist("full"))) as typeof import("../bindings/full.js");

const checkpoint = fileURLToPath(new URL("../checkpoints/copy.safetensors", import.meta.url));
const engine = await Engine.create();
const copier = load(readFileSync(checkpoint));

/** Bits that are to be copied, as the task has them. */
function copySequence(length: number): { inputs: number[][]; targets: number[][]; mask: number[] } {
  const bits = Array.from({ length }, (_, t) => Array.from({ length: 8 }, (_, i) => ((t * 37 + 11) >> i) & 1));
  const blank = new Array<number>(9).fill(0);
  return {
    inputs: [...bits.map((row) => [...row, 0]), blank.with(8, 1), ...bits.map(() => blank)],
    targets: [...Array.from({ length: length + 1 }, () => blank.slice(1)), ...bits],
    mask: Array.from({ length: 2 * length + 1 }, (_, t) => Number(t > length)),
  };
}

const slots = suite("trace: the slots that are shown");
const using = (used: readonly number[], count: number): ReturnType<typeof slotsInUse> => {
  const data = new Float32Array(used.length * count);
  used.forEach((slot, step) => (data[step * count + slot] = 1));
  return slotsInUse(new Map([["readWeights", { data, shape: [used.length, 1, count] }]]), count);
};
slots("are those in use, and one on either side", () => assert.equal(using([5, 6, 9], 20), { first: 4, count: 7 }));
slots("go round the end", () => assert.equal(using([19, 18, 0], 20), { first: 17, count: 5 }));
slots("are all, if most are in use", () => {
  assert.equal(using([0, 4, 8, 12, 16], 20), { first: 0, count: 20 });
});
slots("are one and its neighbours at least", () => assert.equal(using([0], 20), { first: 19, count: 3 }));
slots.run();

const pages = suite("trace: a page");

pages("has the numbers of the run that it shows, at every step", () => {
  const { inputs, targets, mask } = copySequence(9);
  const html = tracePage(engine, copier, { inputs, targets, mask });
  const names = ["writeWeights", "readWeights", "memory", "erase", "add", "read", "hidden"];
  for (const kind of ["read", "write"])
    names.push(...["Gate", "Strength", "Shift", "Gamma", "Key"].map((name) => kind + name));
  const { outputs, trace } = copier.run(engine, inputs, { trace: names });
  for (const name of names) {
    const shown = seriesOf(html, name);
    assert.is(shown.length, trace[name]!.data.length, name);
    const most = precisionOf(html, name) * 1.001;
    trace[name]!.data.forEach((value, i) => assert.ok(Math.abs(value - shown[i]!) <= most, `${name} ${i}`));
    assert.ok(most < 3e-4, `${name} is too coarse`);
  }
  const bits = seriesOf(html, "outputs");
  outputs.data.forEach((logit, i) => assert.ok(Math.abs(1 / (1 + Math.exp(-logit)) - bits[i]!) < 1e-4, `output ${i}`));
  assert.equal(dataOf(html).due, mask);
  assert.equal([...seriesOf(html, "inputs")].map(Math.round), inputs.flat());
  assert.equal([...seriesOf(html, "targets")].map(Math.round), targets.flat());
});

pages("counts and marks the bits that are wrong where an answer is due, and no others", () => {
  const { inputs, targets, mask } = copySequence(5);
  assert.match(tracePage(engine, copier, { inputs, targets, mask }), /no wrong bit in 40</);
  targets[7]![2]! ^= 1;
  targets[10]![0]! ^= 1;
  targets[0]![0] = 1; // nobody asks
  const html = tracePage(engine, copier, { inputs, targets, mask, task: "copy" });
  assert.match(html, /<title>NeuralTuringMachine · copy · 2 wrong bits in 40<\/title>/);
  assert.equal(dataOf(html).plots.find(({ series }) => series === "outputs")!["wrong" as never], [
    [7, 2],
    [10, 0],
  ]);
  assert.match(dataOf(html).words[7]!, /^1 wrong bit$/);
});

pages("needs nothing from anywhere, and is well-formed", () => {
  const html = tracePage(engine, copier, { ...copySequence(20), task: "copy", input: "“x”" });
  assert.equal(requestsOf(html), []);
  assert.equal(faultsOf(html), []);
  assert.match(html, /Content-Security-Policy" content="default-src 'none';/);
});

pages("is small: a sequence of a hundred bytes takes less than 300 kB", () => {
  const { length } = tracePage(engine, copier, copySequence(100));
  assert.ok(length < 300_000, `${length}`);
});

pages("shows hostile text as text", () => {
  const hostile = `</script><script>alert(1)</script>"'&<img src=x onerror=alert(1)>\u202e`;
  const html = tracePage(engine, copier, {
    ...copySequence(2),
    task: hostile,
    input: hostile,
    facts: { [hostile]: hostile },
    labels: () => ({ inputs: [{ text: hostile, step: 0 }], outputs: [{ text: hostile, step: 3, wrong: true }] }),
  });
  assert.equal(faultsOf(html), []);
  assert.is(html.match(/<script/g)!.length, 2);
  assert.is(html.match(/<img/g), null);
  assert.not.ok(html.includes("\u202e"), "a character that turns text around");
  assert.match(dataOf(html).words[0]!, hostile.slice(0, 20));
});

pages("says in words what goes with a step: its own characters, and whether what is due is right", () => {
  const { inputs, targets, mask } = copySequence(4);
  const labels = {
    inputs: [
      { text: "a", step: 0 },
      { text: "b", step: 1 },
      { text: "cd", step: 2, steps: 2 },
    ],
    outputs: [{ text: "x", step: 6, steps: 1 }],
  };
  const { words, due } = dataOf(tracePage(engine, copier, { inputs, targets, mask, labels: () => labels }));
  const given = words.map((text) => /in “([^”]*)”/.exec(text)?.[1] ?? "");
  assert.equal(given, ["a", "b", "cd", "cd", ...words.slice(4).map(() => "")]);
  const answered = words.map((text) => /out “([^”]*)”/.exec(text)?.[1] ?? "");
  assert.equal(
    answered,
    words.map((_, step) => (step === 6 ? "x" : "")),
  );
  words.forEach((text, step) => assert.is(/all right|wrong/.test(text), Boolean(due[step]), text));
});

pages("shows what other networks trace, and classes", () => {
  const network = new RecurrentNetwork({ inputSize: 3, outputSize: 6, hiddenSize: 5, seed: 3 });
  const inputs = [
    [1, 0, -2],
    [0, 1, 0.5],
    [0, 0, 0],
  ];
  const { outputs, trace } = network.run(engine, inputs, { trace: ["hidden"] });
  const highest = (values: Float32Array): number => values.indexOf(values.reduce((a, b) => Math.max(a, b)));
  const right = outputs.map((row) => [highest(row.subarray(0, 3)), highest(row.subarray(3, 6))]);
  const targets = right.map((row) => [...row]);
  targets[1]![1] = (targets[1]![1]! + 1) % 3;
  const html = tracePage(engine, network, { inputs, targets });
  assert.match(html, /1 wrong answer in 6</);
  assert.equal(faultsOf(html), []);
  const hidden = seriesOf(html, "hidden");
  trace["hidden"]!.data.forEach((value, i) => assert.ok(Math.abs(value - hidden[i]!) < 1e-4));
  const shown = seriesOf(html, "outputs");
  outputs.forEach((row, t) => {
    for (const group of [0, 3]) {
      const powers = [...row.subarray(group, group + 3)].map(Math.exp);
      const total = powers.reduce((a, b) => a + b);
      powers.forEach((power, i) => assert.ok(Math.abs(power / total - shown[t * 6 + group + i]!) < 1e-4));
    }
  });
});

pages("shows how long a network ponders", () => {
  const network = new AdaptiveComputationTime({ inputSize: 2, outputSize: 1, limit: 10, seed: 5 });
  const inputs = [
    [1, 0],
    [0, 1],
    [1, 1],
  ];
  const html = tracePage(engine, network, { inputs });
  const { trace } = network.run(engine, inputs, { trace: ["ponder", "halting"] });
  assert.equal(faultsOf(html), []);
  assert.match(html, /<h2>Pondering<\/h2>/);
  const plot = dataOf(html).plots.find(({ series }) => series === "halting")!;
  assert.is(
    plot.kind === "heat" && plot.rows,
    trace["ponder"]!.data.reduce((a, b) => Math.max(a, b)),
  );
  const halting = seriesOf(html, "halting");
  trace["halting"]!.data.forEach((value, i) => assert.ok(Math.abs(value - halting[i]!) < 1e-4));
});

pages("has every head of a machine with several", () => {
  const machine = new NeuralTuringMachine({
    inputSize: 2,
    outputSize: 2,
    readHeads: 2,
    writeHeads: 2,
    slots: 8,
    width: 4,
    hiddenSize: 6,
  });
  const html = tracePage(engine, machine, {
    inputs: [
      [1, 0],
      [0, 1],
    ],
  });
  const weightings = dataOf(html).plots.filter((plot) => plot.kind === "heat" && plot.slots);
  assert.equal(
    weightings.map(({ title, series, from }) => [title, series, from]),
    [
      ["Write head 1", "writeWeights", 0],
      ["Write head 2", "writeWeights", 8],
      ["Read head 1", "readWeights", 0],
      ["Read head 2", "readWeights", 8],
    ],
  );
});

const row = new Array<number>(9).fill(0);
const refused: readonly (readonly [what: string, options: object, message: RegExp])[] = [
  ["a batch", { inputs: [[row], [row]] }, /the inputs are a batch, and must be one sequence/],
  ["a row of the wrong size", { inputs: [[1]] }, /has 1 numbers, and must have 9/],
  [
    "too few targets",
    { inputs: [row, row], targets: [[1, 1, 1, 1, 1, 1, 1, 1]] },
    /the targets have 1 steps, and must have 2/,
  ],
  [
    "targets of no size",
    { inputs: [row], targets: [[1, 1, 1]] },
    /target has 3 numbers, and must have one a group of the 8/,
  ],
  ["a class that there is not", { inputs: [row], targets: [[0, 4]] }, /a target is 4, and must be a class from 0 to 3/],
  ["a mask of another length", { inputs: [row], mask: [1, 1] }, /the mask has 2 steps, and must have 1/],
];
for (const [what, options, message] of refused) {
  pages(`refuses ${what}`, () => {
    assert.match(thrownBy(() => tracePage(engine, copier, options as never)).message, message);
  });
}
pages.run();

const reader = new AttentionSeq2Seq({
  sourceSymbols: [..."abcdef"],
  targetSymbols: ["A", "B", "CH"],
  hiddenSize: 12,
  embeddingSize: 6,
  attentionSize: 5,
  seed: 7,
});
const HOSTILE = `</script><script>alert(1)</script>"'&<img src=x onerror=alert(1)>\u202e`;

const alignments = suite("trace: an alignment");

alignments("has the weights of the run, and every symbol that was read and said", () => {
  for (const beam of [1, 4]) {
    const source = "fabcz"; // the last is unknown, and read all the same
    const html = tracePage(engine, reader, { source, beam, limit: 7 });
    const { symbols, ended, attention } = reader.run(engine, [source], { beam, limit: 7, attention: true })[0]!;
    const { rows, columns, cells } = alignmentIn(html);
    assert.equal(columns, [...source]);
    assert.equal(rows, ended ? [...symbols, "<end>"] : symbols);
    assert.equal(
      cells,
      attention!.map((row) => Array.from(row, (weight) => weight.toFixed(2))),
    );
    assert.equal(faultsOf(html), []);
    assert.equal(requestsOf(html), []);
    assert.match(html, /Content-Security-Policy" content="default-src 'none';/);
  }
});

alignments("has a line for every weight that can be seen, as wide as it is, at both its symbols", () => {
  const weights = [
    [0.7, 0.3, 0.001],
    [0, 0.02, 0.98],
  ];
  const { symbols } = alignmentIn(alignmentPage({ sources: ["x", "y", "z"], targets: ["X", "Y"], weights }));
  const linesOf = (kind: string): number[][] =>
    symbols.filter((each) => each.kind === kind).map(({ widths }) => [...widths]);
  const full = linesOf("target")[0]![0]! / 0.7;
  const wide = (...all: number[]): number[] => all.map((weight) => Math.max(Number((weight * full).toFixed(1)), 0.4));
  assert.equal(linesOf("target"), [wide(0.7, 0.3), wide(0.02, 0.98)]);
  assert.equal(linesOf("source"), [wide(0.7), wide(0.3, 0.02), wide(0.98)]);
  assert.equal(
    symbols.map(({ label }) => label),
    ["X", "Y", "x", "y", "z"],
  );
  assert.equal(
    symbols.map(({ values }) => values),
    [["0.70", "0.30"], ["0.98"], ["0.70"], ["0.30"], ["0.98"]],
  );
  assert.is(symbols[0]!.name, "output 1, “X”, reads “x” 0.70, “y” 0.30");
  assert.is(symbols[3]!.name, "input 2, “y”, is read by “X” 0.30");
});

alignments("says what came out, how likely it is, all beams, and whether it is right", () => {
  const options = { source: "abc", beam: 4, limit: 5, task: "spelling" };
  const { symbols, beams } = reader.run(engine, ["abc"], { beam: 4, limit: 5 })[0]!;
  const html = tracePage(engine, reader, options);
  assert.match(html, /<title>AttentionSeq2Seq · spelling · “abc” · → [^<]+<\/title>/);
  const shown = [...html.matchAll(/<\/span>([\d.]+)%<\/td>/g)].map(([, percent]) => Number(percent));
  assert.ok(beams.length > 1);
  assert.equal(shown.length, beams.length);
  beams.forEach(({ score }, i) => assert.ok(Math.abs(Math.exp(score) * 100 - shown[i]!) < 0.051, `beam ${i}`));
  assert.match(tracePage(engine, reader, { ...options, targets: ["AA", symbols] }), /<p class="verdict right">right, /);
  assert.match(
    tracePage(engine, reader, { ...options, targets: ["AB", ["CH"]] }),
    /<p class="verdict wrong">wrong, “AB” or “CH” was wanted, probability /,
  );
  assert.match(
    tracePage(engine, reader, { ...options, refused: "it has <b>" }),
    /<p class="verdict wrong">refused: it has &#60;b&#62;, probability /,
  );
  assert.not.match(html, /class="verdict (right|wrong)"/);
});

alignments("writes answers as it is told to, and else by what their symbols look like", () => {
  const alignment = { sources: ["a"], targets: [" don", "'", "t"], weights: [[1], [1], [1]] };
  const answers = [{ symbols: alignment.targets }, { symbols: [] }];
  const headings = (html: string): string[] =>
    [...html.matchAll(/<p class="said">(.*?)<\/p>/g)].map(([, said]) => said!);
  assert.equal(headings(alignmentPage(alignment, { answers })), ["→  don &#39; t"]);
  const html = alignmentPage(alignment, { answers, say: (symbols) => symbols.join("").trim() });
  assert.equal(headings(html), ["→ don&#39;t"]);
  assert.match(html, /<td>don&#39;t<\/td>/);
  assert.match(html, /<td><i>nothing<\/i><\/td>/);
});

alignments("shows hostile symbols as text, and what cannot be seen as something", () => {
  const html = alignmentPage(
    { sources: [HOSTILE, " ", "\0"], targets: [HOSTILE], weights: [[0.5, 0.3, 0.2]] },
    {
      task: HOSTILE,
      input: HOSTILE,
      wanted: HOSTILE,
      facts: { [HOSTILE]: HOSTILE },
      answers: [{ symbols: [HOSTILE], right: false }, { symbols: [] }],
    },
  );
  assert.equal(faultsOf(html), []);
  assert.is(html.match(/<script/g)!.length, 1);
  assert.is(html.match(/<img/g), null);
  assert.not.ok(html.includes("\u202e"), "a character that turns text around");
  assert.equal(alignmentIn(html).columns.slice(1), ["␣", "␀"]);
  assert.ok([...alignmentIn(html).columns[0]!].length <= 24);
});

alignments("needs no more than one symbol, and none that is said", () => {
  const one = alignmentPage({ sources: ["a"], targets: ["A"], weights: [[1]] });
  assert.equal(alignmentIn(one).cells, [["1.00"]]);
  assert.is(alignmentIn(one).symbols.length, 2);
  const end = alignmentPage(
    { sources: ["a", "b"], targets: ["<end>"], weights: [[0.4, 0.6]] },
    { answers: [{ symbols: [] }] },
  );
  assert.equal(alignmentIn(end).rows, ["<end>"]);
  assert.match(end, /→ nothing</);
  const places = alignmentPage(
    {
      sources: ["1", "2"],
      targets: ["2", "1"],
      weights: [
        [0, 1],
        [1, 0],
      ],
    },
    { answers: [{ symbols: ["2", "1"] }] },
  );
  assert.match(places, /→ 2 1</);
  const none = alignmentPage({ sources: ["a"], targets: [], weights: [] });
  assert.match(none, /<h2>No outputs<\/h2>/);
  for (const html of [one, end, none]) {
    assert.equal(faultsOf(html), []);
    assert.not.match(html, /NaN|Infinity|undefined/);
  }
});

alignments("of 60 by 60 long words is whole, and less than a megabyte", () => {
  const words = Array.from({ length: 60 }, (_, i) => `${i} ${"incomprehensibilities".repeat(i % 3)}`);
  const even = words.map(() => new Float32Array(60).fill(1 / 60));
  const html = alignmentPage({ sources: words, targets: words.map((word) => word.toUpperCase()), weights: even });
  assert.ok(html.length < 1_000_000, `${html.length}`);
  assert.equal(faultsOf(html), []);
  const { cells, symbols } = alignmentIn(html);
  assert.equal(
    cells.map(({ length }) => length),
    words.map(() => 60),
  );
  assert.ok(symbols.every(({ widths }) => widths.length === 60));
});

const square = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [1, 1],
];
const around = [0, 1, 2, 3].map((at) => square.map((_, j) => (j === at ? 0.8 : 0.05)));
const wayIn = (html: string): string => /<g class="way"><path d="([^"]*)"/.exec(html)![1]!;

alignments("goes through points in the order they are pointed at, y upwards, and back if it is closed", () => {
  const sources = ["a", "b", "c", "d", "e"];
  const html = alignmentPage({ sources, targets: ["a", "b", "c", "d"], weights: around, points: square });
  const corners = wayIn(html)
    .split(/[ML]/)
    .slice(1)
    .map((pair) => pair.split(" ").map(Number));
  const [[left, bottom], [right], [, top]] = corners as [number[], number[], number[]];
  assert.ok(left! < right! && top! < bottom!);
  assert.equal(corners, [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ]);
  const closed = { sources, targets: ["c", "a", "b", "<end>"], order: [2, 0, 1, -1], closed: true };
  const back = alignmentPage({ ...closed, weights: around, points: square });
  assert.is(wayIn(back), `M${right} ${top}L${left} ${bottom}L${right} ${bottom}L${right} ${top}`);
  const steps = alignmentIn(back).symbols.filter(({ kind }) => kind === "step");
  assert.equal(
    steps.map(({ label }) => label),
    ["1", "2", "3", "end"],
  );
  assert.equal(faultsOf(back), []);
  assert.equal(requestsOf(back), []);
});

alignments("takes points that coincide, and as far apart as numbers go", () => {
  for (const points of [
    [
      [3, 3],
      [3, 3],
    ],
    [
      [-1e308, 0],
      [1e308, 0],
    ],
  ]) {
    const html = alignmentPage({
      sources: ["a", "b"],
      targets: ["a", "b"],
      weights: [
        [1, 0],
        [0, 1],
      ],
      points,
    });
    assert.not.match(html, /NaN|Infinity/);
    assert.equal(faultsOf(html), []);
  }
});

const whole = { sources: ["a", "b"], targets: ["A"], weights: [[0.5, 0.5]] };
const many = Array.from({ length: 201 }, () => "a");
const unfit: readonly (readonly [what: string, alignment: object, message: RegExp])[] = [
  [
    "labels that are no strings",
    { ...whole, sources: [1, 2] },
    /sources are an array, and must be an array of strings/,
  ],
  ["no sources", { ...whole, sources: [] }, /there are no sources, and must be one at least/],
  ["too few rows of weights", { ...whole, weights: [] }, /weights have 0 rows, and must be \(1, 2\)/],
  ["a row of the wrong size", { ...whole, weights: [[1]] }, /weights have a row of 1, and must be \(1, 2\)/],
  ["a weight above 1", { ...whole, weights: [[0.5, 1.5]] }, /a weight is 1\.5, and must be from 0 to 1/],
  ["a weight that is no number", { ...whole, weights: [[NaN, 0]] }, /a weight is NaN, and must be from 0 to 1/],
  ["too few points", { ...whole, points: [[0, 0]] }, /points have 1 rows, and must be \(2, 2\)/],
  [
    "a point that is nowhere",
    {
      ...whole,
      points: [
        [0, 0],
        [0, Infinity],
      ],
    },
    /a coordinate is Infinity/,
  ],
  ["an order of another length", { ...whole, order: [] }, /order has 0 numbers, and must have 1/],
  ["an order of what is not there", { ...whole, order: [2] }, /order has a 2, and must have indices of the 2 sources/],
  [
    "more than a page can draw",
    { sources: many, targets: many, weights: many.map(() => new Float32Array(201)) },
    /201 × 201 = 40,401 weights, and a page can draw 40,000/,
  ],
];
for (const [what, alignment, message] of unfit) {
  alignments(`refuses ${what}`, () => assert.match(thrownBy(() => alignmentPage(alignment as never)).message, message));
}

const deaf = new AttentionSeq2Seq({ sourceSymbols: ["a"], targetSymbols: ["A"], hiddenSize: 4, attention: "none" });
const mistaken: readonly (readonly [what: string, model: object, options: unknown, message: RegExp])[] = [
  ["a source for a model of rows", copier, { source: "a" }, /reads rows of numbers, and the options must have inputs/],
  ["rows for a model of symbols", reader, { inputs: [[1]] }, /reads symbols, and the options must have a source/],
  ["an empty source", reader, { source: "" }, /source 0 is empty/],
  ["a source that is none", reader, { source: 5 }, /source 0 is 5, and must be a string or an array of symbols/],
  ["targets that are none", reader, { source: "a", targets: "A" }, /targets are "A", and must be an array/],
  ["an option that there is not", reader, { source: "a", beams: 3 }, /beams/],
  ["no options", reader, undefined, /tracePage: the options are undefined, and must be an object/],
  ["a model without attention", deaf, { source: "a" }, /attention is "none": there is no alignment to draw/],
];
for (const [what, model, options, message] of mistaken) {
  alignments(`refuses ${what}`, () => {
    assert.match(thrownBy(() => tracePage(engine, model as never, options as never)).message, message);
  });
}
alignments.after(() => engine.dispose());
alignments.run();

const command = suite("command line: trace");
const { folder, tapehead } = commandLine();
const pageIn = (file: string): string => readFileSync(join(folder, file), "utf8");

command("writes a page of a text that is copied, with the text on it", async () => {
  const { code, stdout, stderr } = await tapehead(`trace ${checkpoint} 'Näh </script>' --out text.html`, {
    alone: true,
  });
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^text\.html: 29 steps, [\d,]+ bytes\. Open it in a browser\.\n$/);
  const html = pageIn("text.html");
  assert.match(html, /<title>NeuralTuringMachine · copy · “Näh &#60;\/script&#62;” · no wrong bit in 112<\/title>/);
  assert.match(html, /<span style="left:3\.448%;width:6\.897%">ä<\/span>/); // two bytes, two steps
  assert.equal(faultsOf(html), []);
});

command("draws an example of the model's task: the same for the same seed", async () => {
  const written = async (flags: string): Promise<string> => {
    const { code, stderr } = await tapehead(`trace ${checkpoint} --out example.html ${flags}`);
    assert.is(stderr, "");
    assert.is(code, 0);
    return pageIn("example.html");
  };
  const first = await written("--seed 4 --length 6");
  assert.match(first, /<h1>An example of copy, seed 4, length 6<\/h1>/);
  assert.is(dataOf(first).steps, 13);
  assert.is(await written("--seed 4 --length 6"), first);
  assert.not(seriesOf(await written("--seed 5 --length 6"), "inputs").join() === seriesOf(first, "inputs").join());
});

command("takes inputs as JSON from a file or stdin", async () => {
  writeFileSync(join(folder, "rows.json"), JSON.stringify(copySequence(3)));
  const file = await tapehead(`trace ${checkpoint} --input rows.json --out rows.html --json`);
  assert.is(file.stderr, "");
  const { bytes, ...rest } = JSON.parse(file.stdout) as { bytes: number };
  assert.equal(rest, { file: "rows.html", model: "NeuralTuringMachine", steps: 7 });
  assert.is(bytes, readFileSync(join(folder, "rows.html")).length);
  assert.match(pageIn("rows.html"), /no wrong bit in 24/);
  const stdin = await tapehead(`trace ${checkpoint} --input - --out stdin.html`, { stdin: JSON.stringify([row, row]) });
  assert.is(stdin.code, 0);
  assert.is(dataOf(pageIn("stdin.html")).steps, 2);
});

command("says what cannot be", async () => {
  writeFileSync(join(folder, "broken.json"), "[[1");
  const failures: readonly (readonly [args: string, message: RegExp, code: number])[] = [
    [`trace ${checkpoint} text --input rows.json`, /There are a text and --input, and must be one of them/, 2],
    [`trace ${checkpoint} --input broken.json`, /broken\.json holds no JSON/, 2],
    [`trace ${checkpoint} --input missing.json`, /Cannot read missing\.json/, 1],
    [`trace ${checkpoint} ${"x".repeat(129)}`, /The text has 129 bytes, and must have at most 128/, 2],
    [`trace ${checkpoint} x --out no/such/folder.html`, /Cannot write no\/such\/folder\.html/, 1],
    ["trace missing.safetensors", /Cannot read missing\.safetensors/, 1],
  ];
  for (const [args, message, wanted] of failures) {
    const { code, stdout, stderr } = await tapehead(args);
    assert.match(stderr, message);
    assert.is(stdout, "");
    assert.is(code, wanted, args);
  }
});

command("looks into a compiled model, as far as it was compiled to be", async () => {
  await tapehead(`compile ${checkpoint} --trace writeWeights,readWeights --out small.tape`);
  const { code, stderr } = await tapehead(`trace small.tape Hi`);
  assert.is(stderr, "");
  assert.is(code, 0);
  const titles = [...pageIn("small.html").matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
  assert.equal(titles, ["Inputs and outputs", "Where the heads were"]);
});

command("shows where a model looks in a text", async () => {
  writeFileSync(join(folder, "reader.safetensors"), save(reader, { metadata: { origin: "<here>" } }));
  const { code, stdout, stderr } = await tapehead("trace reader.safetensors 'fade </b>' --beam 3");
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^reader\.html: 9 symbols, [\d,]+ bytes\. Open it in a browser\.\n$/);
  const html = pageIn("reader.html");
  assert.equal(alignmentIn(html).columns, [..."fade␣</b>"]);
  assert.match(html, /<dt>origin<\/dt><dd>&#60;here&#62;<\/dd>/);
  assert.match(html, /<h2>Beams<\/h2>/);
  const json = await tapehead("trace reader.safetensors ab --out ab.html --json");
  const { bytes, ...rest } = JSON.parse(json.stdout) as { bytes: number };
  assert.equal(rest, { file: "ab.html", model: "AttentionSeq2Seq", symbols: 2 });
  assert.is(bytes, readFileSync(join(folder, "ab.html")).length);
  for (const [args, message] of [
    ["reader.safetensors", /holds a model that reads a text: give it one/],
    ["reader.safetensors a --seed 3", /give it one instead of --input, --seed or --length/],
    [`${checkpoint} a --beam 2`, /holds no model that searches: leave --beam out/],
  ] as const) {
    const { code, stderr } = await tapehead(`trace ${args}`);
    assert.match(stderr, message);
    assert.is(code, 2, args);
  }
});
command.run();
