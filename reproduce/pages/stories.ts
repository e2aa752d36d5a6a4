import { count, table } from "../markdown.js";
import type { Page } from "../page.js";
import { studyStories, type AskedTask, type StoriesStudy } from "../studies/stories.js";
import { storyNames } from "../storyNames.js";

const percent = (part: number): string => `${(100 * part).toFixed(1)}%`;
const share = (part: number, whole: number): string => (whole ? percent(part / whole) : "–");

const row = (
  name: string,
  { questions, understood, answered, right, rightOfAll }: Omit<AskedTask, "task">,
): string[] => [
  name,
  share(understood, questions),
  share(answered, questions),
  share(right, answered),
  share(rightOfAll, questions),
];

/** All tasks together. */
const together = (tasks: readonly AskedTask[]): Omit<AskedTask, "task"> => {
  const sum = (of: (task: AskedTask) => number): number => tasks.reduce((total, task) => total + of(task), 0);
  return {
    questions: sum(({ questions }) => questions),
    understood: sum(({ understood }) => understood),
    answered: sum(({ answered }) => answered),
    right: sum(({ right }) => right),
    rightOfAll: sum(({ rightOfAll }) => rightOfAll),
  };
};

function text({ machine, calibration, tasks }: StoriesStudy): string {
  const { precision, answers } = calibration;
  const all = together(tasks);
  return `# Stories of one's own

Made by \`npm run reproduce -- stories\` from stories.json; do not edit. What \`tapehead story\` and \`askStory\` of
tapehead/questions do with \`checkpoints/stories.safetensors\`, which is trained on made-up stories of the twenty tasks of bAbI
alone ([memoryNetworks](memoryNetworks.md)). Its calibration, on ${count(answers)} questions about stories that training has not
seen, has a threshold for each kind of question, such that ${100 * precision}% of the answers above it are right. Here it is asked
about other stories, ${count(tasks[0]!.questions)} questions of each task, as texts (${machine}).

${table(
  ["task", "understood", "answered", "right of these", "right if all were answered"],
  [...tasks.map((task) => row(`${task.task} ${storyNames[task.task - 1]}`, task)), row("**all**", all)],
)}

With one threshold for all questions 87.8% of them were answered, 97.9% rightly, but of counting 87.7% and of position 75.8%:
so each kind has its own. Questions that are not understood are those of task 3 about stories longer than the memory.

Refused before the network reads it, with what was not understood, is a sentence or question of another kind than the twenty
tasks have, a question about somebody of whom the story tells nothing, a story without a sentence that the answer needs, and
kinds of sentences together that were not so in training. The network would guess: where a person is it has learned from
stories without objects, and among objects it was right in 56% to 66% of stories of 6 to 20 sentences, and thought itself sure.
`;
}

export const page: Page = {
  text: ({ study }) => text(study as StoriesStudy),
  summary: {
    note: ({ study }) => {
      const { answered, questions, right } = together((study as StoriesStudy).tasks);
      return (
        `\`tapehead story\` on fresh stories of the twenty tasks: ${share(answered, questions)} of the questions are answered, ` +
        `${share(right, answered)} of these rightly; the others are refused.`
      );
    },
  },
  study: studyStories,
};
