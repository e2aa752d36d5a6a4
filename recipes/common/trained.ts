/** The test of a model as it was trained: lengths are drawn as in training. */
export const trained = { "as trained": {} };
