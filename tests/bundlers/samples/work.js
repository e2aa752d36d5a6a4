// What every sample does: train a small Neural Turing Machine, run it, and say what bits came out.
import { adam, copyTask, Engine, NeuralTuringMachine, train } from "tapehead";

export async function work(source) {
  const engine = await Engine.create(source);
  const model = new NeuralTuringMachine({ inputSize: 5, outputSize: 4, hiddenSize: 24, slots: 16, width: 8, seed: 1 });
  const task = copyTask({ bits: 4, maxLength: 5, seed: 1 });
  const optimizer = adam({ learningRate: 3e-3 });
  const losses = [];
  for await (const { loss } of train(engine, model, task, { batch: 16, optimizer, steps: 50 })) losses.push(loss);
  const { outputs } = model.run(
    engine,
    Array.from({ length: 9 }, (_, t) => [t % 2, t % 3 ? 0 : 1, 0, 1, t === 4 ? 1 : 0]),
  );
  return {
    model: model.name,
    firstLoss: losses[0],
    lastLoss: losses.at(-1),
    outputs: await digest(outputs.data),
    weights: await digest(model.parameters.values),
  };
}

async function digest(values) {
  const hash = await crypto.subtle.digest("SHA-256", values);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
