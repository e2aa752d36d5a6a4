/** The public surface, whichever engine comes with it. */
export { DisposedError } from "./engine/engine.js";
export { LoadError, type BinarySource } from "./engine/load.js";
export { MemoryError } from "./graph/memoryError.js";
export { ShapeError } from "./graph/shape.js";
export { NeuralTuringMachine, type NeuralTuringMachineOptions } from "./models/neuralTuringMachine.js";
export { RecurrentModel, type RunOptions, type RunResult } from "./models/recurrentModel.js";
export type { Rows, Sequence, Sequences } from "./models/sequences.js";
export type { Session } from "./models/session.js";
export { copyTask, type CopyTaskOptions } from "./tasks/copy.js";
export { Batch } from "./tasks/batch.js";
export type { Task } from "./tasks/task.js";
export { train, type Training, type TrainingStep, type TrainOptions } from "./training/train.js";
export { NotFiniteError } from "./training/errors.js";
export { adam, rmsProp, sgd, type AdamOptions, type RMSPropOptions, type SGDOptions } from "./training/optimizers.js";
export { cosine, linear, staircase, warmup, type Schedule } from "./training/schedules.js";
export { load, loadCheckpoint, save, type Checkpoint } from "./checkpoint/checkpoint.js";
export { CheckpointError } from "./checkpoint/safetensors.js";
export { Random } from "./random/philox.js";
