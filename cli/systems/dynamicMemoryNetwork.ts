import { DynamicMemoryNetwork } from "../../bindings/models.js";
import { storyCommands } from "../storyCommands.js";
import type { SystemCommands } from "./commands.js";

export const dynamicMemoryNetwork = {
  className: DynamicMemoryNetwork.className,
  runHelp:
    "one with episodes answers the question at the end of a story, and says how far each episode's gates were open for each sentence",
  ...storyCommands("episode"),
} satisfies SystemCommands<DynamicMemoryNetwork>;
