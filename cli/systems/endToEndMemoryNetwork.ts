import { EndToEndMemoryNetwork, storyPage } from "../../bindings/models.js";
import { calibratedStories } from "../calibratedStories.js";
import { UsageError } from "../errors.js";
import { aboutOf, storyCommands } from "../storyCommands.js";
import type { SystemCommands } from "./commands.js";

export const endToEndMemoryNetwork = {
  className: EndToEndMemoryNetwork.className,
  runHelp:
    "one for stories answers the question at the end of a story, and says how much each hop read of each sentence",
  ...storyCommands("hop"),
  story: (held) => ({
    reader: held.model,
    page: (question, reply) => storyPage({ story: reply.sentences, question, answer: reply }, aboutOf(held, "hop")),
  }),
  calibrate: (held, engine, precision, { recordings, digits }) => {
    const given = recordings ? "--recordings" : digits && "--digits";
    if (given) throw new UsageError(`${held.file} reads stories: leave ${given} out`);
    return calibratedStories(held, engine, precision);
  },
} satisfies SystemCommands<EndToEndMemoryNetwork>;
