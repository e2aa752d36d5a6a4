/** The public surface, whichever engine comes with it. */
export { CheckpointError } from "./checkpoint/checkpointError.js";
export { DisposedError } from "./engine/engine.js";
export { OutputError } from "./runtime/outputError.js";
export { LoadError, type BinarySource } from "./engine/load.js";
export { MemoryError } from "./graph/memoryError.js";
export { ShapeError } from "./graph/shapeError.js";
export {
  NeuralTuringMachine,
  type NeuralTuringMachineOptions,
} from "./systems/neuralTuringMachine/neuralTuringMachine.js";
export { Model, type ModelClass, type ModelOptions, type Objective, type SeedOption } from "./models/model.js";
export type { ParameterBlock } from "./models/parameterBlock.js";
export { RecurrentModel } from "./models/recurrentModel.js";
export { sequenceLayout } from "./models/sequenceLayout.js";
export { SequenceModel, type Recorded } from "./models/sequenceModel.js";
export type { Cut } from "./engine/shards.js";
export type { Method, MethodOptions, Methods } from "./runtime/method.js";
export type { RunOptions, RunResult } from "./runtime/sequenceRunner.js";
export type { Feed, Field } from "./runtime/executable.js";
export type { Rows, Sequence, Sequences, Values } from "./runtime/sequences.js";
export type { Session } from "./runtime/session.js";
export { copyTask, type CopyTaskOptions } from "./tasks/copy.js";
export { Batch } from "./tasks/batch.js";
export type { Answer, AnyTask, Curriculum, GenerateOptions, Task } from "./tasks/task.js";
export {
  train,
  type CheckpointOptions,
  type StepFacts,
  type Training,
  type TrainingStep,
  type TrainOptions,
} from "./training/train.js";
export { evaluate, type EvaluateOptions, type Metrics } from "./training/evaluate.js";
export { NotFiniteError } from "./training/errors.js";
export {
  adam,
  rmsProp,
  sgd,
  type AdamOptions,
  type Optimizer,
  type RMSPropOptions,
  type SGDOptions,
} from "./training/optimizers.js";
export { cosine, linear, staircase, warmup, type Schedule } from "./training/schedules.js";
export type { Clip } from "./training/update.js";
export { save, type Checkpoint, type SaveOptions } from "./checkpoint/checkpoint.js";
export type { TrainingRecord } from "./checkpoint/trainingRecord.js";
export { load, loadCheckpoint, type LoadOptions } from "./load.js";
export { Random } from "./common/random/philox.js";
