/**
 * How `tapehead demo` trains, and what `tapehead train` does where it is not told otherwise. Sizes of the model are
 * the library's own defaults, which are the paper's.
 */
export const copyPreset = {
  task: { bits: 8, minLength: 1, maxLength: 20 },
  seed: 1,
  batch: 16,
  optimizer: "adam",
  learningRate: 1e-3,
  clipNorm: 50,
  steps: 5_000,
  /** Ends with fewer wrong bits than this in a fresh sequence of the longest kind. */
  until: 0.05,
  evaluateEvery: 250,
  checkpointEvery: 500,
  file: "copy.safetensors",
  text: "Neural Turing Machines learn to copy what they have never seen.",
} as const;
