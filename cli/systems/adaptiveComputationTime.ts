import { AdaptiveComputationTime } from "../../bindings/models.js";
import { reading } from "../reading.js";
import { stepwise } from "../stepwise.js";
import type { SystemCommands } from "./commands.js";

const commands = stepwise({ runs: { text: (held) => reading(held, { ponders: true }) } });

export const adaptiveComputationTime = {
  className: AdaptiveComputationTime.className,
  runHelp: "one for text predicts each character and draws its ponder steps",
  ...commands,
  compiled: commands,
} satisfies SystemCommands<AdaptiveComputationTime>;
