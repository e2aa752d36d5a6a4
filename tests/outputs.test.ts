/** Runs whose outputs are not finite answer nothing, and say so. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileModel } from "../bindings/compile.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { OutputError } from "../bindings/core.js";
import { generate } from "../bindings/decode.js";
import { AttentionSeq2Seq, RecurrentNetwork } from "../bindings/models.js";
import { testEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const outputs = suite("outputs that are not finite");

/** A network whose output layer overflows for inputs that are not small. */
function overflowing(): RecurrentNetwork {
  const model = new RecurrentNetwork({ cell: "rnn", inputSize: 2, outputSize: 2, hiddenSize: 3, seed: 1 });
  model.parameters.set(model.parameters.values.map(() => 3e38));
  return model;
}
const refused = (work: () => unknown): void => {
  const error = thrownBy(work);
  assert.instance(error, OutputError);
  assert.match(error.message, /: the outputs are not finite; the model has diverged, or the inputs are too large$/);
};

outputs("of a run, a batch, a session and a compiled model are an OutputError", () => {
  const model = overflowing();
  const xs = [[1, 1]];
  refused(() => model.run(engine, xs));
  refused(() => model.run(engine, [xs, xs]));
  const session = model.session(engine);
  refused(() => session.step([1, 1]));
  session.dispose();
  const compiled = loadCompiled(compileModel(model));
  refused(() => compiled.run(engine, xs));
});

outputs("of decoding are an OutputError, greedy and with beams", () => {
  const model = new AttentionSeq2Seq({ sourceSymbols: ["a"], targetSymbols: ["b", "c"], hiddenSize: 4, seed: 1 });
  model.parameters.set(model.parameters.values.map((value) => value * 1e38));
  const run = (beam: number) => (): unknown => model.run(engine, ["aa"], { beam, limit: 4 });
  refused(run(1));
  refused(run(3));
  const compiled = loadCompiled(compileModel(model, { beam: 3 }));
  for (const beam of [1, 3]) refused(() => generate(compiled, engine, [[1, 1]], { beam, limit: 4 }));
});

outputs.after(() => engine.dispose());
outputs.run();
