import type { TaskSource } from "../source.js";
import { StoriesFile, storiesOf } from "../stories.js";

export const source: TaskSource = {
  tasks: ["babi"],
  flags: [
    {
      long: "--stories",
      value: "<file>",
      option: "stories",
      help: "what to learn from: stories and questions as bAbI has them; the last tenth of each task is held out",
      parse: storiesOf,
    },
  ],
  options: ({ stories, tasks, ...options }) => {
    if (!(stories instanceof StoriesFile)) return { ...options, ...(tasks !== undefined && { tasks }) };
    return { questions: stories.part("train", tasks as readonly number[] | undefined), ...options };
  },
};
