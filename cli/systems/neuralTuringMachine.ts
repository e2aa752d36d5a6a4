import { NeuralTuringMachine } from "../../bindings/models.js";
import { copying } from "../copying.js";
import { reading } from "../reading.js";
import { stepwise } from "../stepwise.js";
import type { SystemCommands } from "./commands.js";

const commands = stepwise({ runs: { copy: copying, text: reading }, untold: "copy" });

export const neuralTuringMachine = {
  className: NeuralTuringMachine.className,
  runHelp: "one for copy copies the text and draws the heads' weights",
  ...commands,
  compiled: commands,
} satisfies SystemCommands<NeuralTuringMachine>;
