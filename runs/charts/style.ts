import { pictureStyle } from "../../bindings/trace/style.js";

/** The style sheet of a sweep's page. */
export const sweepStyle = (): string =>
  `
${pictureStyle()}
svg{display:block;width:100%;overflow:visible}
.rows{margin:0;padding:0;list-style:none}
.rows>li{display:grid;grid-template-columns:minmax(8rem,17rem) 9.5rem minmax(0,1fr);gap:0 1rem;align-items:center;
padding:.2rem 0;border-top:1px solid var(--rule)}
.rows.shares>li{grid-template-columns:minmax(8rem,17rem) 9.5rem minmax(0,1fr) minmax(5rem,9rem) 5rem}
.rows>.axis{position:sticky;top:0;z-index:1;border:0;background:var(--panel);color:var(--muted);font-size:.78rem}
.name{overflow-wrap:anywhere}
.lost{display:block;color:var(--wrong)}
.value b,.counts b{font-weight:600}
.value small,.counts small{display:block;white-space:nowrap}
.strip,.share{margin-inline:.9rem}
.none{margin:0;color:var(--muted);font-size:.85rem}
.ticks{position:relative;height:1.25rem}
.ticks span{position:absolute;transform:translateX(-50%);white-space:nowrap}
.grid{stroke:var(--rule);fill:none;vector-effect:non-scaling-stroke}
.strip circle{fill:var(--line);fill-opacity:.6}
.strip circle:hover{fill-opacity:1;stroke:var(--ink)}
.box{fill:var(--accent);fill-opacity:.16}
.median{stroke:var(--ink);stroke-width:2;pointer-events:none}
.interval{stroke:var(--muted);stroke-width:2;stroke-linecap:round}
circle.share{fill:var(--right)}
.curves{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1.2rem 1.4rem;margin-top:1.2rem}
figcaption small{display:block;line-height:1.3}
figure{min-width:0;margin:0;display:flex;flex-direction:column;justify-content:space-between;gap:.3rem}
h4{overflow-wrap:anywhere}
.picture{display:grid;grid-template-columns:3.4rem minmax(0,1fr);color:var(--muted);font-size:.72rem}
.picture svg{height:8rem;overflow:hidden;box-shadow:0 0 0 1px var(--edge);border-radius:2px}
.picture.all{margin-top:.4rem}
.picture.all svg{height:clamp(10rem,28vw,18rem)}
.left{position:relative}
.left span{position:absolute;right:.4rem;transform:translateY(-50%)}
.picture .ticks{grid-column:2}
.band{fill:var(--accent);fill-opacity:.2}
.line,.other{fill:none;stroke:var(--line);stroke-width:2;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.other{stroke:var(--muted);stroke-width:1.2;stroke-opacity:.55}
.other:hover{stroke:var(--ink);stroke-width:2.5;stroke-opacity:1}
table{border-collapse:collapse;font-size:.85rem}
th,td{padding:.25rem .5rem;border-top:1px solid var(--rule);text-align:right;white-space:nowrap}
thead th{border:0;white-space:normal;color:var(--muted);font-size:.75rem;font-weight:400;vertical-align:bottom}
tbody th,thead th:first-child{position:sticky;left:0;background:var(--panel);text-align:left;font-weight:600}
tbody th{min-width:min(14rem,10.5rem + 6vw);white-space:normal;overflow-wrap:anywhere}
@media (max-width:60rem){.rows>li{grid-template-columns:minmax(0,1fr) auto;gap:.1rem .8rem;padding:.6rem 0}
.rows.shares>li{grid-template-columns:minmax(0,1fr) 8rem}
.strip,.share{margin-inline:.4rem}
.counts{text-align:right}
.rows>.axis{padding:.2rem 0}
.axis>.name,.axis>.value,.axis>.counts,.axis>.share{display:none}
.name,.value,.strip{grid-column:1/-1}
.value small,.counts small{display:inline}
.lost{display:inline-block}}
`.trim();
