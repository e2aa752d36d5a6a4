/** What the command line does with models of each class, and what it refuses with the commands that there are. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { compileModel } from "../bindings/compile.js";
import { models, NeuralTuringMachine, PointerNetwork, RecurrentNetwork, TableProgrammer } from "../bindings/models.js";
import { parityTask } from "../bindings/tasks.js";
import { tasks } from "../cli/tasks.js";
import { commandLine } from "./support/cli.js";
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
  "copier.safetensors": save(new NeuralTuringMachine({ ...sizes, slots: 4, width: 2 })),
  "table.csv": new TextEncoder().encode("a,b\n1,2\n"),
};
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);

const commands = suite("command line: what a class of models does not do");
const refused: readonly (readonly [args: string, message: RegExp])[] = [
  [
    "run pointer.safetensors 1",
    /class PointerNetwork, and `tapehead run` takes models of class .*NeuralTuringMachine.*; for this one there is `tapehead trace pointer\.safetensors`\n$/,
  ],
  ["trace asked.safetensors", /there is `tapehead ask table\.csv "how many\?" --model asked\.safetensors/],
  [
    "ask table.csv how many --model parity.safetensors",
    /`tapehead ask` takes models of class NeuralProgrammer or TableProgrammer; for this one there is `tapehead trace parity\.safetensors`\n$/,
  ],
  [
    "pronounce cab --model copier.safetensors",
    /`tapehead pronounce` takes models of class AttentionSeq2Seq; for this one/,
  ],
  ["run parity.safetensors x", /RecurrentNetwork for parity, and `tapehead run` has nothing to do for that task/],
  ["run network.tape x", /a compiled model of class RecurrentNetwork, and `tapehead run` has nothing to do/],
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
commands("a model with a memory copies although its file names no task", async () => {
  const { code, stdout, stderr } = await tapehead("run copier.safetensors ab");
  assert.is(stderr, "");
  assert.is(code, 0);
  assert.match(stdout, /^input {3}ab\n/);
});
commands.run();
