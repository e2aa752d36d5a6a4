import { inks, shadeStyle } from "../shade.js";
import { pictureStyle } from "../style.js";
import { MOST_PINNED } from "./table.js";

const HATCHED = "repeating-linear-gradient(135deg,var(--hatch) 0 1px,transparent 1px 5px)";

/**
 * The style sheet of a page with a program. What belongs to a step has its class; the step that one points at, or comes
 * to with the keyboard, is lit wherever it is, and shows its numbers.
 */
export const programStyle = (steps: number): string =>
  `
${pictureStyle()}
${inks}
.word{text-decoration:underline var(--role);text-decoration-thickness:.09em;text-underline-offset:.16em;text-decoration-skip-ink:none}
.number{--role:var(--line)}
.column{--role:var(--wrong)}
.entry{--role:var(--right)}
.ignored{--role:transparent;color:color-mix(in srgb,var(--muted) 75%,transparent)}
.read{margin:0 0 .5rem;color:var(--muted);overflow-wrap:anywhere}
.said b{font-weight:600}
.choices .idle,.lines .idle>span,.key.idle{opacity:.4}
.lines{display:grid;gap:.1rem;margin:0 0 1.2rem;padding:0;list-style:none;counter-reset:line}
.lines li{display:grid;grid-template-columns:1.4rem minmax(0,1fr) auto;gap:0 .6rem;align-items:baseline;padding:.2rem .4rem;border-radius:.3rem;counter-increment:line}
.lines li::before{content:counter(line);color:var(--muted);font-size:.85rem}
.lines span{overflow-wrap:anywhere}
.lines small{text-align:right}
.choices{width:100%;border-collapse:separate;border-spacing:3px;font-size:.85rem;line-height:1}
.choices th{padding:0 .3rem;border-radius:.25rem;font-weight:500}
.choices thead th{height:1.6rem;outline-offset:-2px;cursor:default}
.choices :is(thead th:first-child,tbody th){position:sticky;left:0;z-index:1;width:1%;max-width:clamp(5.5rem,24vw,12rem);padding:0 .5rem 0 0;overflow:hidden;background:var(--panel);text-align:left;text-overflow:ellipsis;white-space:nowrap}
.choices .group th{padding-top:.7rem;color:var(--muted);font-size:.78rem;font-weight:400;line-height:1.5}
.choices thead th:first-child{color:var(--muted);font-size:.78rem;font-weight:400}
.choices tbody td{height:1.35rem;padding:0;text-align:center}
.choices tr:not(.group) td{min-width:3.2rem;border-radius:.2rem;box-shadow:inset 0 0 0 1px var(--edge);font-size:.75rem}
${shadeStyle(".choices tr:not(.group) td")}
.choices td span{opacity:0}
.choices td:is(.best,:hover) span{opacity:1}
.choices td.best{outline:2px solid var(--accent);font-weight:600}
.choices tbody td.void,.rows tbody td.void{background:${HATCHED}}
.choices tr:not(.group) td:hover{opacity:1;outline:2px solid var(--line)}
.rows{border-collapse:separate;border-spacing:0;font-size:.85rem;line-height:1.35}
.rows :is(th,td){padding:.22rem .6rem;border-bottom:1px solid var(--rule);text-align:left;white-space:nowrap}
.rows td:not(.strip){max-width:18rem;overflow:hidden;text-overflow:ellipsis}
.rows thead th{vertical-align:bottom;font-weight:600}
.rows tbody th{padding-inline:.5rem;color:var(--muted);font-size:.75rem;font-weight:400;text-align:right}
.rows .numeric{text-align:right}
.rows sup{display:inline-block;min-width:1.1em;margin-left:.25rem;border-radius:.6em;background:var(--cursor);color:var(--accent);font-size:.68rem;line-height:1.5;text-align:center;vertical-align:.25em}
.rows thead th:nth-child(-n+${steps}){width:1.15rem;min-width:1.15rem;padding-inline:0;color:var(--muted);font-size:.75rem;font-weight:400;text-align:center}
.rows .strip{width:1.15rem;min-width:1.15rem;padding:0;border-bottom-color:var(--panel);box-shadow:inset 0 0 0 1px var(--panel),inset 0 0 0 2px var(--edge)}
.rows .strip span{position:absolute;overflow:hidden;width:1px;height:1px;clip-path:inset(50%)}
.rows .strip{position:relative}
${shadeStyle(".rows .strip")}
.rows .strip.idle::after{content:"";position:absolute;inset:0;background:var(--panel);opacity:.65}
.rows thead th.idle:nth-child(n){color:color-mix(in srgb,var(--muted) 45%,transparent)}
mark{margin:-.1rem -.3rem;padding:.1rem .3rem;border-radius:.25rem;background:var(--cursor);box-shadow:0 0 0 1.5px var(--accent);color:inherit;font-weight:600}
.rows.pinned tr>:nth-child(-n+${steps}){position:sticky;z-index:1;background-color:var(--panel)}
${Array.from({ length: Math.min(steps, MOST_PINNED) }, (_, i) => `.rows.pinned tr>:nth-child(${i + 1}){left:${(i * 1.15).toFixed(2)}rem}`).join("")}
.legend mark{margin:0 .3rem}
.panel>.more{margin:.7rem 0 0}
.key{display:inline-block;width:1.6rem;height:.9rem;margin-right:.3rem;border-radius:.2rem;box-shadow:inset 0 0 0 1px var(--edge);vertical-align:-.12rem}
.key.best{outline:2px solid var(--accent);outline-offset:-1px}
.key.void{background:${HATCHED}}
.key.idle{background:var(--muted)}
${Array.from({ length: steps }, (_, i) => litStep(`.s${i + 1}`)).join("\n")}
@media (min-width:62rem){main.pair{grid-template-columns:minmax(24rem,2fr) minmax(0,3fr);align-items:start}}
@media (max-width:40rem){.choices tr:not(.group) td{min-width:2.9rem}.lines li{grid-template-columns:1rem minmax(0,1fr)}.lines small{grid-column:2;text-align:left}}
@media print{.choices td span{opacity:1}}
`.trim();

/** What belongs to a step, when something that belongs to it is pointed at. */
const litStep = (step: string): string => {
  const isLit = `main:has(${step}:is(:hover,:focus))`;
  const isWhole = `main:has(:is(th,li,sup)${step}:is(:hover,:focus))`;
  return `${isLit} :is(th,li)${step}{background:linear-gradient(var(--cursor) 0 0) var(--panel)}
${isLit} :is(th${step},li${step}>span){opacity:1}
${isWhole} .choices td${step}{opacity:1}
${isWhole} .choices td${step} span{opacity:1}`;
};
