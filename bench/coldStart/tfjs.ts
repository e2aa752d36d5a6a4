/** From before the import to a first inference with tfjs on its wasm backend. Takes weights, and what they are. */
import type { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import type { Parameter } from "../../bindings/graph/parameter.js";
import { measure } from "./measure.js";

interface Description {
  readonly options: NeuralTuringMachine["options"];
  readonly parameters: readonly Parameter[];
}

await measure(async ([weights, about], part) => {
  const { startTfjs, tf, TfjsNTM } = await part("import", async () => {
    const [{ startTfjs }, { TfjsNTM }, { default: tf }] = await Promise.all([
      import("../peers/tfjs.js"),
      import("../peers/tfjsNtm.js"),
      import("@tensorflow/tfjs"),
    ]);
    return { startTfjs, tf, TfjsNTM };
  });
  await part("engine", startTfjs);
  const network = await part("weights", () => {
    const values = new Float32Array(weights!.buffer);
    const { options, parameters } = JSON.parse(new TextDecoder().decode(about)) as Description;
    const valuesOf = ({ offset, size }: Parameter): Float32Array => values.subarray(offset, offset + size);
    return new TfjsNTM({ options, parameters: { parameters, valuesOf } } as unknown as NeuralTuringMachine);
  });
  return part("first step", () => {
    const [logits] = network.step(tf.zeros([1, 9]), network.initialState(1));
    return logits.dataSync<"float32">();
  });
});
