import type { Engine } from "../../engine/engine.js";
import { factsOf, type ModelDescription } from "../../trace/facts.js";
import { frameOf } from "../../trace/frame.js";
import { escape, plural } from "../../trace/html.js";
import { pictureStyle } from "../../trace/style.js";
import type { Stepping } from "./core.js";
import { solve, type ShownCall, type Solved, type World, type WorldRow } from "./world.js";

/** What a page says of a run beside its calls. */
export interface CallsPageOptions {
  readonly model: ModelDescription;
  /** Name of the task, for the title. */
  readonly task?: string;
  /** Facts about where the model comes from, by name. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** Cells of all worlds, at most. */
const MOST_CELLS = 100_000;
/** Calls, at most. */
const MOST_CALLS = 3000;
/** Levels that are indented; those inside of them stay where these are. */
const MOST_LEVELS = 16;

/**
 * The tree of calls of a run, each act with the world behind it and its pointers: an HTML file that needs nothing else,
 * no script either.
 *
 * @throws RangeError when there is more than a page can draw: 3,000 calls, or 100,000 cells.
 */
export function callsPage(solved: Solved, { model, task, facts = {} }: CallsPageOptions): string {
  const { text, answer, expected, steps, calls, shown } = solved;
  const cells = shown.reduce((sum, { rows = [] }) => sum + rows.reduce((all, row) => all + row.cells.length, 0), 0);
  if (calls > MOST_CALLS || cells > MOST_CELLS) {
    throw new RangeError(
      `callsPage: the run has ${plural(calls, "call")}, and worlds of ${plural(cells, "cell")}; a page draws at most ${MOST_CALLS} and ${MOST_CELLS}`,
    );
  }
  const isRight = answer === expected;
  const title = [model.name, task, text, `→ ${answer}`].filter(Boolean).join(" · ");
  const body = `<header>
<p class="eyebrow">${escape(model.name)}${task ? ` on the task <b>${escape(task)}</b>` : ""}, ${plural(steps, "step")}</p>
<h1${text.length > 40 ? ' class="long"' : ""}>${escape(text)}</h1>
<p class="said">→ ${escape(answer)}</p>
<p class="verdict ${isRight ? "right" : "wrong"}">${isRight ? "right" : "wrong"}</p>
</header>
<main>
<section class="panel"><h2>Calls</h2>
<p>Programs, and what they call; behind every act the world is as the act left it, with its pointers marked.</p>
<ol class="calls">
${shown.map(callOf).join("\n")}
</ol></section>
</main>
<footer>
<ul class="legend" aria-label="Marks"><li><span class="under key"></span> under a pointer</li><li><b class="new">9</b> just changed</li></ul>
${factsOf(model, facts)}
</footer>`;
  return frameOf({ title, style: callsStyle(), body });
}

function callOf({ level, name, isAct, rows }: ShownCall, i: number, all: readonly ShownCall[]): string {
  const indent = `style="--level:${Math.min(level, MOST_LEVELS)}"`;
  const inside = level > MOST_LEVELS ? ` <small>level ${level}</small>` : "";
  const head = `<span class="call" ${indent}>${escape(name)}${inside}</span>`;
  if (!rows || (!isAct && i)) return `<li>${head}</li>`;
  const before = i ? (all.slice(0, i).findLast((each) => each.isAct || each.level === 0)?.rows ?? []) : rows;
  return `<li class="${isAct ? "act" : "start"}">${head}${worldTable(rows, before)}</li>`;
}

function worldTable(rows: readonly WorldRow[], before: readonly WorldRow[]): string {
  const last = Math.max(
    ...rows.flatMap(({ cells, pointers }) => [cells.length - 1, ...pointers.map(({ cell }) => cell)]),
  );
  const lines = rows.map(({ name, cells, pointers }, row) => {
    const own = before[row];
    // Rows that are written from right to left grow in front.
    const shift = cells.length - (own?.cells.length ?? cells.length);
    const each = Array.from({ length: last + 1 }, (_, cell) => {
      const text = cells[cell] ?? "";
      const here = pointers.filter((pointer) => pointer.cell === cell).map((pointer) => pointer.name);
      const classes = [
        ...(here.length ? ["under"] : []),
        ...(text !== (own?.cells[cell - shift] ?? "") ? ["new"] : []),
      ];
      const named = here.length && here[0] !== name ? `<sub>${escape(here.join(""))}</sub>` : "";
      return `<td${classes.length ? ` class="${classes.join(" ")}"` : ""}>${escape(text)}${named}</td>`;
    });
    return `<tr><th scope="row">${escape(name)}</th>${each.join("")}</tr>`;
  });
  return `<div class="scroll"><table class="world"><tbody>${lines.join("")}</tbody></table></div>`;
}

const callsStyle = (): string =>
  `${pictureStyle()}
.calls{margin:0;padding:0;list-style:none}
.calls li{display:grid;grid-template-columns:minmax(12rem,24rem) minmax(0,1fr);gap:.2rem 1rem;align-items:center;padding:.12rem 0}
.calls .act,.calls .start{border-top:1px solid var(--rule)}
.call{padding-left:calc(var(--level)*1.1rem);font:.85rem/1.4 ui-monospace,"SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
.calls li:not(.act) .call{font-weight:700}
.act .call{color:var(--muted)}
.world{border-collapse:collapse;font:.8rem/1.3 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.world th{padding:0 .6rem 0 0;color:var(--muted);font-weight:400;text-align:right}
.world td{min-width:1.5em;height:1.4em;padding:0 .25em;text-align:center;white-space:nowrap}
.under{box-shadow:inset 0 0 0 2px var(--accent);border-radius:3px}
.key{display:inline-block;width:1.1em;height:1.1em;vertical-align:-.2em}
.new{color:var(--wrong);font-weight:700}
.world sub{color:var(--accent);font-size:.65em}
@media (max-width:40rem){.calls li{grid-template-columns:minmax(0,1fr)}.call{padding-left:calc(var(--level)*.7rem)}}`.trim();

/**
 * How a model solves a problem that a text says, as a page to look at.
 *
 * @throws SyntaxError, RangeError when the text is no problem, or the run more than a page can draw; UnsolvedError when
 * the model comes to no end.
 * @example
 * const html = solutionPage(engine, model, worldOf(task)!, "96 + 125");
 */
export function solutionPage(
  engine: Engine,
  model: Stepping & ModelDescription,
  world: World<unknown, unknown>,
  text: string,
  options: Omit<CallsPageOptions, "model"> = {},
): string {
  return callsPage(solve(engine, model, world, text, { rows: true, mostCalls: MOST_CALLS }), { ...options, model });
}
