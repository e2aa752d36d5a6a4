import { adam, Engine, train } from "tapehead/full";
import { interpret, modelCore, NeuralProgrammerInterpreter, verifyPrograms } from "tapehead/models";
import { programTask, sizesOf } from "tapehead/tasks";
import { shelf } from "./shelf.js";

const engine = await Engine.create();
const task = programTask(shelf, { problems: 60, maxLength: 4, seed: 1 });
const sizes = { hiddenSize: 32, layers: 2, stateSize: 16, programSize: 16, keySize: 8 };
const model = new NeuralProgrammerInterpreter({ ...sizesOf(shelf), ...sizes, seed: 1 });
const options = { batch: 32, optimizer: adam({ learningRate: 5e-3 }), clip: { norm: 1 } };
for await (const { step } of train(engine, model, task, options)) if (step === 500) break;

// Every list of up to five files that are one of three: what a program sees then is all it can ever see.
const names = ["a.txt", "b.txt", "c.txt"];
const all = [1, 2, 3, 4, 5].flatMap((length) => listsOf(length));
const { steps, mistakes } = verifyPrograms(engine, model, shelf, all);
console.log(`${mistakes} mistakes behind ${steps} step inputs`);

const files = process.argv.slice(2);
if (!files.length) files.push("notes.txt", "draft.txt", "letter.txt", "bill.txt", "photo.jpg", "address.txt");
const { state } = interpret(modelCore(engine, model, shelf), shelf, shelf.start(files), {
  onCall: ({ call, level }) => console.log("  ".repeat(level) + call[0]),
});
console.log(state.files.join(" "));

function listsOf(length) {
  return length ? listsOf(length - 1).flatMap((list) => names.map((name) => [...list, name])) : [[]];
}
