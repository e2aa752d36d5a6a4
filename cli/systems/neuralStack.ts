import { NeuralStack } from "../../bindings/models.js";
import { stackReading } from "../stackReading.js";
import { stepwise } from "../stepwise.js";
import type { SystemCommands } from "./commands.js";

const commands = stepwise({ runs: { transduction: stackReading } });

export const neuralStack = {
  className: NeuralStack.className,
  runHelp: "one for transduction turns words into others, and draws its memory",
  run: commands.run,
  trace: commands.trace,
  compiled: commands,
} satisfies SystemCommands<NeuralStack>;
