import { factsOf, type ModelDescription } from "../bindings/trace/facts.js";
import { frameOf } from "../bindings/trace/frame.js";
import { escape, plural } from "../bindings/trace/html.js";
import { inks, shadeStyle, toneOf } from "../bindings/trace/shade.js";
import { pictureStyle } from "../bindings/trace/style.js";
import { UsageError } from "./errors.js";
import type { ShownLook, ShownProof } from "./proving.js";

/** What a page says besides. */
export interface ProofPageOptions {
  /** The network that guided the search, if one did. */
  readonly model?: ModelDescription;
  /** What guided it, in words. */
  readonly guide: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Steps and symbols of a page, at most. */
const MOST_STEPS = 2_000;
const MOST_SYMBOLS = 20_000;

/**
 * A proof, step by step, and what the search applied to which goal: each goal with its symbols in the colour of the
 * attention that they had when the network chose. An HTML file that needs nothing else, no script either.
 *
 * @throws UsageError when there is no proof, or too much of it to draw.
 */
export function proofPage(shown: ShownProof, { model, guide, facts = {} }: ProofPageOptions): string {
  const { statement, nodes, proof, steps = [], decisions = [] } = shown;
  if (!shown.proved) throw new UsageError(`There is nothing to draw of "${statement}": no proof was found`);
  const symbols = decisions.reduce((sum, { symbols }) => sum + symbols.length, 0);
  if (steps.length > MOST_STEPS || symbols > MOST_SYMBOLS) {
    throw new UsageError(
      `There are ${plural(steps.length, "step")} and ${plural(symbols, "symbol")} of goals to draw, and at most ${MOST_STEPS} and ${MOST_SYMBOLS} can be`,
    );
  }
  const rows = steps.map(
    ({ label, uses, statement: proved }, i) =>
      `<tr id="step-${i + 1}"><th scope="row">${i + 1}</th><td><code>${escape(label)}</code></td><td>${uses.map(linkTo).join(", ")}</td><td><code>${escape(proved)}</code></td></tr>`,
  );
  const looked = decisions.some(({ attention }) => attention);
  const body = `<header>
<p class="eyebrow">A proof found by best-first search, guided by <b>${escape(guide)}</b>: ${plural(nodes, "state")} expanded</p>
<h1${statement.length > 40 ? ' class="long"' : ""}>${escape(statement)}</h1>
<p class="verdict right">proved, and checked step by step</p>
</header>
<main>
<section class="panel"><h2>The proof</h2><p>Each step is the statement whose label it has, with formulas in place of its variables, and follows from the steps that it uses.</p>
<div class="scroll" tabindex="0"><table class="proof"><thead><tr><th scope="col">step</th><th scope="col">by</th><th scope="col">uses</th><th scope="col">which proves</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div></section>
<section class="panel"><h2>How it was found</h2><p>From the statement down to what is known already: a goal, and what was applied to it.${looked ? " A symbol's colour is how much of the network's attention it had; who points at it sees the number." : ""}</p>
${decisions.length ? `<ol class="decisions">${decisions.map(decision).join("\n")}</ol>` : "<p>Nothing had to be searched for: the first thing that fits is all of the proof.</p>"}</section>
</main>
<footer>
${looked ? '<ul class="legend" aria-label="Colours"><li>attention 0 <span class="ramp"></span> 1</li></ul>' : ""}
<p>As a database has it: <code>${escape(proof!)}</code></p>
${factsOf(model, facts)}
</footer>`;
  return frameOf({ title: `${statement} · proof`, style: proofStyle(), body });
}

const linkTo = (step: number): string => `<a href="#step-${step}">${step}</a>`;

const percent = (part: number): string => `${(100 * part).toFixed(1)}%`;

function decision({ symbols, attention, statement, probability }: ShownLook): string {
  const goal = symbols.map((symbol, i) => {
    const part = attention?.[i];
    if (part === undefined) return `<span class="symbol">${escape(symbol)}</span>`;
    const tone = toneOf(part);
    return `<span class="symbol looked${tone && tone !== "none" ? ` ${tone}` : ""}" style="--w:${part.toFixed(3)}" title="${percent(part)}">${escape(symbol)}</span>`;
  });
  const sure = probability === undefined ? "" : ` <small>${percent(probability)} probable</small>`;
  return `<li><p class="goal">${goal.join("")}</p><p>→ <code>${escape(statement)}</code>${sure}</p></li>`;
}

const proofStyle = (): string =>
  `${pictureStyle()}
${inks}
code{font:.9em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
footer code{overflow-wrap:anywhere}
.proof{border-collapse:collapse}
.proof th,.proof td{padding:.2rem .9rem .2rem 0;text-align:left;vertical-align:top;font-weight:400;border-bottom:1px solid var(--rule)}
.proof thead th,.proof th[scope=row]{color:var(--muted);font-size:.8rem}
.proof td:last-child{white-space:nowrap}
.proof :target,.proof tr:target>*{background:var(--cursor)}
.proof a{color:var(--accent)}
.decisions{margin:0;padding-left:1.6rem}
.decisions li{margin-bottom:.6rem}
.decisions li::marker{color:var(--muted);font-size:.8rem}
.decisions p{margin:0}
.goal{display:flex;flex-wrap:wrap;gap:2px}
.symbol{padding:.05rem .3rem;border-radius:3px;font:.85rem/1.4 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
${shadeStyle(".symbol.looked")}`.trim();
