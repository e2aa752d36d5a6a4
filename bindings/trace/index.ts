/** What a model does with a sequence, as a page to look at. */
export { tracePage, type Traceable, type TracePageOptions } from "./tracePage.js";
export type { Label, Labels } from "./layout.js";
