import { SparseAccessMemory } from "../../bindings/models.js";
import { copying } from "../copying.js";
import { stepwise } from "../stepwise.js";
import type { SystemCommands } from "./commands.js";

const commands = stepwise({ runs: { copy: copying }, untold: "copy" });

export const sparseAccessMemory = {
  className: SparseAccessMemory.className,
  ...commands,
  compiled: commands,
} satisfies SystemCommands<SparseAccessMemory>;
