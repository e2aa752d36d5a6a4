import { MemoryNetwork } from "../../bindings/models.js";
import { storyCommands } from "../storyCommands.js";
import type { SystemCommands } from "./commands.js";

export const memoryNetwork = {
  className: MemoryNetwork.className,
  runHelp: "one with supporting facts answers the question at the end of a story, and says which sentences it read",
  ...storyCommands("fact"),
} satisfies SystemCommands<MemoryNetwork>;
