import { RecurrentNetwork } from "../../bindings/models.js";
import { stepwise } from "../stepwise.js";
import type { SystemCommands } from "./commands.js";

export const recurrentNetwork = {
  className: RecurrentNetwork.className,
  ...stepwise(),
} satisfies SystemCommands<RecurrentNetwork>;
