import { colorScale, type RGB } from "./colors.js";

const css = (color: RGB): string => `rgb(${color.join(" ")})`;
const ramp = (stops: readonly RGB[]): string => `linear-gradient(90deg,${stops.map(css).join(",")})`;

const colors = (scheme: "light" | "dark"): string => {
  const { unit, above, below } = colorScale(scheme);
  return `--ramp:${ramp(unit)};--ramp-signed:${ramp([...below.slice(1).reverse(), ...above])}`;
};

/** What pages have in common: colours, type, panels, the foot. */
export const frameStyle = (): string =>
  `
:root{color-scheme:light dark;--ground:#f4f2ee;--panel:#fff;--ink:#1b1720;--muted:#625b6b;--rule:#e3dfe6;--edge:#d8d3dc;
--accent:#7a1f6a;--line:#8c2a6e;--wrong:#0b7fb3;--right:#1b6e3c;--cursor:rgb(122 31 106/.13);--hatch:rgb(27 23 32/.07);
${colors("light")}}
@media (prefers-color-scheme:dark){:root{--ground:#0d0c11;--panel:#16151c;--ink:#f2eff5;--muted:#a8a1b2;--rule:#292631;
--edge:#34303e;--accent:#f9a13c;--line:#e8793a;--wrong:#5fd8f2;--right:#7fdca0;--cursor:rgb(255 255 255/.16);
--hatch:rgb(255 255 255/.06);${colors("dark")}}}
*{box-sizing:border-box}
body{margin:0;padding:clamp(.75rem,2.5vw,2.5rem);background:var(--ground);color:var(--ink);
font:.9375rem/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums}
header,main,footer,.stepper{max-width:92rem;margin-inline:auto}
.eyebrow{margin:0;color:var(--muted);overflow-wrap:anywhere}
.eyebrow b{color:var(--ink);font-weight:600}
h1{margin:.1rem 0 .3rem;font:500 clamp(1.6rem,3.6vw,2.6rem)/1.15 "Iowan Old Style","Palatino Linotype",Palatino,Charter,Georgia,serif;
letter-spacing:-.01em;text-wrap:balance;overflow-wrap:anywhere}
.verdict{margin:0 0 1rem;font-weight:600}
.verdict::first-letter{text-transform:uppercase}
.verdict.right{color:var(--right)}
.verdict.wrong{color:var(--wrong)}
h2{margin:0 0 .8rem;font-size:1.05rem}
h3,h4{margin:0;font-size:.875rem;font-weight:600;line-height:1.3}
small{color:var(--muted);font-size:.78rem;font-weight:400}
.panel{padding:clamp(.8rem,1.6vw,1.4rem);border:1px solid var(--edge);border-radius:.7rem;background:var(--panel)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
footer{margin-top:1rem;color:var(--muted);font-size:.85rem}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:0 0 .6rem;padding:0;list-style:none}
.ramp,.blank,.mark{display:inline-block;width:7rem;height:.8rem;margin:0 .2rem;border-radius:2px;background:var(--ramp);
box-shadow:0 0 0 1px var(--edge);vertical-align:-.06rem}
details{margin-bottom:.6rem}
summary{cursor:pointer;width:fit-content}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.4rem 1.2rem;margin:.6rem 0}
dt{font-size:.75rem}
dd{margin:0;color:var(--ink);overflow-wrap:anywhere}
`.trim();

/** What pages have in common that show an answer and pictures of it, panel by panel. */
export const pictureStyle = (): string =>
  `
${frameStyle()}
header{margin-bottom:1rem}
.said{margin:0 0 .6rem;font-size:1.25rem;overflow-wrap:anywhere}
header .verdict{margin:0}
h1.long{font-size:1.2rem}
main{display:grid;gap:1rem}
.panel{min-width:0}
.panel>p{margin:-.5rem 0 .8rem;color:var(--muted);font-size:.85rem;max-width:46rem}
.scroll{overflow:auto;max-width:100%}
`.trim();

/** The style sheet of a page that goes through the steps of a run. */
export const styleSheet = (): string =>
  `
${frameStyle()}
.stepper{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;align-items:center;gap:.2rem .5rem;margin-bottom:1rem;
padding:.45rem clamp(.8rem,1.6vw,1.4rem);border:1px solid var(--edge);border-radius:.7rem;background:var(--panel)}
.stepper label{font-weight:600}
.stepper input{flex:1 1 8rem;min-width:0;min-height:1.8rem;margin:0;accent-color:var(--accent)}
.stepper button{width:2.2rem;height:2.2rem;border:1px solid var(--edge);border-radius:.5rem;background:none;color:inherit;
font:1.1rem/1 system-ui,sans-serif;cursor:pointer}
.stepper button:hover{border-color:var(--accent)}
.stepper output{flex:1 1 14rem;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.sections{display:grid;gap:1rem;min-width:0}
main.wide{display:grid;grid-template-columns:minmax(0,1fr) minmax(17rem,22rem);gap:1rem;align-items:start}
.plots{--label:10.5rem;position:relative}
.plot{display:grid;grid-template-columns:var(--label) minmax(0,1fr);align-items:start;margin-bottom:.55rem}
.plot>:first-child{padding-right:.9rem}
.plot h3 small,.plot h4 small{display:block;line-height:1.25}
.plot output{display:block;color:var(--accent);font-size:.78rem;font-weight:400}
h4{font-weight:500}
.group{margin:.9rem 0 .4rem}
.group:first-child{margin-top:0}
.frame{min-width:0;container:frame/inline-size}
.picture{position:relative;height:clamp(2.2rem,calc(var(--rows)*.62rem),8rem);cursor:crosshair;touch-action:pan-y;
border-radius:2px;box-shadow:0 0 0 1px var(--edge);
background:repeating-linear-gradient(135deg,var(--hatch) 0 1px,transparent 1px 6px)}
.picture.many{height:clamp(5rem,calc(var(--rows)*.3rem),9rem)}
.picture.slots{height:clamp(5rem,calc(var(--rows)*.42rem),16rem)}
.picture.stack{height:calc(var(--rows)*1.1rem)}
.picture.few{height:calc(var(--rows)*.5rem)}
.picture.line{height:1.9rem;background:none}
.picture canvas,.picture svg,.matrix canvas{display:block;width:100%;height:100%;border-radius:2px;image-rendering:pixelated}
.picture.line path{fill:color-mix(in srgb,var(--line) 55%,transparent);stroke:var(--line);stroke-width:1.5;vector-effect:non-scaling-stroke}
.picture .marks{position:absolute;inset:0;pointer-events:none}
.marks path,.mark path{fill:none;stroke:var(--wrong);stroke-width:2;vector-effect:non-scaling-stroke;stroke-linecap:round}
.characters{position:relative;height:1.3em;overflow:hidden;font:min(.85rem,calc(100cqw/var(--steps)*1.25))/1.3 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.characters>*{position:absolute;text-align:center;white-space:pre;background:none;color:inherit}
.characters mark{color:var(--wrong);font-weight:700;text-decoration:underline}
.axis{display:grid;grid-template-columns:var(--label) minmax(0,1fr);color:var(--muted);font-size:.75rem}
.axis .name{padding-right:.9rem;text-align:right}
.ticks{position:relative;height:1.25rem}
.ticks span{position:absolute;transform:translateX(-50%)}
.ticks .due{transform:none;border-top:2px solid var(--muted);padding-top:.1rem;text-align:center;white-space:nowrap;overflow:hidden}
.cursor-layer{position:absolute;inset:0 0 0 var(--label);pointer-events:none}
.cursor{position:absolute;top:-.2rem;bottom:0;left:calc(var(--step)/var(--steps)*100%);width:calc(100%/var(--steps));min-width:2px;
background:var(--cursor);box-shadow:0 0 0 1px var(--accent)}
.memory{position:sticky;top:4.2rem;min-width:0}
.matrix{display:grid;grid-template-columns:1.4rem minmax(0,1fr) 1.4rem;gap:.3rem .5rem;height:calc(clamp(14rem,var(--rows)*1.05rem,100vh - 14rem) + 1.4rem);grid-template-rows:1.1rem minmax(0,1fr)}
.matrix canvas{box-shadow:0 0 0 1px var(--edge)}
.matrix .head{color:var(--muted);font-size:.75rem;text-align:center;white-space:nowrap}
.matrix .head:first-child{justify-self:start}
.matrix .head:nth-child(3){justify-self:end}
.below{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1rem;margin:.6rem 0 0;color:var(--muted);font-size:.8rem}
.toggle{cursor:pointer}
.toggle input{accent-color:var(--accent);vertical-align:-.1em}
.ramp.signed{background:var(--ramp-signed)}
.mark{width:.8rem;background:none}
.blank{width:1.6rem;background:repeating-linear-gradient(135deg,var(--hatch) 0 1px,transparent 1px 6px)}
@media (max-width:62rem){main.wide{grid-template-columns:minmax(0,1fr)}.wide .sections{display:contents}.memory{position:static;order:1}
.wide .sections>:nth-child(n+3){order:2}
.matrix{height:calc(clamp(14rem,var(--rows)*.9rem,30rem) + 1.4rem)}}
@media (max-width:40rem){.plots{--label:0px}.plot,.axis{grid-template-columns:minmax(0,1fr)}.plot>:first-child{position:relative;z-index:1;
padding:0 0 .2rem;background:var(--panel)}.group{position:relative;z-index:1;background:var(--panel)}
.plot h3 small,.plot h4 small,.plot output{display:inline}.plot output{margin-left:.5rem}.axis .name,.axis>span:empty{display:none}}
@media print{.stepper{position:static}.memory{position:static}}
`.trim();
