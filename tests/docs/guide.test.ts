import { existsSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { AttentionSeq2Seq } from "../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { romanPairs } from "../../reproduce/ownPairs.js";
import { commandLine } from "../support/cli.js";
import { examplesOf, replaced, runExample } from "../support/example.js";
import { clear, wavOf } from "../support/voice.js";

const docs = new URL("../../docs/", import.meta.url);
const guide = readFileSync(new URL("guide.md", docs), "utf8");
const checkpoint = (name: string): Record<string, Buffer> => ({
  [name]: readFileSync(new URL(`../checkpoints/${name}`, docs)),
});
const [
  training,
  decoding,
  learning,
  session,
  compiled,
  pronouncing,
  asking,
  telling,
  hearing,
  parsing,
  searching,
  ...others
] = examplesOf(guide, "ts");

const examples = suite("the guide");

examples("its training runs as it stands, but for the patience", async () => {
  const code = replaced(training!, "50_000", "2");
  const seen = replaced(code, /(for await .*\{\n)/, "$1  last = { step, sequenceError, ponder };\n");
  type Last = Record<"step" | "ponder" | "sequenceError", number>;
  const { exports } = await runExample<{ last: Last }>(seen, { before: "export let last;" });
  const { step, ponder, sequenceError } = exports.last;
  assert.is(step, 2);
  assert.is(ponder, 2);
  assert.ok(sequenceError > 0.2);
});

examples("its decoding says what it says it does", async () => {
  const code = replaced(decoding!, "console.log(phoneme)", "said.push(phoneme)");
  const { exports } = await runExample<Record<"said" | "symbols" | "attention", string[]>>(code, {
    before: "export const said = [];",
    after: "export { symbols, attention };",
    files: checkpoint("pronunciation-small.safetensors"),
  });
  assert.match(decoding!, `// ${exports.symbols.join(" ")}\n`);
  assert.equal(exports.said, exports.symbols);
  assert.is(exports.attention.length, 7);
});

examples("its learning runs as it stands, but for the patience", async () => {
  const code = replaced(learning!, "steps: 2000", "steps: 450, hiddenSize: 64");
  const quiet = code.replaceAll("console.log(", "said.push(");
  const pairs = romanPairs().pairs.map((pair) => pair.join("\t"));
  type Exports = { said: unknown[]; learned: { report: { exact: number } }; error: Error | undefined };
  const { exports, read } = await runExample<Exports>(quiet, {
    before: "const said = [];",
    after: "export { said, learned, error };",
    files: { "roman.tsv": pairs.join("\n") },
  });
  const { said, learned, error } = exports;
  assert.ok(learned.report.exact > 0.9, `${learned.report.exact}`);
  assert.is(said.at(-2), error ? error.message : "1994");
  const { loadLearned } = (await import(
    new URL("../dist/learn.js", docs).href
  )) as typeof import("../../bindings/learn.js");
  assert.equal(loadLearned(read("roman.safetensors")).report, learned.report);
});

examples("its session makes a step", async () => {
  const files = checkpoint("copy.safetensors");
  const { exports } = await runExample<{ logits: Float32Array }>(session!, { after: "export { logits };", files });
  assert.is(exports.logits.length, 8);
});

examples("its compiled model says what its decoding says", async () => {
  const { model } = loadCheckpoint(checkpoint("pronunciation-small.safetensors")["pronunciation-small.safetensors"]!, {
    models: [AttentionSeq2Seq],
  });
  const { exports } = await runExample<{ phonemes: string[]; ended: boolean }>(compiled!, {
    after: "export { phonemes, ended };",
    files: { "pronunciation-small.tape": compileModel(model, { beam: 5 }) },
  });
  assert.ok(exports.ended);
  assert.match(decoding!, `// ${exports.phonemes.join(" ")}\n`);
});

examples("its words are pronounced, or refused, as it says", async () => {
  const bytes = checkpoint("pronunciation-small.safetensors")["pronunciation-small.safetensors"]!;
  const { model, metadata, task } = loadCheckpoint(bytes, { models: [AttentionSeq2Seq] });
  const texts = { ...metadata, task: JSON.stringify(task) };
  const { exports } = await runExample<{ said: string[] }>(pronouncing!.replaceAll("console.log(", "said.push("), {
    before: "const said = [];",
    after: "export { said };",
    files: { "pronunciation-small.tape": compileModel(model, { beam: 5, dtype: "int8", metadata: texts }) },
  });
  assert.is(exports.said.length, 3);
  for (const text of exports.said) assert.ok(pronouncing!.includes(`// ${text}\n`), text);
});

examples("its questions have the answers that it says", async () => {
  type Exports = { digits: string; unit: string; cells: string[]; said: string[][] };
  const { exports } = await runExample<Exports>(asking!.replaceAll("console.log(", "said.push("), {
    before: "const said = [];",
    after: "export { digits, unit, cells, said };",
    files: checkpoint("table.safetensors"),
  });
  const { digits, unit, cells, said } = exports;
  for (const answer of [`${digits} ${unit}`, cells.join(), said.flat().join()]) assert.match(asking!, `// ${answer}\n`);
});

examples("its story has the answer that it says", async () => {
  const { exports } = await runExample<{ said: (string | string[])[] }>(
    telling!.replaceAll("console.log(", "said.push("),
    {
      before: "const said = [];",
      after: "export { said };",
      files: checkpoint("stories.safetensors"),
    },
  );
  const { said } = exports;
  for (const line of [said.slice(0, 2).join(" "), said.slice(2).flat().join()]) {
    assert.ok(telling!.includes(`// ${line}\n`), line);
  }
});

examples("its hearing says what it says it does", async () => {
  const { exports } = await runExample<{ said: unknown[] }>(hearing!.replace("console.log(", "said.push("), {
    before: "const said = [];",
    after: "export { said };",
    files: { ...checkpoint("digits.safetensors"), "eight.wav": wavOf(clear.eight, 1, 1) },
  });
  assert.match(hearing!, `// ${exports.said.join(" ")}\n`);
});

examples("its sentences have the trees that it says", async () => {
  const { exports } = await runExample<{ said: unknown[] }>(parsing!.replaceAll("console.log(", "said.push("), {
    before: "const said = [];",
    after: "export { said };",
    files: checkpoint("grammar.safetensors"),
  });
  const [tree, isWellFormed, closed, sure, unknown] = exports.said as [string, boolean, number, boolean, string[]];
  for (const line of [tree, `${isWellFormed} ${closed}`, `${sure} ${unknown.join()}`])
    assert.ok(parsing!.includes(`// ${line}\n`), line);
});

examples("its search and its solver say what it says", async () => {
  const { exports } = await runExample<{ said: unknown[] }>(searching!.replaceAll("console.log(", "said.push("), {
    before: "const said = [];",
    after: "export { said };",
  });
  assert.equal(exports.said, [true, 1]);
});

examples("has no other examples", () => assert.equal(others, []));

examples("its commands exist, and so do their flags", async () => {
  const { tapehead } = commandLine();
  const [block] = examplesOf(guide, "sh");
  const helps = new Map<string, string>();
  for (const [, command] of block!.matchAll(/^npx tapehead (.*?)(?: +#.*)?$/gm)) {
    const [name, model] = command!.split(" ") as [string, string];
    const asked = name === "train" ? `${name} ${model} --help` : `${name} --help`;
    if (!helps.has(asked)) helps.set(asked, (await tapehead(asked)).stdout);
    assert.match(helps.get(asked)!, `Usage: tapehead ${name}`);
    for (const [flag] of command!.matchAll(/--[a-z-]+/g)) assert.match(helps.get(asked)!, `${flag} `, command);
  }
});

examples("its links lead somewhere", () => {
  for (const [, path] of guide.matchAll(/\]\((?!https?:)([^)]+)\)/g)) assert.ok(existsSync(new URL(path!, docs)), path);
});

examples.run();
