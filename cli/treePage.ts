import type { Engine } from "../bindings/engine/engine.js";
import type { HierarchicalAttentiveMemory, TreeRun } from "../bindings/models.js";
import type { TreeTaskOptions } from "../bindings/tasks.js";
import { factsOf } from "../bindings/trace/facts.js";
import { frameOf } from "../bindings/trace/frame.js";
import { escape, plural } from "../bindings/trace/html.js";
import { pictureStyle } from "../bindings/trace/style.js";
import { UsageError } from "./errors.js";
import { readTree } from "./treeReading.js";

/** What a page says besides. */
export interface TreePageOptions {
  /** Options of the task: they say what a text means, and what is right. */
  readonly task: Required<TreeTaskOptions>;
  /** Facts about where the model comes from, by name. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Accesses and leaves that a page draws, at most. */
const MOST_STEPS = 400;
const MOST_LEAVES = 256;
/** Height of a leaf, width of an access and of a level, in the units of the picture. */
const ROW = 18;
const STEP = 40;
const LEVEL = 26;
/** Room for the leaves' numbers. */
const LABELS = 34;

/**
 * Where the accesses of a memory go: the tree, whose branches are as thick as they are often taken, and behind its leaves
 * each access, with what is put in or out.
 *
 * @throws UsageError when the text is none of the task's, or there is too much to draw.
 */
export function treePage(
  engine: Engine,
  model: HierarchicalAttentiveMemory,
  text: string,
  { task, facts }: TreePageOptions,
): string {
  const question = readTree(text, task);
  const { input, target } = question.example;
  const [run] = model.run(engine, [input], { trace: true, ...(task.problem === "search" && { steps: target.length }) });
  const { outputs } = run!;
  const leaves = treeSize(model, model.options.raw ? 1 : input.length);
  if (outputs.length > MOST_STEPS || leaves > MOST_LEAVES) {
    throw new UsageError(
      `There are ${plural(outputs.length, "step")} on ${leaves} leaves to draw, and at most ${MOST_STEPS} on ${MOST_LEAVES} can be`,
    );
  }
  const answered = question.answer(outputs);
  const isRight = answered === question.expected;
  const body = `<header>
<p class="eyebrow">${escape(model.name)} on the problem <b>${escape(task.problem)}</b>, ${leaves} leaves, ${plural(outputs.length, "step")}</p>
<h1>${escape(text.trim())}</h1>
<p class="said">→ ${escape(answered)}</p>
<p class="verdict ${isRight ? "right" : "wrong"}">${isRight ? "right" : `wrong: it is ${escape(question.expected)}`}</p>
</header>
<main>
<section class="panel"><h2>Accesses</h2><p>The tree, its root on the left, and the leaf of each access; branches are as thick as they are often taken.</p>
<div class="scroll" tabindex="0">${picture(run!, leaves, question.said)}</div></section>
</main>
<footer>${factsOf(model, facts)}</footer>`;
  return frameOf({ title: `${model.name} · ${text.trim()} → ${answered}`, style: treeStyle(), body });
}

/** Leaves that a run takes where nothing is said. */
function treeSize({ options }: HierarchicalAttentiveMemory, filled: number): number {
  let { leaves } = options;
  while (leaves < filled) leaves *= 2;
  return leaves;
}

function picture({ leaves: places }: TreeRun, leaves: number, said: readonly string[]): string {
  const levels = Math.log2(leaves);
  const [begin, steps] = [levels * LEVEL + LABELS, places!.length];
  const [width, height] = [begin + steps * STEP, leaves * ROW + 18];
  const y = (level: number, node: number): number => ((node + 0.5) * leaves * ROW) / 2 ** level;
  const branches: string[] = [];
  for (let level = 1; level <= levels; ++level) {
    for (let node = 0; node < 2 ** level; ++node) {
      const taken = places!.filter((leaf) => Math.floor(leaf / 2 ** (levels - level)) === node).length;
      const [x, parent] = [(level - 1) * LEVEL + 4, y(level - 1, node >> 1)];
      const thick = taken ? 1 + (5 * taken) / steps : 1;
      branches.push(
        `<path class="branch${taken ? " taken" : ""}" stroke-width="${thick.toFixed(1)}" d="M${x} ${parent}L${x + LEVEL} ${y(level, node)}"/>`,
      );
    }
  }
  const numbers = Array.from(
    { length: leaves },
    (_, leaf) => `<text class="label" x="${begin - 8}" y="${y(levels, leaf)}">${leaf + 1}</text>`,
  );
  const middle = (t: number): number => begin + t * STEP + STEP / 2;
  const way = places!.map((leaf, t) => `${t ? "L" : "M"}${middle(t)} ${y(levels, leaf)}`).join("");
  const dots = places!.map((leaf, t) => {
    const [x, at, text] = [middle(t), y(levels, leaf), said[t] ?? ""];
    const half = text ? 16 : 4;
    return `<rect class="access" x="${x - half}" y="${at - 8}" width="${2 * half}" height="16" rx="4"><title>step ${t + 1}: leaf ${leaf + 1}</title></rect><text class="said" x="${x}" y="${at}">${escape(text)}</text>`;
  });
  const ticks = places!.map((_, t) => `<text class="tick" x="${middle(t)}" y="${height - 4}">${t + 1}</text>`);
  return `<svg class="tree" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The leaves of ${plural(steps, "step")}">
${branches.join("")}${numbers.join("")}<path class="way" d="${way}"/>${dots.join("")}${ticks.join("")}
</svg>`;
}

const treeStyle = (): string =>
  `${pictureStyle()}
.tree{display:block;font:.7rem/1 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.tree text{dominant-baseline:central;text-anchor:middle;fill:var(--ink)}
.tree .label{text-anchor:end;fill:var(--muted)}
.tree .tick{dominant-baseline:auto;fill:var(--muted);font-size:.65rem}
.tree .branch{fill:none;stroke:var(--edge)}
.tree .taken{stroke:var(--accent);opacity:.7}
.tree .way{fill:none;stroke:var(--line);stroke-width:1.5}
.tree .access{fill:var(--accent)}
.tree .said{fill:var(--panel);font:700 .62rem/1 ui-monospace,"SF Mono",Menlo,Consolas,monospace}`.trim();
