/** What the command line does with models of each class, and what it refuses with the commands that there are. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { compileModel } from "../bindings/compile.js";
import {
  AttentionSeq2Seq,
  models,
  NeuralGPU,
  NeuralTuringMachine,
  PointerNetwork,
  RecurrentNetwork,
  TableProgrammer,
} from "../bindings/models.js";
import { parityTask, textTask } from "../bindings/tasks.js";
import { tasks } from "../cli/tasks.js";
import { commandLine, linesOf } from "./support/cli.js";
import { importDeclarations } from "./support/commandLine.js";

const { folder, tapehead } = commandLine();
const { systemCommands, taskViewList } = await importDeclarations();

const declared = suite("command line: systems");
declared("every class of models is declared once", () => {
  const names = systemCommands.map(({ className }) => className);
  assert.equal(names.toSorted(), models.map(({ className }) => className).toSorted());
});
declared("every view is of a task that there is, once", () => {
  const names = taskViewList.map(({ task }) => task);
  assert.is(new Set(names).size, names.length);
  for (const name of names) assert.ok(Object.hasOwn(tasks, name), name);
});
declared.run();

const sizes = { inputSize: 9, outputSize: 8, hiddenSize: 4 };
const network = new RecurrentNetwork(sizes);
const files: Readonly<Record<string, Uint8Array>> = {
  "pointer.safetensors": save(new PointerNetwork({ inputSize: 2, ends: "repeat", hiddenSize: 4 })),
  "asked.safetensors": save(new TableProgrammer({ symbols: ["how", "many"], hiddenSize: 4 })),
  "parity.safetensors": save(new RecurrentNetwork({ inputSize: 4, outputSize: 1, hiddenSize: 4 }), {
    task: parityTask({ bits: 4 }),
  }),
  "network.tape": compileModel(network),
  "symbols.safetensors": save(new NeuralGPU({ symbols: 3, maps: 4 })),
  "words.safetensors": save(
    new AttentionSeq2Seq({ sourceSymbols: ["one", "two"], targetSymbols: ["1", "2"], hiddenSize: 4 }),
  ),
  "network.safetensors": save(network),
  "pointer.tape": compileModel(new PointerNetwork({ inputSize: 2, ends: "repeat", hiddenSize: 4 })),
  "copier.safetensors": save(new NeuralTuringMachine({ ...sizes, slots: 4, width: 2 })),
  "letters.safetensors": save(new RecurrentNetwork({ inputSize: 3, outputSize: 3, hiddenSize: 4 }), {
    task: textTask({ text: "abcabc", length: 2, seed: 1 }),
  }),
  "table.csv": new TextEncoder().encode("a,b\n1,2\n"),
};
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);

const commands = suite("command line: what a class of models does not do");
const refused: readonly (readonly [args: string, message: RegExp])[] = [
  [
    "run pointer.safetensors 1",
    /pointer\.safetensors holds a model that reads numbers, no text: give it vectors of 2 numbers, such as \[\[0\.2,0\.2\],.*, as JSON\n$/,
  ],
  ["run pointer.safetensors [[0,1],[2]]", /step 1 of sequence 0 has 1 numbers, and must have 2/],
  ["run asked.safetensors", /is asked about tables: name one, and ask behind it/],
  ["trace asked.safetensors", /there is `tapehead ask table\.csv "how many\?" --model asked\.safetensors/],
  [
    "ask table.csv how many --model parity.safetensors",
    /`tapehead ask` takes models of class NeuralProgrammer or TableProgrammer; for this one there is `tapehead run parity\.safetensors` or `tapehead trace parity\.safetensors`\n$/,
  ],
  [
    "pronounce cab --model copier.safetensors",
    /`tapehead pronounce` takes models of class AttentionSeq2Seq; for this one/,
  ],
  ["run parity.safetensors x", /a model for parity that reads numbers, no text: give it rows of 4 numbers, such as/],
  [
    "run pointer.tape 1",
    /a compiled model of class PointerNetwork, and `tapehead run` takes saved models .*; in code, tapehead\/run calls its greedy/,
  ],
  ["compile network.safetensors --beam 3", /RecurrentNetwork does not decode: leave beam/],
  ["compile pointer.safetensors --trace glow", /no value "glow" to trace; it has attention/],
  ["run network.tape x", /network\.tape holds a model that reads numbers, no text: give it rows of 9 numbers as JSON/],
  ["trace parity.safetensors x", /holds a model for parity, which reads no text: leave it out/],
];
for (const [args, message] of refused) {
  commands(`${args} is refused`, async () => {
    const { code, stdout, stderr } = await tapehead(args);
    assert.match(stderr, message);
    assert.is(stdout, "");
    assert.is(code, 2);
  });
}
commands("any saved model runs: over rows of numbers, over symbols, about a table, or on lines of text", async () => {
  const json = async (args: string): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await tapehead(`run ${args} --json`);
    assert.is(code, 0, `${args}: ${stderr}`);
    return linesOf(stdout)[0]!;
  };
  const rows = await json("parity.safetensors [[1,0,1,1],[0,0,0,1]]");
  assert.equal(
    (rows["outputs"] as number[][]).map((row) => row.length),
    [1, 1],
  );
  const compiled = await tapehead(`run network.tape ${JSON.stringify([new Array(9).fill(0)])}`);
  assert.match(compiled.stdout, /^-?\d\S*( -?\d\S*){7}\n$/);
  const pointed = await json("pointer.safetensors [[0,0],[1,0],[0.5,1]]");
  assert.ok((pointed["places"] as number[]).every((place) => [0, 1, 2].includes(place)));
  assert.ok((pointed["probability"] as number) > 0 && (pointed["probability"] as number) <= 1);
  const moved = await json("symbols.safetensors [[1,2,1]]");
  assert.is((moved["symbols"] as number[][])[0]!.length, 3);
  const said = await tapehead("run words.safetensors 'one two'");
  assert.is(said.code, 0, said.stderr);
  const asked = await tapehead("run asked.safetensors table.csv how many");
  assert.is(asked.code, (await tapehead("ask table.csv how many --model asked.safetensors")).code);
});

commands("a model that decodes is compiled with its beams, and inspect says what it can be called for", async () => {
  const { stdout } = await tapehead("compile pointer.safetensors --beam 3 --trace attention --json");
  assert.is((JSON.parse(stdout) as { model: string }).model, "PointerNetwork");
  const inspected = await tapehead("inspect pointer.tape --json");
  const { methods } = JSON.parse(inspected.stdout) as {
    methods: Record<string, { inputs: object; lengths: string[] }>;
  };
  assert.equal(Object.keys(methods), ["greedy", "sampled", "beam 3", "stream start", "stream step"]);
  assert.equal(methods["greedy"]!.inputs, {
    source: ["source", "batch", 2],
    inside: ["source", "batch"],
    lengths: ["batch"],
  });
  assert.equal(methods["beam 3"]!.lengths, ["source", "limit"]);
  assert.match((await tapehead("inspect pointer.tape")).stdout, /\nbeam 3 +source \(source, batch, 2\), .* → choices/);
});

commands("a model with a memory copies although its file names no task", async () => {
  const { code, stdout, stderr } = await tapehead("run copier.safetensors ab");
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^input {3}ab\n/);
});
commands(
  "what a character costs is in bits: of all that may follow one, the probabilities are 1 together",
  async () => {
    let sum = 0;
    for (const next of "abc") {
      const { stdout } = await tapehead(`run letters.safetensors a${next} --json`);
      const [read] = linesOf(stdout) as unknown as [{ characters: { bits?: number }[] }];
      sum += 2 ** -read.characters[0]!.bits!;
    }
    assert.ok(Math.abs(sum - 1) < 1e-12, `${sum} is 1, but for what doubles round`);
  },
);
commands.run();
