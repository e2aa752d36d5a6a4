import { EndToEndMemoryNetwork } from "../../bindings/models.js";
import { judgedStories } from "../judgedStories.js";
import { storyCommands } from "../storyCommands.js";
import type { SystemCommands } from "./commands.js";

export const endToEndMemoryNetwork = {
  className: EndToEndMemoryNetwork.className,
  runHelp:
    "one for stories answers the question at the end of a story, and says how much each hop read of each sentence",
  ...storyCommands("hop"),
  judge: (held, engine) => judgedStories(held, engine),
} satisfies SystemCommands<EndToEndMemoryNetwork>;
