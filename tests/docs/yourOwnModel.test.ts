import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type * as full from "../../bindings/index.js";
import type { Tensor } from "../../bindings/graph/tensor.js";
import type { Tree } from "../../bindings/graph/tree.js";
import type { loadCompiled } from "../../bindings/compiled/loadCompiled.js";

const page = readFileSync(new URL("../../docs/your-own-model.md", import.meta.url), "utf8");
const all = [...page.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code!);
/** What is a program's own, and what makes a module of the class and the task. */
const [blocks, exported] = [false, true].map((is) => all.filter((code) => code.startsWith("export") === is)) as [
  string[],
  string[],
];
const own = suite("docs/your-own-model.md");

/** What the page's code leaves behind. */
interface Left {
  readonly Fading: full.ModelClass<full.RecurrentModel>;
  readonly runningParity: full.Task<"bitError">;
  readonly model: full.RecurrentModel;
  readonly again: full.RecurrentModel;
  readonly compared: number;
  readonly worst: number;
  readonly outputs: full.Rows;
  readonly trace: Readonly<Record<string, full.Rows>>;
  readonly logits: Float32Array;
  readonly compiled: Uint8Array;
  readonly engine: full.Engine;
  readonly lion: (options?: object) => full.Optimizer;
  readonly byLion: full.RecurrentModel;
  readonly probability: { readonly data: Float32Array; readonly shape: readonly number[] };
}

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const folder = mkdtempSync(join(fileURLToPath(new URL("../../build/", import.meta.url)), "own-"));
const left = await (async (): Promise<Left> => {
  const file = join(folder, "page.mjs");
  const names =
    "Fading, runningParity, model, again, compared, worst, outputs, trace, logits, compiled, engine, probability, Highway, lion, byLion";
  writeFileSync(file, `${blocks.join("\n")}\nexport { ${names} };\n`);
  return (await import(file)) as Left;
})();
process.on("exit", () => rmSync(folder, { recursive: true }));

const dist = async <T>(entry: string): Promise<T> =>
  (await import(new URL(`../../dist/${entry}.js`, import.meta.url).href)) as T;

own("every part is at most 30 lines", () => {
  for (const code of all) {
    const lines = code.split("\n").filter((line) => line.trim() && !line.startsWith("import"));
    assert.ok(lines.length <= 30, code);
  }
});

own("the model learns: fresh sequences, longer than in training", async () => {
  const { evaluate } = await dist<typeof full>("index");
  const { bitError } = await evaluate(left.engine, left.model, left.runningParity, { sequences: 200 });
  assert.ok(bitError < 0.6, String(bitError)); // of 12; chance is 6
});

own("the optimizer learns it, too, and goes on from a checkpoint bit for bit", async () => {
  const { evaluate, train } = await dist<typeof full>("index");
  const { bitError } = await evaluate(left.engine, left.byLion, left.runningParity, { sequences: 200 });
  assert.ok(bitError < 0.6, String(bitError)); // of 12; chance is 6
  const bytes = async (steps: number, resume?: Uint8Array): Promise<Uint8Array> => {
    const model = new left.Fading({ inputSize: 1, outputSize: 1, hiddenSize: 8 } as never);
    const options = { steps, optimizer: left.lion({ weightDecay: 0.01 }), ...(resume && { resume }) };
    const training = train(left.engine, model, left.runningParity, options);
    for await (const _ of training);
    return training.checkpoint();
  };
  assert.equal(await bytes(7, await bytes(3)), await bytes(7));
});

own("every gradient was compared", () => {
  assert.ok(left.compared > 50);
  assert.ok(left.worst < 0.02);
});

own("checkGradients finds a gradient that is wrong", async () => {
  const { checkGradients, stopGradient, multiply } = await dist<typeof import("../../bindings/graph.js")>("graph");
  const Fading = left.Fading as unknown as new (options: object) => {
    step(x: Tensor, state: Tree): [y: Tensor, next: Tree];
  };
  class Stopped extends Fading {
    override step(x: Tensor, state: Tree): [y: Tensor, next: Tree] {
      const [y, next] = super.step(x, state);
      return [multiply(y, stopGradient(y)), next];
    }
  }
  const model = new Stopped({ inputSize: 1, outputSize: 1, hiddenSize: 3 });
  assert.throws(
    () => checkGradients(left.engine, model as never, left.runningParity, { length: 4 }),
    /central differences say/,
  );
});

own("the loaded model, a session and the compiled model have the bits of the model", async () => {
  const rows = [[1], [0], [1], [1]];
  const { outputs, trace } = left.model.run(left.engine, rows, { trace: ["past"] });
  assert.equal([...left.outputs.data], [...outputs.data]);
  assert.equal([...left.trace["past"]!.data], [...trace["past"]!.data]);
  assert.equal([...left.logits], [...outputs[0]!]);
  const small = await dist<{ Engine: typeof full.Engine; loadCompiled: typeof loadCompiled }>("run");
  const engine = await small.Engine.create();
  const result = small.loadCompiled(left.compiled).run(engine as never, rows, { trace: ["past"] });
  assert.equal([...result.outputs.data], [...outputs.data]);
  assert.equal([...result.trace["past"]!.data], [...trace["past"]!.data]);
  engine.dispose();
});

own("an executable has the shapes and the numbers of its graph", () => {
  const { outputs } = left.model.run(left.engine, [[1], [0], [1]]);
  assert.equal(left.probability.shape, [3, 1, 1]);
  left.probability.data.forEach((p, t) => assert.ok(Math.abs(p - 1 / (1 + Math.exp(-outputs[t]![0]!))) < 1e-6));
});

own("`tapehead train ./mine.js` trains, resumes and inspects as the page says", async () => {
  const mine = join(folder, "mine.mjs");
  writeFileSync(mine, [...blocks.slice(0, 2), ...exported].join("\n"));
  const commands = [...page.matchAll(/^npx tapehead (.*?) *#/gm)].map(([, args]) => args!.replaceAll(".js", ".mjs"));
  assert.is(commands.length, 3);
  const said: string[] = [];
  for (const args of commands) {
    const { stdout } = await run(process.execPath, [program, ...args.split(" ")], { cwd: folder });
    said.push(stdout);
  }
  assert.match(said[0]!, /^Training a Fading with .* on running-parity.*into mine\.safetensors/);
  assert.match(said[0]!, /\nTrained .*: 0\.0(?:[0-4]\d|50) wrong bits a sequence\n/);
  assert.match(said[1]!, /, from step [\d,]+, into mine\.safetensors[^]*\nTrained .*: 0\.0(?:0\d|10) wrong bits/);
  assert.match(said[2]!, /^mine\.safetensors: Fading, [^]*running-parity/);
});

own("threads give the same bits", async () => {
  const threads = await dist<typeof import("../../bindings/threads.js")>("threads");
  const { train } = await dist<typeof full>("threads");
  const trained = async (engine: full.Engine): Promise<string> => {
    const model = new left.Fading({ inputSize: 1, outputSize: 1, hiddenSize: 8 } as never);
    for await (const _ of train(engine, model, left.runningParity, { steps: 5, batch: 32 }));
    return String(model.parameters.values);
  };
  const engine = await threads.Engine.create({ threads: 2 });
  assert.is(await trained(engine), await trained(left.engine));
  engine.dispose();
});

own.run();
