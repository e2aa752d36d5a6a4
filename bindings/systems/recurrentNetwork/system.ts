import { defineSystem } from "../defineSystem.js";
import { copyTask } from "../../tasks/copy.js";
import { runSession, runSteps, stepBatches } from "../stepExample.js";
import { RecurrentNetwork, recurrentNetworkRules } from "./recurrentNetwork.js";

export const system = /* @__PURE__ */ defineSystem({
  model: RecurrentNetwork,
  rules: recurrentNetworkRules,
  names: { lstm: { cell: "lstm" }, gru: { cell: "gru" }, rnn: { cell: "rnn" } },
  fitting: ["inputSize", "outputSize"],
  options: {
    hiddenSize: { flag: "hidden", help: "units of a layer" },
    cellOptions: "further options of the cell",
    layers: "layers",
  },
  learns: [],
  tasks: [],
  example: {
    options: () => ({ hiddenSize: 6, layers: 2 }),
    task: () => copyTask({ bits: 2, maxLength: 3, lengths: "mixed" }),
    uses: { run: runSteps, session: runSession },
    batches: stepBatches,
  },
});
