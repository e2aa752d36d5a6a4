/** Names of the methods of a model that decodes. */
export const GREEDY = "greedy";
export const SAMPLED = "sampled";
export const beamMethod = (beam: number): string => `beam ${beam}`;
export const STREAM_START = "stream start";
export const STREAM_STEP = "stream step";
