import { argmaxOf } from "../bindings/common/argmax.js";
import type { Rows } from "../bindings/full.js";
import { withEngine } from "./engine.js";
import { tracedOf, type Held, type Subject } from "./held.js";
import { percent, plural } from "./numbers.js";
import { encodeString, type EncodedString } from "./strings.js";
import type { Runner } from "./systems/commands.js";
import type { Terminal } from "./terminal.js";

/** Stack behind a step. */
export interface ReadStack {
  readonly action: "push" | "pop" | "no-op";
  /** Probability of the action: 1 where it is rounded. */
  readonly probability: number;
  /** Numbers, the top first, down to the last that is not empty. */
  readonly cells: readonly number[];
}

/** What a model made of a character it read. */
export interface ReadStep {
  readonly character: string;
  /** Character that it expects next, and how sure it is. */
  readonly next: string;
  readonly probability: number;
  /** Probabilities of all characters. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** Characters that may come next; left out behind what cannot be there. */
  readonly allowed?: string;
  /** Left out by a compiled model that was compiled without its traces. */
  readonly stacks?: readonly ReadStack[];
}

const TRACES = ["actions", "stacks"];
const ACTIONS = ["push", "pop", "no-op"] as const;
const EMPTY = -1;

/** Run of a model with stacks over strings: what it expects behind each character, with its stacks. */
export const stringReading = (held: Held<Subject>, fit: (model: Subject, steps: number) => Subject): Runner => ({
  async run(bytes) {
    const encoded = encodeString(held, new TextDecoder().decode(bytes));
    const model = fit(held.model, encoded.inputs.length);
    const steps = await withEngine((engine) => {
      const { outputs, trace } = model.run(engine, encoded.inputs, { trace: tracedOf(model, TRACES) });
      return stepsOf(encoded, outputs, trace);
    });
    const determined = steps.filter(({ allowed }) => allowed?.length === 1);
    const wrong = determined.filter(({ next, allowed }) => next !== allowed);
    const score = { determined: determined.length, wrong: wrong.length };
    const { left } = encoded;
    const text = encoded.characters.join("");
    return {
      json: { text, ...score, ...(left !== undefined && { leavesLanguageAt: left + 1 }), steps },
      say: (terminal) => {
        sayRows(steps, terminal);
        saySummary(steps, { ...score, left });
      },
    };
  },
});

type Traces = Readonly<Record<string, { readonly data: ArrayLike<number>; readonly shape: readonly number[] }>>;

function stepsOf({ task, characters, followers }: EncodedString, outputs: Rows, trace: Traces): ReadStep[] {
  return characters.map((character, t) => {
    const all = probabilitiesOf(outputs[t]!);
    const code = argmaxOf(all);
    const allowed = followers[t];
    const { actions, stacks } = trace;
    return {
      character,
      next: task.alphabet[code]!,
      probability: all[code]!,
      probabilities: Object.fromEntries(all.map((probability, i) => [task.alphabet[i]!, probability])),
      ...(allowed !== undefined && { allowed }),
      ...(actions && stacks && { stacks: stacksOf(actions, stacks, t) }),
    };
  });
}

/** Softmax, from the largest down, for a display. */
function probabilitiesOf(logits: ArrayLike<number>): number[] {
  const all = Array.from(logits);
  const most = Math.max(...all);
  const exponentials = all.map((logit) => Math.exp(logit - most));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((each) => each / sum);
}

function stacksOf(actions: Traces[string], stacks: Traces[string], step: number): ReadStack[] {
  const [, count, capacity] = stacks.shape as [number, number, number];
  const kinds = actions.shape[2]!;
  return Array.from({ length: count }, (_, j) => {
    const at = step * count + j;
    const taken = Array.from({ length: kinds }, (_, i) => actions.data[at * kinds + i]!);
    const best = argmaxOf(taken);
    const cells = Array.from({ length: capacity }, (_, i) => stacks.data[at * capacity + i]!);
    const height = cells.findLastIndex((cell) => cell !== EMPTY) + 1;
    return { action: ACTIONS[best]!, probability: taken[best]!, cells: cells.slice(0, height) };
  });
}

const ARROWS = { push: "↓", pop: "↑", "no-op": "–" } as const;
const BARS = "▁▂▃▄▅▆▇█";
const bar = (cell: number | undefined): string =>
  cell === undefined || cell <= EMPTY / 2 ? "·" : BARS[Math.round(7 * Math.min(1, Math.max(0, cell)))]!;

/** A character a line: what is expected behind it, and each stack's action and topmost cells. */
function sayRows(steps: readonly ReadStep[], { columns }: Terminal): void {
  const count = steps[0]!.stacks?.length ?? 0;
  const lead = 16;
  const width = Math.max(3, Math.min(12, Math.floor((columns - lead) / Math.max(1, count)) - 1));
  const shown = Math.min(count, Math.max(1, Math.floor((columns - lead) / (width + 1))));
  console.log(`     next${count ? "       stacks: the action, and cells from the top" : ""}`);
  for (const { character, next, probability, allowed, stacks } of steps) {
    const isWrong = allowed?.length === 1 && next !== allowed;
    const pictures = stacks?.slice(0, shown).map(({ action, cells }) => {
      const tops = Array.from({ length: width - 1 }, (_, i) => bar(cells[i])).join("");
      return `${ARROWS[action]}${tops}`;
    });
    const expected = `${character}    ${next} ${percent(probability).padEnd(7)}${isWrong ? "✗" : " "}`;
    console.log([expected.padEnd(lead - 1), ...(pictures ?? [])].join(" ").trimEnd());
  }
  if (count > shown) console.log(`Stacks ${shown + 1} to ${count} have no room here; --json has them.`);
  if (count) console.log("↓ push, ↑ pop, – neither; a bar is a number from 0 to 1, a dot an empty cell.");
}

function saySummary(
  steps: readonly ReadStep[],
  { determined, wrong, left }: { determined: number; wrong: number; left: number | undefined },
): void {
  const { next, probability, stacks } = steps.at(-1)!;
  if (stacks) console.log(`Heights at the end: ${stacks.map(({ cells }) => cells.length).join(" ")}.`);
  console.log(`Expected next: ${next}, with ${percent(probability)}.`);
  if (left !== undefined) {
    const { character } = steps[left]!;
    console.log(
      `Character ${left + 1}, "${character}", cannot come there in any string that the model learned:\nwhat it expects from there on means nothing.`,
    );
  }
  if (!determined) return;
  const of = `${plural(determined, "character")} that can be known`;
  const verb = (count: number): string => (count === 1 ? "was" : "were");
  if (wrong) console.log(`Of ${of}, ${wrong} ${verb(wrong)} expected wrongly (✗).`);
  else console.log(`All of ${of} ${verb(determined)} expected rightly.`);
}
