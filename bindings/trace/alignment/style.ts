import { inks, shadeStyle } from "../shade.js";
import { pictureStyle } from "../style.js";
import type { Alignment } from "./alignment.js";
import { matrixStyle } from "./matrix.js";

/** One that a pointer is on, or that the script in the page has lit because a pointer is on its like elsewhere. */
const POINTED = ".symbol:is(:hover,.on)";

/**
 * The style sheet of a page with an alignment. Which lines are seen is all in here, so that a page without its script
 * does the same: those of what is pointed at, else of what has the focus, else those of every target.
 */
export const alignmentStyle = (alignment: Alignment): string =>
  `
${pictureStyle()}
${inks}
:root{--halo:var(--panel)}
svg text{fill:var(--ink);text-anchor:middle;font-family:inherit;pointer-events:none}
.symbol{outline:none;cursor:pointer}
.symbol>rect{fill:transparent;rx:5px}
.symbol:is(:hover,.on,:focus)>rect{fill:var(--cursor)}
.symbol:focus-visible>rect{stroke:var(--accent);stroke-width:2}
.links{pointer-events:none}
.links path{fill:none;stroke:var(--line);stroke-opacity:.7}
.links text{display:none;fill:var(--ink);font-size:13px;font-weight:600;paint-order:stroke;stroke:var(--halo);stroke-width:4px;stroke-linejoin:round}
.diagram{display:block;margin-inline:auto;width:clamp(calc(var(--width)*.8),100%,calc(var(--width)*1.6));height:auto}
.diagram text{font-size:17px}
.diagram .below{dominant-baseline:hanging}
.diagram .links text{font-size:11px}
.small.diagram{width:clamp(var(--width),100%,calc(var(--width)*1.6))}
.small.diagram text{font-size:13px}
.small.diagram .links text{font-size:11px}
.diagram .upright{text-anchor:start;dominant-baseline:central}
.diagram .upright.below{text-anchor:end}
.source>.links,.step>.links{visibility:hidden}
svg:has(${POINTED}) .symbol:not(:hover,.on)>.links{visibility:hidden}
svg:not(:has(${POINTED})):has(.symbol:focus) .symbol:not(:focus)>.links{visibility:hidden}
svg ${POINTED}>.links,svg:not(:has(${POINTED})) .symbol:focus>.links{visibility:visible}
svg ${POINTED}>.links text,svg:not(:has(${POINTED})) .symbol:focus>.links text{display:inline}
.plane{display:block;width:min(100%,40rem);height:auto;margin-inline:auto}
.plane .way path{fill:color-mix(in srgb,var(--line) 9%,transparent);stroke:var(--muted);stroke-width:2;stroke-linejoin:round}
.plane .way .arrows{fill:var(--muted);stroke:none}
.plane .points{pointer-events:none}
.plane .points circle{fill:var(--ink)}
.plane .points text{font-size:14px;paint-order:stroke;stroke:var(--halo);stroke-width:4px;stroke-linejoin:round}
.plane .links circle{fill:color-mix(in srgb,var(--line) 25%,transparent);stroke:var(--line)}
.plane .hit{fill:transparent}
.step>text{font-size:14px}
@media (max-width:40rem){.plane :is(.points,.step,.links) text{font-size:20px}}
.step>rect{stroke:var(--edge)}
.matrix{container:matrix/inline-size}
.matrix .scroll{max-height:90vh;padding-bottom:2px}
.weights{--cell:clamp(1.15rem,calc((100cqw - var(--label) - 2px)/var(--columns)),3rem);border-collapse:separate;border-spacing:0;margin-inline:auto;table-layout:fixed;width:max-content;line-height:1}
.weights td{position:relative;width:var(--cell);min-width:var(--cell);height:min(var(--cell),2.4rem);padding:0;box-shadow:inset 0 0 0 .5px var(--edge);text-align:center;font-size:.8rem}
${shadeStyle(".weights td")}
.weights td span{position:absolute;inset:0;display:grid;place-items:center;opacity:0;pointer-events:none}
.weights td.none span{visibility:hidden}
.weights td:hover{z-index:3;outline:2px solid var(--accent);outline-offset:-1px}
.weights td:hover span{visibility:visible;opacity:1;z-index:4;inset:auto auto calc(100% + 2px) 50%;transform:translateX(-50%);padding:.2rem .4rem;border:1px solid var(--accent);border-radius:.3rem;background:var(--panel);color:var(--ink);font-size:.95rem;font-weight:600}
.weights tbody tr:first-child td:hover span{inset:calc(100% + 2px) auto auto 50%}
.weights .corner{position:sticky;left:0;top:0;z-index:6;min-width:0;width:auto;height:auto;background:var(--panel);box-shadow:none}
.weights th{background:var(--panel);font-weight:500;white-space:nowrap}
.weights thead th{position:sticky;top:0;z-index:5;padding:.3rem 0;text-align:center;vertical-align:bottom}
.weights.upright thead span{writing-mode:vertical-rl;transform:rotate(180deg)}
.weights tbody th{position:sticky;left:0;z-index:2;padding:0 .6rem 0 0;text-align:right}
.weights th.on,.weights tr:hover>th{color:var(--accent);font-weight:700}
.weights abbr{text-decoration:none}
.matrix h2{display:flex;gap:1rem;white-space:nowrap}
.now{min-width:0;overflow:hidden;text-overflow:ellipsis;color:var(--accent);font-weight:500}
.answers{border-collapse:collapse;min-width:min(100%,34rem)}
.answers :is(th,td){padding:.3rem 1rem .3rem 0;text-align:left;border-bottom:1px solid var(--rule)}
.answers th{color:var(--muted);font-size:.78rem;font-weight:400;white-space:nowrap}
.answers tbody td:nth-child(2){min-width:8rem;font-size:1.05rem;overflow-wrap:anywhere}
.answers td:nth-child(n+3){white-space:nowrap}
.answers tbody td:first-child{color:var(--muted)}
.answers .right{white-space:nowrap;color:var(--right);font-size:.85rem}
.bar{display:inline-block;width:5rem;height:.7rem;margin-right:.5rem;border-radius:2px;background:linear-gradient(var(--line) 0 0) 0/var(--p) 100% no-repeat var(--rule)}
${matrixStyle(alignment)}
@media (min-width:70rem){main.pair{grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:start}main.pair>.across{grid-column:1/-1}main.pair>.points{grid-row:span 2}}
@media (max-width:40rem){.answers :is(th,td){padding-right:.7rem}.bar{display:none}}
@media print{.matrix .scroll{max-height:none}}
`.trim();
