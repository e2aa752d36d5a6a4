/**
 * How `tapehead demo` trains, and what `tapehead train` does where it is not told otherwise. Sizes of the model are
 * the library's own defaults, which are the paper's.
 */
export const copyPreset = {
  task: { bits: 8, minLength: 1, maxLength: 20 },
  seed: 1,
  batch: 16,
  optimizer: "adam",
  learningRate: 3e-3,
  clipNorm: 10,
  steps: 2_000,
  evaluateEvery: 250,
  checkpointEvery: 500,
  file: "copy.safetensors",
  text: "Neural Turing Machines learn to copy what they have never seen.",
} as const;
