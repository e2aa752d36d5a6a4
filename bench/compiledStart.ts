/**
 * The way to the first answer, in fresh processes: load the module, make an engine, load the model, run a step. Once
 * through tapehead/run and a compiled model, once through tapehead and a saved one; and what verifying a program costs.
 *
 *   node scripts/build.mjs --fast && node --import tsx bench/compiledStart.ts
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { compileModel } from "../bindings/compiled/compileModel.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { NeuralTuringMachine } from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { testEngine } from "../tests/support/engine.js";

const ROUNDS = 31;
const stages = ["module", "engine", "model", "first step"];
const dist = new URL("../dist/", import.meta.url).href;

/** What a process does; it prints milliseconds of wall and CPU for each stage. */
const script = (entry: string, loader: string, file: string): string => `
  import { readFileSync } from "node:fs";
  const bytes = readFileSync(${JSON.stringify(file)});
  const x = new Float32Array(9);
  const marks = [];
  const mark = () => { const { user, system } = process.cpuUsage(); marks.push([performance.now(), (user + system) / 1e3]); };
  mark();
  const { Engine, ${loader} } = await import("${dist}${entry}");
  mark();
  const engine = await Engine.create();
  mark();
  const model = ${loader}(bytes);
  mark();
  model.session(engine).step(x);
  mark();
  console.log(JSON.stringify(marks.slice(1).map(([wall, cpu], i) => [wall - marks[i][0], cpu - marks[i][1]])));
`;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
const ms = (value: number): string => `${value.toFixed(2)} ms`.padStart(9);

const folder = mkdtempSync(join(tmpdir(), "tapehead-"));
try {
  const model = new NeuralTuringMachine({ inputSize: 9, outputSize: 8, seed: 1 });
  const compiled = compileModel(model);
  writeFileSync(join(folder, "model.tape"), compiled);
  writeFileSync(join(folder, "model.safetensors"), save(model));
  const ways = [
    ["tapehead/run", script("run.js", "loadCompiled", join(folder, "model.tape"))],
    ["tapehead", script("index.js", "load", join(folder, "model.safetensors"))],
  ] as const;
  const results = ways.map((): [wall: number, cpu: number][][] => []);
  for (let round = 0; round < ROUNDS; ++round) {
    ways.forEach(([, text], way) => {
      const out = execFileSync(process.execPath, ["--input-type=module", "-e", text], { encoding: "utf8" });
      results[way]!.push(JSON.parse(out) as [number, number][]);
    });
  }
  console.log(`medians of ${ROUNDS} processes, Node ${process.versions.node}; wall, CPU`);
  ways.forEach(([name], way) => {
    const of = (stage: number, kind: 0 | 1): number => median(results[way]!.map((marks) => marks[stage]![kind]));
    const all = (kind: 0 | 1): number =>
      median(results[way]!.map((marks) => marks.reduce((sum, mark) => sum + mark[kind], 0)));
    console.log(name);
    stages.forEach((stage, i) => console.log(`  ${stage.padEnd(12)} ${ms(of(i, 0))} ${ms(of(i, 1))}`));
    console.log(`  ${"all".padEnd(12)} ${ms(all(0))} ${ms(all(1))}`);
  });

  // Every new length is verified; so lengths that alternate show what it costs.
  const engine = await testEngine("release");
  const loaded = loadCompiled(compiled);
  const inputs = [1, 2].map((length) => Array.from({ length }, () => new Float32Array(9)));
  const contest = (what: string, lengthOf: (i: number) => number): void => {
    const times: [number[], number[]] = [[], []];
    for (let i = 0; i < 4000; ++i) {
      [loaded, model].forEach((runner, which) => {
        const begin = performance.now();
        runner.run(engine, inputs[lengthOf(i) - 1]!);
        if (i >= 2000) times[which]!.push(performance.now() - begin);
      });
    }
    const [compiled, recorded] = times.map((list) => (median(list) * 1e3).toFixed(1));
    console.log(`${what}: ${compiled} us compiled, ${recorded} us recorded`);
  };
  contest("a run of 1 or 2 steps in turn", (i) => 1 + (i % 2));
  contest("a run of 2 steps again", () => 2);
  engine.dispose();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
