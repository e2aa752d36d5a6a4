/** The files that mutants change, by the names that mutants call them by: the one place that has paths. */
export const files = {
  beamStep: "assembly/kernels/decoding/beamStep.ts",
  checkpoint: "bindings/checkpoint/checkpoint.ts",
  dropout: "assembly/kernels/random/dropout.ts",
  encode: "bindings/graph/encode.ts",
  errorRates: "bindings/metrics/errorRates.ts",
  evaluate: "bindings/training/evaluate.ts",
  halting: "assembly/kernels/halting/halting.ts",
  maskedSoftmax: "assembly/kernels/normalize/maskedSoftmax.ts",
  max: "assembly/kernels/reduce/max.ts",
  permutation: "assembly/kernels/random/permutation.ts",
  pointer: "bindings/layers/pointer.ts",
  relu: "assembly/kernels/elementwise/relu.ts",
  safetensors: "bindings/checkpoint/safetensors.ts",
  shards: "bindings/engine/shards.ts",
  team: "bindings/engine/team.ts",
  trainer: "bindings/training/trainer.ts",
  update: "bindings/training/update.ts",
  verify: "bindings/compiled/verify.ts",
} as const;

export type FileName = keyof typeof files;
